package seal

import (
	"cmp"
	"image"
	"math"
	"slices"
	"strings"

	"github.com/disintegration/imaging"

	"hequan"
	"hequan/internal/ocr"
)

// letterPX is the height to which the line of a stamp is brought, frame off, to be read.
const letterPX = 56

// stampWords are words that are stamped over papers, those that hold others
// first: what they mean, others say.
var stampWords = []string{
	"仅供", "再次复印", "复印无效", "已作废", "作废", "红冲", "已冲红", "冲红", "冲销", "VOID", "CANCELLED", "CANCELED", "SAMPLE", "样本", "样票", "样张", "样品", "注销", "失效", "无效", "废票",
	"已退款", "退款", "已退票", "退票", "已报销", "报销", "已核销", "核销", "已抵扣", "抵扣", "收讫", "付讫", "COPY", "PAID", "原件", "一致", "正本", "副本", "保密", "机密", "草稿", "预览",
}

// oneReading is the confidence of a word that one attempt has and no other.
const oneReading = 0.4

// mostSlabs is how many slabs of a page are read at the most.
const mostSlabs = 8

// lookStamps reads the slabs of a page. What no word was read of, and lies
// straight, is no stamp, nor is what lies level on words of the text layer, hardly higher than they are.
func lookStamps(engine ocr.Engine, img *image.NRGBA, found []slab, scale float64, dpi int, printed []hequan.Line) []hequan.Stamp {
	var out []hequan.Stamp
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	// over says whether one of two boxes holds the middle of the other.
	over := func(a, b hequan.Box) bool {
		return a.Contains(b.CenterX(), b.CenterY()) || b.Contains(a.CenterX(), a.CenterY())
	}
	found = slices.DeleteFunc(found, func(s slab) bool { return !s.worthReading() })
	slices.SortStableFunc(found, func(a, b slab) int { return cmp.Compare(b.lean, a.lean) })
	for _, s := range found[:min(mostSlabs, len(found))] {
		x0, y0, x1, y1 := s.scaled(1 / scale).box()
		st := hequan.Stamp{Box: hequan.Box{clip(x0 / w), clip(y0 / h), clip(x1 / w), clip(y1 / h)}, Color: s.ink, Angle: math.Round(s.angle * 180 / math.Pi)}
		if slices.ContainsFunc(out, func(o hequan.Stamp) bool { return o.Text != "" && over(o.Box, st.Box) }) {
			continue
		}
		if !s.aslant(7) && slices.ContainsFunc(printed, func(l hequan.Line) bool {
			return l.Box.Contains(st.Box.CenterX(), st.Box.CenterY()) && st.Box.Height() <= 1.5*l.Box.Height()
		}) {
			continue
		}
		t := readStamp(engine, img, s.scaled(1/scale), dpi)
		if t.word == "" && (!standsOut(s, t) || slices.ContainsFunc(out, func(o hequan.Stamp) bool { return over(o.Box, st.Box) })) {
			continue
		}
		out = slices.DeleteFunc(out, func(o hequan.Stamp) bool { return o.Text == "" && over(o.Box, st.Box) })
		st.Text, st.Height = t.word, math.Round(t.letter*10)/10
		switch {
		case t.word == "":
		case t.agreed > 1:
			st.Confidence = round3(t.confidence)
		default:
			st.Confidence = min(oneReading, round3(t.confidence))
		}
		if t.twice {
			st.Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		out = append(out, st)
	}
	return out
}

// standsOut says of a slab of which no word was read whether it must be words
// stamped over the page: large, aslant, of a word's length.
func standsOut(s slab, t stampText) bool {
	long := 1.6
	if t.letter >= 14 && s.ink != "dark" { // frames and all; QR codes are dark
		long = 1.35
	}
	return s.aslant(10) && s.lean >= 1.3 && math.Abs(s.angle) <= 52*math.Pi/180 && 2*s.v >= 9*mmpx && t.letter >= 8 && t.long >= long && t.long <= 8
}

// worthReading says whether a slab can be a stamp. Dark print that lies level is read with
// the page.
func (s slab) worthReading() bool {
	return s.ink != "dark" || s.aslant(7) && s.lean >= 1.15
}

// aslant says whether the line slants by at least so many degrees.
func (s slab) aslant(degrees float64) bool { return math.Abs(s.angle) >= degrees*math.Pi/180 }

// stampText is what was read of a slab.
type stampText struct {
	word       string  // of those that stamps bear
	confidence float64 // of the surest attempt that has it
	agreed     int     // attempts that have it
	twice      bool    // both recognisers have it
	letter     float64 // height of the letters, millimetres
	long       float64 // length of the line in letters' heights
}

// readStamp straightens a slab and reads it, by both recognisers, from all its
// ink and from its thick strokes, at the angles that fit.
func readStamp(engine ocr.Engine, img *image.NRGBA, s slab, dpi int) stampText {
	var best stampText
	x0, y0, x1, y1 := s.box()
	margin := 0.15 * (s.u + s.v)
	box := image.Rect(int(x0-margin), int(y0-margin), int(x1+margin)+1, int(y1+margin)+1).Intersect(img.Rect)
	if box.Dx() < 16 || box.Dy() < 16 {
		return best
	}
	f := min(1, keptMM*25.4/float64(dpi))
	cut := imaging.Crop(img, box)
	if f < 1 {
		cut = imaging.Resize(cut, max(8, int(float64(box.Dx())*f+0.5)), max(8, int(float64(box.Dy())*f+0.5)), imaging.Box)
	}
	perMM := f * float64(dpi) / 25.4
	s.cx, s.cy = s.cx-float64(box.Min.X), s.cy-float64(box.Min.Y)
	s = s.scaled(f)
	p := stampInk(cut, s.ink)
	langs := []string{"chi_sim"}
	if engine.HasLines() {
		langs = []string{ocr.Lines, "chi_sim"}
	}
	words := map[string]map[string]int{} // attempts of each recogniser that have it
	for n, a := range append([]float64{s.angle}, s.others...) {
		strips, letter, long := p.straighten(s, a, perMM)
		if n == 0 {
			best.letter, best.long = letter, long
		}
		for _, strip := range strips {
			for _, lang := range langs {
				text, confidence := recogniseLine(engine, strip, lang, -1, "")
				word := wordOf(text)
				if word == "" {
					continue
				}
				if words[word] == nil {
					words[word] = map[string]int{}
				}
				words[word][lang]++
				agreed := 0
				for _, k := range words[word] {
					agreed += k
				}
				if agreed > best.agreed || agreed == best.agreed && confidence > best.confidence {
					best = stampText{word: word, agreed: agreed, confidence: confidence, twice: len(words[word]) > 1, letter: letter, long: long}
				}
				if best.twice {
					return best
				}
			}
		}
	}
	return best
}

// wordOf is the stamped word in a text.
func wordOf(text string) string {
	text = strings.ToUpper(text)
	for _, w := range stampWords {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// stampInk is the ink of a stamp: of its colour, or what is darker than the
// paper.
func stampInk(img *image.NRGBA, ink string) plane {
	if ink != "dark" {
		return inkOf(img, ink)
	}
	p := plane{w: img.Rect.Dx(), h: img.Rect.Dy()}
	p.ink = make([]uint8, p.w*p.h)
	paper := paperColor(img)
	for y := range p.h {
		row := img.Pix[y*img.Stride:]
		for x := range p.w {
			p.ink[y*p.w+x] = uint8(max(0, min(255, max(paper[0]-int(row[4*x]), paper[1]-int(row[4*x+1]), paper[2]-int(row[4*x+2])))))
		}
	}
	return p
}

// straighten lays the line of a slab level, black on white, its frame off: all
// its ink, and its thick strokes alone. It gives the height of its letters in millimetres and
// its length in their heights.
func (p *plane) straighten(s slab, angle, perMM float64) (strips []*image.Gray, letter, long float64) {
	sin, cos := math.Sincos(angle)
	// Of another angle than the one that was fitted the rectangle is larger.
	ts, tc := math.Abs(math.Sin(angle-s.angle)), math.Abs(math.Cos(angle-s.angle))
	hu, hv := (s.u*tc+s.v*ts)*1.04+perMM, (s.u*ts+s.v*tc)*1.04+perMM
	w, h := int(2*hu), int(2*hv)
	if w < 8 || h < 8 || w > 4000 || h > 4000 {
		return nil, 0, 0
	}
	all := plane{w: w, h: h, ink: make([]uint8, w*h)}
	for y := range h {
		v := float64(y) - hv
		for x := range w {
			u := float64(x) - hu
			all.ink[y*w+x] = uint8(p.sample(s.cx+u*cos-v*sin, s.cy+u*sin+v*cos))
		}
	}
	thick := plane{w: w, h: h, ink: opened(all.ink, w, h, 2)}
	planes, at := []plane{all, thick}, &all
	if s.ink == "dark" && thick.inked(40)*4 > all.inked(40) {
		at = &thick // the print around it does not count
	}
	full := at.median(30)
	r := at.inFrame(uint8(max(20, 0.5*full)), perMM)
	if r.Dx() < 8 || r.Dy() < 8 {
		return nil, 0, 0
	}
	scale := float64(letterPX) / float64(r.Dy())
	pad := letterPX / 4
	for _, flat := range planes {
		out := blank(int(float64(r.Dx())*scale)+2*pad, letterPX+2*pad)
		for y := range letterPX {
			for x := range out.Rect.Dx() - 2*pad {
				ink := flat.mean(float64(r.Min.X)+float64(x)/scale, float64(r.Min.Y)+float64(y)/scale, 1/scale)
				out.Pix[(y+pad)*out.Stride+x+pad] = 255 - uint8(min(255, 255*ink/full))
			}
		}
		strips = append(strips, out)
	}
	return strips, float64(r.Dy()) / perMM, float64(r.Dx()) / float64(r.Dy())
}

// inked is how many pixels have at least so much ink.
func (p *plane) inked(least uint8) int {
	n := 0
	for _, v := range p.ink {
		if v >= least {
			n++
		}
	}
	return n
}

// median is the usual ink of what has at least so much.
func (p *plane) median(least int) float64 {
	var counts [256]int
	for _, v := range p.ink {
		if int(v) >= least {
			counts[v]++
		}
	}
	return float64(middleOf(counts[:]))
}

// mean is the ink of a square.
func (p *plane) mean(x, y, side float64) float64 {
	if side <= 1.2 {
		return p.sample(x, y)
	}
	sum, n := 0.0, 0
	for j := int(y); j < int(y+side+0.5); j++ {
		for i := int(x); i < int(x+side+0.5); i++ {
			sum += p.at(i, j)
			n++
		}
	}
	return sum / float64(max(1, n))
}

// inFrame is the rectangle of the letters: what lies inside of the lines that run along the
// edges, cut to what is inked.
func (p *plane) inFrame(limit uint8, perMM float64) image.Rectangle {
	rows, cols := p.counts(image.Rect(0, 0, p.w, p.h), limit)
	first, last := extent(rows, 1)
	left, right := extent(cols, 1)
	if last <= first || right <= left {
		return image.Rectangle{}
	}
	gap := int(1.2 * perMM)
	// inner is what lies between the lines that run along both edges.
	inner := func(from, to, reach int, line func(i int) bool) (int, int) {
		a, b := from, to
		for i := from; i <= min(to, from+reach); i++ {
			if line(i) {
				a = i + 1
			}
		}
		for i := to; i >= max(a, to-reach); i-- {
			if line(i) {
				b = i - 1
			}
		}
		return a, b
	}
	top, foot := inner(first, last, (last-first)*3/10, func(y int) bool {
		return 10*p.longest(y*p.w+left, 1, right-left+1, gap, limit) >= 7*(right-left+1)
	})
	l, r := left, right
	if edge := max(top-first, last-foot); edge > 0 { // framed: its short sides as well, which are as thick
		l, r = inner(left, right, min((right-left)/4, edge*5/4+int(0.5*perMM)), func(x int) bool {
			return 10*p.longest(first*p.w+x, p.w, last-first+1, gap, limit) >= 7*(last-first+1)
		})
		margin := max(1, int(0.3*perMM))
		top, foot = top+margin*boolInt(top > first), foot-margin*boolInt(foot < last)
		l, r = l+margin*boolInt(l > left), r-margin*boolInt(r < right)
	}
	if foot-top < 4 || r-l < 4 {
		return image.Rectangle{}
	}
	rows, cols = p.counts(image.Rect(l, top, r+1, foot+1), limit)
	a, b := extent(rows, max(1, int(0.4*perMM)))
	c, d := extent(cols, max(1, int(0.4*perMM)))
	if b <= a || d <= c {
		return image.Rectangle{}
	}
	return image.Rect(l+c, top+a, l+d+1, top+b+1)
}

// counts is how many pixels of each row and column of a rectangle are inked.
func (p *plane) counts(r image.Rectangle, limit uint8) (rows, cols []int) {
	rows, cols = make([]int, r.Dy()), make([]int, r.Dx())
	for y := range rows {
		for x := range cols {
			if p.ink[(r.Min.Y+y)*p.w+r.Min.X+x] >= limit {
				rows[y]++
				cols[x]++
			}
		}
	}
	return rows, cols
}

// longest is the length of the longest run of ink from a pixel on, gaps bridged.
func (p *plane) longest(from, step, n, gap int, limit uint8) int {
	best, start, last := 0, -1, -1
	for k := range n {
		if p.ink[from+k*step] < limit {
			continue
		}
		if start < 0 || k-last > gap+1 {
			start = k
		}
		last = k
		best = max(best, last-start+1)
	}
	return best
}

// extent is the first and the last place that counts as many.
func extent(counts []int, least int) (first, last int) {
	first, last = 0, len(counts)-1
	for first < len(counts) && counts[first] < least {
		first++
	}
	for last >= 0 && counts[last] < least {
		last--
	}
	return first, last
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
