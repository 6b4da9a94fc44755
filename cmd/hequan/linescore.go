package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"hequan/internal/alphabet"
	"hequan/internal/ocr"
	"hequan/samples/lines"
)

// SamplesMeasureCmd compares recognisers on lines.
type SamplesMeasureCmd struct {
	Fonts    string `help:"Root that the packages of typefaces are unpacked below." default:"/"`
	Seed     uint64 `help:"A seed that was not trained on." default:"1001"`
	Count    int    `help:"Lines of each class." default:"50"`
	Unseen   bool   `help:"In the typefaces that are kept out of training."`
	Tessdata string `help:"Folder of the language models."`
	Wrong    bool   `help:"List what the two recognisers of numbers agree on and is wrong; of running text, what is read wrong."`
	Words    string `help:"A list of words (dict.txt of python3-jieba): compare recognisers of running text instead." placeholder:"FILE"`
}

// recogniser is one way to read a line.
type recogniser struct {
	name    string
	options ocr.Options
}

var recognisers = []recogniser{
	{"chi_sim", ocr.Options{Lang: "chi_sim", Mode: ocr.Line}},
	{"eng", ocr.Options{Lang: "eng", Mode: ocr.Line}},
	{"chi_sim+eng", ocr.Options{Lang: "chi_sim+eng", Mode: ocr.Line}},
	{"A", ocr.Options{Lang: ocr.NumbersA, Mode: ocr.Raw}},
	{"B", ocr.Options{Lang: ocr.NumbersB, Mode: ocr.Raw}},
}

// tally counts the lines of a class.
type tally struct {
	lines, agreed, wrong, refused int
	exact                         [5]int
	took                          [5]time.Duration
}

func (t *tally) add(o tally) {
	t.lines, t.agreed, t.wrong, t.refused = t.lines+o.lines, t.agreed+o.agreed, t.wrong+o.wrong, t.refused+o.refused
	for i := range t.exact {
		t.exact[i] += o.exact[i]
		t.took[i] += o.took[i]
	}
}

// Run reads fresh lines with all recognisers and prints a table.
func (c *SamplesMeasureCmd) Run(ctx context.Context) error {
	if err := os.Setenv("OMP_THREAD_LIMIT", "1"); err != nil {
		return err
	}
	g, err := lines.New(c.Fonts, c.Seed, c.Unseen)
	if err != nil {
		return err
	}
	engine := ocr.NewTesseract(c.Tessdata)
	defer engine.Close()
	if c.Words != "" {
		return c.running(ctx, g, engine)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "class\tlines\tchi_sim\teng\tchi_sim+eng\tA\tB\tA = B\twrong of these\trefused\t")
	var all tally
	for k, class := range []lines.Class{lines.Money, lines.Words, lines.Date, lines.Code, lines.Percent, lines.Quantity, lines.Model, lines.Period, lines.Prose} {
		t, err := c.class(ctx, g, engine, class, uint64(k)*1e6)
		if err != nil {
			return err
		}
		t.print(w, string(class))
		if class != lines.Prose {
			all.add(t)
		}
	}
	all.print(w, "all but prose")
	fmt.Fprint(w, "ms a line\t\t")
	for _, d := range all.took {
		fmt.Fprintf(w, "%.1f\t", d.Seconds()*1000/float64(max(1, all.lines)))
	}
	fmt.Fprintln(w, "\t\t\t")
	return w.Flush()
}

func (t tally) print(w *tabwriter.Writer, name string) {
	share := func(n, of int) string { return fmt.Sprintf("%.1f", 100*float64(n)/float64(max(1, of))) }
	fmt.Fprintf(w, "%s\t%d\t", name, t.lines)
	for _, n := range t.exact {
		fmt.Fprint(w, share(n, t.lines), "\t")
	}
	fmt.Fprint(w, share(t.agreed, t.lines), "\t", share(t.wrong, t.agreed), " (", t.wrong, ")\t", share(t.refused, t.lines), "\t\n")
}

// class reads lines of one class; first is the number of the first.
func (c *SamplesMeasureCmd) class(ctx context.Context, g *lines.Generator, engine *ocr.Tesseract, class lines.Class, first uint64) (tally, error) {
	var t tally
	for i := 0; i < c.Count && ctx.Err() == nil; i++ {
		line, err := g.Line(first+uint64(i), class)
		if err != nil {
			return t, err
		}
		if err := engine.SetPicture(line.Picture); err != nil {
			return t, err
		}
		var texts [5]string
		sure := 1.0
		for k, r := range recognisers {
			o := r.options
			o.DPI = line.DPI
			start := time.Now()
			symbols, err := engine.Recognize(line.Picture.Rect, o)
			if err != nil {
				return t, err
			}
			t.took[k] += time.Since(start)
			var text strings.Builder
			for _, s := range symbols {
				text.WriteString(s.Text)
				if k >= 3 {
					sure = min(sure, s.Confidence)
				}
			}
			texts[k] = alphabet.Read(text.String())
			if texts[k] == line.Label {
				t.exact[k]++
			}
		}
		t.lines++
		switch a, b := texts[3], texts[4]; {
		case a != b || a == "" || sure < 0.5 || strings.ContainsRune(a, alphabet.Other):
			t.refused++
		default:
			t.agreed++
			if a != line.Label {
				t.wrong++
				if c.Wrong {
					fmt.Printf("%s %d: %q read as %q in %s, %d dpi\n", class, first+uint64(i), line.Label, a, line.Face, line.DPI)
				}
			}
		}
	}
	return t, ctx.Err()
}
