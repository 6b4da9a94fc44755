// Package extractors turns the words of a document into its fields and tables,
// one file a kind. Everything here is pure: words in, values with boxes out; no
// picture, no policy.
package extractors

import (
	"math"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hequan"
)

// row is what stands at one height of a page, from left to right: lines of
// neighbouring table cells are parts of one row. A tab in text marks a gap
// wider than one and a half letters: the next column.
type row struct {
	page    int
	text    []rune
	words   []int // word of each rune, -1 for a tab
	parts   []hequan.Word
	box     hequan.Box
	cells   []hequan.Box // of a ruled table's row: its cells that have text, in order
	grid    *hequan.Grid // the ruled table it is a row of
	gridRow int
	seams   bool // columns stand against each other in it, parted by tabs
}

// doc is a document laid out for searching.
type doc struct {
	pages    []hequan.Page
	rows     []row
	headings map[int]bool // what labelRow found, by row
}

// layout arranges the lines of a document's pages into rows. A row of a ruled
// table whose cells hold a line each (some a wrapped one) is one row.
func layout(pages []hequan.Page) *doc {
	d := &doc{pages: pages, headings: map[int]bool{}}
	for _, p := range pages {
		aspect := 1.0
		if p.Info.WidthMM > 0 && p.Info.HeightMM > 0 {
			aspect = p.Info.HeightMM / p.Info.WidthMM
		}
		rows, used := gridRows(p)
		var lines []hequan.Line
		for _, l := range p.Lines {
			var rest hequan.Line
			for _, w := range l.Words {
				if !used[w.Box] && w.Text != "" {
					rest.Words = append(rest.Words, w)
					rest.Box = rest.Box.Union(w.Box)
				}
			}
			if len(rest.Words) > 0 {
				lines = append(lines, rest)
			}
		}
		banded, lines := bandedRows(p, lines, aspect)
		rows = append(append(rows, banded...), joinLines(p, lines, aspect)...)
		sort.SliceStable(rows, func(i, j int) bool { return rows[i].box.CenterY() < rows[j].box.CenterY() })
		d.rows = append(d.rows, besideGrids(rows, aspect)...)
	}
	d.partTight()
	d.joinNames()
	return d
}

// joinLines makes rows of lines that stand at one height once the page is levelled.
func joinLines(p hequan.Page, lines []hequan.Line, aspect float64) []row {
	slope := math.Tan(p.Skew*math.Pi/180) / aspect
	type levelled struct {
		words []hequan.Word
		box   hequan.Box
	}
	var all []levelled
	for _, l := range lines {
		v := levelled{words: l.Words}
		for _, w := range l.Words {
			shift := (w.Box.CenterX() - 0.5) * slope
			v.box = v.box.Union(hequan.Box{w.Box[0], w.Box[1] - shift, w.Box[2], w.Box[3] - shift})
		}
		all = append(all, v)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].box.CenterY() < all[j].box.CenterY() })
	var rows []row
	for i := 0; i < len(all); {
		words := append([]hequan.Word(nil), all[i].words...)
		band := all[i].box
		j := i + 1
		for ; j < len(all); j++ {
			b := all[j].box
			over := min(band[3], b[3]) - max(band[1], b[1])
			if over < 0.55*min(band.Height(), b.Height()) || b.CenterY() > band[3] {
				break
			}
			if b.CenterY()-band.CenterY() > 0.2*b.Height() && overlapping(words, all[j].words) {
				break // the line below, set close
			}
			words = append(words, all[j].words...)
			switch {
			case b.Height() < 1.6*band.Height():
				band[3] = max(band[3], min(b[3], band[1]+1.8*band.Height()))
			case b.Height() > 2*band.Height() && b.Height() < 5*band.Height(): // a digit cut low, a dash: what follows tells the row's height
				band = b
			}
		}
		if r := makeRow(p.Info.Page, words, aspect); len(r.text) > 0 {
			rows = append(rows, r)
		}
		i = j
	}
	return straddled(p.Info.Page, rows)
}

// overlapping says whether words lie over or under others for half their width.
func overlapping(a, b []hequan.Word) bool {
	over, width := 0.0, 0.0
	for _, y := range b {
		width += y.Box.Width()
		for _, x := range a {
			over += max(0, min(x.Box[2], y.Box[2])-max(x.Box[0], y.Box[0]))
		}
	}
	return over > 0.5*width
}

