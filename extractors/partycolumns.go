package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
)

// namesUnderRoles reads the parties of a table whose columns they are: their roles above, their names below.
func namesUnderRoles(d *doc, c *Content) {
	a, b := c.field("party_a"), c.field("party_b")
	if a != nil && isOrganisation(a.Value) || b != nil && isOrganisation(b.Value) {
		return
	}
	for i, r := range d.rows {
		at := map[string]float64{}
		list := tabbed(r)
		for _, p := range list {
			if side := sideOfLabel(string(r.text[p[0]:p[1]])); side != "" {
				at[side] = d.box(span{i, p[0], p[1]}).CenterX()
			}
		}
		if len(at) != 2 || len(list) > 3 {
			continue
		}
		found := map[string]hequan.Field{}
		for k := i + 1; k < len(d.rows) && k <= i+3 && d.rows[k].page == r.page && len(found) < 2; k++ {
			for _, p := range tabbed(d.rows[k]) {
				s := span{k, p[0], p[1]}
				side, field := "seller", "party_b"
				if x := d.box(s).CenterX(); abs(x-at["buyer"]) < abs(x-at["seller"]) {
					side, field = "buyer", "party_a"
				}
				if f, ok := readCompany(d, field, s); ok && isOrganisation(f.Value) {
					found[side] = f
				}
			}
		}
		if len(found) == 2 {
			c.set(found["buyer"])
			c.set(found["seller"])
			return
		}
	}
}

// partyColumns reads what a contract says of both parties where their names stand beside each other and all else
// below them, its label once on the left: 住所 | 北京市… | 上海市…. Lines of a cell that wraps belong to the label
// nearest in height.
func partyColumns(d *doc, list []mention, c *Content) {
	for _, a := range list {
		for _, b := range list {
			if a.row == b.row && a.side != b.side && b.x0-a.x0 > 0.15 {
				d.columnsBelow(c, a, b)
				return
			}
		}
	}
	d.columnsByLabels(c)
}

// columnsByLabels reads columns of both parties whose names were not read beside each other: rows of a label and two
// values, two at least, the values below each other. The roles above the columns say whose they are; else the buyer's is
// the left one, and nobody is sure.
func (d *doc) columnsByLabels(c *Content) {
	type factRow struct {
		row    int
		field  string
		values [2]span
	}
	var rows []factRow
	for i, r := range d.rows {
		list := tabbed(r)
		if len(list) != 3 {
			continue
		}
		label := strings.Trim(strings.Map(dropSpace, string(r.text[list[0][0]:list[0][1]])), ":：")
		if f := factOf(label); f != "" {
			rows = append(rows, factRow{i, f, [2]span{d.trim(span{i, list[1][0], list[1][1]}, "|｜_ "), d.trim(span{i, list[2][0], list[2][1]}, "|｜_ ")}})
		}
	}
	if len(rows) < 2 {
		return
	}
	x := [2]float64{d.box(rows[0].values[0])[0], d.box(rows[0].values[1])[0]}
	for _, r := range rows[1:] {
		if d.rows[r.row].page != d.rows[rows[0].row].page || !near(d.box(r.values[0])[0], x[0]) || !near(d.box(r.values[1])[0], x[1]) {
			return
		}
	}
	sides, sure := [2]string{"party_a_", "party_b_"}, false
	for i := rows[0].row - 1; i >= 0 && i > rows[0].row-8 && d.rows[i].page == d.rows[rows[0].row].page; i-- {
		var roles []string
		for _, p := range tabbed(d.rows[i]) {
			if side := sideOfLabel(strings.Trim(strings.Map(dropSpace, string(d.rows[i].text[p[0]:p[1]])), ":：")); side != "" {
				roles = append(roles, side)
			}
		}
		if len(roles) == 2 && roles[0] != roles[1] {
			if sure = true; roles[0] == "seller" {
				sides[0], sides[1] = sides[1], sides[0]
			}
			break
		}
	}
	for _, r := range rows {
		for k, side := range sides {
			f := d.field(side+r.field, strings.Map(dropSpace, d.text(r.values[k])), r.values[k])
			if f.Value = cleanFact(r.field, f.Value); !isFact(r.field, f.Value) || c.field(f.Name) != nil && c.field(f.Name).Value != "" {
				continue
			}
			if !sure {
				f.Confidence, f.Proof = min(f.Confidence, 0.5), nil
			}
			c.set(f)
		}
	}
}

