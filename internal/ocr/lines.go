package ocr

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
	"golang.org/x/image/draw"

	"hequan/internal/mapped"
)

// Lines is a recogniser of single lines (PP-OCR's of Chinese print, run by ONNX
// Runtime), which has nothing in common with Tesseract's nets but the language: neither
// its shape nor the lines that it was trained on. It reads a line as it is cut, with a little
// margin, and gives back no places but rough ones across. Where its files are not
// installed it reads nothing.
const Lines = "lines"

// The files of the recogniser of lines, in its folder.
const (
	linesLibrary    = "libonnxruntime.so"
	linesModel      = "lines.onnx"
	linesCharacters = "lines.txt" // one a line, in the order of the model's outputs
)

// LinesDir returns the folder with the recogniser of lines: HEQUAN_LINES, else where
// scripts/lines.sh puts it; empty where there is none.
func LinesDir() string {
	dirs := []string{os.Getenv("HEQUAN_LINES")}
	if dirs[0] == "" {
		dirs = []string{"/usr/local/lib/hequan/lines"}
		if home, err := os.UserHomeDir(); err == nil {
			dirs = append(dirs, filepath.Join(home, ".local/lib/hequan/lines"))
		}
	}
	for _, dir := range dirs {
		whole := dir != ""
		for _, name := range []string{linesLibrary, linesModel, linesCharacters} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				whole = false
			}
		}
		if whole {
			return dir
		}
	}
	return ""
}