// makeRow joins words; aspect is the page's height over its width, which
// makes widths and heights comparable.
func makeRow(page int, words []hequan.Word, aspect float64) row {
	sort.SliceStable(words, func(i, j int) bool { return words[i].Box[0] < words[j].Box[0] })
	mendTokens(words)
	r := row{page: page}
	ruled, ones := false, mayHoldOnes(words) // a rule stands before the word
	for i, w := range words {
		if isRule(w.Text) && !ones && !amongLetters(words, i, aspect) {
			ruled = true
			continue
		}
		if n := len(r.parts); n > 0 {
			before := r.parts[n-1]
			gap := w.Box[0] - before.Box[2]
			height := max(letter(w, aspect), letter(before, aspect))
			last := r.text[len(r.text)-1]
			first := []rune(w.Text)[0]
			switch {
			case gap > 1.5*height, ruled:
				r.text, r.words = append(r.text, '\t'), append(r.words, -1)
			case gap > 0.3*height && isLatin(last) && isLatin(first):
				r.text, r.words = append(r.text, ' '), append(r.words, -1)
			}
		}
		ruled = false
		for _, c := range w.Text {
			r.text, r.words = append(r.text, c), append(r.words, len(r.parts))
		}
		r.parts = append(r.parts, w)
		r.box = r.box.Union(w.Box)
	}
	return r
}

// letter is how high the letters of a word are, in the page's width: as high as its box, which
// reaches further where the page is askew, but no higher than its Chinese characters are wide.
func letter(w hequan.Word, aspect float64) float64 {
	height := w.Box.Height() * aspect
	if n := utf8.RuneCountInString(w.Text); n >= 4 && allHan([]rune(w.Text)) {
		return min(height, 1.07*w.Box.Width()/float64(n)) // where one is lost, the gap is one and a half
	}
	return height
}

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// span is a stretch of one row, in runes.
type span struct {
	row      int
	from, to int
}

func (d *doc) text(s span) string { return string(d.rows[s.row].text[s.from:s.to]) }

// trim takes blanks and the given characters off both ends of a span.
func (d *doc) trim(s span, cutset string) span {
	t := d.rows[s.row].text
	for s.from < s.to && (unicode.IsSpace(t[s.from]) || strings.ContainsRune(cutset, t[s.from])) {
		s.from++
	}
	for s.to > s.from && (unicode.IsSpace(t[s.to-1]) || strings.ContainsRune(cutset, t[s.to-1])) {
		s.to--
	}
	return s
}

// box returns where a span stands; a part of a word takes its share of the word's width.
func (d *doc) box(s span) hequan.Box {
	r := d.rows[s.row]
	var out hequan.Box
	for i, w := range r.parts {
		first, last, n := -1, -1, 0
		for k, owner := range r.words {
			if owner != i {
				continue
			}
			if k >= s.from && k < s.to {
				if first < 0 {
					first = n
				}
				last = n
			}
			n++
		}
		if first < 0 {
			continue
		}
		width := w.Box.Width() / float64(n)
		out = out.Union(hequan.Box{w.Box[0] + width*float64(first), w.Box[1], w.Box[0] + width*float64(last+1), w.Box[3]})
	}
	return out
}

// trust returns the lowest confidence of the words of a span, and its proofs:
// the text layer where all words have it; two readings where every word with a
// digit or Latin letter, and every other word (an amount in 大写), was read
// twice and there is nothing else but date and money marks between them.
func (d *doc) trust(s span) (float64, []hequan.Proof) {
	r := d.rows[s.row]
	confidence, layer, twice, digits := 1.0, true, true, false
	seen := map[int]bool{}
	within := map[int]string{} // of each word, what of it lies in the stretch
	for k := s.from; k < s.to; k++ {
		if i := r.words[k]; i >= 0 {
			within[i] += string(r.text[k])
		}
	}
	for k := s.from; k < s.to; k++ {
		i := r.words[k]
		if i < 0 || seen[i] {
			continue
		}
		seen[i] = true
		w := r.parts[i]
		confidence = min(confidence, w.Confidence)
		layer = layer && has(w.Proof, hequan.ProofTextLayer)
		if read := has(w.Proof, hequan.ProofTwoReadings); read || strings.ContainsFunc(w.Text, isLatin) {
			digits = true
			twice = twice && read
		} else if strings.Trim(within[i], "年月日元整万￥¥：:，,。.-—–/()（）〕】］]至到起止自从一~～－ ") != "" {
			twice = false
		}
	}
	switch {
	case len(seen) == 0:
		return 0, nil
	case layer:
		return confidence, []hequan.Proof{hequan.ProofTextLayer}
	case twice && digits:
		return confidence, []hequan.Proof{hequan.ProofTwoReadings}
	}
	return confidence, nil
}

func has(proofs []hequan.Proof, p hequan.Proof) bool {
	for _, q := range proofs {
		if q == p {
			return true
		}
	}
	return false
}

// field makes a field of a span.
func (d *doc) field(name, value string, s span) hequan.Field {
	confidence, proof := d.trust(s)
	return hequan.Field{Name: name, Value: value, Text: strings.TrimSpace(strings.ReplaceAll(d.text(s), "\t", " ")),
		Page: d.rows[s.row].page, Box: d.box(s), Confidence: confidence, Proof: proof}
}

// fullText is the text of all rows, for words that may stand anywhere.
func (d *doc) fullText() string {
	var b strings.Builder
	for _, r := range d.rows {
		b.WriteString(string(r.text))
		b.WriteByte('\n')
	}
	return b.String()
}
