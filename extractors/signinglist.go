package extractors

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hequan"
)

// signingList is what a contract says of one party in its column, where both sign beside each other. Seals lie over
// it, and the other party's column runs close by, so rows hold parts of both.
type signingList struct {
	d     *doc
	c     *Content
	side  string // party_a_ or party_b_
	lines []columnLine
	page  int
	edge  float64 // between the columns
	right bool    // the right one of them
	top   float64 // of the rows that both columns begin with
	found map[string]bool

	unsure bool // neither name nor role says whose the column is
}

// setFact sets a fact of the party. What was read before of the same rows without knowing the columns yields to it, but
// for a longer value that begins with it; what stands elsewhere stays.
func (l signingList) setFact(field string, x hequan.Field) {
	if l.found[field] || !isFact(field, x.Value) {
		return
	}
	x.Value = cleanFact(field, x.Value)
	if !isFact(field, x.Value) {
		return
	}
	l.found[field] = true
	old := l.c.field(x.Name)
	if l.unsure {
		if x.Confidence, x.Proof = min(x.Confidence, 0.5), nil; old == nil || old.Value == "" {
			l.c.set(x)
		}
		return
	}
	if old != nil && isFact(field, old.Value) {
		here := old.Page == l.page && old.Box[3] > l.top
		own := l.right == (old.Box.CenterX() > l.edge)
		if here && own && strings.HasPrefix(old.Value, x.Value) || !here && !strings.HasPrefix(x.Value, old.Value) {
			return
		}
	}
	l.c.set(x)
}

// signLabel is a label of a list where a party signs, in a column of labels that were read one after the other.
var signLabel = regexp.MustCompile(`(?:` + factLabels[0].label + `|` + factLabels[1].label + `|` + factLabels[2].label + `|(?:法定代表人|负责人)?或?授权代表(?:\([^()]{1,4}\))?|联系人|传真|账号|开户银?行|邮政编码|邮编|统一社会信用代码|注册资本|日期|签订人|签字|\p{Han}{1,5}[方人商]\((?:盖章|公章|章)\)|[\p{Han}/()]{2,12}?:)`)

// valueColumn is where the values of a list begin that has a column of its own for its labels: behind a gap, or in lines
// without a label, below each other. Values that follow their labels without a gap begin elsewhere.
func (l signingList) valueColumn() (float64, bool) {
	var starts, joined []float64
	margin, beside := 1.0, 0
	for _, line := range l.lines {
		if loc := signLabel.FindStringIndex(line.text); loc != nil && loc[0] == 0 {
			margin = min(margin, line.g[0].x0)
		}
	}
	for _, line := range l.lines {
		em := l.d.em(line.at.row)
		loc := signLabel.FindStringIndex(line.text)
		labelled := loc != nil && loc[0] == 0
		if x := line.g[0].x0; !labelled && x-margin > 2*em && x-margin < 12*em {
			starts = append(starts, x)
			continue
		}
		k := 1
		if labelled {
			k = len([]rune(strings.TrimRight(line.text[:loc[1]], ":")))
		} else {
			for k < min(len(line.g), 8) && line.g[k].x0-line.g[k-1].x1 <= 0.8*em {
				k++
			}
		}
		for k < len(line.g) && strings.ContainsRune(":;；", line.g[k].r) {
			k++
		}
		room := 0.8 * em
		if line.g[k-1].r == ':' {
			room = 1.4 * em // a full-width colon has room behind it
		}
		switch {
		case k >= len(line.g):
		case line.g[k].x0-line.g[k-1].x1 > room:
			starts = append(starts, line.g[k].x0)
			beside++
		case labelled:
			joined = append(joined, line.g[k].x0)
		}
	}
	slices.Sort(starts)
	best, at := 0, 0.0
	for i, x := range starts {
		n := 0
		for _, o := range starts[i:] {
			if near(o, x) {
				n++
			}
		}
		if n > best {
			best, at = n, x
		}
	}
	against := 0
	for _, x := range joined {
		if abs(x-at) > 0.02 {
			against++
		} else {
			beside++
		}
	}
	return at - 0.006, best >= 2 && best > against && beside > 0
}

