package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// Addresses of a contract's parties: without a label, over two lines, with what stands behind them.

// bareAddresses are those that stand without a label below the names of the parties.
func bareAddresses(d *doc, list []mention, c *Content) {
	for _, m := range list {
		if x := c.field(m.side + "address"); x != nil && x.Value != "" || innerLabel.MatchString(strings.Map(dropSpace, string(d.rows[m.row].text))) {
			continue
		}
		for i := m.row + 1; i <= m.row+2 && i < len(d.rows) && d.rows[i].page == d.rows[m.row].page; i++ {
			for _, p := range tabbed(d.rows[i]) {
				s := d.trim(span{i, p[0], p[1]}, "。；;(（)） ")
				if text := strings.Map(dropSpace, d.text(s)); near(d.box(s)[0], m.x0) && bareAddress.MatchString(text) && isFact("address", text) {
					x := d.field(m.side+"address", cutBehind(text), s)
					x.Confidence, x.Proof = min(x.Confidence, 0.75), nil
					c.set(x)
				}
			}
			if x := c.field(m.side + "address"); x != nil && x.Value != "" {
				break
			}
		}
	}
}

// bareAddress is a line that is an address and nothing else.
var bareAddress = regexp.MustCompile(`^\p{Han}{2,12}?[省市区县]\p{Han}{1,14}[路街道巷园区镇村].{0,3}\d.{0,20}[号院楼层室幢栋座厦\d]$`)

// wrapsOn adds to an address that ends with its row, at the right edge of the text, what the next row begins with.
func (f *flow) wrapsOn(x hequan.Field, to int) hequan.Field {
	d, row := f.d, f.row[to-1]
	if row < 0 || row+1 >= len(d.rows) || f.at[to-1]+1 < len(d.rows[row].text) {
		return x
	}
	r, next := d.rows[row], d.rows[row+1]
	if next.page != r.page || r.grid != nil || next.grid != nil || r.box[2] < 0.93*d.rightEdge(r.page) || next.box[0] > r.box[0]+0.02 || next.box[1]-r.box[3] > 1.6*r.box.Height() {
		return x
	}
	begins := func(k int, x0 float64) bool {
		return k >= 0 && k < len(d.rows) && d.rows[k].page == r.page && slices.ContainsFunc(tabbed(d.rows[k]), func(p [2]int) bool { return near(d.box(span{k, p[0], p[1]})[0], x0) })
	}
	if x0 := columnStart(d, row, f.at[to-1]); !near(x0, r.box[0]) && (begins(row-1, x0) || begins(row+1, x0)) {
		return x // the right one of two columns
	}
	first := tabbed(next)[0]
	s := span{row + 1, first[0], first[1]}
	if loc := nextFact.FindStringIndex(d.text(s)); loc != nil && loc[0] > 0 {
		s.to = s.from + len([]rune(d.text(s)[:loc[0]]))
	}
	text := strings.Map(dropSpace, d.text(s))
	if len([]rune(text)) > 40 || strings.ContainsAny(text, ":：。；") || blockLabel.MatchString(text) || !strings.ContainsAny(text, "0123456789") {
		return x
	}
	return goneOn(x, d.field("", text, s))
}

// wholeInRow is an address that ends with its row, where nothing of an address stands in the next one.
func (f *flow) wholeInRow(v string, from int) string {
	text := []rune(v)
	for k := 1; k < len(text); k++ {
		if f.row[from+k] != f.row[from+k-1] && address.MatchString(v) && endsAddress.MatchString(string(text[:k])) && !strings.ContainsAny(string(text[k:]), "0123456789") && !addressPart.MatchString(string(text[k:min(len(text), k+2)])) {
			return string(text[:k])
		}
	}
	return v
}

// endsAddress is how an address ends.
var endsAddress = regexp.MustCompile(`[号楼层室幢栋座厦\d)]$`)

// notAddress is what stands behind an address in its line: a telephone number, a postal code, the end of a bracket.
var notAddress = regexp.MustCompile(`[(（]?(?:邮编|邮政编码)?\d{6}[)）]?$|(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})[)）]?$|[(（].{0,12}[)）]$|[)）]$`)

// cutBehind takes off an address what stands behind it.
func cutBehind(v string) string {
	for loc := notAddress.FindStringIndex(v); loc != nil && loc[0] > 0; loc = notAddress.FindStringIndex(v) {
		if m := v[loc[0]:loc[1]]; strings.HasPrefix(m, "(") && !strings.ContainsAny(m, "0123456789“\"") {
			break // (北区)
		}
		v = v[:loc[0]]
	}
	return v
}