// LinesVersion writes what the recogniser of lines is to a hash; nothing where there is none.
// The library is told by its size: its hash would cost a tenth of a second.
func LinesVersion(h io.Writer) error {
	dir := LinesDir()
	if dir == "" {
		return nil
	}
	info, err := os.Stat(filepath.Join(dir, linesLibrary))
	if err != nil {
		return err
	}
	fmt.Fprintln(h, Lines, info.Size())
	for _, name := range []string{linesModel, linesCharacters} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if _, err := h.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// The model's picture of a line: so many pixels high, and what a step of its output is wide.
const (
	linesHeight = 48
	linesStep   = 8
	linesWidest = 2560 // a longer line is squeezed
)

// lineReader is the recogniser of lines.
type lineReader struct {
	session    *ort.DynamicAdvancedSession
	characters []string
}

// startRuntime loads ONNX Runtime, once a process.
var startRuntime = sync.OnceValue(func() error {
	ort.SetSharedLibraryPath(filepath.Join(LinesDir(), linesLibrary))
	return ort.InitializeEnvironment(ort.WithLogLevelError())
})

// newLineReader loads the recogniser from its folder.
func newLineReader(dir string) (*lineReader, error) {
	if err := startRuntime(); err != nil {
		return nil, fmt.Errorf("the recogniser of lines cannot start (make setup installs it anew; HEQUAN_LINES names its folder): %w", err)
	}
	f, err := os.Open(filepath.Join(dir, linesCharacters))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l := &lineReader{characters: []string{""}} // the first output is none
	for s := bufio.NewScanner(f); s.Scan(); {
		l.characters = append(l.characters, s.Text())
	}
	l.characters = append(l.characters, " ")
	options, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	defer func() { _ = options.Destroy() }()
	// One thread, and no memory kept for the next line: lines are of many lengths.
	err = errors.Join(options.SetIntraOpNumThreads(1), options.SetInterOpNumThreads(1), options.SetCpuMemArena(false), options.SetMemPattern(false))
	if err != nil {
		return nil, err
	}
	model, err := lighterModel(filepath.Join(dir, linesModel), len(l.characters))
	if err != nil {
		return nil, err
	}
	l.session, err = ort.NewDynamicAdvancedSessionWithONNXData(model.data, []string{model.in}, []string{model.out}, options)
	return l, err
}

// model is a model as it is given to ONNX Runtime, with the names of what it takes and gives.
type model struct {
	data    []byte
	in, out string
}

// lighterModel reads a model that tells so many characters apart and folds it.
func lighterModel(path string, characters int) (model, error) {
	var m model
	err := mapped.Look(path, func(data []byte) error {
		w, err := readNetwork(data)
		if err != nil {
			return fmt.Errorf("%s: %w: make setup installs it anew", path, err)
		}
		if w.wide != characters {
			return fmt.Errorf("%s is not the model of %d characters that %s lists: make setup installs both anew", linesModel, characters-2, linesCharacters)
		}
		w.fold()
		m = model{w.write(), w.in, w.out}
		return nil
	})
	return m, err
}

func (l *lineReader) close() { _ = l.session.Destroy() }

// read recognises one line. A symbol's rectangle is as high as the line and as wide as a step
// or more of the net; only its middle is worth something.
func (l *lineReader) read(line *image.Gray) (out []Symbol, err error) {
	err = l.steps(line, func(steps []float32, width int) { out = l.symbols(steps, line.Rect, width) })
	return out, err
}

// steps runs the net over one line and hands on, for each step across, the likelihood of each character, and
// the line's width in the net's picture. What is handed on is gone afterwards.
func (l *lineReader) steps(line *image.Gray, use func(steps []float32, width int)) error {
	b := line.Rect
	width := min(linesWidest, max(linesStep, b.Dx()*linesHeight/b.Dy()))
	scaled := image.NewGray(image.Rect(0, 0, width, linesHeight))
	draw.CatmullRom.Scale(scaled, scaled.Rect, line, b, draw.Src, nil)
	padded := (width + 31) / 32 * 32
	data := make([]float32, 3*linesHeight*padded)
	plane := linesHeight * padded
	for y := range linesHeight {
		for x := range width {
			v := float32(scaled.Pix[y*scaled.Stride+x])/127.5 - 1
			data[y*padded+x], data[plane+y*padded+x], data[2*plane+y*padded+x] = v, v, v
		}
	}
	in, err := ort.NewTensor(ort.NewShape(1, 3, linesHeight, int64(padded)), data)
	if err != nil {
		return err
	}
	defer func() { _ = in.Destroy() }()
	outputs := []ort.Value{nil}
	if err := l.session.Run([]ort.Value{in}, outputs); err != nil {
		return err
	}
	defer func() { _ = outputs[0].Destroy() }()
	out, ok := outputs[0].(*ort.Tensor[float32])
	if !ok {
		return fmt.Errorf("the recogniser of lines gives %T", outputs[0])
	}
	use(out.GetData(), width)
	return nil
}

// symbols takes the likeliest character of each step: a character is what several steps in
// a row give, two alike are parted by none.
func (l *lineReader) symbols(steps []float32, line image.Rectangle, width int) []Symbol {
	var out []Symbol
	last, n := 0, len(l.characters)
	scale := float64(line.Dx()) / float64(width)
	for t := range len(steps) / n {
		best := 0
		for c, p := range steps[t*n : (t+1)*n] {
			if p > steps[t*n+best] {
				best = c
			}
		}
		x0, x1 := line.Min.X+int(float64(t*linesStep)*scale), line.Min.X+int(float64((t+1)*linesStep)*scale)
		sure := float64(steps[t*n+best])
		switch {
		case best == 0:
		case best == last:
			s := &out[len(out)-1]
			s.Rect.Max.X, s.Confidence = x1, max(s.Confidence, sure)
		default:
			out = append(out, Symbol{Text: l.characters[best], Rect: image.Rect(x0, line.Min.Y, x1, line.Max.Y), Confidence: sure, NewLine: len(out) == 0})
		}
		last = best
	}
	return withoutSpaces(out)
}

// withoutSpaces drops spaces; what stands behind one begins a word.
func withoutSpaces(symbols []Symbol) []Symbol {
	out := symbols[:0]
	space := false
	for _, s := range symbols {
		if strings.TrimSpace(s.Text) == "" {
			space = true
			continue
		}
		s.NewWord, space = space, false
		out = append(out, s)
	}
	return out
}
