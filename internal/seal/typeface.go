package seal

import (
	"image"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"hequan/internal/mapped"
)

// typefacePaths are the typefaces that characters are drawn in to compare them
// with seals, the usual ones first: Song and Hei; then those that are tried where
// a ring is like none of these: Song of lighter strokes (as Fangsong has), Kai. Of each
// the first that the machine has.
var typefacePaths = [][]string{
	{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"},
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"},
	{"/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Light.ttc"},
	{"/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", "/usr/share/fonts/truetype/arphic/ukai.ttc"},
	{"/usr/share/fonts/truetype/arphic/uming.ttc", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"},
}

// usualFaces is how many of them are always compared with.
const usualFaces = 2

// simplified is the index of the face for simplified Chinese in Noto's collections.
const simplified = 2

// typeface draws characters and keeps what they look like.
type typeface struct {
	mu    sync.Mutex
	face  font.Face
	known map[rune]*feature
	usual *feature // the mean of many characters

	once   sync.Once
	little []drawnSketch
}

const drawnSize = 96 // pixels of the em square that is drawn, then reduced

// typefaces opens the usual typefaces once.
var typefaces = sync.OnceValue(func() []*typeface { return openTypefaces(typefacePaths[:usualFaces]) })

// rareFaces opens the others, once they are needed.
var rareFaces = sync.OnceValue(func() []*typeface { return openTypefaces(typefacePaths[usualFaces:]) })

func openTypefaces(list [][]string) []*typeface {
	var out []*typeface
	for _, paths := range list {
		for _, path := range paths {
			if t := openTypeface(path); t != nil {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

func openTypeface(path string) *typeface {
	data, err := mapped.File(path)
	if err != nil {
		return nil
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		return nil
	}
	f, err := collection.Font(min(simplified, collection.NumFonts()-1))
	if err != nil {
		return nil
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: drawnSize, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	t := &typeface{face: face, known: map[rune]*feature{}}
	t.usual = t.mean()
	return t
}

// mean is the feature that characters have on the average.
func (t *typeface) mean() *feature {
	var sum feature
	n := float32(0)
	for c := rune(0x4e00); c < 0x9000; c += 41 {
		if f := t.feature(c); f != nil {
			for i, v := range f.edges {
				sum.edges[i] += v
			}
			n++
		}
	}
	for i := range sum.edges {
		sum.edges[i] /= max(1, n)
	}
	return &sum
}

// feature describes a character as the typeface draws it; nil where it has none.
func (t *typeface) feature(c rune) *feature {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f, ok := t.known[c]; ok {
		return f
	}
	var f *feature
	if p := t.draw(c); p != nil {
		f = describePatch(p)
	}
	t.known[c] = f
	return f
}

// draw draws a character in its em square.
func (t *typeface) draw(c rune) *patch {
	if _, ok := t.face.GlyphAdvance(c); !ok {
		return nil
	}
	var p patch
	at, mask, from, _, ok := t.face.Glyph(fixed.P(0, drawnSize*88/100), c)
	glyph, alpha := mask.(*image.Alpha)
	if !ok || !alpha { // nothing to draw
		return &p
	}
	const k = drawnSize / patchSize
	var sums [patchSize * patchSize]int
	for y := max(0, at.Min.Y); y < min(drawnSize, at.Max.Y); y++ {
		x0, x1 := max(0, at.Min.X), min(drawnSize, at.Max.X)
		for x, ink := range glyph.Pix[glyph.PixOffset(from.X+x0-at.Min.X, from.Y+y-at.Min.Y):][:max(0, x1-x0)] {
			sums[y/k*patchSize+(x0+x)/k] += int(ink)
		}
	}
	for i, sum := range sums {
		p.ink[i] = float32(sum) / (k * k * 255)
	}
	soften(&p)
	return &p
}

// soften blurs a patch a little: scans do.
func soften(p *patch) {
	var row [patchSize * patchSize]float32
	for y := range patchSize {
		for x := range patchSize {
			l, r := max(0, x-1), min(patchSize-1, x+1)
			row[y*patchSize+x] = (p.ink[y*patchSize+l] + 2*p.ink[y*patchSize+x] + p.ink[y*patchSize+r]) / 4
		}
	}
	for y := range patchSize {
		for x := range patchSize {
			u, d := max(0, y-1), min(patchSize-1, y+1)
			p.ink[y*patchSize+x] = (row[u*patchSize+x] + 2*row[y*patchSize+x] + row[d*patchSize+x]) / 4
		}
	}
}

func sqrt32(v float32) float32 { return float32(math.Sqrt(float64(v))) }
