package pipeline

import (
	"fmt"
	"image"
	"strings"
	"sync"
	"unicode"

	"hequan"
	"hequan/internal/glyph"
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
	hequan.KindApplicationForm: {"applicant.name"}, hequan.KindBusinessLicense: {"name"}, hequan.KindCommitment: {"applicant"}, hequan.KindBankAccount: {"account_name"},
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
	read := modelsOf(docs)
	for i := range docs {
		d := &docs[i]
		for k := range d.Fields {
			f := &d.Fields[k]
			if f.Name == "number" || f.Name == "report_number" {
				s.settleBrackets(d, f)
			}
			switch {
			case f.Proven() || f.Box.IsZero():
			case f.Name == "models" || d.Kind == hequan.KindFilingProof && f.Name == "model":
				s.settleModel(d, f.Page, f.Box, &f.Value, func(old string) { f.Repaired, f.Confidence = old, max(f.Confidence, settledConfidence) })
				f.Value = s.hyphen(d.SHA256, f.Page, f.Box, f.Value)
			case contains(dayFields, f.Name):
				s.settleDay(d, f)
			case contains(companyFields[d.Kind], f.Name):
				s.settleCompany(d, f)
			}
		}
		s.settleWords(d)
		for t := range d.Tables {
			table := &d.Tables[t]
			for c, column := range table.Columns {
				if column != "model" && column != "name" && column != "entity" {
					continue
				}
				for r := range table.Rows {
					cell := &table.Rows[r][c]
					page := cell.Page
					if page == 0 {
						page = table.Page
					}
					if len(cell.Proof) > 0 || cell.Box.IsZero() {
						continue
					}
					if column == "entity" {
						f := hequan.Field{Value: cell.Value, Page: page, Box: cell.Box, Confidence: cell.Confidence}
						s.settleCompany(d, &f)
						cell.Value, cell.Confidence = f.Value, f.Confidence
					} else {
						s.settleModel(d, page, cell.Box, &cell.Value, func(string) { cell.Confidence = max(cell.Confidence, settledConfidence) })
						cell.Value = s.hyphen(d.SHA256, page, cell.Box, cell.Value)
					}
				}
			}
		}
	}
	s.settleColumns(docs, read)
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
	want := []rune(best)
	switch {
	case best == "" || most*10 < len(want)*6 || longerName(want, chars):
	case s.heard(d.SHA256, f.Page, f.Box, strings.HasSuffix, best), s.shown(d.SHA256, f.Page, want, chars), s.shownBeside(d.SHA256, f.Page, want, chars):
		f.Repaired, f.Value, f.Confidence = f.Value, best, max(f.Confidence, settledConfidence)
	case s.refuted(d.SHA256, f.Page, want, chars):
		f.Confidence = min(f.Confidence, refutedConfidence)
	}
}

// heard says whether another reading of the place has a name that is known, at the end of what it read
// (strings.HasSuffix) or in it: it was made without knowing it.
func (s *settler) heard(sha string, page int, box hequan.Box, has func(read, want string) bool, want string) bool {
	for _, l := range s.pages[pageKey(sha, page)].Lines {
		for _, w := range l.Words {
			if box.Contains(w.Box.CenterX(), w.Box.CenterY()) && has(name.Normal(w.Alt), want) {
				return true
			}
		}
	}
	return false
}

// longerName says whether more than a speck stands behind a name: 有限公司上海分公司 is
// another company.
func longerName(want []rune, chars []placed) bool {
	_, _, behind := extras(align(want, chars), chars)
	return len([]rune(behind)) > 1
}

// refutedConfidence is that of a name which differs from a known one in characters
// that the picture shows no more than those: nothing follows from such a difference.
const refutedConfidence = 0.4

// refuted says whether a character that was read in another's place is not what
// the picture shows there.
func (s *settler) refuted(sha string, page int, want []rune, chars []placed) bool {
	const least = 0.62
	p, ok := s.stand(sha, page, want, chars)
	if !ok {
		return false
	}
	for i, k := range p.at {
		if k < -1 && s.shapes.Likeness(p.cell(i), chars[-2-k].r) < least {
			return true
		}
	}
	return false
}

// settleModel settles the Chinese characters before the first hyphen of a
// model's name, or before 大模型, wherever in the text it stands.
func (s *settler) settleModel(d *hequan.Document, page int, box hequan.Box, value *string, settled func(old string)) {
	runes := []rune(*value)
	end := -1
	for k, r := range runes {
		if (r < 0x80 && unicode.IsLetter(r) || r == '-') && k > 0 && unicode.Is(unicode.Han, runes[k-1]) {
			end = k
			break
		}
	}
	if i := strings.Index(*value, "大模型"); end < 0 && i > 0 { // 璞石大模型
		end = len([]rune((*value)[:i]))
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
			if at < 0 {
				continue
			}
			// What stands before it helps to tell where it stands.
			var whole []rune
			lead := before(chars, at)
			for _, c := range lead {
				whole = append(whole, c.r)
			}
			borneOut := s.heard(d.SHA256, page, box, strings.Contains, string(want)) ||
				s.shown(d.SHA256, page, append(whole, want...), chars[at-len(lead):at+n]) || s.shownBeside(d.SHA256, page, want, chars[at:at+n])
			if !borneOut {
				continue
			}
			old := *value
			*value = string(runes[:end-n]) + string(want) + string(runes[end:])
			settled(old)
			return
		}
	}
	if whole, ok := s.lostCharacter(d, page, box, read); ok {
		old := *value
		*value = string(runes[:from]) + string(whole) + string(runes[end:])
		settled(old)
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
