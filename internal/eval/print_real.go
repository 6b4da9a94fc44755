package eval

import (
	"fmt"
	"io"
)

// PrintReal writes the score of real files for people.
func PrintReal(w io.Writer, s *RealScore) {
	line := func(name string, c Count) {
		if c.All > 0 {
			fmt.Fprintf(w, "%-34s %5d / %-5d %5.1f %%\n", name, c.Right, c.All, percent(c))
		}
	}
	fmt.Fprintf(w, "labelled real files                %5d\n", s.Files)
	line("kinds of documents", s.Kinds)
	line("single fields exact", s.All)
	line("seals found", s.Seals)
	if s.Text.All > 0 {
		fmt.Fprintf(w, "%-34s %5.2f %% of %d\n", "wrong characters of seals", 100*float64(s.Text.Wrong)/float64(s.Text.All), s.Text.All)
	}
	line("table cells read", s.Cells)
	fmt.Fprintln(w, "\nfields by kind")
	counts(w, s.Fields)
}
