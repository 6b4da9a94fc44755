package seal

import (
	"image"
	"image/color"
	"testing"

	"hequan"
)

// piece returns what is kept of one of the halves of a 骑缝章 whose middle lies
// at x, in millimetres, on a sheet that shows it from there to its right edge.
func piece(t *testing.T, text string, x, from float64) hequan.Impression {
	t.Helper()
	img := sheet()
	oval(img, x, 150, 20, 20, red)
	glyphs(t, img, x, 150, 20, text, red)
	paper := color.NRGBA{250, 249, 246, 255}
	for y := range img.Rect.Dy() { // what the sheet above covered is blank
		for px0 := int(px(x - 24)); px0 < int(px(from)); px0++ {
			if (image.Point{px0, y}).In(img.Rect) {
				img.SetNRGBA(px0, y, paper)
			}
		}
	}
	seals, kept, _ := Find(nil, img, dpi, 1, true, nil)
	if len(seals) != 1 || !seals[0].Across || seals[0].Shape != "partial" || len(kept) != 1 {
		t.Fatalf("seals %+v, %d impressions", seals, len(kept))
	}
	return kept[0]
}

func TestFragmentsAreJoinedAndRead(t *testing.T) {
	const name = "北京晴川智慧医疗科技有限公司"
	left, right := piece(t, name, 210, 180), piece(t, name, 190, 190)
	whole, ok := Join([]hequan.Impression{left, right})
	if !ok {
		t.Fatal("the halves were not joined")
	}
	got := Compare(whole, expect(name))
	if len(got) != 1 || !got[0].Read() {
		t.Errorf("the joined ring was not read: %+v", got)
	}
	if kind, _ := Kind(whole, got[0].Tilt); kind != "company" {
		t.Errorf("its kind is %q", kind)
	}
	for _, l := range Compare(whole, expect("北京晴川智能医疗科技有限公司")) {
		if l.Read() {
			t.Error("a look-alike was read on the joined ring")
		}
	}
}

func TestOneFragmentIsNoSeal(t *testing.T) {
	half := piece(t, "北京晴川智慧医疗科技有限公司", 210, 180)
	if _, ok := Join([]hequan.Impression{half}); ok {
		t.Error("one half makes a whole")
	}
	if _, ok := Join([]hequan.Impression{half, half}); ok {
		t.Error("the same half twice makes a whole")
	}
}
