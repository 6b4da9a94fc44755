package ocr

import (
	"encoding/binary"
	"errors"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// network is a model as ONNX writes it, taken apart as far as fold needs it. What is
// not looked at is kept as it was read.
type network struct {
	rest    []byte // the model's fields but the graph
	graph   []byte // the graph's fields but its nodes
	nodes   []*operation
	in, out string // the names of input and output, the last of several
	wide    int    // what the output's last dimension is; 0: it is not fixed
}

// operation is a node of the graph.
type operation struct {
	op         string
	in, out    []string
	attributes map[string][]byte // by name, each as it is written
	tensor     []byte            // of a Constant, as it is written

	written       []byte       // as it was read; nil: it is written anew
	weights, bias *tensor      // of a convolution that was changed
	before, after []*operation // what was put there
	gone          bool
}

// tensor is an array of float32.
type tensor struct {
	dims   []int64
	values []float32
}

// The numbers of the fields of onnx.proto that are looked at.
const (
	modelGraph                                                   = 7
	graphNode, graphInput, graphOutput                           = 1, 11, 12
	nodeInput, nodeOutput, nodeName, nodeOp, nodeAttribute       = 1, 2, 3, 4, 5
	attributeName, attributeFloat, attributeInt, attributeTensor = 1, 2, 3, 5
	attributeInts, attributeType                                 = 8, 20
	tensorDims, tensorType, tensorRaw                            = 1, 2, 9
	tensorOfFloat                                                = 1
)

var errNetwork = errors.New("this is no model of ONNX")

// fields calls f with each field of a message, as it is written, and with the bytes or number that it holds.
func fields(message []byte, f func(number protowire.Number, written, value []byte, n uint64) error) error {
	for len(message) > 0 {
		number, kind, tag := protowire.ConsumeTag(message)
		if tag < 0 {
			return errNetwork
		}
		size := protowire.ConsumeFieldValue(number, kind, message[tag:])
		if size < 0 {
			return errNetwork
		}
		held := message[tag : tag+size]
		var value []byte
		var n uint64
		switch kind {
		case protowire.BytesType:
			value, _ = protowire.ConsumeBytes(held)
		case protowire.VarintType:
			n, _ = protowire.ConsumeVarint(held)
		case protowire.Fixed32Type:
			x, _ := protowire.ConsumeFixed32(held)
			n = uint64(x)
		}
		if err := f(number, message[:tag+size], value, n); err != nil {
			return err
		}
		message = message[tag+size:]
	}
	return nil
}

// last is the last field of a number in a message, of that the last of the next number, and so on.
func last(message []byte, path ...protowire.Number) (value []byte, n uint64) {
	_ = fields(message, func(number protowire.Number, _, v []byte, x uint64) error {
		if number == path[0] {
			value, n = v, x
		}
		return nil
	})
	if len(path) > 1 {
		return last(value, path[1:]...)
	}
	return value, n
}

// readNetwork takes a model apart; what it keeps of it are slices of data.
func readNetwork(data []byte) (*network, error) {
	w := &network{}
	err := fields(data, func(number protowire.Number, written, value []byte, _ uint64) error {
		if number != modelGraph {
			w.rest = append(w.rest, written...)
			return nil
		}
		return fields(value, func(number protowire.Number, written, value []byte, _ uint64) error {
			name, _ := last(value, 1)
			switch number {
			case graphNode:
				o, err := readOperation(value)
				o.written = written
				w.nodes = append(w.nodes, o)
				return err
			case graphInput:
				w.in = string(name)
			case graphOutput:
				_, dim := last(value, 2, 1, 2, 1, 1) // type, tensor, shape, the last dimension's value
				w.out, w.wide = string(name), int(dim)
			}
			w.graph = append(w.graph, written...)
			return nil
		})
	})
	if err == nil && len(w.nodes) == 0 {
		err = errNetwork
	}
	return w, err
}

func readOperation(message []byte) (*operation, error) {
	o := &operation{attributes: map[string][]byte{}}
	err := fields(message, func(number protowire.Number, _, value []byte, _ uint64) error {
		switch number {
		case nodeInput:
			o.in = append(o.in, string(value))
		case nodeOutput:
			o.out = append(o.out, string(value))
		case nodeOp:
			o.op = string(value)
		case nodeAttribute:
			name, _ := last(value, attributeName)
			o.attributes[string(name)] = value
		}
		return nil
	})
	if o.op == "Constant" {
		o.tensor, _ = last(o.attributes["value"], attributeTensor)
	}
	return o, err
}

// floats are the dimensions of an array of float32 and its bytes; nil for what is none, or is not written byte by byte.
func floats(message []byte) (dims []int64, raw []byte) {
	size := int64(1)
	err := fields(message, func(number protowire.Number, _, value []byte, n uint64) error {
		if number == tensorDims {
			for _, d := range numbers(value, n) {
				dims, size = append(dims, d), size*d
			}
		}
		return nil
	})
	raw, _ = last(message, tensorRaw)
	if _, kind := last(message, tensorType); err != nil || kind != tensorOfFloat || int64(len(raw)) != 4*size {
		return nil, nil
	}
	return dims, raw
}

// readTensor reads an array of float32. Of a model of ten megabytes most are never looked at.
func readTensor(message []byte) *tensor {
	dims, raw := floats(message)
	t := &tensor{dims, make([]float32, len(raw)/4)}
	for i := range t.values {
		t.values[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return t
}

// numbers are the whole numbers of a repeated field, which are written together or one by one.
func numbers(packed []byte, single uint64) (list []int64) {
	if packed == nil {
		return []int64{int64(single)}
	}
	for len(packed) > 0 {
		x, size := protowire.ConsumeVarint(packed)
		if size < 0 {
			return nil
		}
		list, packed = append(list, int64(x)), packed[size:]
	}
	return list
}

// ints are the whole numbers of an attribute, one or several.
func (o *operation) ints(name string) (list []int64) {
	_ = fields(o.attributes[name], func(number protowire.Number, _, value []byte, n uint64) error {
		if number == attributeInt || number == attributeInts {
			list = append(list, numbers(value, n)...)
		}
		return nil
	})
	return list
}

// float is the number of an attribute, 0 where there is none.
func (o *operation) float(name string) float64 {
	_, n := last(o.attributes[name], attributeFloat)
	return float64(math.Float32frombits(uint32(n)))
}
