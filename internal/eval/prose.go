package eval

import (
	"strings"

	"hequan"
)

// Prose is how the running text of an application was read: of all its
// labelled passages, and by how their pages were made.
type Prose struct {
	All    Errors
	Papers map[string]Errors
}

// ReadProse counts the wrong characters of each labelled passage in the best
// stretch of its page's text, whatever stands before and after. pages returns
// the pages of a file as read.
func ReadProse(t *Truth, pages func(file string) []hequan.Page) Prose {
	out := Prose{Papers: map[string]Errors{}}
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
			found := Errors{min(len(want), within(want, text)), len(want)}
			out.All = out.All.plus(found)
			if name := paperOf(d, p.Page); name != "" {
				out.Papers[name] = out.Papers[name].plus(found)
			}
		}
	}
	return out
}

func (e Errors) plus(o Errors) Errors { return Errors{e.Wrong + o.Wrong, e.All + o.All} }

// AddProse adds the running text of an application.
func (s *Score) AddProse(p Prose) {
	s.Prose = s.Prose.plus(p.All)
	for name, found := range p.Papers {
		s.changePaper(name, func(on *Paper) { on.Prose = on.Prose.plus(found) })
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
