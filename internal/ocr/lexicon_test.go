package ocr

import (
	"image"
	"math"
	"slices"
	"strings"
	"testing"
)

// spelledSteps makes a recogniser's output: a step for each character of text, - for none, and
// for a step with several what it takes for equally likely: "(一十)".
func spelledSteps(characters []string, text string) []float32 {
	var out []float32
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		group := []rune{runes[i]}
		if runes[i] == '(' {
			end := i + slices.Index(runes[i:], ')')
			group, i = runes[i+1:end], end
		}
		row := make([]float32, len(characters))
		for _, r := range group {
			c := max(0, slices.Index(characters, string(r))) // - is none
			row[c] += 0.98 / float32(len(group))
		}
		out = append(out, row...)
	}
	return out
}

func TestLexiconSpells(t *testing.T) {
	characters := append([]string{""}, strings.Split("一二十月日年自止O〇 ", "")...)
	lexicon := NewLexicon([]string{"一月二日", "十月二日", "一月十二日", "二〇年", "二二年"}, map[rune]string{'〇': "O"}, "一二十〇")
	for _, c := range []struct{ steps, want string }{
		{"一月二日", "一月二日"},
		{"自-一-月-二-日-止", "一月二日"}, // in a sentence
		{"一月-(二-)-日", "一月二日"},   // a character half hidden: there is one
		{"二O年", "二〇年"},          // another character for it
		{"二-二年", "二二年"},         // the same twice, parted
		{"一一月二二二日", "一月二日"},     // as wide characters are
		{"一月 二日", "一月二日"},       // spaces are none
		{"一月十二日", "一月十二日"},      // not 一月…二日
	} {
		got := lexicon.spell(spelledSteps(characters, c.steps), characters)
		if len(got) == 0 || got[0].Word != c.want {
			t.Errorf("%s is %+v, want %s", c.steps, got, c.want)
		}
	}
	if got := lexicon.spell(spelledSteps(characters, "一月二日"), characters); math.Abs(got[0].Cost) > 0.2 || got[0].From != 0 || got[0].To != 4 || len(got) > 1 && got[1].Cost < 5 {
		t.Errorf("a plain line: %+v", got)
	}
	// Two are equally likely: neither leads.
	if got := lexicon.spell(spelledSteps(characters, "(一十)月二日"), characters); len(got) < 2 || math.Abs(got[0].Cost-got[1].Cost) > 0.01 || got[0].Word != "一月二日" {
		t.Errorf("an open line: %+v", got)
	}
	// A character of the lexicon beside the word would be a part of it.
	if got := lexicon.spell(spelledSteps(characters, "二一月二日"), characters); len(got) > 0 && got[0].Cost < 5 {
		t.Errorf("a longer number: %+v", got)
	}
	if got := lexicon.spell(nil, characters); len(got) != 0 {
		t.Errorf("of nothing %+v", got)
	}
}

func TestSpellOnPrint(t *testing.T) {
	engine := withLines(t)
	page := line(t, "日期：二〇二六年七月十三日")
	if err := engine.SetPicture(page); err != nil {
		t.Fatal(err)
	}
	end := printedTo(page)
	lexicon := NewLexicon([]string{"二〇二六年七月十二日", "二〇二六年七月十三日", "二〇二六年七月十六日"}, nil, "一二三四五六七八九十")
	got, err := engine.Spell(image.Rect(20, 22, end+10, 74), lexicon)
	if err != nil || len(got) == 0 || got[0].Word != "二〇二六年七月十三日" || got[0].Cost > 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if third := (end - 20) / 4; got[0].From < 20+third/2 || got[0].From > 20+2*third || got[0].To < end-third || got[0].To > end+10 {
		t.Errorf("it stands at %d to %d of 20 to %d", got[0].From, got[0].To, end)
	}
}
