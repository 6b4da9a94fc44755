package glyph

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

const side = 24 // pixels of a printed character: 10.5 pt at 165 dpi

// printed draws a line of text as a page shows it: of another size than the
// shapes compared, in one of the faces, a little grey.
func printed(t *testing.T, s *Shapes, face int, text string) *image.Gray {
	t.Helper()
	if s.Faces() <= face {
		t.Skip("no CJK typefaces here: install fonts-noto-cjk")
	}
	runes := []rune(text)
	big := image.NewGray(image.Rect(0, 0, em*(len(runes)+2), em*3))
	stddraw.Draw(big, big.Rect, image.White, image.Point{}, stddraw.Src)
	d := font.Drawer{Dst: big, Src: image.NewUniform(color.Gray{Y: 40}), Face: s.faces[face]}
	for i, r := range runes {
		d.Dot = fixed.P(em*(i+1), em+em*88/100)
		d.DrawString(string(r))
	}
	w, h := big.Rect.Dx()*side/em, big.Rect.Dy()*side/em
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.Pix[y*out.Stride+x] = uint8(mean(big, float64(x*em)/side, float64(y*em)/side, float64(em)/side))
		}
	}
	return out
}

func at(i int) Place { return Place{X: side * (float64(i) + 1.5), Y: 1.5 * side, Side: side} }

func TestACharacterIsToldFromItsLookalikes(t *testing.T) {
	s := Load()
	for face := range s.Faces() {
		text := "云岫槎微徽辰展铎末未己已"
		page := printed(t, s, face, text)
		for i, r := range []rune(text) {
			cell := NewCell(page, at(i))
			if !s.Shows(cell, r) {
				t.Errorf("face %d: %c is not seen as such (likeness %.2f)", face, r, s.Likeness(cell, r))
			}
		}
	}
}

func TestALookalikeIsNotTakenForTheCharacter(t *testing.T) {
	s := Load()
	printedAs, taken := []rune("册徽展末己楼问"), []rune("岫微辰未已槎同")
	page := printed(t, s, 0, string(printedAs))
	for i := range printedAs {
		if cell := NewCell(page, at(i)); s.Shows(cell, taken[i], printedAs[i]) {
			t.Errorf("%c is taken for %c", printedAs[i], taken[i])
		}
	}
}

func TestAPlaceMayBeUncertain(t *testing.T) {
	s := Load()
	page := printed(t, s, 1, "星槎")
	var places []Place
	for _, o := range []float64{-0.4, 0, 0.4} {
		p := at(1)
		p.X += (o + 0.3) * side
		places = append(places, p)
	}
	if !s.Shows(NewCell(page, places...), '槎') {
		t.Error("the character is not found among the places given")
	}
}

func TestAnEmptyCellShowsNothing(t *testing.T) {
	s := Load()
	page := printed(t, s, 0, "  ")
	if s.Shows(NewCell(page, at(0)), '岫') {
		t.Error("white paper shows a character")
	}
}

// TestFindLooksAround: a character is found where it stands although it was
// thought to be half a square away, and one that is not there is not.
func TestFindLooksAround(t *testing.T) {
	s := Load()
	page := printed(t, s, 0, "合肥云岫数智科技")
	thought := at(3)
	thought.X += 0.5 * side
	thought.Y -= 0.3 * side
	got, like := s.Find(page, '岫', thought, 0.7, 0.4)
	if want := at(3); math.Abs(got.X-want.X) > 2 || math.Abs(got.Y-want.Y) > 2 || like < 0.9 {
		t.Errorf("found at %+v (%.2f), it stands at %+v", got, like, want)
	}
	if _, like := s.Find(page, '鑫', thought, 0.7, 0.4); like > 0.7 {
		t.Errorf("what is not there is found: %.2f", like)
	}
}

// TestSquaresSideBySide compares the sums that are made side by side with those of one square after another:
// they are the same to the last bit.
func TestSquaresSideBySide(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	ink, shape := make([]float32, window*window), make([]float32, em*em)
	for round := range 20 {
		for i := range ink {
			ink[i] = float32(r.IntN(256))
			if round%2 == 0 && i/window < window/2 {
				ink[i] = 0
			}
		}
		for i := range shape {
			shape[i] = r.Float32() - 0.5
		}
		want := -1.0
		for dy := range shifts {
			for dx := range shifts {
				want = max(want, likest(ink[dy*window+dx:], window, [][]float32{shape}))
			}
		}
		v := newView(ink)
		if got := v.like(shape); got != want {
			t.Errorf("round %d: %v, one by one %v", round, got, want)
		}
	}
}
