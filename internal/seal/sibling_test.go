package seal

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"testing"

	"github.com/disintegration/imaging"

	"hequan"
)

const borne = "北京晴川智慧医疗科技有限公司"

// numbered is what is kept of a seal with a number at its foot, print over one place of
// its ring (by the number of the character; none below 0), its page saved as scanners do.
func numbered(t *testing.T, name, number string, covered int) hequan.Impression {
	t.Helper()
	img := sheet()
	oval(img, 140, 220, 20, 20, red)
	glyphs(t, img, 140, 220, 20, name, red)
	for i, c := range number {
		a := math.Pi - (float64(i)-float64(len(number)-1)/2)*5.4*math.Pi/180
		sin, cos := math.Sincos(a)
		digit(img, px(140)+px(16.6)*sin, px(220)-px(16.6)*cos, a-math.Pi, int(c-'0'))
	}
	if n := len([]rune(name)); covered >= 0 {
		sin, cos := math.Sincos((-120 + 240*float64(covered)/float64(n-1)) * math.Pi / 180)
		x, y := int(px(140)+px(16)*sin), int(px(220)-px(16)*cos)
		draw.Draw(img, image.Rect(x-10, y-14, x+20, y+14), image.NewUniform(color.Gray{25}), image.Point{}, draw.Src)
	}
	var saved bytes.Buffer
	if err := jpeg.Encode(&saved, img, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	page, err := jpeg.Decode(&saved)
	if err != nil {
		t.Fatal(err)
	}
	_, kept, _ := Find(nil, imaging.Clone(page), dpi, 1, true, nil)
	if len(kept) != 1 {
		t.Fatalf("%d impressions", len(kept))
	}
	return kept[0]
}

// digit draws a digit of seven bars, 1.6 mm tall, turned by an angle.
func digit(img *image.NRGBA, cx, cy, turn float64, d int) {
	bars := [...]int{0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010, 0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011}[d]
	sin, cos := math.Sincos(turn)
	for y := -6.0; y <= 6; y += 0.5 {
		for x := -3.5; x <= 3.5; x += 0.5 {
			on := bars&64 != 0 && y < -4.5 || bars&8 != 0 && math.Abs(y) < 0.8 || bars&1 != 0 && y > 4.5 ||
				x < -2 && (bars&32 != 0 && y < 0 || bars&4 != 0 && y > 0) || x > 2 && (bars&16 != 0 && y < 0 || bars&2 != 0 && y > 0)
			if on {
				img.SetNRGBA(int(cx+x*cos-y*sin+0.5), int(cy+x*sin+y*cos+0.5), red)
			}
		}
	}
}

// likest compares an impression with the name.
func likest(t *testing.T, k hequan.Impression) *Likeness {
	t.Helper()
	got := Compare(k, expect(borne))
	if len(got) != 1 {
		t.Fatalf("compared: %+v", got)
	}
	return &got[0]
}

func TestImpressionsOfOneSealLend(t *testing.T) {
	const number = "1101084402917"
	open, whole := numbered(t, borne, number, 8), numbered(t, borne, number, -1)
	a, b := likest(t, open), likest(t, whole)
	if a.Read() || !b.Read() {
		t.Fatalf("print over a character: open %q; without: open %q", a.Open(), b.Open())
	}
	if a.Borrow([]*Likeness{a, b}); !a.Read() {
		p := pairOf(a, b)
		t.Errorf("%q stays open: %.2f like, seen %.2f, foot %.2f, same %v", a.Open(), p.like, p.seen, p.foot, p.same())
	}
	for what, k := range map[string]hequan.Impression{
		"another number":            numbered(t, borne, "1101083958264", -1),
		"no number":                 numbered(t, borne, "", -1),
		"covered at the same place": open,
		"nearly the name":           numbered(t, "北京晴川智惠医药科技有限公司", "1101083958264", -1),
	} {
		a := likest(t, open)
		if a.Borrow([]*Likeness{likest(t, k)}); a.Read() {
			p := pairOf(a, likest(t, k))
			t.Errorf("a seal with %s lends: %.2f like, foot %.2f", what, p.like, p.foot)
		}
	}
}

// TestLookAlikesDoNotBorrow: what differs where it can be seen is not made up for
// by a seal of the right name, not even of one with the same number.
func TestLookAlikesDoNotBorrow(t *testing.T) {
	const number = "1101084402917"
	right := likest(t, numbered(t, borne, number, -1))
	for _, other := range []string{"北京晴川智惠医疗科技有限公司", "北京晴州智慧医疗科技有限公司", "北京晴川智慧医疗料技有限公司", "北京晴川智慧医疗科枝有限公司"} {
		for _, covered := range []int{-1, 1} {
			a := likest(t, numbered(t, other, number, covered))
			if a.Borrow([]*Likeness{right}); a.Read() {
				p := pairOf(a, right)
				t.Errorf("%s (covered %d) is taken for %s: %.2f like, seen %.2f", other, covered, borne, p.like, p.seen)
			}
		}
	}
}
