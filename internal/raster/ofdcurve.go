package raster

import (
	"math"
	"strconv"
)

// curveSteps is into how many straight pieces a curve is cut.
const curveSteps = 12

// maxPathPoints bounds one path.
const maxPathPoints = 200_000

// polylines turns the abbreviated data of a path (GB/T 33190-2016, 9.1: S and M
// move, L line, Q and B curves of the second and third order, A elliptic arc, C
// close) into runs of straight pieces.
func polylines(fields []string) [][][2]float64 {
	var out [][][2]float64
	var run [][2]float64
	points := 0
	end := func() {
		if len(run) > 1 {
			out = append(out, run)
		}
		run = nil
	}
	add := func(x, y float64) {
		run = append(run, [2]float64{x, y})
		points++
	}
	var x, y float64
	for i := 0; i < len(fields) && points < maxPathPoints; i++ {
		n, known := map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}[fields[i]]
		if !known || i+n >= len(fields) {
			continue
		}
		p := make([]float64, n)
		sound := true
		for k := range p {
			v, err := strconv.ParseFloat(fields[i+1+k], 64)
			p[k], sound = v, sound && err == nil && math.Abs(v) < 1e6
		}
		if !sound {
			continue
		}
		if len(run) == 0 && fields[i] != "S" && fields[i] != "M" && fields[i] != "C" {
			add(x, y)
		}
		switch fields[i] {
		case "S", "M":
			end()
			add(p[0], p[1])
		case "L":
			add(p[0], p[1])
		case "Q":
			for k := 1; k <= curveSteps; k++ {
				t := float64(k) / curveSteps
				u := 1 - t
				add(u*u*x+2*u*t*p[0]+t*t*p[2], u*u*y+2*u*t*p[1]+t*t*p[3])
			}
		case "B":
			for k := 1; k <= curveSteps; k++ {
				t := float64(k) / curveSteps
				u := 1 - t
				add(u*u*u*x+3*u*u*t*p[0]+3*u*t*t*p[2]+t*t*t*p[4], u*u*u*y+3*u*u*t*p[1]+3*u*t*t*p[3]+t*t*t*p[5])
			}
		case "A":
			for _, at := range arc(x, y, p) {
				add(at[0], at[1])
			}
		case "C":
			if len(run) > 0 {
				add(run[0][0], run[0][1])
			}
		}
		if len(run) > 0 {
			x, y = run[len(run)-1][0], run[len(run)-1][1]
		}
		i += n
	}
	end()
	return out
}

// arc cuts an elliptic arc from x, y into points: rx ry turn large sweep x1 y1,
// as in SVG (its implementation notes, F.6.5).
func arc(x, y float64, p []float64) [][2]float64 {
	rx, ry, turn, large, sweep, x1, y1 := math.Abs(p[0]), math.Abs(p[1]), p[2]*math.Pi/180, p[3] != 0, p[4] != 0, p[5], p[6]
	if rx == 0 || ry == 0 || x == x1 && y == y1 {
		return [][2]float64{{x1, y1}}
	}
	sin, cos := math.Sincos(turn)
	hx, hy := (x-x1)/2, (y-y1)/2
	ux, uy := cos*hx+sin*hy, -sin*hx+cos*hy
	if over := ux*ux/(rx*rx) + uy*uy/(ry*ry); over > 1 {
		rx, ry = rx*math.Sqrt(over), ry*math.Sqrt(over)
	}
	k := math.Sqrt(max(0, rx*rx*ry*ry-rx*rx*uy*uy-ry*ry*ux*ux) / (rx*rx*uy*uy + ry*ry*ux*ux))
	if large == sweep {
		k = -k
	}
	mx, my := k*rx*uy/ry, -k*ry*ux/rx
	cx, cy := cos*mx-sin*my+(x+x1)/2, sin*mx+cos*my+(y+y1)/2
	from := math.Atan2((uy-my)/ry, (ux-mx)/rx)
	by := math.Atan2((-uy-my)/ry, (-ux-mx)/rx) - from
	if sweep && by < 0 {
		by += 2 * math.Pi
	} else if !sweep && by > 0 {
		by -= 2 * math.Pi
	}
	steps := max(2, int(math.Ceil(math.Abs(by)/(math.Pi/16))))
	var out [][2]float64
	for i := 1; i <= steps; i++ {
		s, c := math.Sincos(from + by*float64(i)/float64(steps))
		out = append(out, [2]float64{cx + rx*c*cos - ry*s*sin, cy + rx*c*sin + ry*s*cos})
	}
	out[len(out)-1] = [2]float64{x1, y1}
	return out
}
