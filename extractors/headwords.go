package extractors

import (
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

// bracketed says of each letter whether brackets enclose it.
func bracketed(g []glyph) []bool {
	out := make([]bool, len(g))
	depth := 0
	for i, x := range g {
		switch {
		case opens(x.r):
			depth++
		case closes(x.r):
			depth = max(0, depth-1)
		default:
			out[i] = depth > 0
		}
	}
	if depth > 0 { // one that was not read: nothing is known
		clear(out)
	}
	return out
}

// outsideBrackets counts the letters that no brackets enclose: units in them,
// 单价（元/千tokens）, say nothing against a heading.
func outsideBrackets(g []glyph) int {
	n := 0
	for i, in := range bracketed(g) {
		if !in && !opens(g[i].r) && !closes(g[i].r) {
			n++
		}
	}
	return n
}

// hit is a heading word found in a row's glyphs.
type hit struct {
	column   column
	from, to int
	exact    bool
}

// headHits finds the heading words of a row: those that together explain most
// of it. A word may have one misread character where a gap parts it from its
// neighbours; letters of a word may stand apart ("数 量").
func headHits(kind tableKind, g []glyph, em float64) []hit {
	best := make([]float64, len(g)+1)
	last := make([]*hit, len(g)+1)
	inside := bracketed(g)
	for to := 1; to <= len(g); to++ {
		best[to] = best[to-1]
		for _, c := range kind.columns {
			for _, word := range c.headers {
				want := []rune(word)
				from := to - len(want)
				if from < 0 || inside[from] {
					continue
				}
				wrong := lettersOff(g[from:to], want, em)
				if wrong == 1 && otherHead(g[from:to]) {
					continue
				}
				if wrong > 1 || wrong == 1 && (!apart(g, from, em) || !apart(g, to, em)) {
					continue
				}
				score := best[from] + float64(len(want)) - 1.6*float64(wrong)
				if from == 0 || g[from].x0-g[from-1].x1 > 0.9*em { // 用量 单位 are two headings, 用量单位 is one
					score += 0.1
				} else {
					score -= 0.3
				}
				if score > best[to] {
					best[to], last[to] = score, &hit{c, from, to, wrong == 0}
				}
			}
		}
	}
	var hits []hit
	for to := len(g); to > 0; {
		if h := last[to]; h != nil && best[to] > best[to-1] {
			hits = append([]hit{*h}, hits...)
			to = h.from
			continue
		}
		to--
	}
	return compounds(hits, g, em)
}

// compounds makes one heading of two that stand together without a gap: 费用项目 are items, 用量单位 is a unit.
func compounds(hits []hit, g []glyph, em float64) (out []hit) {
	for _, h := range hits {
		n := len(out) - 1
		if n >= 0 && out[n].exact && h.exact && out[n].to == h.from && g[h.from].at == g[h.from-1].at+1 && g[h.from].x0-g[h.from-1].x1 < 0.15*em {
			out[n].column, out[n].to = h.column, h.to
			continue
		}
		out = append(out, h)
	}
	return out
}

// otherHeads are headings of columns that none of ours is, a character off one that is: 税率, not 费率.
var otherHeads = []string{"税率", "税额", "税价", "序号", "项次", "行号", "业务线", "订单号", "计费方式", "折扣", "币种", "备注", "状态", "地域", "区域"}

func otherHead(g []glyph) bool {
	text := ""
	for _, x := range g {
		text += string(x.r)
	}
	return slices.Contains(otherHeads, text)
}

// lettersOff counts the characters in which a stretch differs from a word; it is
// large where gaps show that the stretch is no word.
func lettersOff(g []glyph, want []rune, em float64) int {
	limit := 1.5 * em
	if len(want) == 2 {
		limit = 4 * em
	}
	wrong := 0
	for k, x := range g {
		if x.r != want[k] {
			wrong++
		}
		if k > 0 && x.x0-g[k-1].x1 > limit {
			return 9
		}
	}
	if wrong > 0 && len(want) == 2 && (g[1].x0-g[0].x1 > em || !unicode.Is(unicode.Han, g[0].r) || !unicode.Is(unicode.Han, g[1].r)) {
		return 9
	}
	return wrong
}

// apart says whether a visible gap stands before glyph k.
func apart(g []glyph, k int, em float64) bool {
	return k == 0 || k >= len(g) || g[k].x0-g[k-1].x1 > 0.6*em
}

// unitAlone says whether a stretch is a heading's unit whose first bracket was not read: 元).
func unitAlone(g []glyph) bool {
	if len(g) > 3 || !closes(g[len(g)-1].r) {
		return false
	}
	for _, x := range g[:len(g)-1] {
		if !strings.ContainsRune("元万千", x.r) {
			return false
		}
	}
	return len(g) > 1
}

// stretch is glyphs that are one heading; hit is nil where its words are unknown.
type stretch struct {
	from, to int
	hit      *hit
}

// headStretches parts a heading row into columns: each hit with the characters
// that stand close to it (（元）, 含税), and the unknown headings between.
func headStretches(g []glyph, hits []hit, em float64) []stretch {
	var out []stretch
	k := 0
	loose := func(to int) { // unknown characters up to the next hit
		for k < to {
			end := k + 1
			for end < to && g[end].x0-g[end-1].x1 <= 0.8*em {
				end++
			}
			near := 0.6 * em
			if opens(g[k].r) {
				near = 1.3 * em // wide brackets have much room before them
			}
			if unitAlone(g[k:end]) {
				near = 2.5 * em // a bracket before it was not read
			}
			joins := len(out) > 0 && out[len(out)-1].hit != nil && out[len(out)-1].to == k && g[k].x0-g[k-1].x1 <= near
			if joins {
				out[len(out)-1].to = end
			} else {
				out = append(out, stretch{k, end, nil})
			}
			k = end
		}
	}
	for n := range hits {
		h := &hits[n]
		loose(h.from)
		s := stretch{h.from, h.to, h}
		if m := len(out); m > 0 && out[m-1].hit == nil && out[m-1].to == h.from && g[h.from].x0-g[h.from-1].x1 <= 0.5*em {
			s.from = out[m-1].from
			out = out[:m-1]
		}
		out = append(out, s)
		k = h.to
	}
	loose(len(g))
	return out
}

// lastNouns makes one heading of the words of one cell: what a heading is of stands at
// its end, 消费时间 is a time and 服务费用 a charge. Without rules only words of days are
// sure to be the end of another, as two columns may be set tight.
func lastNouns(r row, g []glyph, list []stretch) (out []stretch) {
	for _, s := range list {
		n := len(out)
		if n == 0 || s.hit == nil || !s.hit.exact || out[n-1].hit == nil || out[n-1].to != s.from || out[n-1].hit.column.name == s.hit.column.name ||
			r.grid == nil && (s.hit.column.name != "date" || g[s.from].x0-g[s.from-1].x1 > 0.2*(g[s.from].x1-g[s.from].x0)) ||
			strings.ContainsAny(string(r.text[g[s.from-1].at:g[s.from].at]), "\t/") {
			out = append(out, s)
			continue
		}
		out[n-1].to, out[n-1].hit = s.to, s.hit
	}
	return out
}

// nearHits gives the headings of a heading row that no word was found in that word
// of four characters and more which they are but for one character, where only one
// column has such a word, and no other heading has the column.
func nearHits(kind tableKind, g []glyph, list []stretch) {
	had := map[string]bool{}
	for _, s := range list {
		if s.hit != nil {
			had[s.hit.column.name] = true
		}
	}
	for i, s := range list {
		text := ""
		for _, x := range g[s.from:s.to] {
			text += string(x.r)
		}
		text = bracketUnit.ReplaceAllString(text, "")
		if s.hit != nil || len([]rune(text)) < 3 {
			continue
		}
		var near []column
		for _, c := range kind.columns {
			for _, w := range c.headers {
				if len([]rune(w)) >= 4 && !isLatin([]rune(w)[0]) && levenshtein.ComputeDistance(text, w) == 1 {
					near = append(near, c)
					break
				}
			}
		}
		if len(near) == 1 && !had[near[0].name] {
			list[i].hit = &hit{near[0], s.from, s.to, false}
			had[near[0].name] = true
		}
	}
}
