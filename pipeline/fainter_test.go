package pipeline

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/imaging"
)

// readAt makes a line of words at one height, a character 0.02 wide.
func readAt(y float64, words ...hequan.Word) hequan.Line {
	l := hequan.Line{}
	for _, w := range words {
		w.Box = hequan.Box{w.Box[0], y, w.Box[0] + 0.02*float64(len([]rune(w.Text))), y + 0.02}
		l.Words = append(l.Words, w)
		l.Box = l.Box.Union(w.Box)
	}
	return l
}

func word(x float64, text string, confidence float64, proof ...hequan.Proof) hequan.Word {
	return hequan.Word{Text: text, Box: hequan.Box{x}, Confidence: confidence, Proof: proof}
}

func TestReadingsArePutTogether(t *testing.T) {
	twice := hequan.ProofTwoReadings
	for _, c := range []struct {
		name     string
		readings [][]hequan.Line
		want     string // lines, words parted by blanks; * behind a word that is proven
	}{
		{"the surer reading counts, in the line of the first",
			[][]hequan.Line{{readAt(0.1, word(0.1, "名称", 0.98), word(0.2, "训语巾广", 0.86))}, {readAt(0.1, word(0.2, "测试企业", 0.97))}}, "名称 测试企业"},
		{"an equal one does not",
			[][]hequan.Line{{readAt(0.1, word(0.1, "甲乙丙", 0.95))}, {readAt(0.1, word(0.1, "甲乙内", 0.95))}}, "甲乙丙"},
		{"two outvote a character of the surest",
			[][]hequan.Line{{readAt(0.1, word(0.1, "华郑环境", 0.99))}, {readAt(0.1, word(0.1, "华秀环境", 0.95))}, {readAt(0.1, word(0.1, "华秀环竟", 0.94))}}, "华秀环境"},
		{"not one that was read twice alike",
			[][]hequan.Line{{readAt(0.1, word(0.1, "2019", 0.99, twice))}, {readAt(0.1, word(0.1, "2015", 0.90))}, {readAt(0.1, word(0.1, "2015", 0.90))}}, "2019*"},
		{"two readings that were each read twice and differ prove nothing",
			[][]hequan.Line{{readAt(0.1, word(0.1, "100.00", 0.99, twice))}, {readAt(0.1, word(0.1, "180.00", 0.96, twice))}}, "100.00"},
		{"a word that only the second has is added where it is sure and more than a speck",
			[][]hequan.Line{{readAt(0.1, word(0.1, "法定代表人", 0.98))}, {readAt(0.1, word(0.4, "王小明", 0.97)), readAt(0.3, word(0.4, "口", 0.99)), readAt(0.5, word(0.4, "会汪", 0.7))}}, "法定代表人 王小明"},
		{"a code with a right check character before one without",
			[][]hequan.Line{{readAt(0.1, word(0.1, "1110302MA01ABCD5X", 0.99))}, {readAt(0.1, word(0.1, "91430528591007860Y", 0.8))}}, "91430528591007860Y"},
		{"lines that run into each other are no alternative",
			[][]hequan.Line{{readAt(0.1, word(0.1, "有限公司", 0.9))}, {readAt(0.1, word(0.1, "有限公司", 0.99)), readAt(0.102, word(0.1, "责任公司", 0.99))}}, "有限公司"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range mergeLines(c.readings, 0) {
				var words []string
				for _, w := range l.Words {
					text := w.Text
					if len(w.Proof) > 0 {
						text += "*"
					}
					words = append(words, text)
				}
				got = append(got, strings.Join(words, " "))
			}
			if text := strings.Join(got, "\n"); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

func TestOpposite(t *testing.T) {
	if got := string(opposite([]rune("甲乙丁"), []rune("甲乙丙丁"))); got != "甲乙丁" {
		t.Errorf("an inserted character moves others: %q", got)
	}
	if got := opposite([]rune("甲乙丙"), []rune("甲丙")); got[0] != '甲' || got[1] != 0 || got[2] != '丙' {
		t.Errorf("a lost character: %q", string(got))
	}
}

// TestFainterPlaneKeepsSoftStrokes: a thin stroke of enlarged print whose edges are soft is
// whole in the fainter plane, thinner in the usual one.
func TestFainterPlaneKeepsSoftStrokes(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{240, 238, 230, 255}), image.Point{}, draw.Src)
	for x := 20; x < 380; x += 24 { // bold print and a soft stroke in every second place
		draw.Draw(img, image.Rect(x, 60, x+6, 90), image.NewUniform(color.NRGBA{60, 60, 60, 255}), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(x+12, 60, x+15, 90), image.NewUniform(color.NRGBA{206, 206, 204, 255}), image.Point{}, draw.Src)
	}
	dark := func(clip float64) int {
		g := imaging.Flatten(imaging.MaxChannel(img), 200, clip)
		n := 0
		for x := 30; x < 37; x++ {
			if g.GrayAt(x, 75).Y < 245 {
				n++
			}
		}
		return n
	}
	if usual, fainter := dark(usualClip), dark(fainterClip); usual != 0 || fainter != 3 {
		t.Errorf("of a soft stroke of 3 pixels %d are left in the usual plane, %d in the fainter one: want 0 and 3", usual, fainter)
	}
}
