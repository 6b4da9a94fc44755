package extractors

import (
	"github.com/agnivade/levenshtein"

	"hequan"
)

// steadyParty takes of the mentions of a party, which differ by what was misread in them, the one that most mentions agree on;
// of those that stand alone one that no seal lies over, and the surest. Where they sign a name stands under a seal mostly.
func steadyParty(d *doc, f *flow, c *Content, side, other string) {
	x := c.field(side)
	if x == nil || !isOrganisation(x.Value) {
		return
	}
	against := ""
	if y := c.field(other); y != nil {
		against = y.Value
	}
	count := map[string]int{}
	var list []hequan.Field
	for _, m := range f.matches(companyName) {
		text := f.string(m[0], m[1])
		from := m[0] + companyStart(text)
		value := normalName(f.string(from, m[1]))
		off := levenshtein.ComputeDistance(value, x.Value)
		if n := len([]rune(value)); n < 8 || off > n/6 || roleInside.MatchString(value) || against != "" && levenshtein.ComputeDistance(value, against) <= off {
			continue
		}
		count[value]++
		list = append(list, f.field(side, value, from, m[1]))
	}
	better := func(a, b hequan.Field) bool {
		if m, n := count[a.Value], count[b.Value]; m != n {
			return m > n
		}
		if s, t := d.sealed(a), d.sealed(b); s != t {
			return t
		}
		return a.Confidence > b.Confidence+0.02
	}
	best := *x
	for _, y := range list {
		if y.Value != best.Value && better(y, best) {
			best = y
		}
	}
	if best.Value != x.Value {
		c.set(best)
	}
}

// sealed says whether a seal lies over a field.
func (d *doc) sealed(x hequan.Field) bool {
	for _, p := range d.pages {
		if p.Info.Page != x.Page {
			continue
		}
		for _, s := range p.Seals {
			if overlaps(s.Box, x.Box) {
				return true
			}
		}
	}
	return false
}
