package seal

// glance is one character of a ring, seen in the ways it may stand against its
// even place.
type glance struct {
	m     *impression
	along float64
	s     setting
	seen  map[stand]*feature
}

// stand is how a character stands against its even place: shifted in hundredths
// of its size, and of what size in hundredths of the usual one.
type stand struct{ along, depth, wide, tall int }

// glance prepares to look at the i-th of n characters.
func (m *impression) glance(s setting, i, n int) *glance {
	return &glance{m: m, along: s.place(i, n), s: s, seen: map[stand]*feature{}}
}

// at samples the character standing in one way.
func (g *glance) at(s stand) *feature {
	f := g.seen[s]
	if f == nil {
		f = g.m.cell(g.along+float64(s.along)/100*g.s.pitch, g.s.depth+float64(s.depth)/100*g.s.tall,
			g.s.wide*float64(100+s.wide)/100, g.s.tall*float64(100+s.tall)/100)
		g.seen[s] = f
	}
	return f
}

// reach is how far a character may stand from its even place, in hundredths.
const reach = 16

// best is how much a character looks like a drawn one where it stands best
// about its even place.
func (g *glance) best(drawn, usual *feature) (float64, stand) {
	if drawn == nil {
		return -1, stand{}
	}
	return g.climb(drawn, usual, stand{}, reach)
}

// climb moves and stretches a character step by step, at most so far from
// where it begins, as long as it grows liker.
func (g *glance) climb(drawn, usual *feature, from stand, far int) (float64, stand) {
	here := from
	most := likeness(g.at(here), drawn, usual)
	for _, step := range []int{8, 4} {
		for moved, rounds := true, 0; moved && rounds < 4; rounds++ {
			moved = false
			for _, d := range []stand{{along: step}, {along: -step}, {depth: step}, {depth: -step}, {wide: step}, {wide: -step}, {tall: step}, {tall: -step}} {
				s := stand{here.along + d.along, here.depth + d.depth, here.wide + d.wide, here.tall + d.tall}
				if s.off(from) > far {
					continue
				}
				if l := likeness(g.at(s), drawn, usual); l > most {
					most, here, moved = l, s, true
				}
			}
		}
	}
	return most, here
}

// off is the largest difference of two stands.
func (s stand) off(o stand) int {
	d := stand{s.along - o.along, s.depth - o.depth, s.wide - o.wide, s.tall - o.tall}
	return max(d.along, -d.along, d.depth, -d.depth, d.wide, -d.wide, d.tall, -d.tall)
}
