package pipeline

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"sort"
	"strings"
	"sync"
	"unicode"

	imagelib "github.com/disintegration/imaging"

	"hequan"
	"hequan/internal/glyph"
	"hequan/internal/imaging"
	"hequan/internal/name"
)

// PageImages gives the picture of a page that was read, upright, as JPEG.
type PageImages interface {
	PageImage(sha256 string, page int) ([]byte, error)
}

// settledConfidence is that of a name whose contested characters the picture bears out.
const settledConfidence = 0.9

// companyFields are the fields that hold a name of a party.
var companyFields = map[hequan.Kind][]string{
	hequan.KindBusinessLicense: {"name"}, hequan.KindCommitment: {"applicant"}, hequan.KindBankAccount: {"account_name"},
	hequan.KindAuditReport: {"entity"}, hequan.KindContract: {"party_a", "party_b"}, hequan.KindInvoice: {"buyer", "seller"},
	hequan.KindSettlement: {"customer", "provider"}, hequan.KindUsage: {"customer", "provider"},
	hequan.KindAcceptance: {"supplier", "acceptor"}, hequan.KindFilingProof: {"entity"},
}

// settler asks the pictures of the pages which of two names they show: the one
// that was read, or one of the few that the application gives and that differs
// in a few characters. The recogniser knows some 4,000 characters; it reads
// others as what looks alike.
type settler struct {
	images PageImages
	shapes *glyph.Shapes
	names  []string               // of parties, as the form and machine-readable papers give them
	brands []string               // of models, what stands before the first hyphen
	pages  map[string]hequan.Page // by file and page
	planes map[string]*image.Gray // text planes of page pictures
}

