package seal

import (
	"testing"

	"github.com/disintegration/imaging"
)

func TestSealsOfAGreyCopyAreFoundAsGrey(t *testing.T) {
	img := sheet()
	oval(img, 140, 220, 20, 20, red)
	glyphs(t, img, 140, 220, 20, "北京晴川智慧医疗科技有限公司", red)
	copied := imaging.Grayscale(img)
	seals, kept, _ := Find(nil, copied, dpi, 1, false, nil)
	if len(seals) != 1 || seals[0].Color != "grey" || seals[0].Shape != "round" || !at(seals[0], 120, 200, 160, 240) || len(kept) != 1 {
		t.Errorf("seals %+v", seals)
	}
	if seals, _, _ := Find(nil, imaging.Grayscale(sheet()), dpi, 1, false, nil); len(seals) != 0 {
		t.Errorf("a page of print bears %+v", seals)
	}
}
