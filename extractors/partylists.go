package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// partyLists reads what a contract says of its parties in two columns, each its own list of labels and values, as where
// they sign: 住所：…, 电话：…. The columns are known by labels that begin below each other, whose is whose by the names and
// roles that stand in them. A value goes on in the lines of its column that begin no other label.
func partyLists(d *doc, c *Content) {
	a, b := c.field("party_a"), c.field("party_b")
	if a == nil || b == nil || len([]rune(a.Value)) < 4 || len([]rune(b.Value)) < 4 {
		return
	}
	for first := 0; first < len(d.rows); {
		end := first
		for end < len(d.rows) && d.rows[end].page == d.rows[first].page {
			end++
		}
		if edge, top, ok := d.labelColumns(first, end); ok {
			for n := 0; n < 5 && top > first && d.onBothSides(top-1, edge); n++ {
				top--
			}
			left, right := d.columnLines(top, end, edge)
			sides := [2]string{"party_a_", "party_b_"}
			switch la, lb, ra, rb := likeness(left, a.Value), likeness(left, b.Value), likeness(right, a.Value), likeness(right, b.Value); {
			case la+rb > lb+ra+1 && max(la, rb) >= 4:
			case lb+ra > la+rb+1 && max(lb, ra) >= 4:
				sides[0], sides[1] = sides[1], sides[0]
			default: // the names lie under seals
				switch l, r := signingRole(left), signingRole(right); {
				case l == "buyer" && r != "buyer" || r == "seller" && l != "seller":
				case l == "seller" && r != "seller" || r == "buyer" && l != "buyer":
					sides[0], sides[1] = sides[1], sides[0]
				default:
					left, right = nil, nil // nobody's
				}
			}
			d.factsBelow(c, sides[0], left)
			d.factsBelow(c, sides[1], right)
		}
		first = end
	}
}

// signsAs is the role of who signs, before the place of the seal: 被许可方（盖章）.
var signsAs = regexp.MustCompile(`^(\p{Han}{2,6})[(（〈]?(?:单位)?(?:盖章|公章|签章|签字|章)`)

// signingRole is the side of the role that a column's lines begin with, "" for none.
func signingRole(lines []columnLine) string {
	for _, l := range lines {
		if m := signsAs.FindStringSubmatch(l.text); m != nil && sideOfLabel(m[1]) != "" {
			return sideOfLabel(m[1])
		}
	}
	return ""
}

// likeness is how many characters of a name, one behind the other, the lines of a column have at most.
func likeness(lines []columnLine, name string) int {
	want, best := []rune(name), 0
	for _, l := range lines {
		for i := range want {
			for n := best + 1; i+n <= len(want) && strings.Contains(l.text, string(want[i:i+n])); n++ {
				best = n
			}
		}
	}
	return best
}

// listLabel begins what is said of a party in a list, or how it signs.
var listLabel = regexp.MustCompile(`(?:(?:单位|公司|企业|注册|法定|办公|通[讯信]|联系|经营)?(?:地址|住所)|法定代表人|法人代表|(?:单位)?负责人|(?:固定|办公|联系)?电话|手机|联系方式|联系人|传真|账号|开户银?行|邮政编码|邮编|统一社会信用代码|注册资本|授权代表|代表签字|日期)`)

// labelColumns finds where the right one of two columns of labels begins between two rows, and the first of its rows:
// two labels at least begin there below each other.
func (d *doc) labelColumns(from, to int) (edge float64, top int, ok bool) {
	type start struct {
		x   float64
		row int
	}
	var starts []start
	for i := from; i < to; i++ {
		g := d.glyphs(i)
		text := glyphText(g)
		for _, loc := range listLabel.FindAllStringIndex(text, -1) {
			k := len([]rune(text[:loc[0]]))
			if x := g[k].x0; x > 0.3 && (k == 0 || x-g[k-1].x1 > 0.4*d.em(i) || otherScript(g[k-1].r, g[k].r) || !strings.ContainsRune("，。,、；;（(:", g[k-1].r)) {
				starts = append(starts, start{x, i})
			}
		}
		if len(starts) > 500 { // more than any page of a contract has
			return 0, 0, false
		}
	}
	best := 0
	for _, s := range starts {
		rows := map[int]bool{}
		first := s.row
		for _, o := range starts {
			if near(o.x, s.x) {
				rows[o.row] = true
				first = min(first, o.row)
			}
		}
		if len(rows) > best {
			best, edge, top = len(rows), s.x-0.012, first
		}
	}
	return edge, top, best >= 2
}

// onBothSides says whether a row has words on both sides of an edge, or is a short one between such rows: where a name wraps.
func (d *doc) onBothSides(i int, edge float64) bool {
	g := d.glyphs(i)
	if len(g) == 0 {
		return false
	}
	both := g[0].x0 < edge && g[len(g)-1].x1 > edge
	return both || len(g) <= 8 && i > 0 && d.rows[i-1].page == d.rows[i].page && d.onBothSides(i-1, edge)
}

// columnLine is what a row has on one side of an edge.
type columnLine struct {
	at   span
	text string // blanks removed, marks folded
	box  hequan.Box
}

// columnLines are the lines of two columns between two rows, parted at an edge.
func (d *doc) columnLines(from, to int, edge float64) (left, right []columnLine) {
	line := func(i int, g []glyph) columnLine {
		at := span{i, g[0].at, g[len(g)-1].at + 1}
		return columnLine{at, glyphText(g), d.box(at)}
	}
	for i := from; i < to; i++ {
		parts := d.partedAt(i, edge)
		if len(parts[0]) > 0 {
			left = append(left, line(i, parts[0]))
		}
		if len(parts[1]) > 0 {
			right = append(right, line(i, parts[1]))
		}
	}
	return left, right
}

func glyphText(g []glyph) string {
	var b strings.Builder
	for _, x := range g {
		b.WriteRune(x.r)
	}
	return b.String()
}

// factsBelow reads the facts of a party from the lines of its column.
func (d *doc) factsBelow(c *Content, side string, lines []columnLine) {
	for n, l := range lines {
		for _, fact := range partyFacts {
			label := fact.head.FindString(l.text)
			alone := label == "" && fact.field == "address" && c.field(side+"address") == nil && address.MatchString(l.text) && !strings.ContainsAny(l.text, ":，。")
			if label == "" && !alone { // an address needs no label
				continue
			}
			from := d.behind(l.at, len([]rune(label)))
			at := d.trim(span{l.at.row, from, l.at.to}, ":：；;】] 。”“’'|，,.")
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
					rest := d.trim(more.at, "。”“’'|，,. ")
					part := d.field("", foldSpaces(d.text(rest)), rest)
					x = goneOn(x, part)
					last = more.box
				}
			}
			if !isFact(fact.field, x.Value) {
				continue
			}
			x.Value = cleanFact(fact.field, x.Value)
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
		(near(l.box[0], label[0]) || near(l.box[0], value[0])) && !strings.ContainsAny(strings.TrimRight(l.text, "。"), ":；。") && !blockLabel.MatchString(l.text) &&
		!labelLike(l.text) && len([]rune(l.text)) <= 24 && !looksLikeCompany(l.text) && !strings.HasPrefix(l.text, "日期")
}
