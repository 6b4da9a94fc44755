package lstmf

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"testing"
)

// component returns a part of a .traineddata file: how many parts, where each
// begins (-1: absent), the parts.
func component(t testing.TB, name string, part int) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	n := int(binary.LittleEndian.Uint32(b))
	at := func(i int) int64 { return int64(binary.LittleEndian.Uint64(b[4+8*i:])) }
	end := int64(len(b))
	for i := part + 1; i < n; i++ {
		if at(i) >= 0 {
			end = at(i)
			break
		}
	}
	return b[at(part):end]
}

const (
	networkPart    = 17
	unicharsetPart = 21
	recoderPart    = 22
)

// integersOf turns the floats of a matrix back: each row has its largest
// weight at 127, as Tesseract rounds.
func integersOf(floats []byte, rows, columns int) []int8 {
	var out []int8
	for r := range rows {
		row := make([]float64, columns)
		largest := 0.0
		for c := range row {
			row[c] = math.Float64frombits(binary.LittleEndian.Uint64(floats[8*(r*columns+c):]))
			largest = max(largest, math.Abs(row[c]))
		}
		for _, w := range row {
			out = append(out, int8(math.Round(w/largest*127)))
		}
	}
	return out
}

func TestFloats(t *testing.T) {
	for _, net := range []string{"numbers-a", "numbers-b"} {
		model := component(t, "../ocr/models/"+net+".traineddata", networkPart)
		floats, err := Floats(model)
		if err != nil {
			t.Fatal(err)
		}
		// The last matrix ends before the specification of the net.
		spec := bytes.LastIndex(model, []byte("[1,36"))
		after := bytes.LastIndex(floats, []byte("[1,36"))
		if spec < 0 || after < 0 {
			t.Fatalf("%s: the specification is gone", net)
		}
		if a, b := model[spec:], floats[after:]; len(a) != len(b) {
			t.Fatalf("%s: %d bytes follow the layers, %d before", net, len(b), len(a))
		}
		if len(floats) < 7*len(model) {
			t.Errorf("%s: %d bytes of integers became %d", net, len(model), len(floats))
		}
		at := bytes.LastIndex(model, []byte("Output"))
		out := bytes.LastIndex(floats, []byte("Output"))
		if at < 0 || out < 0 {
			t.Fatalf("%s: no output layer", net)
		}
		at, out = at+len("Output"), out+len("Output")
		rows, columns := int(binary.LittleEndian.Uint32(model[at+1:])), int(binary.LittleEndian.Uint32(model[at+5:]))
		weights := model[at+10:][:rows*columns] // mode, rows, columns, the empty element
		back := integersOf(floats[out+17:], rows, columns)
		for i, w := range back {
			if w != int8(weights[i]) {
				t.Fatalf("%s: weight %d of the output layer was %d and came back as %d", net, i, int8(weights[i]), w)
			}
		}
		if _, err := Floats(floats); err == nil {
			t.Errorf("%s: floats were taken for integers", net)
		}
		for _, n := range []int{0, 1, 30, len(model) / 2, spec + 3} {
			if _, err := Floats(model[:n]); err == nil {
				t.Errorf("%s: the first %d bytes were taken for a model", net, n)
			}
		}
	}
}

func TestWiden(t *testing.T) {
	const model = "../ocr/models/numbers-b.traineddata"
	set, recoder := component(t, model, unicharsetPart), component(t, model, recoderPart)
	before := int(binary.LittleEndian.Uint32(recoder))
	wide, codes, err := Widen(set, recoder, []rune("漱万岫漱"))
	if err != nil {
		t.Fatal(err)
	}
	if n := int(binary.LittleEndian.Uint32(codes)); n != before+2 {
		t.Errorf("%d characters are spelt, want %d", n, before+2)
	}
	if !bytes.HasPrefix(codes[4:], recoder[4:]) {
		t.Error("the old spellings changed")
	}
	a, err := outputs(recoder, before)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := outputs(codes, before+2); err != nil || b != a+2 {
		t.Errorf("%d outputs became %d (%v)", a, b, err)
	}
	for _, want := range []string{"\n漱 1 ", "\n岫 1 "} {
		if bytes.Count(wide, []byte(want)) != 1 {
			t.Errorf("%q is not in the set once", want)
		}
	}
	if again, _, err := Widen(wide, codes, []rune("漱岫")); err != nil || !bytes.Equal(again, wide) {
		t.Errorf("what is there was added again (%v)", err)
	}
	if _, _, err := Widen(set, recoder[:len(recoder)-3], nil); err == nil {
		t.Error("a recoder that ends early was taken")
	}
}
