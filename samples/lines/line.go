package lines

import (
	"image"
	"math/rand/v2"

	"hequan/internal/alphabet"
	plane "hequan/internal/imaging"
)

// Line is one line as a recogniser gets it, with what stands on it.
type Line struct {
	Class   Class
	Label   string // what should be read
	Face    string // names of the typefaces, the Chinese one first
	DPI     int
	Picture *image.Gray
}

// Generator makes lines. It may be used by several goroutines; each line
// depends on the seed and its number only.
type Generator struct {
	seed  uint64
	faces faces
	words *Vocabulary // of running text; nil: lines for the recognisers of numbers
}

// New makes a generator with the typefaces below root (a root file system, or
// a folder that packages were unpacked into). unseen takes those that the
// recognisers were never trained on, and none of the others.
func New(root string, seed uint64, unseen bool) (*Generator, error) {
	f, err := loadFaces(root, unseen)
	if err != nil {
		return nil, err
	}
	return &Generator{seed: seed, faces: f}, nil
}

// Running makes a generator of lines of running text, labelled for the
// recogniser of text, of the same typefaces.
func (g *Generator) Running(v *Vocabulary) *Generator {
	return &Generator{seed: g.seed, faces: g.faces, words: v}
}

// text returns what is drawn for a class and what should be read of it.
func (g *Generator) text(r *rand.Rand, c Class) (drawn string, label func(string) string) {
	if g.words != nil {
		return g.words.written(r, c), alphabet.Written
	}
	return text(r, c), alphabet.Read
}

// Line makes the line of a number; of a class of its choice where class is empty.
func (g *Generator) Line(number uint64, class Class) (Line, error) {
	r := rand.New(rand.NewPCG(g.seed, number))
	p := newPen()
	for {
		c := class
		switch {
		case c != "":
		case g.words != nil:
			c = anyWritten(r)
		default:
			c = anyClass(r)
		}
		drawn, label := g.text(r, c)
		if chance(r, 0.015) {
			drawn = fullWidth(drawn)
		}
		sh, set, ok := newSheet(r, p, g.faces, drawn)
		if !ok {
			continue // no face has the characters, or the line is too long
		}
		tilt := r.NormFloat64() * 0.6
		img, err := sh.scan(r, tilt)
		if err != nil {
			return Line{}, err
		}
		level := read(img, sh.dpi, tilt+r.NormFloat64()*0.08)
		crop := sh.crop(r, level)
		if crop.Dx() < 4 || crop.Dy() < 8 {
			continue // faded away
		}
		picture := image.NewGray(image.Rect(0, 0, crop.Dx(), crop.Dy()))
		for y := range crop.Dy() {
			copy(picture.Pix[y*picture.Stride:], level.Pix[(crop.Min.Y+y)*level.Stride+crop.Min.X:][:crop.Dx()])
		}
		return Line{Class: c, Label: label(drawn), Face: set.chinese.Name + " + " + set.latin.Name, DPI: sh.dpi, Picture: picture}, nil
	}
}

// crop cuts the line out by the reader's own code, from a rough box as a first
// reading gives it.
func (sh *sheet) crop(r *rand.Rand, level *image.Gray) image.Rectangle {
	e := sh.em
	jitter := func() float64 { return e * (0.04 + 0.14*r.Float64()) }
	left := min(jitter(), sh.left*0.5)
	right := min(jitter(), sh.right*0.5)
	rough := image.Rect(int(sh.ink[0]-left), int(sh.ink[1]-jitter()), int(sh.ink[2]+right+1), int(sh.ink[3]+jitter()+1))
	above := 0.12 + 0.26*r.Float64()
	return plane.LineCrop(level, rough, int(e), above, min(0.1+0.6*r.Float64(), max(0.05, min(sh.left, sh.right)/e)))
}
