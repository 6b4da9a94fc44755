package seal

import (
	"math"
	"slices"
)

// Several papers of an application bear one and the same seal. What print hides
// of it on one it shows on another. Two impressions are taken for one seal only
// where ring, characters and the number at the foot agree; where the number can't
// be seen, only where the rings are of one size and nothing of what tells a
// character from those like it is hidden.
const (
	sameRadius = 0.02 // of the radii, apart, where the number can't be seen
	scanRadius = 0.06 // where it is the same: scans are enlarged by some per cent
	sameLayout = 0.06 // of pitch and depth against the radius, apart
	sameSign   = 0.6  // correlation of each character that can be seen on both
	sameSigns  = 0.8  // mean of these
	sameShare  = 0.6  // of the characters, that can be seen on both
	sameFoot   = 0.7  // of the numbers at the foot
	jointSeen  = 0.4  // share of a character that must be seen on both to count
	lentLike   = 0.7  // of one that is lent
	lentLead   = 0.02 // over the rival where it was recognised
	leastAhead = 0.02 // by how much such a character must be liker to the other seal's than to one like it
	leastTold  = 0.25 // share of what tells two characters apart, that must be seen to judge so
)

// Borrow takes over from other impressions which characters were recognised there,
// where they are evidently impressions of the same seal that look most like the
// same name, and the character seen here is not at odds with it.
func (l *Likeness) Borrow(others []*Likeness) {
	if l.fit == nil || l.Read() {
		return
	}
	for _, o := range others {
		if o == l || o.fit == nil || o.Name != l.Name || len(o.Signs) != len(l.Signs) {
			continue
		}
		p := pairOf(l, o)
		sure := p.foot >= sameFoot
		if !p.same() {
			continue
		}
		for i := range l.Signs {
			if lender := o.Signs[i]; l.read(i) || lender.lent || !o.read(i) || !lender.Given && lender.Like-lender.Against < lentLead {
				continue
			}
			ahead, told := p.ahead(i)
			if ahead >= leastAhead && (sure || told >= leastTold && p.like[i] >= lentLike) {
				l.Signs[i].lent = true
			}
		}
	}
}

// pair is how two rings that bear one name, as it seems, compare with each other.
type pair struct {
	a, b *Likeness
	like []float64 // of each character, where both can be seen
	seen []float64 // what can be seen on both
	at   []stand   // where a's character stands then
	foot float64   // of what stands below the name; -1 where nothing can be told
}

func pairOf(a, b *Likeness) pair {
	p := pair{a: a, b: b, foot: -1}
	n := len(a.Signs)
	for i := range a.Signs {
		like, seen, at := alikeSigns(b.fit, a.fit, b.Signs[i].here, a.Signs[i].here, i, n)
		p.like, p.seen, p.at = append(p.like, like), append(p.seen, seen), append(p.at, at)
	}
	p.foot = alikeFeet(a.fit, b.fit)
	return p
}

// same says whether two impressions are evidently of one seal.
func (p pair) same() bool {
	f, g := p.a.fit, p.b.fit
	if d := differ(f.m.radius(), g.m.radius()); d > scanRadius || p.foot < sameFoot && (p.foot >= 0 || d > sameRadius) {
		return false
	}
	if differ(f.setting.pitch/f.m.radius(), g.setting.pitch/g.m.radius()) > sameLayout || differ(f.setting.depth/f.m.radius(), g.setting.depth/g.m.radius()) > sameLayout {
		return false
	}
	sum, n := 0.0, 0
	for i, seen := range p.seen {
		if seen < jointSeen {
			continue
		}
		if p.like[i] < sameSign {
			return false
		}
		sum += p.like[i]
		n++
	}
	return float64(n) >= sameShare*float64(len(p.seen)) && sum >= sameSigns*float64(n)
}

// ahead is by how much the i-th character is liker to the other impression's than
// to what that would look like if it showed one of the characters that look like it.
// What both seals differ from a drawn typeface plays no part in it. told is the
// least share of what tells them apart that can be seen on both; where it is
// less than leastTold, that character is not compared with.
func (p pair) ahead(i int) (lead, told float64) {
	n := len(p.a.Signs)
	c := p.a.Signs[i]
	f := p.b.fit
	g := p.a.fit.m.glance(p.a.fit.setting, i, n)
	b := f.m.glance(f.setting, i, n).at(p.b.Signs[i].here)
	a := g.at(p.at[i])
	lead, told = 1, 1
	rivals := []rune{c.Rival, p.b.Signs[i].Rival}
	if !c.Given {
		rivals = append(append(rivals, LookAlikes(c.Char, 16)...), rareLike()[c.Char]...)
	}
	own := f.face.feature(c.Char)
	for _, r := range rivals {
		other := f.face.feature(r)
		if other == nil || r == c.Char {
			continue
		}
		changed, share := turned(a, b, own, other)
		if told = min(told, share); share < leastTold {
			continue
		}
		most := -1.0
		for _, from := range []stand{p.at[i], c.here} {
			l, _, _ := g.alike(changed, from)
			most = max(most, l)
		}
		lead = min(lead, p.like[i]-most)
	}
	return lead, told
}

// turned is what the character b, which is own, would look like if it were other;
// share is how much of their difference can be seen on a and b.
func turned(a, b, own, other *feature) (changed *feature, share float64) {
	changed = &feature{patch: b.patch}
	all, seen := 0.0, 0.0
	for i := range changed.ink {
		d := other.ink[i] - own.ink[i]
		all += float64(d * d)
		if !a.hidden[i] && !b.hidden[i] {
			seen += float64(d * d)
		}
		changed.ink[i] = max(0, min(1, b.ink[i]+d))
	}
	if all == 0 {
		return changed, 0
	}
	return changed, seen / all
}

