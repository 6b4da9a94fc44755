package pipeline

import (
	"image"
	"testing"

	"hequan"
)

// TestSignedBetweenRules: what stands beside a label in a table is a signature only
// between the rules of its row, also where the page lies askew.
func TestSignedBetweenRules(t *testing.T) {
	const w, h, mm = 1000, 1414, 4.76 // A4 at 121 dpi
	label := hequan.Line{Box: hequan.Box{0.10, 0.338, 0.22, 0.350}}
	p := hequan.Page{Info: hequan.PageInfo{WidthMM: 210, HeightMM: 297}, Skew: -1,
		Grids: []hequan.Grid{{Cells: []hequan.GridCell{{Box: hequan.Box{0.09, 0.330, 0.26, 0.358}}, {Box: hequan.Box{0.26, 0.320, 0.90, 0.358}}}}}}
	row := rowOf(p, label)
	for what, c := range map[string]struct {
		g    image.Rectangle
		want bool
	}{
		"a name in the row":             {image.Rect(300, 466, 380, 496), true},
		"print of the row above":        {image.Rect(300, 425, 330, 445), false},
		"print and a rule":              {image.Rect(265, 423, 290, 485), false},
		"a name where the row rises to": {image.Rect(800, 455, 880, 480), true},
		"the row below there":           {image.Rect(800, 500, 880, 520), false},
	} {
		if got := row.holds(c.g, w, h, mm); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
	if r := rowOf(p, hequan.Line{Box: hequan.Box{0.10, 0.7, 0.2, 0.72}}); !r.holds(image.Rect(0, 0, 900, 900), w, h, mm) {
		t.Error("without a table something is held back")
	}
}
