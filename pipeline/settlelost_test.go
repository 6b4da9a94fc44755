package pipeline

import (
	"image"
	"math"
	"testing"

	"hequan"
)

// TestALostCharacterIsSeen: a character that recognition dropped, or took for another one, is put back where
// the picture shows it, though the word's box lies beside it, and not where it shows another one or none.
func TestALostCharacterIsSeen(t *testing.T) {
	for _, c := range []struct {
		prints, read, want string
		off, cut           float64 // how far right of the print its box begins, and how much too narrow it is; characters
	}{
		{"星槎-Max", "星", "星槎-Max", 0, 0},
		{"星榜-Max", "星", "星-Max", 0, 0},
		{"星-Max", "星", "星-Max", 0, 0},
		{"星槎-Max", "星", "星槎-Max", 0.9, 0},
		{"星槎-Max", "星搓", "星槎-Max", 0.8, 0.2},
		{"星榜-Max", "星搓", "星搓-Max", 0.8, 0.2},
		{"星搓-Max", "星榜", "星榜-Max", 0.8, 0.2},
	} {
		images, f := printedName(t, c.prints, c.prints)
		line := &f.Reading.Pages[0].Lines[1]
		whole := line.Words[1]
		first, rest := whole, whole
		side := 25 / 1240.0 // 12 points at 150 dpi
		first.Text, first.Box[2] = c.read, whole.Box[0]+side*(c.off+float64(len([]rune(c.read)))-c.cut)
		first.Box[0] += c.off * side
		rest.Text, rest.Box[0] = "-Max", whole.Box[0]+side*float64(len([]rune(c.prints))-4)
		line.Words = append(line.Words[:1], first, rest)
		docs := []hequan.Document{{Kind: hequan.KindContract, SHA256: "ab", Fields: []hequan.Field{{Name: "models", Value: c.read + "-Max", Page: 1, Box: whole.Box, Confidence: 0.9}}}}
		settleNames(&hequan.Application{Models: []string{"星槎-Max"}}, docs, []ReadFile{f}, images)
		if got := docs[0].Field("models").Value; got != c.want {
			t.Errorf("printed %s, read %s-Max: %s, want %s", c.prints, c.read, got, c.want)
		}
	}
}

// TestLatinLettersAreHalfAsWide: where a Chinese character stands in a word that has Latin letters too.
func TestLatinLettersAreHalfAsWide(t *testing.T) {
	page := hequan.Page{Lines: []hequan.Line{{Box: hequan.Box{0.2, 0.1, 0.7, 0.12}, Words: []hequan.Word{{Text: "云岫-Max大模", Box: hequan.Box{0.2, 0.1, 0.8, 0.12}}}}}}
	s := &settler{pages: map[string]hequan.Page{pageKey("ab", 1): page}}
	chars := s.chars("ab", 1, hequan.Box{0, 0, 1, 1})
	for i, want := range []float64{0.2, 0.3, 0.6, 0.7} {
		if got := chars[i].x0; math.Abs(got-want) > 1e-9 {
			t.Errorf("%c begins at %.3f, want %.3f", chars[i].r, got, want)
		}
	}
}

// TestSeenBesideWhatWasRead: a character is looked for beside those that the picture shows, where its word has all a character too far right.
func TestSeenBesideWhatWasRead(t *testing.T) {
	read, want := []rune("上海云册数智科技有限公司"), []rune("上海云岫数智科技有限公司")
	for prints, shows := range map[string]bool{"上海云岫数智科技有限公司": true, "上海云屹数智科技有限公司": false} {
		images, f := printedName(t, prints, string(read))
		page := f.Reading.Pages[0]
		s := &settler{images: images, pages: map[string]hequan.Page{pageKey("ab", 1): page}, planes: map[string]*image.Gray{}}
		box := page.Lines[1].Words[1].Box
		side := box.Width() / 12
		var chars []placed
		for i, r := range read {
			x := box[0] + side*(float64(i)+1.1)
			chars = append(chars, placed{r, x, x + side, box.CenterY()})
		}
		if got := s.shownBeside("ab", 1, want, chars); got != shows {
			t.Errorf("printed %s: %v beside what was read", prints, got)
		}
	}
}
