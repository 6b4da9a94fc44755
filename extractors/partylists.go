package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/name"
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
			top = d.beginsColumns(first, top, edge)
			left, right := d.columnLines(top, end, edge)
			if !sameLabels(left, right) { // one list, its rows of two facts each
				first = end
				continue
			}
			sides, unsure := [2]string{"party_a_", "party_b_"}, false
			switch la, lb, ra, rb := likeness(left, a.Value), likeness(left, b.Value), likeness(right, a.Value), likeness(right, b.Value); {
			case bothNamed(la, lb, a.Value, b.Value) || bothNamed(ra, rb, a.Value, b.Value): // one below the other
				left, right = nil, nil
			case la+rb > lb+ra+1 && max(la, rb) >= 4:
			case lb+ra > la+rb+1 && max(lb, ra) >= 4:
				sides[0], sides[1] = sides[1], sides[0]
			default: // the names lie under seals
				switch l, r := signingRole(left), signingRole(right); {
				case l == "buyer" && r != "buyer" || r == "seller" && l != "seller":
				case l == "seller" && r != "seller" || r == "buyer" && l != "buyer":
					sides[0], sides[1] = sides[1], sides[0]
				default:
					unsure = true // the buyer signs on the left, as nearly everywhere
				}
			}
			for k, lines := range [][]columnLine{left, right} {
				l := signingList{d: d, c: c, side: sides[k], lines: lines, page: d.rows[first].page, edge: edge, right: k == 1, top: d.rows[top].box[1], found: map[string]bool{}, unsure: unsure}
				if at, ok := l.valueColumn(); ok {
					l.factsBeside(at)
				}
				l.factsBelow()
			}
		}
		first = end
	}
}

// signsAs is the role of who signs, before the place of the seal: 被许可方（盖章）.
var signsAs = regexp.MustCompile(`^(\p{Han}{2,6}?)[(（〈,，]?(?:单位)?(?:盖|公|签章|签字|章|[:：])`)

// signingRole is the side of the role that a column's lines begin with, "" for none and for both. A narrow cell wraps what it holds:
// 购买方（盖 / 章）.
func signingRole(lines []columnLine) string {
	first := ""
	for n, l := range lines {
		text := l.text
		if len([]rune(text)) <= 4 && n+1 < len(lines) {
			text += lines[n+1].text
		}
		role := ""
		if m := signsAs.FindStringSubmatch(text); m != nil {
			role = m[1]
		} else if n < 4 {
			role = roleAhead(l.text)
		}
		if role != "" {
			side := sideOfLabel(role)
			if role == "客户" || role == "用户" {
				side = "buyer"
			}
			switch {
			case side == "" || strings.Contains(role, "签"):
			case first == "":
				first = side
			case first != side:
				return "" // both of them, one below the other
			}
		}
	}
	return first
}

// sameLabels says whether a label stands in both columns.
func sameLabels(left, right []columnLine) bool {
	in := map[string]bool{}
	for _, l := range left {
		for _, label := range listLabel.FindAllString(l.text, -1) {
			in[label] = true
		}
	}
	for _, l := range right {
		for _, label := range listLabel.FindAllString(l.text, -1) {
			if in[label] {
				return true
			}
		}
	}
	return false
}

// roleAhead is the role that a line is, or begins with before a name, "" for none: 乙方, 甲方北京某某科技有限公司.
func roleAhead(text string) string {
	r := []rune(text)
	for n := 2; n <= min(6, len(r)); n++ {
		if strings.ContainsRune("方人商者", r[n-1]) && sideOfLabel(string(r[:n])) != "" && factOf(string(r[:n])) == "" {
			if place, _, _ := name.Parts(string(r[n:])); n == len(r) || place != "" {
				return string(r[:n])
			}
		}
	}
	return ""
}

// bothNamed says whether a column has the names of both parties, by its likeness to each.
func bothNamed(la, lb int, a, b string) bool {
	return la >= len([]rune(a))-2 && lb >= len([]rune(b))-2
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
		first, least := s.row, s.x
		for _, o := range starts {
			if near(o.x, s.x) {
				rows[o.row] = true
				first, least = min(first, o.row), min(least, o.x)
			}
		}
		if len(rows) > best {
			best, edge, top = len(rows), least-0.005, first
		}
	}
	return edge, top, best >= 2
}

// beginsColumns is the first of the rows above the labels that stand in both columns, where the names are: a few rows of a
// seal's letters may stand between.
func (d *doc) beginsColumns(first, top int, edge float64) int {
	begin, alone := top, 0
	for i := top - 1; i >= first && top-i <= 14 && alone <= 3; i-- {
		if d.onBothSides(i, edge) {
			begin = i
		} else {
			alone++
		}
	}
	return begin
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
	g    []glyph
}

// columnLines are the lines of two columns between two rows, parted at an edge.
func (d *doc) columnLines(from, to int, edge float64) (left, right []columnLine) {
	line := func(i int, g []glyph) columnLine {
		at := span{i, g[0].at, g[len(g)-1].at + 1}
		return columnLine{at, glyphText(g), d.box(at), g}
	}
	for i := from; i < to; i++ {
		g := d.glyphs(i)
		k := d.splitAt(g, edge)
		if k > 0 {
			left = append(left, line(i, g[:k]))
		}
		if k < len(g) {
			right = append(right, line(i, g[k:]))
		}
	}
	return left, right
}

// splitAt is the first character of a row that is of the right column. Places within a word are but reckoned from its
// width, so where a label begins near the edge the column begins with it.
func (d *doc) splitAt(g []glyph, edge float64) int {
	k := 0
	for k < len(g) && (g[k].x0+g[k].x1)/2 < edge {
		k++
	}
	text := glyphText(g)
	for _, loc := range listLabel.FindAllStringIndex(text, -1) {
		if n := len([]rune(text[:loc[0]])); n-k <= 2 && k-n <= 2 {
			return n
		}
	}
	return k
}

func glyphText(g []glyph) string {
	var b strings.Builder
	for _, x := range g {
		b.WriteRune(x.r)
	}
	return b.String()
}
