package pipeline

import (
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agnivade/levenshtein"

	"hequan"
	"hequan/internal/alphabet"
	pageimaging "hequan/internal/imaging"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// realLine is a value cut from a real file.
type realLine struct {
	file  string
	text  *image.Gray
	crop  image.Rectangle
	dpi   int
	truth string
}

// TestNumbersOfRealFiles reads values cut from real files with each
// recogniser: those on photographs and scans, labelled by the truth beside the
// file, and those on pages drawn from OFD, labelled by their text.
func TestNumbersOfRealFiles(t *testing.T) {
	t.Setenv("OMP_THREAD_LIMIT", "1")
	engine := ocr.NewTesseract("")
	defer engine.Close()
	var pictures, drawn []realLine
	labelled := func(path string, _ int64) bool {
		return hasSuffix(path, ".jpg", ".png") && len(truthsBeside(t, path)) > 0
	}
	files := some(sharedFiles(t, "real", labelled), 6)
	files = append(files, some(sharedFiles(t, "real", func(path string, _ int64) bool { return hasSuffix(path, ".ofd") }), 16)...)
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		open := raster.OpenPicture
		if hasSuffix(path, ".ofd") {
			open = func(data []byte) (raster.File, error) { return raster.OpenOFD(data, nil) }
		}
		f, err := open(data)
		if err != nil {
			continue // some are broken on purpose
		}
		p, err := f.Page(0)
		if err == nil && len(p.Lines) > 0 {
			drawn = append(drawn, some(drawnLines(path, p), 10)...)
		} else if err == nil {
			pictures = append(pictures, labelledLines(t, engine, path, p)...)
		}
		f.Close()
	}
	for _, set := range []struct {
		name  string
		lines []realLine
	}{{"photographs and scans", pictures}, {"drawn from OFD", drawn}} {
		report(t, engine, set.name, set.lines)
	}
}

// some are at most n of many, from all over them.
func some[T any](of []T, n int) []T {
	if len(of) <= n {
		return of
	}
	var out []T
	for i := range n {
		out = append(out, of[i*len(of)/n])
	}
	return out
}

// report logs how many lines each recogniser reads exactly, and fails where
// the recognisers of numbers agree on much that is wrong.
func report(t *testing.T, engine ocr.Engine, name string, lines []realLine) {
	t.Helper()
	options := []ocr.Options{{Lang: "chi_sim", Mode: ocr.Line}, {Lang: "eng", Mode: ocr.Line}, {Lang: ocr.NumbersA, Mode: ocr.Raw}, {Lang: ocr.NumbersB, Mode: ocr.Raw}}
	var exact [4]int
	agreed, wrong := 0, 0
	var on *image.Gray
	for _, l := range lines {
		if l.text != on {
			if err := engine.SetPicture(l.text); err != nil {
				t.Fatal(err)
			}
			on = l.text
		}
		var texts [4]string
		for i, o := range options {
			o.DPI = l.dpi
			symbols, err := engine.Recognize(l.crop, o)
			if err != nil {
				t.Fatal(err)
			}
			if texts[i] = newReading(symbols).text; texts[i] == l.truth {
				exact[i]++
			}
		}
		if a := texts[2]; a == texts[3] && !strings.ContainsRune(a, alphabet.Other) {
			if agreed++; strings.TrimPrefix(a, "¥") != strings.TrimPrefix(l.truth, "¥") { // truths give sums without it
				wrong++
				t.Logf("%s: %q read as %q", l.file, l.truth, a)
			}
		}
	}
	t.Logf("%s: %d lines; exact: chi_sim %d, eng %d, A %d, B %d; A and B agree on %d, wrong of these %d", name, len(lines), exact[0], exact[1], exact[2], exact[3], agreed, wrong)
	if len(lines) < 20 {
		t.Errorf("%s: only %d lines were found", name, len(lines))
	}
	if wrong*20 > len(lines) {
		t.Errorf("%s: %d of %d lines are read alike and wrong", name, wrong, len(lines))
	}
}

// labelledLines finds the values that stand in the truth beside a picture
// among those that a first reading sees on it.
func labelledLines(t *testing.T, engine ocr.Engine, path string, p *raster.Page) []realLine {
	t.Helper()
	truths := truthsBeside(t, path)
	if len(truths) == 0 {
		return nil
	}
	color := pageimaging.IsColor(p.Image)
	ready, _, _, err := readUpright(engine, p, prepare(p.Image, p.DPI, color), color)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.SetPicture(ready.text); err != nil {
		t.Fatal(err)
	}
	symbols, err := engine.Recognize(ready.text.Rect, ocr.Options{Lang: "chi_sim", Mode: ocr.Auto, DPI: p.DPI})
	if err != nil {
		t.Fatal(err)
	}
	var out []realLine
	for _, line := range letterLines(symbols) {
		for _, s := range valueSpans(line) {
			var seen strings.Builder
			for _, g := range line[s.from:s.to] {
				seen.WriteString(g.Text)
			}
			truth, distance := "", 1<<30
			text := []rune(alphabet.Read(seen.String()))
			for _, candidate := range truths {
				if d := levenshtein.ComputeDistance(string(text), candidate); d < distance {
					truth, distance = candidate, d
				}
			}
			if n := len([]rune(truth)); n < 4 || distance*5 > n*2 {
				continue
			}
			_, crop, err := readSpan(engine, ready, line, s, ready.text.Rect)
			if err != nil {
				t.Fatal(err)
			}
			if !crop.Empty() {
				out = append(out, realLine{filepath.Base(path), ready.text, crop, p.DPI, truth})
			}
		}
	}
	return out
}

// truthsBeside returns the texts of the .gt.json beside a file that hold a value.
func truthsBeside(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path + ".gt.json")
	if err != nil {
		return nil
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			if text := alphabet.Read(v); len(text) < 80 && worthReading(letters(spoken(text, 1))) && !strings.ContainsRune(text, alphabet.Other) {
				out = append(out, text)
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for k, e := range v {
				if !strings.HasPrefix(k, "_") {
					walk(e)
				}
			}
		}
	}
	walk(tree)
	return out
}

// drawnLines returns the words with values of a page that has a text layer.
func drawnLines(path string, p *raster.Page) []realLine {
	ready := prepare(p.Image, p.DPI, true)
	if ready.turn.Degrees != 0 {
		return nil
	}
	var out []realLine
	for _, l := range p.Lines {
		for _, w := range l.Words {
			truth := alphabet.Read(w.Text)
			if n := len([]rune(truth)); n < 4 || n > 40 || strings.ContainsRune(truth, alphabet.Other) || !worthReading(letters(spoken(truth, 1))) {
				continue
			}
			r := pixels(w.Box, ready.text.Rect)
			if crop := pageimaging.LineCrop(ready.text, r.Inset(-r.Dy()/8), r.Dy(), 0.25, 0.3); crop.Dx() > crop.Dy() {
				out = append(out, realLine{filepath.Base(path), ready.text, crop, p.DPI, truth})
			}
		}
	}
	return out
}

func pixels(b hequan.Box, r image.Rectangle) image.Rectangle {
	w, h := float64(r.Dx()), float64(r.Dy())
	return image.Rect(int(b[0]*w), int(b[1]*h), int(b[2]*w+1), int(b[3]*h+1))
}
