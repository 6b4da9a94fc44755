package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/agnivade/levenshtein"

	"hequan/internal/alphabet"
	"hequan/internal/ocr"
	"hequan/samples/lines"
)

// readers of running text that are compared: Tesseract's, and text.traineddata
// in the folder of the language models, which scripts/models.sh trains. The
// program does not read with it (docs/models.md).
var readers = []string{"chi_sim", "text"}

// running compares recognisers on lines of running text: exact lines and wrong
// characters, %. Gaps don't count.
func (c *SamplesMeasureCmd) running(ctx context.Context, g *lines.Generator, engine *ocr.Tesseract) error {
	words, err := lines.LoadVocabulary(c.Words)
	if err != nil {
		return err
	}
	g = g.Running(words)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "class\tlines\t")
	for _, r := range readers {
		fmt.Fprintf(w, "%s exact\twrong characters\t", r)
	}
	fmt.Fprintln(w)
	total := make([]textTally, len(readers))
	for k, class := range lines.Written() {
		sums := make([]textTally, len(readers))
		for i := 0; i < c.Count && ctx.Err() == nil; i++ {
			line, err := g.Line(uint64(k)*1e6+uint64(i), class)
			if err != nil {
				return err
			}
			if err := engine.SetPicture(line.Picture); err != nil {
				return err
			}
			want := strings.ReplaceAll(line.Label, " ", "")
			for j, r := range readers {
				symbols, err := engine.Recognize(line.Picture.Rect, ocr.Options{Lang: r, Mode: ocr.Line, DPI: line.DPI})
				if err != nil {
					return err
				}
				got := spelt(symbols)
				sums[j].add(want, got)
				if c.Wrong && got != want {
					fmt.Printf("%s %s %d: %q read as %q in %s, %d dpi\n", r, class, i, want, got, line.Face, line.DPI)
				}
			}
		}
		printTexts(w, string(class), sums)
		for j := range total {
			total[j].merge(sums[j])
		}
	}
	printTexts(w, "all", total)
	if err := w.Flush(); err != nil {
		return err
	}
	return ctx.Err()
}

func spelt(symbols []ocr.Symbol) string {
	var b strings.Builder
	for _, s := range symbols {
		b.WriteString(s.Text)
	}
	return strings.ReplaceAll(alphabet.Written(b.String()), " ", "")
}

// textTally counts lines of running text.
type textTally struct{ lines, exact, characters, wrong int }

func (t *textTally) add(want, got string) {
	t.lines++
	if want == got {
		t.exact++
	}
	t.characters += len([]rune(want))
	t.wrong += levenshtein.ComputeDistance(want, got)
}

func (t *textTally) merge(o textTally) {
	t.lines, t.exact, t.characters, t.wrong = t.lines+o.lines, t.exact+o.exact, t.characters+o.characters, t.wrong+o.wrong
}

func printTexts(w *tabwriter.Writer, name string, sums []textTally) {
	fmt.Fprintf(w, "%s\t%d\t", name, sums[0].lines)
	for _, s := range sums {
		fmt.Fprintf(w, "%.1f\t%.2f\t", 100*float64(s.exact)/float64(max(1, s.lines)), 100*float64(s.wrong)/float64(max(1, s.characters)))
	}
	fmt.Fprintln(w)
}
