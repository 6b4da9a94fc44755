package seal

import (
	"math"

	"hequan"
)

// centreLines are the lines that stand in the middle of a seal, by the kind that
// they make it. All end in 专用章, so that only their beginnings tell them apart.
var centreLines = []struct{ kind, begins string }{
	{"contract", "合同"}, {"invoice", "发票"}, {"finance", "财务"}, {"other", "业务"}, {"other", "项目"}, {"other", "结算"}, {"other", "人事"}, {"other", "报关"}, {"other", "资料"},
}

const (
	lineEnding  = "专用章"
	leastEnding = 0.45 // mean likeness of 专用章 that shows that there is such a line
	noEnding    = 0.28 // below it there is none; measured: seals without a line 0.03 to 0.24, with one 0.33 to 0.86
	leastBegin  = 0.42 // of its beginning
	beginLead   = 0.05 // over the next beginning
)

// supervisionRing stands on the seals that are printed on invoices.
const supervisionRing = "全国统一发票监制章"

// Kind tells what kind of seal an impression is by the line in its middle;
// tilt is the clockwise turn of its text in radians. line is what stands there. Kind is empty
// where a line stands there that was not recognised; it is company where there is none.
func Kind(k hequan.Impression, tilt float64) (kind, line string) {
	m := unpack(k)
	faces := typefaces()
	if m == nil || len(faces) == 0 {
		return "", ""
	}
	best := m.centreLine(faces, tilt)
	if best.open() { // in other typefaces, too
		if other := m.centreLine(rareFaces(), tilt); other.ending > best.ending+0.02 {
			best = other
		}
	}
	switch {
	case best.ending < noEnding:
		return "company", ""
	case best.open():
		return "", ""
	}
	c := centreLines[best.at]
	return c.kind, c.begins + lineEnding
}

// centreLine is the line in the middle of a seal, in the typeface in which it is likest.
type centreLine struct {
	ending        float64 // likeness of its ending
	at            int     // which of centreLines, by its beginning
	begin, second float64 // likeness of that and of the next
}

// open says whether a line stands there that was not recognised.
func (c centreLine) open() bool {
	return c.ending >= noEnding && (c.ending < leastEnding || c.begin < leastBegin || c.begin < c.second+beginLead)
}

func (m *impression) centreLine(faces []*typeface, tilt float64) centreLine {
	out := centreLine{ending: -1, at: -1, begin: -1, second: -1}
	var s lineSetting
	var in *typeface
	for _, t := range faces {
		if c, like := m.findLine([]rune(lineEnding), 5, 2, t, tilt); like > out.ending {
			out.ending, s, in = like, c, t
		}
	}
	if out.ending < noEnding {
		return out
	}
	for i, c := range centreLines {
		sum := 0.0
		for j, r := range []rune(c.begins) {
			sum += m.inLine(s, j, 5, in.feature(r), in.usual) / 2
		}
		if sum > out.begin {
			out.at, out.begin, out.second = i, sum, out.begin
		} else {
			out.second = max(out.second, sum)
		}
	}
	return out
}

// Tilt is the clockwise turn of a seal in radians, as far as its outline tells: an
// oval's axis, or the middle of a ring's text.
func Tilt(k hequan.Impression) float64 {
	m := unpack(k)
	if m == nil {
		return 0
	}
	if m.oval() {
		return m.rim.angle
	}
	if b, ok := m.textBand(); ok {
		return m.tilt(b)
	}
	return 0
}

// lineSetting is how the characters of a straight line stand: lengths in
// millimetres, from the middle of the seal, which is turned by tilt.
type lineSetting struct {
	x, y, pitch, tall, tilt float64
}

// lineCell samples the i-th of n characters of a line around the middle.
func (m *impression) lineCell(s lineSetting, i, n int) *feature {
	sin, cos := math.Sincos(s.tilt)
	u := s.x + (float64(i)-float64(n-1)/2)*s.pitch
	x, y := m.rim.cx+(u*cos-s.y*sin)*m.perMM, m.rim.cy+(u*sin+s.y*cos)*m.perMM
	// The frame's inward direction is downwards here.
	return m.square(rimFrame{x, y, -sin, cos}, 0, s.pitch*0.96, s.tall)
}

// inLine is how much the i-th character of a line looks like a drawn one, a
// little off its even place where it is likest there.
func (m *impression) inLine(s lineSetting, i, n int, drawn, usual *feature) float64 {
	if drawn == nil {
		return -1
	}
	most := -1.0
	for _, dx := range []float64{0, -0.12, 0.12} {
		for _, dy := range []float64{0, -0.1, 0.1} {
			c := s
			c.x, c.y = s.x+dx*s.pitch, s.y+dy*s.tall
			most = max(most, likeness(m.lineCell(c, i, n), drawn, usual))
		}
	}
	return most
}

// findLine seeks a line of n characters below the middle whose last ones are
// given, the first of these standing at skip.
func (m *impression) findLine(tail []rune, n, skip int, t *typeface, tilt float64) (lineSetting, float64) {
	drawn := make([]*feature, len(tail))
	for i, c := range tail {
		if drawn[i] = t.feature(c); drawn[i] == nil {
			return lineSetting{}, -1
		}
	}
	score := func(s lineSetting) float64 {
		sum := 0.0
		for i, d := range drawn {
			sum += likeness(m.lineCell(s, skip+i, n), d, t.usual)
		}
		return sum / float64(len(drawn))
	}
	best, most := lineSetting{}, -1.0
	half := m.rim.ry / m.perMM
	for _, pitch := range []float64{2.6, 3.1, 3.7, 4.4} {
		for y := 0.3 * half; y < 0.8*half; y += 0.55 {
			for _, ratio := range []float64{1, 1.25} {
				s := lineSetting{y: y, pitch: pitch, tall: pitch * ratio, tilt: tilt}
				if l := score(s); l > most {
					best, most = s, l
				}
			}
		}
	}
	step := 1.0
	for range 4 {
		for _, d := range []lineSetting{{x: 0.5}, {x: -0.5}, {y: 0.3}, {y: -0.3}, {pitch: 0.2}, {pitch: -0.2}, {tall: 0.3}, {tall: -0.3}, {tilt: 0.06}, {tilt: -0.06}} {
			s := lineSetting{best.x + step*d.x, best.y + step*d.y, best.pitch + step*d.pitch, best.tall + step*d.tall, best.tilt + step*d.tilt}
			if l := score(s); l > most {
				best, most = s, l
			}
		}
		step *= 0.7
	}
	return best, most
}

// Supervision says whether the ring of an oval is that of 监制章.
func Supervision(k hequan.Impression) bool {
	m := unpack(k)
	if m == nil || !m.oval() {
		return false
	}
	got := Compare(k, []Expected{{Name: supervisionRing}})
	return len(got) == 1 && got[0].Mean >= 0.38
}
