package pipeline

import (
	"image"
	"math"
	"strings"
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

// TestWhereALabelEnds: a signature that was taken for part of the label's word stretches it, and a colon read in the
// signature is not the label's.
func TestWhereALabelEnds(t *testing.T) {
	const pitch = 0.02
	for _, c := range []struct {
		words []hequan.Word
		to    float64 // 0: no label
	}{
		{[]hequan.Word{{Text: "负责人（签字）：", Box: hequan.Box{0.5, 0.4, 0.66, 0.42}}}, 0.66},
		{[]hequan.Word{{Text: "负责人(签字):", Box: hequan.Box{0.5, 0.4, 0.8, 0.42}}}, 0.676},
		{[]hequan.Word{{Text: "负责人签小琪波", Box: hequan.Box{0.5, 0.4, 0.8, 0.42}}}, 0.61},
		{[]hequan.Word{{Text: "负责人(签字):", Box: hequan.Box{0.5, 0.4, 0.66, 0.42}}, {Text: "y", Box: hequan.Box{0.68, 0.4, 0.69, 0.42}}, {Text: ":", Box: hequan.Box{0.78, 0.4, 0.79, 0.42}}}, 0.66},
		{[]hequan.Word{{Text: "法定代表人(等守", Box: hequan.Box{0.5, 0.4, 0.66, 0.42}}, {Text: "):", Box: hequan.Box{0.66, 0.4, 0.7, 0.42}}}, 0.7},
		{[]hequan.Word{{Text: "法定代表人或授权代表", Box: hequan.Box{0.5, 0.4, 0.7, 0.42}}, {Text: ">直晨", Box: hequan.Box{0.72, 0.4, 0.8, 0.42}}}, 0.7},
		{[]hequan.Word{{Text: "法定代表人或授权代拓志", Box: hequan.Box{0.5, 0.4, 0.72, 0.42}}}, 0.66},
		{[]hequan.Word{{Text: "我公司法定代表人或授权代表", Box: hequan.Box{0.1, 0.4, 0.36, 0.42}}, {Text: "已知悉", Box: hequan.Box{0.36, 0.4, 0.42, 0.42}}}, 0},
		{[]hequan.Word{{Text: "负责人应当在合同上说明其真实意思并承担相应责任", Box: hequan.Box{0.1, 0.4, 0.6, 0.42}}}, 0},
	} {
		label, ok := labelEnd(hequan.Line{Words: c.words}, pitch)
		to := label.to
		if ok != (c.to > 0) || ok && math.Abs(to-c.to) > 1e-9 {
			t.Errorf("%s ends at %.3f %v, want %.3f", c.words[0].Text, to, ok, c.to)
		}
	}
}

// TestPrintBesideALabel: print that stands beside a label is no signature; scattered characters that were read in one are no print.
func TestPrintBesideALabel(t *testing.T) {
	own := hequan.Line{Box: hequan.Box{0.1, 0.400, 0.2, 0.420}}
	for text, want := range map[string]float64{"日 - 去 科 0 ri": 1, "签署 日期": 0.5, "北京晴川 文旅": 0.5, "晴川": 1} {
		other := hequan.Line{Box: hequan.Box{0.5, 0.405, 0.7, 0.425}}
		for _, w := range strings.Fields(text) {
			other.Words = append(other.Words, hequan.Word{Text: w})
		}
		if got := nextColumn([]hequan.Line{own, other}, own, 0.2, 1); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
