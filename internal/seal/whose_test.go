package seal

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"hequan"
)

// stamped returns what is kept of one round seal pressed on a page of print.
func stamped(t *testing.T, name string, after func(img *image.NRGBA)) hequan.Impression {
	t.Helper()
	img := sheet()
	oval(img, 140, 220, 20, 20, red)
	glyphs(t, img, 140, 220, 20, name, red)
	if after != nil {
		after(img)
	}
	seals, kept, _ := Find(nil, img, dpi, 1, true, nil)
	if len(seals) != 1 || len(kept) != 1 || kept[0].Seal != 0 {
		t.Fatalf("%d seals, %d impressions", len(seals), len(kept))
	}
	return kept[0]
}

func expect(names ...string) []Expected {
	var out []Expected
	for _, n := range names {
		out = append(out, Expected{Name: n})
	}
	return out
}

func TestRingIsTheNames(t *testing.T) {
	const name = "北京晴川智慧医疗科技有限公司"
	got := Compare(stamped(t, name, nil), expect("上海云岫数智科技有限公司", name))
	if len(got) != 2 || !got[1].Read() || got[0].Read() {
		t.Fatalf("compared: %+v", got)
	}
	if got[1].Mean < got[0].Mean+0.2 {
		t.Errorf("the name is %.2f like the ring, another %.2f", got[1].Mean, got[0].Mean)
	}
}

func TestLookAlikesAreNotTheRings(t *testing.T) {
	look := stamped(t, "北京晴川智慧医疗科技有限公司", nil)
	for _, other := range []string{
		"北京晴川智惠医疗科技有限公司", "北京晴川智慧医行科技有限公司", "北京晴州智慧医疗科技有限公司", "北京青川智慧医疗科技有限公司", "南京晴川智慧医疗科技有限公司",
		"北京晴川智能医疗科技有限公司", "北京晴川智慧医药科技有限公司", "北京晴山智能医药科技有限公司", "北京晴川医疗科技有限公司", "北京晴川智慧医疗信息科技有限公司",
		"北京晴川智慧医疗有限公司", "晴川智慧医疗科技有限公司", "北京晴川智慧医疗科技股份有限公司",
	} {
		for _, l := range Compare(look, expect(other)) {
			if l.Read() {
				t.Errorf("taken for %s: %+v", other, l.Signs)
			}
		}
	}
}

func TestHiddenCharactersStayOpen(t *testing.T) {
	const name = "北京晴川智慧医疗科技有限公司"
	look := stamped(t, name, func(img *image.NRGBA) { // black print over the top: 智慧医
		draw.Draw(img, image.Rect(int(px(132)), int(px(201)), int(px(149)), int(px(209))), image.NewUniform(color.Gray{20}), image.Point{}, draw.Src)
	})
	got := Compare(look, expect(name))
	if len(got) != 1 || got[0].Mean < 0.4 {
		t.Fatalf("compared: %+v", got)
	}
	if got[0].Read() {
		t.Errorf("characters under print count as read: %+v", got[0].Signs)
	}
}

func TestWhatIsKeptOfAnImpression(t *testing.T) {
	kept := stamped(t, "北京晴川智慧医疗科技有限公司", nil)
	if n := len(kept.Picture); n > 20_000 {
		t.Errorf("%d bytes are kept of one seal", n)
	}
	if again := stamped(t, "北京晴川智慧医疗科技有限公司", nil); string(again.Picture) != string(kept.Picture) || again.Rim != kept.Rim {
		t.Error("the same page gives another impression")
	}
	kept.Picture = kept.Picture[:len(kept.Picture)/2]
	if got := Compare(kept, expect("北京晴川智慧医疗科技有限公司")); got != nil {
		t.Errorf("half a picture was compared: %+v", got)
	}
}
