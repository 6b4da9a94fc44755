package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// partyLists reads what a contract says of its parties in two columns below their names, each its own list of labels and
// values as where they sign: 住所：…, 电话：…. A value goes on in the lines of its column that begin no other label.
func partyLists(d *doc, c *Content) {
	f := d.flow()
	list := partyMentions(d, f, c)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.side == b.side || d.rows[a.row].page != d.rows[b.row].page || b.row-a.row > 2 || abs(a.x0-b.x0) < 0.2 {
				continue
			}
			left, right := a, b
			if left.x0 > right.x0 {
				left, right = right, left
			}
			edge := right.x0 - 0.012
			for side, m := range []mention{left, right} {
				d.factsBelow(c, m.side, d.columnLines(max(left.row, right.row), edge, side == 1))
			}
		}
	}
}

// columnLine is what a row has on one side of an edge.
type columnLine struct {
	at   span
	text string // blanks removed, marks folded
	box  hequan.Box
}

// columnLines are the lines of the left or the right of two columns, below a row.
func (d *doc) columnLines(row int, edge float64, right bool) (out []columnLine) {
	for i := row + 1; i < len(d.rows) && d.rows[i].page == d.rows[row].page && len(out) < 16; i++ {
		g := d.glyphs(i)
		cut := 0
		for cut < len(g) && (g[cut].x0+g[cut].x1)/2 < edge {
			cut++
		}
		if cut > 0 && cut < len(g) && g[cut].x0-g[cut-1].x1 < 0.3*d.em(i) && !otherScript(g[cut-1].r, g[cut].r) && !blockLabel.MatchString(glyphText(g[cut:])) {
			return out // text that runs over both
		}
		if right {
			g = g[cut:]
		} else {
			g = g[:cut]
		}
		if len(g) == 0 {
			continue
		}
		at := span{i, g[0].at, g[len(g)-1].at + 1}
		out = append(out, columnLine{at, glyphText(g), d.box(at)})
	}
	return out
}

func glyphText(g []glyph) string {
	var b strings.Builder
	for _, x := range g {
		b.WriteRune(x.r)
	}
	return b.String()
}

var listedFacts = []struct {
	field string
	label *regexp.Regexp
}{
	{"address", regexp.MustCompile(`^(?:单位|公司|企业|注册|法定|办公|通[讯信]|联系|经营|送达|邮寄)?(?:住所地?|地址|住址)[:】\]]*`)},
	{"legal", regexp.MustCompile(`^(?:法定代表人|法人代表|单位负责人|负责人)(?:/负责人)?(?:姓名)?[:】\]]+`)},
	{"phone", regexp.MustCompile(`^(?:固定|办公|联系|单位)?(?:电话|手机|座机)(?:号码?)?(?:\([^()]{1,6}\))?[:】\]]*|^联系方式[:】\]]*|^(?i:tel)\.?[:】\]]*`)},
}

// factsBelow reads the facts of a party from the lines of its column.
func (d *doc) factsBelow(c *Content, side string, lines []columnLine) {
	for n, l := range lines {
		for _, fact := range listedFacts {
			label := fact.label.FindString(l.text)
			if label == "" {
				continue
			}
			from := d.behind(l.at, len([]rune(label)))
			at := d.trim(span{l.at.row, from, l.at.to}, ":：】] ")
			if at.to <= at.from {
				continue
			}
			x := d.field(side+fact.field, foldSpaces(d.text(at)), at)
			if fact.field == "address" {
				last := l.box
				for _, more := range lines[n+1:] {
					if more.box[1] < last[1]+0.5*last.Height() {
						continue // a seal's letters beside it
					}
					if !goesOnAddress(more, last, l.box, d.box(at)) {
						break
					}
					part := d.field("", foldSpaces(d.text(more.at)), more.at)
					x.Value, x.Text, x.Box, x.Confidence = x.Value+part.Value, x.Text+part.Text, x.Box.Union(part.Box), min(x.Confidence, part.Confidence)
					if len(part.Proof) == 0 {
						x.Proof = nil
					}
					last = more.box
				}
			}
			if !isFact(fact.field, x.Value) {
				continue
			}
			if fact.field == "phone" {
				x.Value = phone.FindString(x.Value)
			}
			old := c.field(x.Name)
			if old == nil || !isFact(fact.field, old.Value) || len(x.Value) > len(old.Value) && strings.HasPrefix(x.Value, old.Value) {
				c.set(x)
			}
		}
	}
}

// behind is the place in a row's text behind so many characters of a stretch that are no blanks.
func (d *doc) behind(at span, n int) int {
	for k := at.from; k < at.to; k++ {
		if strings.Map(dropSpace, string(d.rows[at.row].text[k])) != "" {
			if n--; n < 0 {
				return k
			}
		}
	}
	return at.to
}

// goesOnAddress says whether a line goes on with an address: right below its last line, at the margin of its label or of
// its value, and no label with a value of its own.
func goesOnAddress(l columnLine, last, label, value hequan.Box) bool {
	return l.box[1]-last[3] < 1.3*last.Height() &&
		(near(l.box[0], label[0]) || near(l.box[0], value[0])) && !strings.ContainsAny(l.text, ":；。") && !blockLabel.MatchString(l.text) &&
		!labelLike(l.text) && len([]rune(l.text)) <= 24 && !looksLikeCompany(l.text) && !strings.HasPrefix(l.text, "日期")
}
