package ocr

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// write puts the model together, in one piece of memory.
func (w *network) write() []byte {
	const head = 16 // bytes before the graph for its tag and length, at most
	size := head + len(w.graph) + len(w.rest)
	for _, o := range w.nodes {
		size += len(o.written)
	}
	all := make([]byte, head, size+size/8)
	for _, o := range w.nodes {
		all = o.write(all)
	}
	all = append(all, w.graph...)
	begin := protowire.AppendVarint(protowire.AppendTag(nil, modelGraph, protowire.BytesType), uint64(len(all)-head))
	copy(all[head-len(begin):], begin)
	return append(all, w.rest...)[head-len(begin):]
}

// write appends an operation, and what was put beside it, to a graph.
func (o *operation) write(to []byte) []byte {
	for _, x := range o.before {
		to = x.write(to)
	}
	switch {
	case o.gone:
	case o.written != nil:
		to = append(to, o.written...)
	default:
		var m []byte
		for _, name := range o.in {
			m = bytesField(m, nodeInput, []byte(name))
		}
		for _, name := range o.out {
			m = bytesField(m, nodeOutput, []byte(name))
		}
		m = bytesField(m, nodeName, []byte(o.op+" "+o.out[0]))
		m = bytesField(m, nodeOp, []byte(o.op))
		for _, name := range slices.Sorted(maps.Keys(o.attributes)) {
			m = bytesField(m, nodeAttribute, o.attributes[name])
		}
		to = bytesField(to, graphNode, m)
	}
	for _, x := range o.after {
		to = x.write(to)
	}
	return to
}

// The kinds of attributes.
const (
	kindFloat, kindInt, kindTensor, kindInts = 1, 2, 4, 7
)

func (o *operation) setInts(name string, list ...int64) {
	var packed []byte
	for _, x := range list {
		packed = protowire.AppendVarint(packed, uint64(x))
	}
	o.attributes[name] = bytesField(attribute(name, kindInts), attributeInts, packed)
}

func (o *operation) setInt(name string, x int64) {
	a := protowire.AppendTag(attribute(name, kindInt), attributeInt, protowire.VarintType)
	o.attributes[name] = protowire.AppendVarint(a, uint64(x))
}

func (o *operation) setFloat(name string, x float32) {
	a := protowire.AppendTag(attribute(name, kindFloat), attributeFloat, protowire.Fixed32Type)
	o.attributes[name] = protowire.AppendFixed32(a, math.Float32bits(x))
}

// attribute begins one.
func attribute(name string, kind uint64) []byte {
	a := bytesField(nil, attributeName, []byte(name))
	return protowire.AppendVarint(protowire.AppendTag(a, attributeType, protowire.VarintType), kind)
}

func bytesField(to []byte, number protowire.Number, value []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(to, number, protowire.BytesType), value)
}

// constant makes an operation that gives an array.
func constant(name string, t *tensor) *operation {
	var m []byte
	for _, d := range t.dims {
		m = protowire.AppendVarint(protowire.AppendTag(m, tensorDims, protowire.VarintType), uint64(d))
	}
	m = protowire.AppendVarint(protowire.AppendTag(m, tensorType, protowire.VarintType), tensorOfFloat)
	raw := make([]byte, 4*len(t.values))
	for i, x := range t.values {
		binary.LittleEndian.PutUint32(raw[4*i:], math.Float32bits(x))
	}
	m = bytesField(m, tensorRaw, raw)
	return &operation{op: "Constant", out: []string{name}, tensor: m,
		attributes: map[string][]byte{"value": bytesField(attribute("value", kindTensor), attributeTensor, m)}}
}
