package ocr

import "slices"

// fold makes a model of lines lighter that says the same. Behind each of its 28 large
// convolutions stands y = s·hardswish(t·x + u) + v, s, t, u and v single numbers, written as eight
// operations, each of which goes over all of a picture, and for which ONNX Runtime turns the picture out of
// the order of its pixels in which convolutions are quickest. Here t and u go into the convolution's own
// numbers; hardswish, x·hardsigmoid(x), is a product with a convolution of single pixels, whose activation is
// hardsigmoid; s and v go into the numbers of the next convolution or, where that one sees margins of zeros, are
// one of single pixels. fold returns how many it changed. What the model says differs by rounding alone.
func (w *network) fold() int {
	f := folder{made: map[string]*operation{}, users: map[string][]*operation{}}
	for _, o := range w.nodes {
		for _, name := range o.out {
			f.made[name] = o
		}
		for _, name := range o.in {
			f.users[name] = append(f.users[name], o)
		}
	}
	var all []swish
	for _, o := range w.nodes {
		if s, ok := f.find(o); ok {
			all = append(all, s)
		}
	}
	for _, s := range all {
		f.fold(s)
	}
	for _, o := range w.nodes {
		if o.weights != nil {
			weights, bias := o.out[0]+"/weights", o.out[0]+"/bias"
			o.before = append(o.before, constant(weights, o.weights), constant(bias, o.bias))
			o.in, o.written = []string{o.in[0], weights, bias}, nil
		}
	}
	return len(all)
}

// folder knows which operations make and use what.
type folder struct {
	made  map[string]*operation
	users map[string][]*operation
}

// swish is a convolution with what stands behind it.
type swish struct {
	conv       *operation
	t, u, s, v float64
	x, y       string       // what goes into hardswish, and what comes out behind v
	between    []*operation // from t to v
}

// find looks for the operations behind a convolution.
func (f folder) find(conv *operation) (swish, bool) {
	s := swish{conv: conv}
	if conv.op != "Conv" || !f.hasNumbers(conv) {
		return s, false
	}
	at, ok := conv.out[0], true
	step := func(op string) (value float64) { // the only user, beside what it has a single number
		value = 0
		if users := f.users[at]; ok && len(users) == 1 && users[0].op == op {
			if value, ok = f.single(users[0], at); ok {
				s.between, at = append(s.between, users[0]), users[0].out[0]
			}
			return value
		}
		ok = false
		return value
	}
	s.t, s.u = step("Mul"), step("Add")
	s.x = at
	users := f.users[at]
	if !ok || len(users) != 2 || users[0].op != "Add" || users[1].op != "Mul" {
		return s, false
	}
	product := users[1]
	three, known := f.single(users[0], at)
	clip := f.users[users[0].out[0]]
	if !known || three != 3 || len(clip) != 1 || clip[0].op != "Clip" || clip[0].float("min") != 0 || clip[0].float("max") != 6 {
		return s, false
	}
	if to := f.users[clip[0].out[0]]; len(to) != 1 || to[0] != product {
		return s, false
	}
	s.between = append(s.between, users[0], clip[0], product)
	at = product.out[0]
	six := step("Div")
	s.s, s.v = step("Mul"), step("Add")
	s.y = at
	return s, ok && six == 6
}

// single is the number that an operation of two has beside what it is given by name.
func (f folder) single(o *operation, beside string) (float64, bool) {
	if len(o.in) != 2 {
		return 0, false
	}
	other := o.in[1]
	if other == beside && o.op != "Div" {
		other = o.in[0]
	}
	if raw := f.floats(other); len(raw) == 4 {
		return float64(readTensor(f.made[other].tensor).values[0]), true
	}
	return 0, false
}

// floats are the bytes of a constant array, nil where there is none.
func (f folder) floats(name string) []byte {
	if f.made[name] == nil {
		return nil
	}
	_, raw := floats(f.made[name].tensor)
	return raw
}

