package seal

import "math"

// setting is how the characters of a name stand on a ring: lengths in millimetres.
type setting struct {
	middle float64 // of the name, along the rim, clockwise from the foot
	pitch  float64 // from character to character, along the rim
	depth  float64 // of the characters' middles below the rim
	wide   float64 // of a character's square
	tall   float64
}

// place is where the i-th of n characters stands along the rim.
func (s setting) place(i, n int) float64 {
	return s.middle + (float64(i)-float64(n-1)/2)*s.pitch
}

// cell samples the square of a character around a place, upright as the
// character stands, and describes it.
func (m *impression) cell(along, depth, wide, tall float64) *feature {
	if m.cells == nil {
		return m.square(m.frame(along), depth, wide, tall)
	}
	at := cellPlace{along, depth, wide, tall}
	f, known := m.cells[at]
	if !known {
		f = m.square(m.frame(along), depth, wide, tall)
		m.cells[at] = f
	}
	return f
}

// cellPlace is a character's square: its place along the rim, depth, width and height in millimetres.
type cellPlace struct{ along, depth, wide, tall float64 }

// square samples a square of the given size at a depth inwards of a place.
func (m *impression) square(f rimFrame, depth, wide, tall float64) *feature {
	ox, oy := f.x+f.nx*depth*m.perMM, f.y+f.ny*depth*m.perMM
	tx, ty := f.ny, -f.nx // reading direction: clockwise
	out := &feature{}
	p := &out.patch
	var alongX, alongY [patchSize]float64
	for x := range patchSize {
		u := ((float64(x)+0.5)/patchSize - 0.5) * wide * m.perMM
		alongX[x], alongY[x] = ox+tx*u, oy+ty*u
	}
	strong := float32(0)
	for y := range patchSize {
		v := ((float64(y)+0.5)/patchSize - 0.5) * tall * m.perMM
		downX, downY := f.nx*v, f.ny*v
		ink, hidden := p.ink[y*patchSize:][:patchSize], p.hidden[y*patchSize:][:patchSize]
		for x := range patchSize {
			px, py := alongX[x]+downX, alongY[x]+downY
			if m.hiddenAt(px, py) {
				hidden[x] = true
				continue
			}
			ink[x] = float32(m.sample(px, py) / m.full)
			strong = max(strong, ink[x])
		}
	}
	full := max(0.3, 0.75*strong)
	for i, v := range p.ink {
		p.ink[i] = min(1, v/full)
	}
	out.describe()
	return out
}

func (m *impression) hiddenAt(x, y float64) bool {
	i, j := int(x+0.5), int(y+0.5)
	return i >= 0 && j >= 0 && i < m.w && j < m.h && m.hidden[j*m.w+i]
}

// survey is a ring looked at all around, in characters' squares of several widths.
type survey struct {
	m     *impression
	depth float64
	tall  float64
	wides []float64
	cells [][]*feature // of each width, a step apart
	step  float64

	little map[*feature][][]sketch // of the cells, by what is usual of a typeface
}

// surveyStep is the distance in millimetres at which a ring is looked at.
const surveyStep = 0.5

// look looks at a ring all around; ok is false where no text was found on it.
func (m *impression) look() (*survey, bool) {
	top, foot, ok := m.belt(m.upper())
	if !ok {
		return nil, false
	}
	v := &survey{m: m, depth: (top + foot) / 2, tall: (foot - top) / 0.9, little: map[*feature][][]sketch{}}
	n := int(m.length / surveyStep)
	v.step = m.length / float64(n)
	for _, share := range []float64{0.6, 0.85} {
		wide := share * v.tall
		cells := make([]*feature, n)
		for k := range cells {
			cells[k] = m.cell(float64(k)*v.step, v.depth, wide, v.tall)
		}
		v.wides, v.cells = append(v.wides, wide), append(v.cells, cells)
	}
	return v, true
}

// settle seeks the setting under which the ring looks most like the name, drawn
// in one typeface; it returns the mean likeness of the characters.
func (v *survey) settle(name []rune, t *typeface) (setting, float64) {
	drawn := make([]*feature, len(name))
	for i, c := range name {
		if drawn[i] = t.feature(c); drawn[i] == nil {
			return setting{}, -1
		}
	}
	best, most := setting{}, -1.0
	for w := range v.wides {
		s := v.coarse(w, name, drawn, t.usual)
		if l := v.score(s, drawn, t.usual); l > most {
			best, most = s, l
		}
	}
	return v.finer(best, most, drawn, t.usual)
}

// coarse tries all pitches and middles on the surveyed grid, for one width, on
// the characters in little.
func (v *survey) coarse(w int, name []rune, drawn []*feature, usual *feature) setting {
	n, steps := len(name), len(v.cells[w])
	little := v.sketches(w, usual)
	like := make([][]float32, n)
	for i, c := range name {
		for j := range i {
			if name[j] == c {
				like[i] = like[j]
			}
		}
		if like[i] == nil {
			like[i] = make([]float32, steps)
			own := sketchOf(drawn[i], usual)
			for k := range little {
				like[i][k] = own.dot(&little[k])
			}
		}
	}
	narrow := 1 - v.depth/v.m.radius()
	best, most := setting{}, float32(-2)
	for pitch := v.wides[w] * 0.85 / narrow; pitch <= v.wides[w]*2.3/narrow && pitch*float64(n) < 0.97*v.m.length; pitch *= 1.025 {
		for k := range steps {
			sum := float32(0)
			for i := range n {
				at := float64(k) + (float64(i)-float64(n-1)/2)*pitch/v.step
				j := int(math.Floor(at+0.5)) % steps
				if j < 0 {
					j += steps
				}
				sum += like[i][j]
			}
			if sum/float32(n) > most {
				most = sum / float32(n)
				best = setting{middle: float64(k) * v.step, pitch: pitch, depth: v.depth, wide: v.wides[w], tall: v.tall}
			}
		}
	}
	return best
}

// sketches are the surveyed cells in little.
func (v *survey) sketches(w int, usual *feature) []sketch {
	if v.little[usual] == nil {
		v.little[usual] = make([][]sketch, len(v.wides))
	}
	if v.little[usual][w] == nil {
		for _, f := range v.cells[w] {
			v.little[usual][w] = append(v.little[usual][w], sketchOf(f, usual))
		}
	}
	return v.little[usual][w]
}

// score is the mean likeness of the characters in a setting.
func (v *survey) score(s setting, drawn []*feature, usual *feature) float64 {
	if s.pitch == 0 {
		return -1
	}
	sum := 0.0
	for i, d := range drawn {
		sum += likeness(v.m.cell(s.place(i, len(drawn)), s.depth, s.wide, s.tall), d, usual)
	}
	return sum / float64(len(drawn))
}

// finer moves and stretches the characters of a setting a little as long as
// they grow liker.
func (v *survey) finer(best setting, most float64, drawn []*feature, usual *feature) (setting, float64) {
	step := 1.0
	for range 3 {
		for _, change := range []setting{{middle: 0.35}, {middle: -0.35}, {pitch: 0.015 * best.pitch}, {pitch: -0.015 * best.pitch}, {depth: 0.3}, {depth: -0.3},
			{tall: 0.08 * best.tall}, {tall: -0.08 * best.tall}, {wide: 0.1 * best.wide}, {wide: -0.1 * best.wide}} {
			s := setting{best.middle + step*change.middle, best.pitch + step*change.pitch, best.depth + step*change.depth, best.wide + step*change.wide, best.tall + step*change.tall}
			if l := v.score(s, drawn, usual); l > most {
				best, most = s, l
			}
		}
		step *= 0.6
	}
	return best, most
}
