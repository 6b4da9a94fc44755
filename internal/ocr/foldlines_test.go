package ocr

import (
	"image"
	"math"
	"path/filepath"
	"testing"

	ort "github.com/yalue/onnxruntime_go"
)

// TestFoldedLinesSayTheSame compares the model as it is run with the model as it is installed.
func TestFoldedLinesSayTheSame(t *testing.T) {
	withLines(t)
	light, err := newLineReader(LinesDir())
	if err != nil {
		t.Fatal(err)
	}
	defer light.close()
	path := filepath.Join(LinesDir(), linesModel)
	in, out, err := ort.GetInputOutputInfo(path)
	if err != nil {
		t.Fatal(err)
	}
	session, err := ort.NewDynamicAdvancedSession(path, []string{in[0].Name}, []string{out[0].Name}, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := &lineReader{session: session, characters: light.characters}
	defer whole.close()
	for _, text := range []string{"北京启宸文化科技有限公司", "91110302MAQ22RU95X", "¥1,367,811.37", "2026"} {
		page := line(t, text)
		crop := page.SubImage(image.Rect(20, 22, printedTo(page)+10, 74)).(*image.Gray)
		want, err := whole.read(crop)
		if err != nil {
			t.Fatal(err)
		}
		got, err := light.read(crop)
		if err != nil || len(got) != len(want) || len(got) == 0 {
			t.Fatalf("%q: %d symbols, %v; want %d", text, len(got), err, len(want))
		}
		for i := range got {
			if got[i].Text != want[i].Text || got[i].Rect != want[i].Rect || math.Abs(got[i].Confidence-want[i].Confidence) > 1e-4 {
				t.Errorf("%q: symbol %+v, want %+v", text, got[i], want[i])
			}
		}
	}
}

// TestAllIsFolded: nothing of the installed model is left as slow as it was.
func TestAllIsFolded(t *testing.T) {
	withLines(t)
	m, err := lighterModel(filepath.Join(LinesDir(), linesModel), 6625)
	if err != nil {
		t.Fatal(err)
	}
	w, err := readNetwork(m.data)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, o := range w.nodes {
		count[o.op]++
	}
	if count["Clip"] != 0 || count["HardSigmoid"] != 28+2 { // two are the model's own
		t.Errorf("%d Clip and %d HardSigmoid are left", count["Clip"], count["HardSigmoid"])
	}
	if _, err := lighterModel(filepath.Join(LinesDir(), linesModel), 6624); err == nil {
		t.Error("a model of more characters than are listed is taken")
	}
}

// swished is a network of one convolution of two channels with a hardswish of the given bounds behind it, and another
// convolution with the given margin behind that.
func swished(highest float32, margin int64) *network {
	one := func(name string, x float32) *operation { return constant(name, &tensor{[]int64{1}, []float32{x}}) }
	op := func(kind, out string, in ...string) *operation {
		return &operation{op: kind, in: in, out: []string{out}, attributes: map[string][]byte{}}
	}
	conv, clip, next := op("Conv", "c", "x", "w"), op("Clip", "clip", "more"), op("Conv", "z", "y", "w")
	clip.setFloat("min", 0)
	clip.setFloat("max", highest)
	next.setInts("pads", margin, margin, margin, margin)
	next.setInt("group", 1)
	return &network{in: "x", out: "z", nodes: []*operation{
		constant("w", &tensor{[]int64{2, 2, 1, 1}, []float32{1, 2, 3, 4}}),
		one("t", 2), one("u", 5), one("s", 10), one("v", 1), one("three", 3), one("six", 6),
		conv, op("Mul", "tx", "t", "c"), op("Add", "a", "tx", "u"), op("Add", "more", "a", "three"), clip,
		op("Mul", "product", "a", "clip"), op("Div", "sixth", "product", "six"), op("Mul", "sx", "s", "sixth"), op("Add", "y", "sx", "v"), next,
	}}
}

func TestFold(t *testing.T) {
	if n := swished(5, 0).fold(); n != 0 {
		t.Errorf("what is no hardswish is folded %d times", n)
	}
	for margin, want := range map[int64][]float32{0: {10, 20, 30, 40}, 1: {1, 2, 3, 4}} {
		w := swished(6, margin)
		if n := w.fold(); n != 1 {
			t.Fatalf("margin %d: folded %d times", margin, n)
		}
		again, err := readNetwork(w.write())
		if err != nil {
			t.Fatal(err)
		}
		made := map[string]*operation{}
		for _, o := range again.nodes {
			made[o.out[0]] = o
		}
		numbers := func(conv string, input int) []float32 { return readTensor(made[made[conv].in[input]].tensor).values }
		same(t, "weights", numbers("a", 1), []float32{2, 4, 6, 8})
		same(t, "bias", numbers("a", 2), []float32{5, 5})
		same(t, "weights of the next", numbers("z", 1), want)
		if margin == 0 {
			same(t, "bias of the next", numbers("z", 2), []float32{3, 7})
		} else {
			same(t, "of single pixels", numbers("y", 1), []float32{10, 10})
			same(t, "bias of single pixels", numbers("y", 2), []float32{1, 1})
		}
	}
}

func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
}

func TestNoNetwork(t *testing.T) {
	for _, data := range [][]byte{nil, {0xff}, []byte("this is text"), bytesField(nil, modelGraph, []byte{1})} {
		if w, err := readNetwork(data); err == nil {
			t.Errorf("%q is a model of %d operations", data, len(w.nodes))
		}
	}
}
