package ocr

import (
	"image"
	"math"
	"slices"
	"sort"
)

// Lexicon is a set of words of which a line holds one: a line is asked which, instead of what it says.
// A character that is half hidden, or taken for another one when nothing is expected, still tells the
// words apart. It is not safe for concurrent use.
type Lexicon struct {
	nodes  []lexNode
	alike  map[rune][]rune
	inside map[rune]bool // never stands beside a word: it would be a part of it

	// Of the recogniser that asked last: its outputs for each character of the words, and which may stand beside one.
	characters []string
	outputs    map[rune][]int
	beside     []bool
}

type lexNode struct {
	r    rune
	word string // that ends here
	next []int
}

// NewLexicon makes a lexicon of words. Alike gives characters that the recogniser reads for
// another; none of the characters of inside stands before or behind a word.
func NewLexicon(words []string, alike map[rune]string, inside string) *Lexicon {
	l := &Lexicon{nodes: []lexNode{{}}, alike: map[rune][]rune{}, inside: map[rune]bool{}}
	for r, others := range alike {
		l.alike[r] = []rune(others)
	}
	for _, r := range inside {
		l.inside[r] = true
	}
	for _, word := range words {
		at := 0
		for _, r := range word {
			at = l.child(at, r)
		}
		l.nodes[at].word = word
	}
	return l
}

func (l *Lexicon) child(at int, r rune) int {
	for _, k := range l.nodes[at].next {
		if l.nodes[k].r == r {
			return k
		}
	}
	l.nodes = append(l.nodes, lexNode{r: r})
	k := len(l.nodes) - 1
	l.nodes[at].next = append(l.nodes[at].next, k)
	return k
}

// Spelled is a word that a line may hold. Cost is by how much less likely the line is with the
// word in it than read freely (difference of natural logarithms, ≥ 0); From and To are where the word
// stands across, in pixels of the picture.
type Spelled struct {
	Word     string
	Cost     float64
	From, To int
}

// Spell implements Engine.
func (t *Tesseract) Spell(r image.Rectangle, lexicon *Lexicon) ([]Spelled, error) {
	if r = r.Intersect(t.picture.Rect); r.Dx() < 3 || r.Dy() < 3 {
		return nil, nil
	}
	l, err := t.lineReader()
	if l == nil || err != nil {
		return nil, err
	}
	line := t.picture.SubImage(r).(*image.Gray)
	var found []Spelled
	scale := 1.0
	err = l.steps(line, func(steps []float32, width int) {
		found, scale = lexicon.spell(steps, l.characters), float64(line.Rect.Dx())/float64(width)
	})
	if err != nil {
		return nil, err
	}
	for i := range found {
		found[i].From, found[i].To = r.Min.X+int(float64(found[i].From*linesStep)*scale), min(r.Max.X, r.Min.X+int(float64(found[i].To*linesStep)*scale))
	}
	return found, nil
}

// What is followed, and how many words are given back.
const (
	lexBeam = 25.0 // natural logarithms behind the best
	lexMost = 8
)

// path is the likeliest way to a state: its logarithm, and the step at which the word began.
type path struct {
	log  float64
	from int
}

func (p path) or(o path) path {
	if o.log > p.log || o.log == p.log && o.from < p.from {
		return o
	}
	return p
}

var noPath = path{log: math.Inf(-1)}

// spell finds the likeliest words by the steps of a recogniser with these characters, of which
// the first is none and the last a space. From and To of what it returns are steps.
func (l *Lexicon) spell(steps []float32, characters []string) []Spelled {
	n := len(characters)
	count := len(steps) / n
	l.know(characters)
	// Read freely, and read as no part of a word, up to each step.
	free, outer := 0.0, make([]float64, count+1)
	for t := range count {
		row := steps[t*n : (t+1)*n]
		best, out := float32(0), float32(0)
		for c, p := range row {
			best = max(best, p)
			if l.beside[c] {
				out = max(out, p)
			}
		}
		free += logOf(best)
		outer[t+1] = outer[t] + logOf(out)
	}
	type state struct{ char, blank path }
	active := map[int]state{}
	ends := map[int]Spelled{}
	for t := range count {
		row := steps[t*n : (t+1)*n]
		logs := map[rune]float64{}
		log := func(r rune) float64 {
			v, ok := logs[r]
			if !ok {
				p := float32(0)
				for _, c := range l.outputs[r] {
					p += row[c]
				}
				v = logOf(p)
				logs[r] = v
			}
			return v
		}
		blank := logOf(row[0] + row[n-1]) // a space is none as well
		next := map[int]state{}
		reach := func(k int, from path) {
			s, ok := next[k]
			if !ok {
				s = state{noPath, noPath}
			}
			from.log += log(l.nodes[k].r)
			s.char = s.char.or(from)
			next[k] = s
		}
		for _, k := range l.nodes[0].next {
			reach(k, path{outer[t], t})
		}
		best := math.Inf(-1)
		for at, s := range active {
			if s.char.log > math.Inf(-1) {
				reach(at, s.char)
			}
			for _, k := range l.nodes[at].next {
				from := s.blank
				if l.nodes[k].r != l.nodes[at].r {
					from = from.or(s.char)
				}
				reach(k, from)
			}
			rest := s.blank.or(s.char)
			rest.log += blank
			stay, ok := next[at]
			if !ok {
				stay = state{noPath, noPath}
			}
			stay.blank = stay.blank.or(rest)
			next[at] = stay
		}
		for _, s := range next {
			best = max(best, s.char.log, s.blank.log)
		}
		best = max(best, outer[t+1])
		for at, s := range next {
			if max(s.char.log, s.blank.log) < best-lexBeam {
				delete(next, at)
				continue
			}
			if l.nodes[at].word == "" {
				continue
			}
			cost := free - (s.char.log + outer[count] - outer[t+1])
			if known, ok := ends[at]; !ok || cost < known.Cost {
				ends[at] = Spelled{Word: l.nodes[at].word, Cost: cost, From: s.char.from, To: t + 1}
			}
		}
		active = next
	}
	var out []Spelled
	for _, s := range ends {
		if !math.IsInf(s.Cost, 0) {
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Cost != out[j].Cost {
			return out[i].Cost < out[j].Cost
		}
		return out[i].Word < out[j].Word
	})
	return out[:min(len(out), lexMost)]
}

// know finds the outputs of a recogniser with these characters.
func (l *Lexicon) know(characters []string) {
	if slices.Equal(l.characters, characters) {
		return
	}
	index := map[string]int{}
	l.characters, l.outputs, l.beside = characters, map[rune][]int{}, make([]bool, len(characters))
	for c, s := range characters {
		if _, ok := index[s]; !ok {
			index[s] = c
		}
		l.beside[c] = c == 0 || !l.inside[[]rune(s + " ")[0]]
	}
	for _, node := range l.nodes[1:] {
		if _, ok := l.outputs[node.r]; ok {
			continue
		}
		for _, r := range append([]rune{node.r}, l.alike[node.r]...) {
			if c, ok := index[string(r)]; ok {
				l.outputs[node.r] = append(l.outputs[node.r], c)
			}
		}
	}
}

// logOf is a logarithm that no single step decides.
func logOf(p float32) float64 { return math.Log(max(1e-6, min(1, float64(p)))) }
