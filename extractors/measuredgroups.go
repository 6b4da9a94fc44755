package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// grouped is a heading inside a table: what all rows below it have in common.
type grouped struct {
	role string // model or date
	at   span
}

var (
	groupWord = regexp.MustCompile(`模型|服务|产品|实例|资源|[Mm]odel`)
	groupDay  = regexp.MustCompile(`日期|月份|账期|周期|期间|时间|[Dd]ate|[Mm]onth`)
)

// wholeModel is a text that is the name of a model and nothing else.
var wholeModel = regexp.MustCompile(`^(?:` + modelLike.String() + `)$`)

// groupHeads are what a row says of the rows below where it says nothing else:
// 模型：X, 2026-03-01, 账期：2026年3月 模型：X. None for any other row.
func (d *doc) groupHeads(i int) []grouped {
	var out []grouped
	list := tabbed(d.rows[i])
	if len(list) == 2 && groupNumber.MatchString(string(d.rows[i].text[list[0][0]:list[0][1]])) {
		list = list[1:] // 一 、X
	}
	if len(list) == 2 && strings.HasSuffix(strings.ReplaceAll(string(d.rows[i].text[list[0][0]:list[0][1]]), "：", ":"), ":") {
		list = [][2]int{{list[0][0], list[1][1]}} // 模型名称： X
	}
	for _, p := range list {
		g, ok := d.groupHead(span{i, p[0], p[1]}, len(list) > 1)
		if !ok {
			return nil
		}
		out = append(out, g)
	}
	return out
}

// groupHead reads a stretch as the heading of a group; one of several in a row
// must have its label.
func (d *doc) groupHead(s span, labelled bool) (grouped, bool) {
	s = d.trim(s, "")
	t := d.text(s)
	if strings.ContainsAny(t, "。；，") || s.to-s.from < 2 || s.to-s.from > 30 {
		return grouped{}, false
	}
	label := ""
	if k := strings.IndexAny(t, ":：;"); k >= 0 && !strings.Contains(t, "00:00") { // a colon may be read as ;
		label = t[:k]
		s.from += len([]rune(label)) + 1
		s = d.trim(s, ":：; ")
	}
	if s.to <= s.from || labelled && label == "" {
		return grouped{}, false
	}
	rest := d.text(s)
	if wholeDay(rest) && (label == "" || groupDay.MatchString(label)) {
		return grouped{"date", s}, true
	}
	if label != "" {
		return grouped{"model", s}, groupWord.MatchString(label) && !looksLikeCompany(rest) && sideOfLabel(label) == ""
	}
	s = d.bareGroup(s)
	return grouped{"model", s}, wholeModel.MatchString(strings.Map(dropSpace, d.text(s)))
}

var (
	groupNumber = regexp.MustCompile(`^[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.)）]?$`)
	beforeGroup = regexp.MustCompile(`^(?:[■●◆▪▍·▶►]+|[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.)）]|[、.．])\s*`)
	behindGroup = regexp.MustCompile(`\s*(?:[(（][^()（）]{1,14}[)）]|的?(?:模型|大模型)?(?:用量|使用量|调用量|消耗|费用|调用|使用|服务)+(?:明细|统计|情况|记录|小计)?)$`)
)

// bareGroup leaves out what stands round a model's name in the heading of a group: 一、X用量明细, ■ X（tokens）.
func (d *doc) bareGroup(s span) span {
	t := d.text(s)
	s.from += len([]rune(beforeGroup.FindString(t)))
	s.to -= len([]rune(behindGroup.FindString(d.text(s))))
	return d.trim(s, "")
}

// groupLine says whether a text by itself heads a group of rows: 模型名称：X, X用量.
func groupLine(text string) bool {
	text = strings.Map(dropSpace, text)
	if label, rest, ok := strings.Cut(strings.ReplaceAll(text, "：", ":"), ":"); ok {
		return groupWord.MatchString(label) && wholeModel.MatchString(rest)
	}
	text = beforeGroup.ReplaceAllString(text, "")
	return wholeModel.MatchString(behindGroup.ReplaceAllString(text, ""))
}

// headGroups adds to a table the columns that headings of groups hold, where the table
// has none of its own and its first row stands under one. groups are those of each row.
func (d *doc) headGroups(kind tableKind, t *hequan.Table, groups map[int][]grouped) {
	for _, role := range []string{"date", "model"} {
		col, ok := kind.column(role)
		if !ok || len(groups) == 0 || !hasRole(groups[0], role) {
			continue
		}
		if c := t.Column(role); c >= 0 {
			named := 0
			for _, r := range t.Rows {
				named += boolInt(isModelCell(r[c].Value) || familyName.MatchString(r[c].Value))
			}
			if role != "model" || 2*named > len(t.Rows) {
				continue
			}
			*t = without(*t, role) // words of another column
		}
		t.Columns = append(t.Columns, role)
		var cell hequan.Cell
		for r := range t.Rows {
			for _, g := range groups[r] {
				if g.role != role {
					continue
				}
				f := d.field("", "", g.at)
				cell = hequan.Cell{Text: f.Text, Value: col.read(f.Text), Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}
				if f.Page != t.Page {
					cell.Page = f.Page
				}
			}
			t.Rows[r] = append(t.Rows[r], cell)
		}
	}
}

func hasRole(list []grouped, role string) bool {
	for _, g := range list {
		if g.role == role {
			return true
		}
	}
	return false
}
