package seal

// Limits of a rim that was fitted askew, by another impression over it or by print.
const (
	poorlyLike = 0.65 // mean likeness, below which the rim itself is looked at again
	worthwhile = 0.03 // what that must gain
)

// recentred lays the name on a rim that is moved and reshaped as long as the
// characters grow liker: pressed twice, a seal has its rim fitted around both.
func (f fitted) recentred(name []rune) fitted {
	drawn := make([]*feature, len(name))
	for i, c := range name {
		if drawn[i] = f.face.feature(c); drawn[i] == nil {
			return f
		}
	}
	best := f
	try := func(rim ring) bool {
		m := newImpression(f.m.plane, rim, f.m.perMM)
		m.full = f.m.full
		v := &survey{m: m}
		s := best.setting
		s.middle *= m.length / best.m.length
		g := fitted{m: m, face: f.face, setting: s, mean: v.score(s, drawn, f.face.usual)}
		if g.mean <= best.mean {
			return false
		}
		best = g
		return true
	}
	round := best.m.rim
	round.rx, round.ry, round.angle = (round.rx+round.ry)/2, (round.rx+round.ry)/2, 0
	if !f.m.oval() {
		try(round)
	}
	for _, step := range []float64{0.7 * f.m.perMM, 0.35 * f.m.perMM, 0.17 * f.m.perMM} {
		for moved, rounds := true, 0; moved && rounds < 4; rounds++ {
			moved = false
			for _, d := range []ring{{cx: step}, {cx: -step}, {cy: step}, {cy: -step}, {rx: step, ry: -step}, {rx: -step, ry: step}} {
				r := best.m.rim
				r.cx, r.cy, r.rx, r.ry = r.cx+d.cx, r.cy+d.cy, r.rx+d.rx, r.ry+d.ry
				moved = try(r) || moved
			}
			v := &survey{m: best.m}
			best.setting, best.mean = v.finer(best.setting, best.mean, drawn, f.face.usual)
		}
	}
	return best
}
