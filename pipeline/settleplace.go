package pipeline

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

	imagelib "github.com/disintegration/imaging"

	"hequan"
	"hequan/internal/glyph"
	"hequan/internal/imaging"
)

// placed is a character where it stands on a page.
type placed struct {
	r      rune
	x0, x1 float64 // fractions of the page's width
	y      float64 // middle, fraction of its height
}

// chars returns the Chinese characters in a box of one line of print.
func (s *settler) chars(sha string, page int, box hequan.Box) []placed {
	p, ok := s.pages[pageKey(sha, page)]
	if !ok {
		return nil
	}
	var out []placed
	for _, l := range p.Lines {
		if l.Box[3] < box[1] || l.Box[1] > box[3] {
			continue
		}
		for _, w := range l.Words {
			if !box.Contains(w.Box.CenterX(), w.Box.CenterY()) && !(w.Box[0] < box[2] && w.Box[2] > box[0] && w.Box.CenterY() > box[1] && w.Box.CenterY() < box[3]) {
				continue
			}
			runes := []rune(w.Text)
			all := 0.0
			for _, r := range runes {
				all += breadth(r)
			}
			width, x := w.Box.Width()/all, w.Box[0]
			for k, r := range runes {
				if k > 0 {
					x += width * breadth(runes[k-1])
				}
				if unicode.Is(unicode.Han, r) && x+width/2 > box[0] && x+width/2 < box[2] {
					out = append(out, placed{r, x, x + width, w.Box.CenterY()})
				}
			}
		}
	}
	return out
}

// breadth is how wide a character is printed, in Chinese characters.
func breadth(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

// before returns up to three characters that stand right before character i.
func before(chars []placed, i int) []placed {
	from := i
	for from > 0 && i-from < 3 {
		a, b := chars[from-1], chars[from]
		width := b.x1 - b.x0
		if gap := b.x0 - a.x1; gap < -0.5*width || gap > 0.5*width || math.Abs(a.y-b.y) > 0.5*width {
			break
		}
		from--
	}
	return chars[from:i]
}

func find(chars []placed, want []rune) int {
	for i := 0; i+len(want) <= len(chars); i++ {
		same := true
		for k := range want {
			same = same && chars[i+k].r == want[k]
		}
		if same {
			return i
		}
	}
	return -1
}

// align says for each character of a name which of those read stands for it,
// -1 for none: the alignment with the most equal characters, each replaced one
// counting less than nothing.
func align(want []rune, chars []placed) []int {
	n, m := len(want), len(chars)
	score := make([][]float64, n+1)
	for i := range score {
		score[i] = make([]float64, m+1)
		score[i][m] = -0.6 * float64(n-i)
	}
	value := func(i, j int) float64 {
		if want[i] == chars[j].r {
			return 2
		}
		return -0.4
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			score[i][j] = max(score[i+1][j+1]+value(i, j), score[i+1][j]-0.6, score[i][j+1])
		}
	}
	out := make([]int, n)
	j := 0
	for i := 0; i < n; i++ {
		out[i] = -1
		for j < m {
			if score[i][j] == score[i+1][j+1]+value(i, j) {
				out[i] = j
				j++
				break
			}
			if score[i][j] == score[i+1][j]-0.6 {
				break
			}
			j++
		}
	}
	for i, k := range out {
		if k >= 0 && want[i] != chars[k].r {
			out[i] = -2 - k // another character stands there
		}
	}
	return out
}

func matched(alignment []int) int {
	n := 0
	for _, k := range alignment {
		if k >= 0 {
			n++
		}
	}
	return n
}

// extras are the characters that were read before, among and behind those that
// stand for a name's.
func extras(at []int, chars []placed) (before, among, behind string) {
	used := map[int]bool{}
	first, last := len(chars), -1
	for _, k := range at {
		if k < -1 {
			k = -2 - k
		}
		if k >= 0 {
			used[k] = true
			first, last = min(first, k), max(last, k)
		}
	}
	for k, c := range chars {
		switch {
		case used[k]:
		case k < first:
			before += string(c.r)
		case k > last:
			behind += string(c.r)
		default:
			among += string(c.r)
		}
	}
	return before, among, behind
}

