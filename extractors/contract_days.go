package extractors

import (
	"regexp"
	"strings"

	"hequan/internal/day"
)

// signedTwice compares the days beside which both parties sign: where they are two, one is misread. The one that the
// contract's number or more of its text has is taken, without proof; else the one read is open.
func signedTwice(d *doc, c *Content) {
	f := c.field("sign_date")
	if f == nil || f.Value == "" {
		return
	}
	for i, r := range d.rows {
		if r.page != f.Page || !overlapsHeight(r.box, f.Box) || len(tabbed(r)) < 2 {
			continue
		}
		text := mendDay(string(r.text))
		found := day.Find(text)
		if len(found) != 2 || found[0].Window.From == found[1].Window.From || len(day.FindRanges(text)) > 0 || labelBefore(text, found[0].Start) != labelBefore(text, found[1].Start) {
			continue
		}
		best, most := *f, -1
		for _, x := range found {
			v := x.Window.From.String()
			n := 0
			for k, o := range d.rows {
				text := strings.Map(dropSpace, string(o.text))
				n += boolInt(strings.Contains(text, strings.ReplaceAll(v, "-", "")))
				for _, y := range day.Find(mendDay(string(o.text))) {
					n += boolInt(k != i && y.Window.From.String() == v)
				}
			}
			if n > most {
				best, most = d.dayField("sign_date", span{i, 0, len(r.text)}, x), n
			}
		}
		best.Proof, best.Confidence = nil, min(best.Confidence, 0.6)
		c.set(best)
		return
	}
}

// labelBefore is what stands in a piece of a row before a day in it, without blanks and marks.
func labelBefore(text string, at int) string {
	before := string([]rune(text)[:at])
	return strings.Trim(strings.Map(dropSpace, before[strings.LastIndexByte(before, '\t')+1:]), ":：;；")
}

var termClues = []string{"服务时间", "合同期", "合作期", "协议期限", "履约期", "服务起止", "有效期限", "使用期间", "服务期间", "起止日期", "起止时间", "有效期间", "使用周期", "执行期限", "授权期", "服务期限", "合同期限", "使用期限", "服务期", "有效期", "期限", "履行期", "履约期限", "合作期限", "授权期限", "服务周期", "合同有效期", "实施周期"}

// term reads the contract's term: a range in a row that speaks of it, else one
// counted from the day of signing.
func term(d *doc, c *Content) {
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if !containsAny(text, termClues) {
			continue
		}
		for _, k := range []int{i, i + 1} {
			if k >= len(d.rows) || d.rows[k].page != r.page {
				continue
			}
			if d.setRange(c, "term_start", "term_end", span{k, 0, len(d.rows[k].text)}, true) {
				return
			}
		}
		at := span{i, 0, len(r.text)}
		if d.countedTerm(c, at) {
			return
		}
		signed := c.field("sign_date")
		if signed == nil || signed.Value == "" {
			continue
		}
		start, ok := day.Parse(signed.Value)
		if !ok {
			continue
		}
		for _, rel := range day.FindRelative(d.text(at)) {
			w := rel.From(start)
			for _, end := range []struct{ name, value string }{{"term_start", w.From.String()}, {"term_end", w.To.String()}} {
				f := d.field(end.name, end.value, at)
				f.Confidence = min(f.Confidence, signed.Confidence)
				f.Proof = signed.Proof // it stands and falls with the day it is counted from
				c.set(f)
			}
			return
		}
	}
}

var (
	beginsOn = regexp.MustCompile(`^[\s　]*(?:起|开始|生效)`)
	fromThen = regexp.MustCompile(`(?:自|从|起始日期?|开始日期?|起算日)[\s　:：]*$`)
	lastsFor = regexp.MustCompile(`([一二两三四五六七八九十壹贰叁\d]{1,3})[\s　]*(?:[(（][^()（）]{1,4}[)）])?[\s　]*(个月|年)`)
)

// countedTerm sets a term that is stated by its first day and how long it lasts: 自2025年10月1日起，有效期一年. Its last day
// is the eve of the day on which the term is over; nothing proves it.
func (d *doc) countedTerm(c *Content, at span) bool {
	text := d.text(at)
	runes := []rune(text)
	found := day.Find(mendDay(text))
	if len(found) != 1 {
		return false // its last day is stated
	}
	f := found[0]
	before, behind := string(runes[:f.Start]), string(runes[min(f.End, len(runes)):])
	if !f.Exact || !beginsOn.MatchString(behind) && !fromThen.MatchString(before) {
		return false
	}
	m := lastsFor.FindStringSubmatch(behind)
	if m == nil {
		m = lastsFor.FindStringSubmatch(before)
	}
	if m == nil {
		return false
	}
	list := day.FindRelative("自签订之日起" + strings.NewReplacer("壹", "一", "贰", "二", "叁", "三").Replace(m[1]) + m[2])
	if len(list) != 1 {
		return false
	}
	w := list[0].From(f.From)
	start, end := d.field("term_start", w.From.String(), sub(at, f.Start, f.End)), d.field("term_end", w.To.String(), at)
	end.Confidence, end.Proof = min(end.Confidence, 0.85), nil
	c.set(start)
	c.set(end)
	return true
}
