package extractors

import (
	"compress/gzip"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"hequan"
)

// sheetOfUse is the reading of a generated paper with what stands in its rows;
// a cell may have several right values. The papers of testdata/usage.json.gz are
// of `samples generate --scans electronic`, seed 901 of the usual layouts and seed
// 902 of `--family field`, as `hequan read --format json` gives their pages.
type sheetOfUse struct {
	Name  string                `json:"name"`
	Pages []hequan.Page         `json:"pages"`
	Rows  []map[string][]string `json:"rows"`
}

func sheetsOfUse(t *testing.T) (out []sheetOfUse) {
	t.Helper()
	f, err := os.Open("testdata/usage.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// nonsense puts characters that no heading has for those of a word.
func nonsense(text string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		n++
		switch {
		case unicode.Is(unicode.Han, r):
			return []rune("犇猋骉麤毳淼焱垚晶磊鑫")[(int(r)+n)%11]
		case r < 0x250 && unicode.IsLetter(r):
			return 'x'
		}
		return r
	}, text)
}

// headingBand is where the headings of a page's table stand: the highest band
// with four words at least that headings have and no digit; none is zero.
func headingBand(p hequan.Page) (top, bottom float64) {
	var words []hequan.Word
	for _, l := range p.Lines {
		words = append(words, l.Words...)
	}
	slices.SortStableFunc(words, func(a, b hequan.Word) int { return int(1e6 * (a.Box[1] - b.Box[1])) })
	isHeading := func(text string) bool {
		for _, c := range usageColumns {
			for _, w := range c.headers {
				if len([]rune(w)) > 1 && strings.Contains(text, w) {
					return true
				}
			}
		}
		return text == "输入" || text == "输出"
	}
	for _, w := range words {
		n := 0
		for _, o := range words {
			if y := o.Box.CenterY(); y > w.Box[1] && y < w.Box[3] {
				if strings.ContainsAny(o.Text, "0123456789：:") {
					n = -99
				}
				if isHeading(o.Text) {
					n++
				}
			}
		}
		if n >= 4 {
			return w.Box[1] - 0.6*w.Box.Height(), w.Box[3] + 0.6*w.Box.Height()
		}
	}
	return 0, 0
}

// behead replaces the words of the headings, in the lines and in the cells of
// the rules; it counts the headings.
func behead(pages []hequan.Page) (headings int) {
	for i := range pages {
		top, bottom := headingBand(pages[i])
		change := func(lines []hequan.Line) {
			for _, l := range lines {
				for k := range l.Words {
					if y := l.Words[k].Box.CenterY(); y > top && y < bottom {
						l.Words[k].Text = nonsense(l.Words[k].Text)
						headings++
					}
				}
			}
		}
		change(pages[i].Lines)
		for _, g := range pages[i].Grids {
			for _, c := range g.Cells {
				change(c.Lines)
			}
		}
	}
	return headings
}

// rightCells counts the cells of a paper that come out right, row by row.
func rightCells(s sheetOfUse, c Content) (right, all int) {
	var rows []map[string]string
	for _, t := range c.Tables {
		for _, r := range t.Rows {
			row := map[string]string{}
			for k, name := range t.Columns {
				row[name] = r[k].Value
			}
			rows = append(rows, row)
		}
	}
	for n, want := range s.Rows {
		for _, name := range slices.Sorted(maps.Keys(want)) {
			all++
			if n < len(rows) && slices.Contains(want[name], rows[n][name]) {
				right++
			}
		}
	}
	return right, all
}

// TestHeadingsDontMatter: lists of use whose headings are nonsense are read as
// well as those with their headings, but for a cell in twenty.
func TestHeadingsDontMatter(t *testing.T) {
	var right, all int
	for _, s := range sheetsOfUse(t) {
		known, of := rightCells(s, Extract(hequan.KindUsage, s.Pages, nil))
		if known != of {
			t.Errorf("%s with its headings: %d of %d cells", s.Name, known, of)
		}
		if behead(s.Pages) == 0 {
			t.Fatalf("%s: no headings found to replace", s.Name)
		}
		r, n := rightCells(s, Extract(hequan.KindUsage, s.Pages, nil))
		t.Logf("%s: %d of %d cells without headings", s.Name, r, n)
		right, all = right+r, all+n
	}
	if right*100 < all*95 {
		t.Errorf("%d of %d cells without headings", right, all)
	}
}