// shown says whether the picture shows the name: each character that was not
// read as such is in its place, which the others' places give. Of the ending
// that companies share (有限公司) characters may be lost: it tells nobody apart.
// Of rivals none may be as like as the character that is wanted. Characters that
// were read among the name's make it another one: 金融网络科技 is not 金融科技.
func (s *settler) shown(sha string, page int, want []rune, chars []placed, rivals ...rune) bool {
	p, ok := s.stand(sha, page, want, chars)
	if !ok {
		return false
	}
	limited := len(want)
	if strings.HasSuffix(string(want), "有限公司") {
		limited -= 4 // there is no other ending of this form
	}
	return contested(want, p.at, chars, func(i int, read []rune) bool {
		cell, others := p.cell(i), slices.Concat(rivals, read)
		return s.shapes.Shows(cell, want[i], others...) || i >= limited && s.likelier(cell, want[i], others)
	})
}

// contested says whether each character of a word that was lost, or read as another, is seen; read is what was read for
// it. Of the ending that companies share characters may be lost; nothing may have been read among the word's.
func contested(want []rune, at []int, chars []placed, seen func(i int, read []rune) bool) bool {
	if _, among, _ := extras(at, chars); among != "" {
		return false
	}
	ending := len(want) - commonEnding(string(want))
	for i, k := range at {
		if k >= 0 || k == -1 && i >= ending {
			continue
		}
		var read []rune
		if k < -1 {
			read = []rune{chars[-2-k].r}
		}
		if !seen(i, read) {
			return false
		}
	}
	return true
}

// likelier says whether a cell is likelier a character than what was read for it.
func (s *settler) likelier(cell glyph.Cell, want rune, others []rune) bool {
	own := s.shapes.Likeness(cell, want)
	for _, o := range others {
		if o != want && s.shapes.Likeness(cell, o) >= own {
			return false
		}
	}
	return own >= 0.5
}

// pitches are the distances of Chinese characters in the print of a page, in
// fractions of its width: a small, the middle and a large one.
func (s *settler) pitches(sha string, page int) []float64 {
	var all []float64
	for _, l := range s.pages[pageKey(sha, page)].Lines {
		for _, w := range l.Words {
			if n := len([]rune(w.Text)); n >= 4 && allHan(w.Text) {
				all = append(all, w.Box.Width()/float64(n))
			}
		}
	}
	sort.Float64s(all)
	var out []float64
	for _, quantile := range []float64{0.1, 0.5, 0.9} {
		if n := len(all); n > 0 {
			if p := all[int(quantile*float64(n-1))]; len(out) == 0 || p > 1.06*out[len(out)-1] {
				out = append(out, p)
			}
		}
	}
	return out
}

// line fits x = a + b·k.
func line(k, x []float64) (a, b float64) {
	n := float64(len(k))
	var sk, sx, skk, skx float64
	for i := range k {
		sk, sx, skk, skx = sk+k[i], sx+x[i], skk+k[i]*k[i], skx+k[i]*x[i]
	}
	b = (n*skx - sk*sx) / (n*skk - sk*sk)
	return (sx - b*sk) / n, b
}

// plane returns the text plane of a page's picture, nil where there is none.
func (s *settler) plane(sha string, page int) *image.Gray {
	key := pageKey(sha, page)
	if p, ok := s.planes[key]; ok {
		return p
	}
	s.planes[key] = nil
	data, err := s.images.PageImage(sha, page)
	if err != nil {
		return nil
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	if s.shapes == nil {
		s.shapes = shapes()
	}
	s.planes[key] = imaging.Flatten(imaging.MaxChannel(imagelib.Clone(img)), pictureDPI, 0.84)
	return s.planes[key]
}