// columnsBelow reads what stands below the names of the parties, the left one's and the right one's.
func (d *doc) columnsBelow(c *Content, a, b mention) {
	sides, left, right, row := [2]string{a.side, b.side}, a.x0, b.x0, a.row
	type labelAt struct {
		field string
		y     float64
	}
	type lineAt struct {
		side int
		y    float64
		at   span
	}
	var labels []labelAt
	var lines []lineAt
	last := d.rows[row].box
	for i := row + 1; i < len(d.rows) && d.rows[i].page == d.rows[row].page && len(labels) < 12; i++ {
		r := d.rows[i]
		if r.box[1]-last[3] > 3*last.Height() {
			break
		}
		last = r.box
		label, values, ok := d.besideNames(i, left, right)
		if !ok {
			break // running text
		}
		if label != "" {
			labels = append(labels, labelAt{factOf(label), r.box.CenterY()})
		}
		for side, list := range values {
			for _, at := range list {
				lines = append(lines, lineAt{side, d.box(at).CenterY(), at})
			}
		}
	}
	if len(labels) < 2 {
		return
	}
	for n, l := range labels {
		if l.field == "" {
			continue
		}
		for side := range 2 {
			var x hequan.Field
			for _, v := range lines {
				nearest := 0
				for k := range labels {
					if abs(labels[k].y-v.y) < abs(labels[nearest].y-v.y) {
						nearest = k
					}
				}
				if v.side != side || nearest != n {
					continue
				}
				part := d.field(sides[side]+l.field, foldSpaces(d.text(v.at)), v.at)
				if x.Name == "" {
					x = part
					continue
				}
				if l.field != "address" { // no other wraps: what stands nearest
					if abs(v.y-l.y) < abs(x.Box.CenterY()-l.y) {
						x = part
					}
					continue
				}
				x = goneOn(x, part)
			}
			if x.Name != "" && isFact(l.field, x.Value) {
				x.Value = cleanFact(l.field, x.Value)
				c.set(x)
			}
		}
	}
}

// besideNames parts a row at the columns of two names: the label on their left, and what stands under each. It is
// not ok where text runs from one into the other. Of rows that were joined each line is a value of its own.
func (d *doc) besideNames(i int, left, right float64) (label string, values [2][]span, ok bool) {
	parts := d.partedAt(i, left-0.012, right-0.012)
	label = glyphText(parts[0])
	for side := range 2 {
		for _, s := range d.stretchesOf(i, parts[side+1]) {
			if s = d.trim(s, "|｜_ “”‘’'"); s.to > s.from {
				values[side] = append(values[side], s)
			}
		}
	}
	next := parts[1]
	if len(next) == 0 {
		next = parts[2]
	}
	if len(parts[0]) > 0 && len(next) > 0 && next[0].x0-parts[0][len(parts[0])-1].x1 < 0.8*d.em(i) && !strings.HasSuffix(label, ":") || len([]rune(label)) > 12 {
		return "", values, false
	}
	return strings.TrimRight(label, ":"), values, len(parts[0])+len(next) > 0
}

// stretchesOf are the stretches of a row's text that some of its characters make, in the order of the text: where
// characters stand between that are none of them one ends.
func (d *doc) stretchesOf(i int, some []glyph) (out []span) {
	in := map[int]bool{}
	for _, g := range some {
		in[g.at] = true
	}
	open := false
	for k, r := range d.rows[i].text {
		switch {
		case in[k] && open:
			out[len(out)-1].to = k + 1
		case in[k]:
			out, open = append(out, span{i, k, k + 1}), true
		case !unicode.IsSpace(r):
			open = false
		}
	}
	return out
}