// hasNumbers says whether a convolution's own numbers are known.
func (f folder) hasNumbers(conv *operation) bool {
	for _, name := range conv.in[1:] {
		if f.floats(name) == nil {
			return false
		}
	}
	return len(conv.in) == 2 || len(conv.in) == 3
}

// take copies a convolution's numbers, to be changed.
func (f folder) take(conv *operation) {
	if conv.weights != nil {
		return
	}
	conv.weights = readTensor(f.made[conv.in[1]].tensor)
	dims := conv.weights.dims[:1]
	if conv.bias = (&tensor{dims, make([]float32, dims[0])}); len(conv.in) == 3 {
		conv.bias = readTensor(f.made[conv.in[2]].tensor)
	}
}

func (f folder) fold(s swish) {
	f.take(s.conv)
	for i, x := range s.conv.weights.values {
		s.conv.weights.values[i] = float32(float64(x) * s.t)
	}
	for i, x := range s.conv.bias.values {
		s.conv.bias.values[i] = float32(float64(x)*s.t + s.u)
	}
	for _, o := range s.between {
		o.gone = true
	}
	s.conv.out, s.conv.written = []string{s.x}, nil
	channels := s.conv.weights.dims[0]
	gate, product := s.x+"/gate", s.x+"/product"
	soft := &operation{op: "HardSigmoid", in: []string{gate + "/x"}, out: []string{gate}, attributes: map[string][]byte{}}
	soft.setFloat("alpha", 1.0/6)
	soft.setFloat("beta", 0.5)
	s.conv.after = append(s.conv.after, pixels(s.x, gate+"/x", channels, 1, 0), soft, &operation{op: "Mul", in: []string{s.x, gate}, out: []string{product}})
	if next := f.users[s.y]; len(next) == 1 && next[0].op == "Conv" && next[0].in[0] == s.y && f.hasNumbers(next[0]) && seesNoMargin(next[0]) {
		f.take(next[0])
		next[0].takeInstead(s.s, s.v)
		next[0].in[0] = product
		return
	}
	s.conv.after = append(s.conv.after, pixels(product, s.y, channels, s.s, s.v))
}

// seesNoMargin says whether a convolution sees all channels, and no margin of zeros.
func seesNoMargin(conv *operation) bool {
	for _, p := range conv.ints("pads") {
		if p != 0 {
			return false
		}
	}
	return slices.Equal(conv.ints("group"), []int64{1})
}

// takeInstead changes a convolution's numbers so that it makes of x what it made of s·x + v.
func (conv *operation) takeInstead(s, v float64) {
	each := len(conv.weights.values) / len(conv.bias.values)
	for i := range conv.bias.values {
		sum := 0.0
		for k, x := range conv.weights.values[i*each : (i+1)*each] {
			sum += float64(x)
			conv.weights.values[i*each+k] = float32(float64(x) * s)
		}
		conv.bias.values[i] = float32(float64(conv.bias.values[i]) + v*sum)
	}
}

// pixels is a convolution of single pixels and channels: s·x + v.
func pixels(in, out string, channels int64, s, v float64) *operation {
	o := &operation{op: "Conv", in: []string{in, out + "/weights", out + "/bias"}, out: []string{out}, attributes: map[string][]byte{}}
	o.setInts("kernel_shape", 1, 1)
	o.setInts("strides", 1, 1)
	o.setInts("dilations", 1, 1)
	o.setInts("pads", 0, 0, 0, 0)
	o.setInt("group", channels)
	w, b := &tensor{[]int64{channels, 1, 1, 1}, make([]float32, channels)}, &tensor{[]int64{channels}, make([]float32, channels)}
	for i := range w.values {
		w.values[i], b.values[i] = float32(s), float32(v)
	}
	o.before = []*operation{constant(o.in[1], w), constant(o.in[2], b)}
	return o
}
