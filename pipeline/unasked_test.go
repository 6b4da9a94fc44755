package pipeline

import (
	"image"
	"testing"

	"hequan/internal/imaging"
)

// paper is a page without ink, of 200 dpi.
func paper() prepared {
	g := image.NewGray(image.Rect(0, 0, 1600, 400))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	return prepared{text: g, ruled: g, turn: imaging.Turn{W: 1600, H: 400}, dpi: 200}
}

// TestUnasked: what is read well and proves nothing is not asked for; values, names, doubtful words and print that was not read are.
func TestUnasked(t *testing.T) {
	doubtful, other, beside := printed("货币资金"), printed("货币资金"), printed("货币资金")
	doubtful[0].confidence = 0.9
	other[0].alt = "货市资金"
	p := paper()
	inked := paper()
	for x := beside[0].rect.Max.X + 8; x < beside[0].rect.Max.X+60; x += 4 {
		for y := 104; y < 126; y++ {
			inked.text.Pix[y*inked.text.Stride+x] = 0
		}
	}
	for name, c := range map[string]struct {
		p     prepared
		parts []piece
		asked bool
	}{
		"a word of a form":        {p, printed("货币资金"), false},
		"with other brackets":     {p, printed("现金支付", "（元）"), false},
		"a numbered heading":      {p, printed("三、管理层和治理层对财务报表的责任"), false},
		"the end of a paragraph":  {p, printed("执行和维护必要的内部控制。"), false},
		"one that was read badly": {p, doubtful, true},
		"read in two ways":        {p, other, true},
		"print beside it":         {inked, beside, true},
		"nearly such a word":      {p, printed("货市资金"), true},
		"a label":                 {p, printed("会计机构负责人："), false},
		"with its value":          {p, printed("法定代表人：黎涛"), true},
		"a field's value":         {p, printed("审计意见"), true},
		"a number":                {p, printed("1185"), true},
		"a sentence with one":     {p, printed("本合同服务期限为", "12", "个月，不得转让。"), true},
		"a sentence with a day":   {p, printed("自二〇二六年一月一日起算。"), true},
	} {
		engine := &lineTeller{text: "无", sure: 0.3}
		u := unasked{map[string]int{}}
		if err := u.read(engine, c.p, c.parts, stretch{0, len(c.parts), 0, 0}, nil); err != nil || len(engine.asked) > 0 != c.asked {
			t.Errorf("%s: asked %d times, %v", name, len(engine.asked), err)
		}
	}
}

// TestAskedTwiceOfAColumn: a text that was read alike twice is not asked for a third time, and is not proven.
func TestAskedTwiceOfAColumn(t *testing.T) {
	for text, want := range map[string]int{"大模型推理服务": 2, "砚池-Turbo": 2, "软件": 4, "北京和序教育公司": 4, "GPU-A100-80G": 4} {
		engine := &lineTeller{text: text, sure: 0.95}
		u := unasked{map[string]int{}}
		for i := range 4 {
			line := printed(text)
			if err := u.read(engine, paper(), line, stretch{0, 1, 0, 0}, nil); err != nil || line[0].twice != (i < want) || line[0].text != text {
				t.Errorf("%s, %d: %+v, %v", text, i, line[0], err)
			}
		}
		if len(engine.asked) != want {
			t.Errorf("%s was asked for %d times, want %d", text, len(engine.asked), want)
		}
	}
	// Read otherwise it is asked for each time.
	engine := &lineTeller{text: "大模型推埋服务", sure: 0.6}
	u := unasked{map[string]int{}}
	for range 3 {
		if err := u.read(engine, paper(), printed("大模型推理服务"), stretch{0, 1, 0, 0}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(engine.asked) != 3 {
		t.Errorf("a text read otherwise was asked for %d times", len(engine.asked))
	}
}