// differ is how much two lengths differ, as a share of them.
func differ(a, b float64) float64 { return math.Abs(a-b) / max(1e-9, (a+b)/2) }

// alikeSigns compares the i-th characters of two rings with each other: the
// correlation of their ink where both can be seen, moved a little to where they are
// likest, and the share that can be seen.
func alikeSigns(a, b *fitted, hereA, hereB stand, i, n int) (like, seen float64, here stand) {
	return b.m.glance(b.setting, i, n).alike(a.m.glance(a.setting, i, n).at(hereA), hereB)
}

// alike moves a character about to where it is likest to another impression's.
func (g *glance) alike(other *feature, from stand) (like, seen float64, here stand) {
	here = from
	like, seen = alikeBoth(other, g.at(here))
	for _, step := range []int{8, 4} {
		for moved, rounds := true, 0; moved && rounds < 4; rounds++ {
			moved = false
			for _, d := range []stand{{along: step}, {along: -step}, {depth: step}, {depth: -step}, {wide: step}, {wide: -step}, {tall: step}, {tall: -step}} {
				s := stand{here.along + d.along, here.depth + d.depth, here.wide + d.wide, here.tall + d.tall}
				if s.off(from) > reach {
					continue
				}
				if l, v := alikeBoth(other, g.at(s)); l > like {
					like, seen, here, moved = l, v, s, true
				}
			}
		}
	}
	return like, seen, here
}

// alikeBoth is the correlation of the ink that can be seen on both of two
// patches, and how much of them that is.
func alikeBoth(a, b *feature) (like, seen float64) {
	var c correlation
	for i, x := range a.ink {
		if !a.hidden[i] && !b.hidden[i] {
			c.add(float64(x), float64(b.ink[i]))
		}
	}
	return c.value(), c.n / (patchSize * patchSize)
}

// correlation of pairs of values.
type correlation struct{ n, a, b, ab, aa, bb float64 }

func (c *correlation) add(x, y float64) {
	c.n++
	c.a, c.b, c.ab, c.aa, c.bb = c.a+x, c.b+y, c.ab+x*y, c.aa+x*x, c.bb+y*y
}

// value is -1…1; 0 where there is nothing to tell.
func (c *correlation) value() float64 {
	if c.n < 16 {
		return 0
	}
	va, vb := c.aa-c.a*c.a/c.n, c.bb-c.b*c.b/c.n
	if va <= 1e-6*c.n || vb <= 1e-6*c.n {
		return 0
	}
	return (c.ab - c.a*c.b/c.n) / math.Sqrt(va*vb)
}

// The strip at the foot of a ring in which the 13 digits of a seal's number stand.
const (
	footSpan  = 0.125 // of the rim's length, to each side of the foot
	footTop   = 1.6   // below the rim, millimetres
	footFoot  = 4.8
	footStep  = 0.17
	footDigit = 2.0  // along the rim
	footInk   = 0.03 // mean ink, from which there is a number at all
)

// alikeFeet compares what stands at the foot of two rings, the side where the
// name is not, digit by digit: the mean of the three worst; -1 where print hides
// it or nothing stands there.
func alikeFeet(a, b *fitted) float64 {
	best, at := -2.0, [2]float64{}
	for along := -1.2; along <= 1.21; along += 0.2 {
		for _, depth := range []float64{-0.4, -0.2, 0, 0.2, 0.4} {
			if like, _ := alikeFeetAt(a, b, along, depth); like > best {
				best, at = like, [2]float64{along, depth}
			}
		}
	}
	if best <= 0 {
		return best
	}
	_, worst := alikeFeetAt(a, b, at[0], at[1])
	return worst
}

// alikeFeetAt is the correlation of two feet laid over each other with an offset, and the
// mean of that of the three places that are least alike.
func alikeFeetAt(a, b *fitted, along, depth float64) (like, worst float64) {
	var all correlation
	var each []float64
	count, inked := 0, 0.0
	scale := b.m.length / a.m.length
	for from := -footSpan * a.m.length; from < footSpan*a.m.length-footDigit/2; from += footDigit {
		var c correlation
		n := 0
		for s := from; s < from+footDigit; s += footStep {
			f := a.m.frame(a.setting.middle + a.m.length/2 + s)
			g := b.m.frame(b.setting.middle + b.m.length/2 + s*scale + along)
			for d := footTop; d < footFoot; d += footStep {
				count, n = count+1, n+1
				pa, pb := d*a.m.perMM, (d*scale+depth)*b.m.perMM
				ax, ay, bx, by := f.x+f.nx*pa, f.y+f.ny*pa, g.x+g.nx*pb, g.y+g.ny*pb
				if a.m.hiddenAt(ax, ay) || b.m.hiddenAt(bx, by) {
					continue
				}
				x, y := a.m.sample(ax, ay)/a.m.full, b.m.sample(bx, by)/b.m.full
				inked += min(x, y)
				c.add(x, y)
				all.add(x, y)
			}
		}
		if c.n > 0.6*float64(n) && max(c.a, c.b) > footInk*c.n { // not beside the number
			each = append(each, c.value())
		}
	}
	if all.n < 0.5*float64(count) || inked < footInk*all.n || len(each) < 5 {
		return -1, -1
	}
	slices.Sort(each)
	return all.value(), (each[0] + each[1] + each[2]) / 3
}
