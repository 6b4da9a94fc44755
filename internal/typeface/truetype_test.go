package typeface

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"math"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// TestTheSubsetLooksLikeItsFace draws characters in the typeface and in what was
// made of it: widths are the same and the pictures nearly so.
func TestTheSubsetLooksLikeItsFace(t *testing.T) {
	text := []rune("补正告知书发票日期2026-07-03，¥367,811.37（龘）Ag ")
	for _, style := range []Style{Song, SongBold, Hei, HeiBold} {
		face, err := Find(style)
		if errors.Is(err, ErrNone) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := face.TrueType(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := face.TrueType(text)
		if err != nil || !bytes.Equal(data, again) {
			t.Error("the same characters give other bytes")
		}
		subset, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range text {
			a, b := picture(t, face.font, r), picture(t, subset, r)
			if d := differing(a, b); d > 0.02 {
				t.Errorf("style %d: %q differs by %.3f", style, r, d)
			}
			if w := (&Face{font: subset, unit: fixed.I(int(subset.UnitsPerEm()))}).Width(r); math.Abs(w-face.Width(r)) > 0.001 {
				t.Errorf("style %d: %q is %.3f wide, was %.3f", style, r, w, face.Width(r))
			}
		}
	}
}

func picture(t *testing.T, f *sfnt.Font, r rune) *image.Alpha {
	t.Helper()
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 64, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewAlpha(image.Rect(0, 0, 80, 90))
	d := font.Drawer{Dst: img, Src: image.Opaque, Face: face, Dot: fixed.P(8, 70)}
	d.DrawString(string(r))
	return img
}

// differing is how much ink differs, against a square full of it.
func differing(a, b draw.Image) float64 {
	sum := 0
	for y := range 90 {
		for x := range 80 {
			_, _, _, p := a.At(x, y).RGBA()
			_, _, _, q := b.At(x, y).RGBA()
			sum += max(int(p)-int(q), int(q)-int(p)) >> 8
		}
	}
	return float64(sum) / (255 * 64 * 64)
}

func TestACharacterThatTheFaceLacksIsLeftOut(t *testing.T) {
	face, err := Find(Hei)
	if err != nil {
		t.Skip(err)
	}
	if face.Has('\U0001F600') || !face.Has('核') {
		t.Error("Has is wrong")
	}
	if _, err := face.TrueType([]rune{'核', '\U0001F600'}); err != nil {
		t.Error(err)
	}
}