// factsBeside reads a list with a column of labels and one of values. Both may wrap, and either may stand in the middle
// of the other's lines: a line of a value belongs to the label nearest in height.
func (l signingList) factsBeside(column float64) {
	type cell struct {
		field    string
		from, to float64
		values   []valueLine
	}
	var stream []rune
	var of []int // the line of each character
	values := make([][]glyph, len(l.lines))
	for n, line := range l.lines {
		k := 0
		for k < len(line.g) && (line.g[k].x0+line.g[k].x1)/2 < column {
			k++
		}
		if loc := signLabel.FindStringIndex(line.text); loc != nil && loc[0] == 0 {
			k = len([]rune(line.text[:loc[1]])) // a label wider than its column, or narrower
		} else if k > 0 && k < len(line.g) && line.g[k].x0-line.g[k-1].x1 < 0.3*l.d.em(line.at.row) && line.g[k-1].r != ':' {
			k = 0 // what goes on below its label
		}
		for _, g := range line.g[:k] {
			stream, of = append(stream, g.r), append(of, n)
		}
		values[n] = line.g[k:]
	}
	text := string(stream)
	var cells []cell
	for _, loc := range signLabel.FindAllStringIndex(text, -1) {
		from, to := len([]rune(text[:loc[0]])), len([]rune(text[:loc[1]]))
		cells = append(cells, cell{field: factOf(strings.TrimRight(text[loc[0]:loc[1]], ":")), from: l.lines[of[from]].box[1], to: l.lines[of[to-1]].box[3]})
	}
	for n, g := range values {
		if len(g) == 0 {
			continue
		}
		at := l.d.box(span{l.lines[n].at.row, g[0].at, g[len(g)-1].at + 1})
		best, least := -1, 2.2*at.Height()
		for k, x := range cells {
			away := 0.0
			switch y := at.CenterY(); {
			case y < x.from:
				away = x.from - y
			case y > x.to:
				away = 0.8 * (y - x.to) // what wraps goes on below
			}
			if away < least {
				best, least = k, away
			}
		}
		if best >= 0 {
			cells[best].values = append(cells[best].values, valueLine{l.lines[n].at.row, g, at})
		}
	}
	for _, x := range cells {
		if x.field == "" {
			continue
		}
		slices.SortStableFunc(x.values, func(a, b valueLine) int {
			if overlapsHeight(a.box, b.box) && overlapsHeight(b.box, a.box) {
				return cmp.Compare(a.box[0], b.box[0])
			}
			return cmp.Compare(a.box[1], b.box[1])
		})
		var out hequan.Field
		for _, v := range x.values {
			part, ok := l.piece(x.field, v.row, v.g)
			switch {
			case !ok || looksLikeCompany(part.Value) || x.field != "address" && (out.Name != "" || !isFact(x.field, part.Value)) || out.Name != "" && !addressPart.MatchString(part.Value):
			case out.Name == "":
				out = part
			default:
				out = goneOn(out, withoutSeam(out, part))
			}
		}
		if out.Name != "" {
			l.setFact(x.field, out)
		}
	}
}

// valueLine is a line of a value beside its label.
type valueLine struct {
	row int
	g   []glyph
	box hequan.Box
}

// withoutSeam is the second of two pieces of one line without what both of them read: 经济技术开发 | 术开发区.
func withoutSeam(first, second hequan.Field) hequan.Field {
	a, b := []rune(first.Value), []rune(second.Value)
	for n := min(len(a), len(b), 6); n >= 2; n-- {
		if string(a[len(a)-n:]) == string(b[:n]) && overlapsHeight(first.Box, second.Box) {
			second.Value = string(b[n:])
			break
		}
	}
	return second
}

// addressPart is a line that an address goes on with.
var addressPart = regexp.MustCompile(`[省市区县镇路街道号院楼层室幢栋座园厦]|^\d{2,4}$`)

// piece is the value that a line of a column begins with: up to a gap, behind which stand letters of a seal.
func (l signingList) piece(field string, row int, g []glyph) (hequan.Field, bool) {
	for len(g) > 0 && strings.ContainsRune(":：;；。，,.“”‘’'|*_】]", g[0].r) {
		g = g[1:]
	}
	if field == "legal" && len(g) > 2 && strings.ContainsRune("二一、", g[0].r) { // a colon that was misread
		g = g[1:]
	}
	end := 0
	for end < len(g) && (end == 0 || g[end].x0-g[end-1].x1 < 1.1*l.d.em(row)) {
		end++
	}
	for end > 0 && strings.ContainsRune("。”“’'|，,.、-~", g[end-1].r) {
		end--
	}
	if end == 0 {
		return hequan.Field{}, false
	}
	cut := false
	if field == "legal" { // a name, and behind it what a seal left
		n := 0
		for n < end && unicode.Is(unicode.Han, g[n].r) {
			n++
		}
		if n >= 2 && n <= 4 && n < end {
			end, cut = n, true
		}
	}
	s := span{row, g[0].at, g[end-1].at + 1}
	f := l.d.field(l.side+field, strings.Map(dropSpace, l.d.text(s)), s)
	if field == "address" {
		f.Value = cleanFact(field, f.Value)
	}
	if cut {
		f.Confidence, f.Proof = min(f.Confidence, 0.75), nil
	}
	return f, true
}

// factsBelow reads the facts of a list of lines that each begin with their label. An address goes on in the lines below.
func (l signingList) factsBelow() {
	for n, line := range l.lines {
		for _, fact := range partyFacts {
			label := fact.head.FindString(line.text)
			alone := label == "" && fact.field == "address" && l.c.field(l.side+"address") == nil && address.MatchString(line.text) && !strings.ContainsAny(line.text, ":，。")
			if label == "" && !alone { // an address needs no label
				continue
			}
			x, ok := l.piece(fact.field, line.at.row, line.g[len([]rune(label)):])
			if !ok {
				continue
			}
			if fact.field == "address" {
				last, own := line.box, x.Box
				for _, more := range l.lines[n+1:] {
					if more.box[1] < last[1]+0.5*last.Height() {
						continue // a seal's letters beside it
					}
					part, ok := l.piece("address", more.at.row, more.g)
					if !ok || !goesOnAddress(part, more, last, line.box, own) {
						break
					}
					x = goneOn(x, part)
					last = more.box
				}
			}
			l.setFact(fact.field, x)
		}
	}
}

// goesOnAddress says whether a line goes on with an address: right below its last line, at the margin of its label or of
// its value, and no label with a value of its own.
func goesOnAddress(part hequan.Field, line columnLine, last, label, value hequan.Box) bool {
	text := part.Value
	return line.box[1]-last[3] < 1.3*last.Height() &&
		(near(line.box[0], label[0]) || near(line.box[0], value[0])) && !strings.ContainsAny(strings.TrimRight(text, "。"), ":；。") && !blockLabel.MatchString(text) &&
		!labelLike(text) && len([]rune(text)) <= 24 && !looksLikeCompany(text) && !strings.HasPrefix(text, "日期")
}
