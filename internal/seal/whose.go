package seal

import (
	"math"

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
}

// Character is how one character of a name compares with what stands in its place.
type Character struct {
	Char    rune
	Like    float64 // to the character
	Rival   rune    // the likest other character
	Against float64 // likeness to the rival
	Visible float64 // share of the place that print doesn't hide
	Given   bool    // only few others could stand there
	Slack   float64 // by how much the rival may be liker
}

// Limits of what counts as a character read, measured on drawn and generated
// seals of several typefaces (docs/benchmarks.md).
const (
	leastLike    = 0.42
	leastGiven   = 0.36
	leastVisible = 0.12
	leastLead    = 0.0
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
	return c.Like >= leastLike && c.Visible >= leastVisible && c.Like-c.Against >= lead-c.Slack
}

// Read says whether the ring bears the name, every character of it and no more.
func (l *Likeness) Read() bool {
	sum := 0.0
	for _, c := range l.Signs {
		sum += c.Like
		if !c.Read() || !c.Given && c.Like < l.Mean-farBelow {
			return false
		}
	}
	return l.Clear && len(l.Signs) > 0 && l.Mean >= leastMean && sum >= leastSigns*float64(len(l.Signs))
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
	for _, m := range ways {
		v, ok := m.look()
		if !ok {
			continue
		}
		for i, n := range names {
			f := fitted{m: m, face: faces[0]}
			f.setting, f.mean = v.settle([]rune(n.Name), faces[0])
			out[i].Mean = max(out[i].Mean, f.mean)
			if f.mean > best.mean {
				best, at = f, i
			}
		}
		for _, t := range faces[1:] {
			if at < 0 {
				break
			}
			f := fitted{m: m, face: t}
			if f.setting, f.mean = v.settle([]rune(names[at].Name), t); f.mean > best.mean+0.05 {
				best, out[at].Mean = f, f.mean
			}
		}
	}
	if at < 0 {
		return nil
	}
	out[at].Signs = best.signs(names[at])
	f := best.m.frame(best.setting.middle)
	out[at].Tilt = math.Atan2(f.ny, f.nx) - math.Pi/2
	out[at].Clear = best.m.clear(best.setting, len(out[at].Signs))
	return out
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
		out[i] = Character{Char: c, Like: like, Visible: g.at(here).visible(), Rival: r.char, Against: r.like, Given: len(among) > 0}
		if i < len(n.Slack) {
			out[i].Slack = n.Slack[i]
		}
	}
	return out
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
