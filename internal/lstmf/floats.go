package lstmf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// What WeightMatrix::Serialize and LSTMRecognizer::Serialize mark integers by.
const (
	integers = 1  // of a matrix
	intMode  = 1  // of the whole model
	layered  = 64 // a rate for each layer follows the layers
)

// maxWeights bounds a matrix: 16 million weights, ten times the largest of
// Tesseract's models.
const maxWeights = 1 << 24

// errShort is the end of a model before its layers end.
var errShort = errors.New("the model ends early")

// Floats turns the network component of a model in integers (.lstm, as
// combine_tessdata -u unpacks it) into one in floating point, which lstmtraining
// goes on from. Nothing is lost but what rounding to integers lost: each
// weight is its integer times its row's scale. The layout is that of
// Network::CreateFromFile of Tesseract 5, little endian.
func Floats(model []byte) ([]byte, error) {
	c := &converter{in: model}
	c.network(0)
	c.text() // the specification of the net
	flags := c.number()
	if c.err != nil {
		return nil, c.err
	}
	binary.LittleEndian.PutUint32(c.out[len(c.out)-4:], flags&^intMode)
	return append(c.out, c.in...), nil
}

// converter copies a model from in to out; after the first error it does
// nothing.
type converter struct {
	in, out []byte
	err     error
}

// copy takes n bytes over and returns them.
func (c *converter) copy(n int) []byte {
	if c.err == nil && (n < 0 || n > len(c.in)) {
		c.err = errShort
	}
	if c.err != nil {
		return make([]byte, 4)
	}
	b := c.in[:n]
	c.in, c.out = c.in[n:], append(c.out, b...)
	return b
}

func (c *converter) number() uint32 { return binary.LittleEndian.Uint32(c.copy(4)) }

func (c *converter) text() string {
	n := c.number()
	if n > maxWeights {
		n = maxWeights
	}
	return string(c.copy(int(n)))
}

func (c *converter) network(depth int) {
	if c.copy(1)[0] != 0 || depth > 20 {
		c.fail("it is no network of Tesseract 4 or 5")
	}
	kind := c.text()
	c.copy(2) // training, back-propagation
	flags := c.number()
	c.copy(12) // inputs, outputs, weights
	c.text()   // name
	if c.err != nil {
		return
	}
	switch kind {
	case "Series", "Parallel", "Replicated", "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM", "RTLReversed", "TTBReversed", "XYTranspose":
		n := c.number()
		for i := uint32(0); i < n && c.err == nil; i++ {
			c.network(depth + 1)
		}
		if flags&layered != 0 {
			c.copy(4 * int(min(c.number(), maxWeights)))
		}
	case "Input":
		c.copy(20)
	case "Convolve", "Maxpool", "Reconfig":
		c.copy(8)
	case "LSTM", "SummLSTM":
		c.copy(4)
		for range 4 { // input, and the gates of input, forgetting, output; nets that read both ways at once have a fifth
			c.matrix()
		}
	case "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax", "SoftmaxNoCTC":
		c.matrix()
	default:
		c.fail(fmt.Sprintf("a layer %q is not known", kind))
	}
}

// matrix writes weights as floating point: rows × columns, then one scale a
// row.
func (c *converter) matrix() {
	at := len(c.out)
	mode := c.copy(1)[0]
	if c.err == nil && mode&integers == 0 {
		c.fail("its weights are no integers")
	}
	rows, columns := int(c.number()), int(c.number())
	if c.err == nil && (rows <= 0 || columns <= 0 || rows > maxWeights/columns) {
		c.fail(fmt.Sprintf("a matrix of %d × %d", rows, columns))
	}
	if c.err != nil {
		return
	}
	c.copy(1) // the empty element
	weights := c.copy(rows * columns)
	n := int(c.number())
	if c.err == nil && n < rows {
		c.fail(fmt.Sprintf("%d scales for %d rows", n, rows))
	}
	scales := c.copy(8 * min(n, maxWeights))
	if c.err != nil {
		return
	}
	c.out = append(c.out[:at], mode&^integers)
	c.out = binary.LittleEndian.AppendUint32(c.out, uint32(rows))
	c.out = binary.LittleEndian.AppendUint32(c.out, uint32(columns))
	c.out = append(c.out, make([]byte, 8)...) // the empty element
	for row := range rows {
		scale := math.Float64frombits(binary.LittleEndian.Uint64(scales[8*row:]))
		for _, w := range weights[row*columns : (row+1)*columns] {
			c.out = binary.LittleEndian.AppendUint64(c.out, math.Float64bits(float64(int8(w))*scale))
		}
	}
}

func (c *converter) fail(why string) {
	if c.err == nil {
		c.err = errors.New(why)
	}
}
