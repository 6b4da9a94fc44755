package seal

import (
	"math"
	"strings"

	"hequan"
)

// Expected is a name that a ring may bear. Among gives for each of its
// characters the characters that could stand there instead; where it is empty,
// any common one could: of a place only another place's, for instance. Slack is
// by how much another may be liker all the same, where the word around leaves
// hardly a doubt.
type Expected struct {
	Name  string
	Among [][]rune
	Slack []float64
}

// Likeness is how a ring compares with one expected name.
type Likeness struct {
	Name  string
	Mean  float64     // of its characters, about 0.2 to 0.5 for another name, 1 at most
	Signs []Character // each character by itself
	Clear bool        // nothing else of the belt beside the name is inked
	Tilt  float64     // clockwise turn of the name, in radians; 0 for all but the likest

	fit *fitted // where the name lies; nil for all but the likest
}

// Character is how one character of a name compares with what stands in its place.
type Character struct {
	Char    rune
	Like    float64 // to the character
	Rival   rune    // the likest other character
	Against float64 // likeness to the rival
	Visible float64 // share of the place that print doesn't hide
	Told    float64 // share of what tells it from any one that looks like it, that print doesn't hide
	Given   bool    // only few others could stand there
	Slack   float64 // by how much the rival may be liker

	here stand // where it stands best
	lent bool  // another impression of the same seal shows it
}

// Limits of what counts as a character read, measured on drawn and generated
// seals of several typefaces (docs/benchmarks.md).
const (
	leastLike    = 0.42
	leastGiven   = 0.36
	leastVisible = 0.12
	leastLead    = 0.001
	hiddenLead   = 0.01 // where print hides some of the place
	farBelow     = 0.28 // a character's likeness, below the mean of the name's
	leastMean    = 0.48 // of a name evenly set
	leastSigns   = 0.6  // mean of its characters, each where it stands best
)

// Read says whether the character was recognised: like enough, and no other
// character liker. What only few others could take the place of may be hidden.
func (c Character) Read() bool {
	if c.Given {
		return c.Visible < leastVisible || c.Like >= leastGiven && c.Like-c.Against >= leastLead-c.Slack
	}
	lead := leastLead
	if c.Visible < 0.7 {
		lead = hiddenLead
	}
	return c.Like >= leastLike && c.Visible >= leastVisible && c.Told >= leastTold && c.Like-c.Against >= lead-c.Slack
}

// Read says whether the ring bears the name, every character of it and no more.
func (l *Likeness) Read() bool {
	sum := 0.0
	for i, c := range l.Signs {
		sum += c.Like
		if !l.read(i) || !c.Given && !c.lent && c.Like < l.Mean-farBelow {
			return false
		}
	}
	return l.Clear && len(l.Signs) > 0 && l.Mean >= leastMean && sum >= leastSigns*float64(len(l.Signs))
}

// Open returns the characters that were not recognised.
func (l *Likeness) Open() string {
	var open strings.Builder
	for i, c := range l.Signs {
		if !l.read(i) {
			open.WriteRune(c.Char)
		}
	}
	return open.String()
}

// Limits of a character of a given word that is not recognised by itself.
const (
	givenLike    = 0.3
	givenVisible = 0.5
	givenLead    = -0.08
	givenWord    = 0.1 // mean lead of the word's characters
)

// read says whether a character was recognised, by itself or, of a place or an
// ending, by its word.
func (l *Likeness) read(i int) bool {
	c := l.Signs[i]
	if c.lent || c.Read() {
		return true
	}
	if !c.Given || c.Like < givenLike || c.Visible < givenVisible || c.Like-c.Against < givenLead-c.Slack {
		return false
	}
	from, to := i, i
	for from > 0 && l.Signs[from-1].Given {
		from--
	}
	for to+1 < len(l.Signs) && l.Signs[to+1].Given {
		to++
	}
	lead := 0.0
	for _, o := range l.Signs[from : to+1] {
		lead += o.Like - o.Against
	}
	return to > from && lead >= givenWord*float64(to-from+1)
}

