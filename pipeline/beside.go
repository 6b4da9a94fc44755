package pipeline

import (
	"slices"
	"strings"
	"unicode"

	"hequan/internal/ocr"
)

// said is what a witness reads in a word's place.
type said struct {
	chars []saidChar
	loose bool // something more stands close to it that belongs to no word
}

// saidChar is a character of a word beside the witness' one; either may be missing.
type saidChar struct {
	own, other rune
	sure       float64 // of other
	x          int     // where other stands: its middle
}

func (s said) text() string {
	var b strings.Builder
	for _, c := range s.chars {
		if c.other != 0 {
			b.WriteRune(c.other)
		}
	}
	return b.String()
}

// sure is the lowest confidence of a character that the witness read.
func (s said) sure() float64 {
	least := 1.0
	for _, c := range s.chars {
		if c.other != 0 {
			least = min(least, c.sure)
		}
	}
	return least
}

// beside aligns the characters of words with those of a witness, by what they are and by where they
// stand, and gives each word what was read in its place.
func beside(line []piece, symbols []ocr.Symbol) []said {
	type own struct {
		r    rune
		word int
		x    float64
	}
	var a []own
	em := 1.0
	for i, w := range line {
		runes := []rune(w.text)
		for k, r := range runes {
			a = append(a, own{r, i, float64(w.rect.Min.X) + (float64(k)+0.5)*float64(w.rect.Dx())/float64(len(runes))})
		}
		em = max(em, float64(w.rect.Dy()))
	}
	type other struct {
		r    rune
		x    float64
		sure float64
	}
	var b []other
	for _, s := range symbols {
		for _, r := range s.Text {
			b = append(b, other{r, float64(s.Rect.Min.X+s.Rect.Max.X) / 2, s.Confidence})
		}
	}
	meet := func(i, k int) float64 { return unlike(a[i].r, b[k].r) + away(a[i].x, b[k].x, em) }
	const gap = 0.7 // two of them cost more than another character in a character's place
	cost := make([][]float64, len(a)+1)
	for i := range cost {
		cost[i] = make([]float64, len(b)+1)
		for k := range cost[i] {
			switch {
			case i == 0:
				cost[i][k] = gap * float64(k)
			case k == 0:
				cost[i][k] = gap * float64(i)
			default:
				cost[i][k] = min(cost[i-1][k-1]+meet(i-1, k-1), cost[i-1][k]+gap, cost[i][k-1]+gap)
			}
		}
	}
	// Back along the cheapest way; what is only the witness' goes to the word in whose box it stands.
	out := make([]said, len(line))
	put := func(word int, c saidChar) { out[word].chars = append(out[word].chars, c) }
	for i, k := len(a), len(b); i > 0 || k > 0; {
		switch {
		case i > 0 && k > 0 && cost[i][k] == cost[i-1][k-1]+meet(i-1, k-1):
			put(a[i-1].word, saidChar{a[i-1].r, b[k-1].r, b[k-1].sure, int(b[k-1].x)})
			i, k = i-1, k-1
		case i > 0 && (k == 0 || cost[i][k] == cost[i-1][k]+gap):
			put(a[i-1].word, saidChar{own: a[i-1].r})
			i--
		default:
			k--
			left, right := -1, -1 // the words of the neighbours
			if i > 0 {
				left = a[i-1].word
			}
			if i < len(a) {
				right = a[i].word
			}
			if word := homeOf(line, left, right, b[k].r, b[k].x, b[k].sure, em); word >= 0 {
				put(word, saidChar{0, b[k].r, b[k].sure, int(b[k].x)})
				continue
			}
			for _, w := range []int{left, right} {
				if w >= 0 {
					out[w].loose = true
				}
			}
		}
	}
	for i := range out {
		slices.Reverse(out[i].chars)
	}
	return out
}

// homeOf is the word, of the two that a character of the witness' alone stands between, that it belongs to; -1: none.
func homeOf(line []piece, left, right int, r rune, x, sure, em float64) int {
	switch {
	case left == right:
		return left
	case left >= 0 && right >= 0 && isASCIIPart(r) && line[left].ascii != line[right].ascii: // a hyphen is its letters'
		if line[left].ascii {
			return left
		}
		return right
	case left >= 0 && x < float64(line[left].rect.Max.X):
		return left
	case right >= 0 && x > float64(line[right].rect.Min.X):
		return right
	case left >= 0 && sure >= witnessOverrules && x < float64(line[left].rect.Max.X)+em && extends(line[left], r):
		return left // print of which nothing was read
	case right >= 0 && sure >= witnessOverrules && x > float64(line[right].rect.Min.X)-em && extends(line[right], r):
		return right
	}
	return -1
}

// extends says whether a character may be one more of a word: a digit or letter of a code, a character of Chinese words.
func extends(w piece, r rune) bool {
	if w.ascii {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return unicode.Is(unicode.Han, r)
}

func unlike(a, b rune) float64 {
	if a == b || foldLine(string(a)) == foldLine(string(b)) {
		return 0
	}
	return 1
}

// away is what it costs that two characters stand apart: little, but nothing is a whole word away.
func away(a, b, em float64) float64 {
	d := max(a-b, b-a) / em
	if d > 3 {
		return 1.5
	}
	return 0.05 * d
}

// reach widens a word by the characters of the witness' alone that it took on at its ends: else their print would
// be one that nobody read, and be read once more.
func reach(line []piece, i int, s said) {
	w := &line[i]
	text := []rune(w.text)
	if len(text) == 0 || len(s.chars) == 0 {
		return
	}
	half := w.rect.Dy() / 2
	if c := s.chars[0]; c.own == 0 && c.other == text[0] && c.x < w.rect.Min.X {
		w.rect.Min.X = c.x - half
		if i > 0 {
			w.rect.Min.X = max(w.rect.Min.X, min(line[i-1].rect.Max.X, c.x))
		}
	}
	if c := s.chars[len(s.chars)-1]; c.own == 0 && c.other == text[len(text)-1] && c.x > w.rect.Max.X {
		w.rect.Max.X = c.x + half
		if i+1 < len(line) {
			w.rect.Max.X = min(w.rect.Max.X, max(line[i+1].rect.Min.X, c.x))
		}
	}
}
