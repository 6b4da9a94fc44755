package eval

import (
	"strings"

	"hequan"
)

// AddProse scores running text: the wrong characters of each labelled passage
// in the best stretch of its page's text, whatever stands before and after.
// pages returns the pages of a file as read.
func (s *Score) AddProse(t *Truth, pages func(file string) []hequan.Page) {
	for i := range t.Documents {
		d := &t.Documents[i]
		read := pages(d.File)
		for _, p := range d.Prose {
			want := []rune(squeeze(p.Text))
			if len(want) == 0 {
				continue
			}
			var text []rune
			if p.Page >= 1 && p.Page <= len(read) {
				text = []rune(pageText(read[p.Page-1]))
			}
			wrong := min(len(want), within(want, text))
			s.Prose.Wrong += wrong
			s.Prose.All += len(want)
			s.onPaper(d, p.Page, func(on *Paper) { on.Prose.Wrong, on.Prose.All = on.Prose.Wrong+wrong, on.Prose.All+len(want) })
		}
	}
}

func pageText(p hequan.Page) string {
	var b strings.Builder
	for _, l := range p.Lines {
		for _, w := range l.Words {
			b.WriteString(w.Text)
		}
	}
	return squeeze(b.String())
}

// within is the least number of edits that make some stretch of text the passage.
func within(passage, text []rune) int {
	row := editRows(passage, text, make([]int, len(text)+1))
	best := len(passage)
	for _, n := range row {
		best = min(best, n)
	}
	return best
}

// editRows turns the first row of the table of edits into its last.
func editRows(a, b []rune, row []int) []int {
	for i := range a {
		corner := row[0]
		row[0] = i + 1
		for j := range b {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, corner+1, row[j]+1)
		}
	}
	return row
}
