package ocr

import (
	"image"
	"math"
	"slices"
	"sort"
	"unicode/utf8"
)

// Lexicon is a set of words of which a line holds one: a line is asked which, instead of what it says.
// A character that is half hidden, or taken for another one when nothing is expected, still tells the
// words apart. It is not safe for concurrent use.
type Lexicon struct {
	nodes  []lexNode // of the tree of words, as far as lines have led into it; the first is its root
	signs  []lexSign // the characters of its words
	signOf map[rune]int
	alike  map[rune][]rune
	inside map[rune]bool // never stands beside a word: it would be a part of it

	// Of the recogniser that asked last: its outputs by character, and which may stand beside a word.
	characters []string
	index      map[string]int
	beside     []bool
}

type lexNode struct {
	sign  int
	depth int      // bytes from the root to here
	word  string   // that ends here
	rest  []string // words that go on from here, until they are followed
	next  []int
}

// lexSign is a character of words, and the outputs of a recogniser that stand for it.
type lexSign struct {
	r       rune
	outputs []int
}

// NewLexicon makes a lexicon of words. Alike gives characters that the recogniser reads for
// another; none of the characters of inside stands before or behind a word.
func NewLexicon(words []string, alike map[rune]string, inside string) *Lexicon {
	l := &Lexicon{nodes: []lexNode{{rest: words}}, signOf: map[rune]int{}, alike: map[rune][]rune{}, inside: map[rune]bool{}}
	for r, others := range alike {
		l.alike[r] = []rune(others)
	}
	for _, r := range inside {
		l.inside[r] = true
	}
	return l
}

// next are the nodes behind a node: of a hundred thousand words a line leads to a few hundred.
func (l *Lexicon) next(at int) []int {
	depth, rest := l.nodes[at].depth, l.nodes[at].rest
	l.nodes[at].rest = nil
	child := map[rune]int{}
	for _, word := range rest {
		r, size := utf8.DecodeRuneInString(word[depth:])
		k, ok := child[r]
		if !ok {
			k = len(l.nodes)
			child[r] = k
			l.nodes = append(l.nodes, lexNode{sign: l.sign(r), depth: depth + size})
			l.nodes[at].next = append(l.nodes[at].next, k)
		}
		if n := &l.nodes[k]; len(word) == n.depth {
			n.word = word
		} else {
			n.rest = append(n.rest, word)
		}
	}
	return l.nodes[at].next
}

func (l *Lexicon) sign(r rune) int {
	k, ok := l.signOf[r]
	if !ok {
		k = len(l.signs)
		l.signOf[r] = k
		l.signs = append(l.signs, lexSign{r: r, outputs: l.outputsOf(r)})
	}
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
	var active, reached lexStates
	ends := map[int]Spelled{}
	logs, known := []float64{}, []bool{} // of each sign at a step
	for t := range count {
		row := steps[t*n : (t+1)*n]
		clear(known)
		log := func(sign int) float64 {
			for len(known) <= sign {
				logs, known = append(logs, 0), append(known, false)
			}
			if !known[sign] {
				p := float32(0)
				for _, c := range l.signs[sign].outputs {
					p += row[c]
				}
				logs[sign], known[sign] = logOf(p), true
			}
			return logs[sign]
		}
		blank := logOf(row[0] + row[n-1]) // a space is none as well
		reached.clear()
		reach := func(k int, from path) {
			from.log += log(l.nodes[k].sign)
			s := reached.of(k)
			s.char = s.char.or(from)
		}
		for _, k := range l.next(0) {
			reach(k, path{outer[t], t})
		}
		for _, s := range active.all {
			if s.char.log > math.Inf(-1) {
				reach(s.node, s.char)
			}
			for _, k := range l.next(s.node) {
				from := s.blank
				if l.nodes[k].sign != l.nodes[s.node].sign {
					from = from.or(s.char)
				}
				reach(k, from)
			}
			rest := s.blank.or(s.char)
			rest.log += blank
			stay := reached.of(s.node)
			stay.blank = stay.blank.or(rest)
		}
		best := outer[t+1]
		for _, s := range reached.all {
			best = max(best, s.char.log, s.blank.log)
		}
		active.clear()
		for _, s := range reached.all {
			if max(s.char.log, s.blank.log) < best-lexBeam {
				continue
			}
			*active.of(s.node) = s
			if l.nodes[s.node].word == "" {
				continue
			}
			cost := free - (s.char.log + outer[count] - outer[t+1])
			if known, ok := ends[s.node]; !ok || cost < known.Cost {
				ends[s.node] = Spelled{Word: l.nodes[s.node].word, Cost: cost, From: s.char.from, To: t + 1}
			}
		}
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

// lexState is the likeliest ways to a node: to its character, and to a step of none behind it.
type lexState struct {
	node        int
	char, blank path
}

// lexStates are states, one a node.
type lexStates struct {
	all []lexState
	at  []int32 // of each node: its place in all and one more; 0: it has none
}

func (s *lexStates) clear() {
	for _, one := range s.all {
		s.at[one.node] = 0
	}
	s.all = s.all[:0]
}

// of is the state of a node, a new one if there is none. It is good until the next is asked for.
func (s *lexStates) of(node int) *lexState {
	for len(s.at) <= node {
		s.at = append(s.at, 0)
	}
	if s.at[node] == 0 {
		s.all = append(s.all, lexState{node, noPath, noPath})
		s.at[node] = int32(len(s.all))
	}
	return &s.all[s.at[node]-1]
}

// know finds the outputs of a recogniser with these characters.
func (l *Lexicon) know(characters []string) {
	if slices.Equal(l.characters, characters) {
		return
	}
	l.characters, l.index, l.beside = characters, map[string]int{}, make([]bool, len(characters))
	for c, s := range characters {
		if _, ok := l.index[s]; !ok {
			l.index[s] = c
		}
		l.beside[c] = c == 0 || !l.inside[[]rune(s + " ")[0]]
	}
	for i, s := range l.signs {
		l.signs[i].outputs = l.outputsOf(s.r)
	}
}

// outputsOf are the outputs of the recogniser that stand for a character.
func (l *Lexicon) outputsOf(r rune) (out []int) {
	for _, r := range append([]rune{r}, l.alike[r]...) {
		if c, ok := l.index[string(r)]; ok {
			out = append(out, c)
		}
	}
	return out
}

// logOf is a logarithm that no single step decides.
func logOf(p float32) float64 { return math.Log(max(1e-6, min(1, float64(p)))) }