// partedAt parts the characters of a row at edges across the page, by their middles.
func (d *doc) partedAt(i int, edges ...float64) [][]glyph {
	out := make([][]glyph, len(edges)+1)
	for _, x := range d.glyphs(i) {
		c := 0
		for c < len(edges) && (x.x0+x.x1)/2 >= edges[c] {
			c++
		}
		out[c] = append(out[c], x)
	}
	return out
}

func overlapsHeight(a, b hequan.Box) bool { return a[1] < b.CenterY() && a[3] > b.CenterY() }

// factLabels are the labels of what a contract says of its parties.
var factLabels = []struct{ field, label string }{
	{"address", `(?:单位|公司|企业|注册|法定|办公|通[讯信]|联系|经营|送达|邮寄|营业|法人)?(?:住所地?|地址|住址|所在地|场所)|(?:注册|营业|办公)地点?`},
	{"legal", `(?:法定代表人|法人代表|单位负责人|负责人)(?:[/或](?:单位)?(?:负责人|授权代表|委托代理人))?(?:姓名)?`},
	{"phone", `(?:固定|办公|联系|单位|公司)?(?:电话|手机|座机)(?:号码?)?(?:\([^()]{1,6}\))?|联系方式|[Tt][Ee][Ll1I]\.?`},
}

// factLabel is a label by itself or at the beginning of a line, with the mark behind it.
type factLabel struct {
	field       string
	whole, head *regexp.Regexp
}

var partyFacts = func() (out []factLabel) {
	for _, x := range factLabels {
		out = append(out, factLabel{x.field, regexp.MustCompile(`^(?:` + x.label + `)$`), regexp.MustCompile(`^(?:` + x.label + `)[:;】\]]*`)})
	}
	return out
}()

// factOf is which fact of a party a label names, "" for none.
func factOf(label string) string {
	for _, x := range partyFacts {
		if x.whole.MatchString(label) {
			return x.field
		}
	}
	return ""
}

var personName = regexp.MustCompile(`^\p{Han}{2,4}(?:·\p{Han}{1,6})?$`)

// behindAddress are letters and dashes of a seal behind an address, with a character before them or without.
var behindAddress = regexp.MustCompile(`([室号层楼座幢栋\d])\p{Han}?[A-Za-z_.\-—~]+$`)

// endOfAddress parts an address at its last number or unit from a few characters behind, which are of a seal: 6幢1001室以儿.
var endOfAddress = regexp.MustCompile(`^(.*(?:\d|\d[号院楼层室幢栋座房区]|[室园厦院]))[^省市区县州旗镇乡村路街道巷弄号栋幢楼层室座园厦院内侧部房\d]{1,5}$`)

// sealWords are what a seal bears, drawn over the end of a value as characters of the text layer.
var sealWords = regexp.MustCompile(`(?:合同|财务|发票|业务|投标)?专用章$|公章$`)

// cleanFact is a fact without what a seal left behind it.
func cleanFact(field, v string) string {
	switch field {
	case "address":
		v = behindAddress.ReplaceAllString(sealWords.ReplaceAllString(v, ""), "$1")
		if m := endOfAddress.FindStringSubmatch(v); m != nil {
			v = m[1]
		}
		return v
	case "phone":
		return phone.FindString(v)
	}
	return v
}

// isFact says whether a text can be the value of a party's fact.
func isFact(field, v string) bool {
	switch field {
	case "address":
		return len([]rune(v)) >= 6 && !looksLikeCompany(v) && !labelLike(v) && !strings.ContainsAny(v, "。；:：")
	case "legal":
		return personName.MatchString(v) && !isLabelWord(v)
	}
	return phone.MatchString(v)
}