// Compare compares the ring of an impression with each of the names;
// characters are looked at one by one for the likest name only. It returns nil
// where no text was found on the ring or the machine has no typeface to draw it in.
func Compare(k hequan.Impression, names []Expected) []Likeness {
	m := unpack(k)
	faces := typefaces()
	if m == nil || len(faces) == 0 || len(names) == 0 {
		return nil
	}
	ways := []*impression{m}
	if m.oval() {
		ways = append(ways, m.byAngle())
	}
	out := make([]Likeness, len(names))
	for i, n := range names {
		out[i].Name = n.Name
	}
	at, best := -1, fitted{mean: -1}
	var views []*survey
	for _, m := range ways {
		v, ok := m.look()
		if !ok {
			continue
		}
		m.cells = map[cellPlace]*feature{} // one typeface after another is tried in the same places
		defer func() { m.cells = nil }()
		views = append(views, v)
		for i, n := range names {
			f := fitted{m: m, face: faces[0]}
			f.setting, f.mean = v.settle([]rune(n.Name), faces[0])
			out[i].Mean = max(out[i].Mean, f.mean)
			if f.mean > best.mean {
				best, at = f, i
			}
		}
	}
	if at < 0 {
		return nil
	}
	name := []rune(names[at].Name)
	for _, t := range faces[1:] {
		if f := best.again(name, t); f.mean > best.mean+0.02 {
			best = f
		}
		for _, v := range views {
			if best.mean >= wellLike {
				break
			}
			f := fitted{m: v.m, face: t}
			if f.setting, f.mean = v.settle(name, t); f.mean > best.mean+0.02 {
				best = f
			}
		}
	}
	if best.mean < wellLike {
		for _, t := range rareFaces() {
			if f := best.again(name, t); f.mean > best.mean+0.02 {
				best = f
			}
		}
	}
	if best.mean < poorlyLike {
		if f := best.recentred(name); f.mean > best.mean+worthwhile {
			best = f
		}
	}
	out[at].Mean = best.mean
	out[at].Signs, out[at].fit = best.signs(names[at]), &best
	f := best.m.frame(best.setting.middle)
	out[at].Tilt = math.Atan2(f.ny, f.nx) - math.Pi/2
	out[at].Clear = best.m.clear(best.setting, len(out[at].Signs))
	return out
}

// wellLike is the mean likeness from which a typeface is taken for the ring's own.
const wellLike = 0.8

// again lays the name in another typeface where it lies.
func (f fitted) again(name []rune, t *typeface) fitted {
	drawn := make([]*feature, len(name))
	for i, c := range name {
		if drawn[i] = t.feature(c); drawn[i] == nil {
			return fitted{mean: -1}
		}
	}
	v := &survey{m: f.m}
	g := fitted{m: f.m, face: t}
	g.setting, g.mean = v.finer(f.setting, v.score(f.setting, drawn, t.usual), drawn, t.usual)
	return g
}

// fitted is a name laid over a ring.
type fitted struct {
	m       *impression
	face    *typeface
	setting setting
	mean    float64
}

// signs looks at each character of a fitted name by itself.
func (f fitted) signs(n Expected) []Character {
	name := []rune(n.Name)
	out := make([]Character, len(name))
	for i, c := range name {
		var among []rune
		if i < len(n.Among) {
			among = n.Among[i]
		}
		g := f.m.glance(f.setting, i, len(name))
		like, here := g.best(f.face.feature(c), f.face.usual)
		r := g.rival(f.face, c, here, among)
		out[i] = Character{Char: c, Like: like, Visible: g.at(here).visible(), Rival: r.char, Against: r.like, Given: len(among) > 0, here: here}
		out[i].Told = 1.0
		if !out[i].Given {
			out[i].Told = f.face.told(g.at(here), c)
		}
		if i < len(n.Slack) {
			out[i].Slack = n.Slack[i]
		}
	}
	return out
}

// told is the least share of what tells a character from one of those that look
// like it, that can be seen in its place.
func (t *typeface) told(f *feature, own rune) float64 {
	least, drawn := 1.0, t.feature(own)
	for _, r := range append(LookAlikes(own, 8), rareLike()[own]...) {
		if other := t.feature(r); other != nil && drawn != nil {
			_, share := turned(f, f, drawn, other)
			least = min(least, share)
		}
	}
	return least
}

// clear says whether the places before and after a name are empty.
func (m *impression) clear(s setting, n int) bool {
	ink := func(i int) float64 {
		sum, count := 0.0, 0.0
		for u := -0.4; u <= 0.41; u += 0.1 {
			f := m.frame(s.place(i, n) + u*s.pitch)
			for v := -0.12; v <= 0.11; v += 0.04 { // numbers at the foot stand further out, lines further in
				sum += m.inkAt(f, s.depth+v*s.tall)
				count++
			}
		}
		return sum / count
	}
	own := 0.0
	for i := range n {
		own += ink(i) / float64(n)
	}
	return ink(-1) < 0.6*own && ink(n) < 0.6*own
}