// settleNames looks at names and model names that recognition gave and that
// are nearly one the application gives, and takes the given one where the
// picture bears it out. Without pictures or typefaces nothing changes.
func settleNames(form *hequan.Application, docs []hequan.Document, files []ReadFile, images PageImages) {
	if images == nil {
		return
	}
	s := &settler{images: images, pages: map[string]hequan.Page{}, planes: map[string]*image.Gray{}}
	s.collect(form, docs)
	for _, f := range files {
		for _, p := range f.Reading.Pages {
			s.pages[pageKey(f.Reading.SHA256, p.Info.Page)] = p
		}
	}
	for i := range docs {
		d := &docs[i]
		for k := range d.Fields {
			f := &d.Fields[k]
			switch {
			case f.Proven() || f.Box.IsZero():
			case f.Name == "models" || d.Kind == hequan.KindFilingProof && f.Name == "model":
				s.settleModel(d, f.Page, f.Box, &f.Value, func(old string) { f.Repaired, f.Confidence = old, max(f.Confidence, settledConfidence) })
			case contains(companyFields[d.Kind], f.Name):
				s.settleCompany(d, f)
			}
		}
		for t := range d.Tables {
			table := &d.Tables[t]
			for c, column := range table.Columns {
				if column != "model" && column != "name" {
					continue
				}
				for r := range table.Rows {
					cell := &table.Rows[r][c]
					page := cell.Page
					if page == 0 {
						page = table.Page
					}
					if len(cell.Proof) == 0 && !cell.Box.IsZero() {
						s.settleModel(d, page, cell.Box, &cell.Value, func(string) { cell.Confidence = max(cell.Confidence, settledConfidence) })
					}
				}
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func pageKey(sha string, page int) string { return fmt.Sprintf("%s/%d", sha, page) }

// shapes are the typefaces of this machine, opened when first needed.
var shapes = sync.OnceValue(glyph.Load)

// collect gathers the names that do not come from recognition.
func (s *settler) collect(form *hequan.Application, docs []hequan.Document) {
	add := func(n string) {
		if n = name.Normal(n); len([]rune(n)) >= 4 && !contains(s.names, n) {
			s.names = append(s.names, n)
		}
	}
	brand := func(m string) {
		head, _, _ := strings.Cut(m, "-")
		head = strings.TrimSuffix(head, "大模型")
		if n := len([]rune(head)); allHan(head) && n >= 2 && n <= 6 && !contains(s.brands, head) {
			s.brands = append(s.brands, head)
		}
	}
	add(form.Applicant.Name)
	for _, p := range form.Providers {
		add(p.Name)
	}
	for _, m := range form.Models {
		brand(m)
	}
	for _, d := range docs {
		for _, f := range d.Fields {
			if !hasProof(f.Proof, hequan.ProofTextLayer) && !hasProof(f.Proof, hequan.ProofXML) {
				continue
			}
			if contains(companyFields[d.Kind], f.Name) {
				add(f.Value)
			}
			if f.Name == "models" || f.Name == "model" {
				brand(f.Value)
			}
		}
		for _, t := range d.Tables {
			if c := t.Column("model"); c >= 0 {
				for _, r := range t.Rows {
					if hasProof(r[c].Proof, hequan.ProofTextLayer) {
						brand(r[c].Value)
					}
				}
			}
		}
	}
}

func hasProof(list []hequan.Proof, p hequan.Proof) bool {
	for _, x := range list {
		if x == p {
			return true
		}
	}
	return false
}

func allHan(t string) bool {
	for _, r := range t {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return t != ""
}

// settleCompany settles a field that holds a party's name.
func (s *settler) settleCompany(d *hequan.Document, f *hequan.Field) {
	read := name.Normal(f.Value)
	if contains(s.names, read) {
		return
	}
	chars := s.chars(d.SHA256, f.Page, f.Box)
	best, most := "", 0
	for _, n := range s.names {
		if m := matched(align([]rune(n), chars)); m > most {
			best, most = n, m
		}
	}
	if want := []rune(best); best != "" && most*10 >= len(want)*6 && s.shown(d.SHA256, f.Page, want, chars) {
		f.Repaired, f.Value, f.Confidence = f.Value, best, max(f.Confidence, settledConfidence)
	}
}

// settleModel settles the Chinese characters before the first hyphen of a
// model's name, wherever in the text it stands.
func (s *settler) settleModel(d *hequan.Document, page int, box hequan.Box, value *string, settled func(old string)) {
	runes := []rune(*value)
	end := -1
	for k, r := range runes {
		if (r < 0x80 && unicode.IsLetter(r) || r == '-') && k > 0 && unicode.Is(unicode.Han, runes[k-1]) {
			end = k
			break
		}
	}
	if end < 0 {
		return
	}
	from := end
	for from > 0 && end-from < 6 && unicode.Is(unicode.Han, runes[from-1]) {
		from--
	}
	read := runes[from:end]
	var chars []placed
	for n := len(read); n >= 2; n-- {
		tail := read[len(read)-n:]
		for _, want := range s.candidates(tail) {
			if string(want) == string(tail) {
				return
			}
			if chars == nil {
				chars = s.chars(d.SHA256, page, box)
			}
			at := find(chars, tail)
			if at < 0 || !s.shown(d.SHA256, page, want, chars[at:at+n]) {
				continue
			}
			old := *value
			*value = string(runes[:end-n]) + string(want) + string(runes[end:])
			settled(old)
			return
		}
	}
}

// candidates are the brands, and stretches of the parties' names, of the
// length of what was read that agree with it in at least half of the characters.
func (s *settler) candidates(read []rune) [][]rune {
	var out [][]rune
	seen := map[string]bool{}
	try := func(w []rune) {
		same := 0
		for i := range w {
			if w[i] == read[i] {
				same++
			}
		}
		if same*2 >= len(w) && !seen[string(w)] {
			seen[string(w)] = true
			out = append(out, w)
		}
	}
	for _, list := range [][]string{s.brands, s.names} {
		for _, n := range list {
			w := []rune(n)
			for i := 0; i+len(read) <= len(w); i++ {
				try(w[i : i+len(read)])
			}
		}
	}
	return out
}

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
			width := w.Box.Width() / float64(len(runes))
			for k, r := range runes {
				x := w.Box[0] + width*float64(k)
				if unicode.Is(unicode.Han, r) && x+width/2 > box[0] && x+width/2 < box[2] {
					out = append(out, placed{r, x, x + width, w.Box.CenterY()})
				}
			}
		}
	}
	return out
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

// shown says whether the picture shows the name: each character that was not
// read as such is in its place, which the others' places give. Of the ending
// that companies share (有限公司) characters may be lost: it tells nobody apart.
func (s *settler) shown(sha string, page int, want []rune, chars []placed) bool {
	at := align(want, chars)
	// Chinese characters stand at equal distances.
	var ks, xs []float64
	y, width := 0.0, 0.0
	for i, k := range at {
		if k < -1 {
			k = -2 - k
		}
		if k >= 0 {
			ks, xs = append(ks, float64(i)), append(xs, (chars[k].x0+chars[k].x1)/2)
			y += chars[k].y
			width += chars[k].x1 - chars[k].x0
		}
	}
	if len(ks) < 2 {
		return false
	}
	first, pitch := line(ks, xs)
	y /= float64(len(ks))
	plane := s.plane(sha, page)
	if plane == nil || s.shapes == nil || s.shapes.Faces() == 0 {
		return false
	}
	w, h := float64(plane.Rect.Dx()), float64(plane.Rect.Dy())
	// Of a short name the boxes are a poor measure: its characters are looked
	// for from its left edge on, at the distances that the page's print has.
	anchor, sides, offsets := first-pitch/2, []float64{pitch}, []float64{0}
	if len(chars) != len(want) {
		offsets = []float64{-0.25, 0, 0.25} // characters read too many or too few move the others
	}
	if len(ks) < 4 {
		sides, offsets = append(sides, s.pitches(sha, page)...), []float64{-0.25, 0, 0.25}
		anchor = chars[0].x0
	}
	slope := math.Tan(s.pages[pageKey(sha, page)].Skew * math.Pi / 180)
	middle := first + pitch*float64(len(want)-1)/2
	ending := len(want) - commonEnding(string(want))
	for i, k := range at {
		if k >= 0 || k == -1 && i >= ending {
			continue
		}
		var places []glyph.Place
		for _, side := range sides {
			if side*w < 12 || side*w > 90 {
				continue
			}
			for _, o := range offsets {
				x := anchor + side*(float64(i)+0.5+o)
				px, py := x, y+(x-middle)*slope*w/h
				if frame := s.pages[pageKey(sha, page)].Frame; !frame.IsZero() {
					px, py = frame.Point(px, py)
				}
				places = append(places, glyph.Place{X: px * w, Y: py * h, Side: side * w})
			}
		}
		cell := glyph.NewCell(plane, places...)
		var others []rune
		if k < -1 {
			others = append(others, chars[-2-k].r)
		}
		if !s.shapes.Shows(cell, want[i], others...) {
			return false
		}
	}
	return true
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
