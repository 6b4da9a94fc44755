package pipeline

import (
	"testing"

	"hequan"
)

// TestWordEchoes drops what another line's word holds at the same place, marks and specks in it, and nothing else.
func TestWordEchoes(t *testing.T) {
	word := func(text string, box hequan.Box) hequan.Word { return hequan.Word{Text: text, Box: box} }
	long := word("北京银行股份有限公司经济技术开发区支", hequan.Box{0.146, 0.218, 0.492, 0.244})
	for _, x := range []struct {
		name string
		w    hequan.Word
		gone bool
	}{
		{"a part of it at its place", word("限公司经济", hequan.Box{0.285, 0.220, 0.380, 0.232}), true},
		{"a part of it at another place", word("限公司经济", hequan.Box{0.400, 0.220, 0.480, 0.232}), false},
		{"a mark in it", word("、", hequan.Box{0.40, 0.225, 0.41, 0.235}), true},
		{"a speck in it", word("人", hequan.Box{0.448, 0.221, 0.450, 0.223}), true},
		{"another word in its place", word("人民币", hequan.Box{0.40, 0.222, 0.45, 0.240}), false},
		{"the word beside it", word("支行", hequan.Box{0.49, 0.222, 0.53, 0.240}), false},
		{"the line below", word("北京银行", hequan.Box{0.146, 0.250, 0.230, 0.265}), false},
	} {
		got := withoutWordEchoes([]hequan.Line{{Box: long.Box, Words: []hequan.Word{long}}, {Box: x.w.Box, Words: []hequan.Word{x.w}}})
		if (len(got) == 1) != x.gone || len(got) == 0 || got[0].Words[0].Text != long.Text {
			t.Errorf("%s: %+v", x.name, got)
		}
	}
	// Of two that are the same one stays; a word of the same line is no echo.
	same := word("知识库", hequan.Box{0.2, 0.3, 0.25, 0.31})
	if got := withoutWordEchoes([]hequan.Line{{Box: same.Box, Words: []hequan.Word{same}}, {Box: same.Box, Words: []hequan.Word{same}}}); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	if got := withoutWordEchoes([]hequan.Line{{Box: long.Box, Words: []hequan.Word{long, word("、", hequan.Box{0.40, 0.225, 0.41, 0.235})}}}); len(got[0].Words) != 2 {
		t.Errorf("%+v", got)
	}
}
