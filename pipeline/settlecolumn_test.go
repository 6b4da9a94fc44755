package pipeline

import (
	"image"
	"testing"

	"hequan"
)

// TestOneOff: a name that was read with one character as another, as two or not at all; two of them, or one more behind a
// whole name, make another name.
func TestOneOff(t *testing.T) {
	for _, c := range []struct {
		want, read string
		is         bool
	}{{"云岫", "云册", true}, {"云岫", "云山册", true}, {"云岫", "云", true}, {"云岫", "岫", true}, {"知微子", "知徽子", true}, {"云岫", "云岫", false},
		{"云岫", "去册", false}, {"知微子", "知", false}, {"云岫", "云山由册", false}, {"岫", "册", false}} {
		if got := oneOff([]rune(c.want), []rune(c.read)); got != c.is {
			t.Errorf("%s read %s: %v", c.want, c.read, got)
		}
	}
}

// TestModelsByTheirColumn: a row that was read as others were that the picture settled takes their model, unless its own
// picture shows another character, be that one that looks alike and that nobody read.
func TestModelsByTheirColumn(t *testing.T) {
	for _, c := range []struct{ prints, read, want string }{
		{"云岫-Max", "云册-Max", "云岫-Max"},
		{"云屹-Max", "云册-Max", "云册-Max"},
		{"云册-Max", "云册-Max", "云册-Max"},
		{"云岫-Max", "去册-Max", "去册-Max"},
	} {
		images, f := printedName(t, c.prints, c.read)
		page := f.Reading.Pages[0]
		s := &settler{images: images, pages: map[string]hequan.Page{pageKey("ab", 1): page}, planes: map[string]*image.Gray{}, brands: []string{"云岫"}}
		at := page.Lines[1].Words[1].Box
		rows := [][]hequan.Cell{{{Value: "云岫-Max"}}, {{Value: "云岫-Max"}}, {{Value: c.read, Box: at}}}
		docs := []hequan.Document{{SHA256: "ab", Tables: []hequan.Table{{Name: "rows", Page: 1, Columns: []string{"model"}, Rows: rows}}}}
		s.settleColumns(docs, [][][]string{{{"云册-Max", "云山-Max", c.read}}})
		if got := rows[2][0].Value; got != c.want {
			t.Errorf("printed %s, read %s: %s, want %s", c.prints, c.read, got, c.want)
		}
	}
}
