package samples

import (
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"strings"

	"hequan"
)

// paper is one document as HTML, with the marks whose places the browser finds.
type paper struct {
	Kind          hequan.Kind
	Key           string  // contract, invoice:0 …
	Width, Height float64 // of a page, mm
	Margin        string  // CSS padding of a page
	Font          string  // CSS font-family of the text
	Size          float64 // pt
	Footer        string  // HTML at the foot of each page; {p} and {n} are page and pages
	Header        string
	Style         string // CSS of this paper
	Across        *seal  // 骑缝章 over the right edge of all pages
	AcrossTop     float64
	Digital       bool // no ink effects: the page stays electronic

	body   strings.Builder
	marks  []mark
	fields []TruthField
	traits []TruthField
	areas  []TruthField // places that a fault may name and no label does
	prose  []TruthPassage
	tables []TruthTable
	seals  []TruthSeal
	// acrossSeal describes the fragments of the 骑缝章, one a page.
	acrossSeal *TruthSeal
}

// mark ties an element of the page to the truth.
type mark struct {
	place func(page int, box hequan.Box)
}

const (
	songFont  = "'AR PL UMing CN','Noto Serif CJK SC',serif"
	serifFont = "'Noto Serif CJK SC',serif"
	timesFont = "'Nimbus Roman','AR PL UMing CN','Noto Serif CJK SC',serif"
	heiFont   = "'WenQuanYi Zen Hei','Noto Sans CJK SC',sans-serif"
	sansFont  = "'Noto Sans CJK SC',sans-serif"
	microFont = "'WenQuanYi Micro Hei','Noto Sans CJK SC',sans-serif"
	kaiFont   = "'AR PL UKai CN','Noto Serif CJK SC',serif"
)

// newPaper is an A4 sheet in one of the usual text faces.
func newPaper(kind hequan.Kind, key string, r *rand.Rand) *paper {
	return &paper{Kind: kind, Key: key, Width: 210, Height: 297, Margin: "22mm 24mm 20mm 24mm",
		Font: pick(r, songFont, serifFont, timesFont, sansFont, heiFont), Size: pick(r, 11.0, 11.5, 12.0),
		fields: []TruthField{}, traits: []TruthField{}, prose: []TruthPassage{}, tables: []TruthTable{}, seals: []TruthSeal{}}
}

// put adds HTML; each top element is kept on one page.
func (p *paper) put(format string, args ...any) { fmt.Fprintf(&p.body, format, args...) }

// esc escapes text for HTML.
func esc(s string) string { return html.EscapeString(s) }

// span marks an inline element.
func (p *paper) span(text string, place func(int, hequan.Box)) string {
	p.marks = append(p.marks, mark{place})
	return fmt.Sprintf(`<span data-m="%d">%s</span>`, len(p.marks)-1, esc(text))
}

// f prints a field and records it.
func (p *paper) f(name, value, text string, accept ...string) string {
	p.fields = append(p.fields, TruthField{Name: name, Value: value, Text: text, Accept: accept})
	i := len(p.fields) - 1
	return p.span(text, func(page int, box hequan.Box) { p.fields[i].Page, p.fields[i].Box = page, &box })
}

// fm prints a field that is compared in a way of its own (loose, presence, mode).
func (p *paper) fm(name, value, text, match string) string {
	s := p.f(name, value, text)
	p.fields[len(p.fields)-1].Match = match
	return s
}

// hidden records a field that has no place of its own.
func (p *paper) hidden(name, value, text, match string) {
	p.fields = append(p.fields, TruthField{Name: name, Value: value, Text: text, Match: match})
}

// trait prints what rules read beside the contract's fields, and records it.
// html is what is printed; it may hold marks of its own.
func (p *paper) trait(name, value, html string) string {
	p.traits = append(p.traits, TruthField{Name: name, Value: value, Text: plainText(html)})
	i := len(p.traits) - 1
	return p.wrap(html, func(page int, box hequan.Box) { p.traits[i].Page, p.traits[i].Box = page, &box })
}

// area marks a place by a name that faults use.
func (p *paper) area(name, html string) string {
	p.areas = append(p.areas, TruthField{Name: name})
	i := len(p.areas) - 1
	return p.wrap(html, func(page int, box hequan.Box) { p.areas[i].Page, p.areas[i].Box = page, &box })
}

// passage prints running text and records it for the count of wrong characters.
func (p *paper) passage(html string) string {
	p.prose = append(p.prose, TruthPassage{Text: plainText(html)})
	i := len(p.prose) - 1
	return p.wrap(html, func(page int, _ hequan.Box) { p.prose[i].Page = page })
}

// wrap marks an inline element that holds HTML.
func (p *paper) wrap(html string, place func(int, hequan.Box)) string {
	p.marks = append(p.marks, mark{place})
	return fmt.Sprintf(`<span data-m="%d">%s</span>`, len(p.marks)-1, html)
}

var tags = regexp.MustCompile(`<[^>]*>`)

// plainText is what a reader sees of a piece of HTML.
func plainText(s string) string { return html.UnescapeString(tags.ReplaceAllString(s, "")) }

// table opens a table of the truth and returns its index.
func (p *paper) table(name string) int {
	p.tables = append(p.tables, TruthTable{Name: name, Rows: []map[string]TruthField{}})
	return len(p.tables) - 1
}

// row opens a row of a table.
func (p *paper) row(table int) {
	p.tables[table].Rows = append(p.tables[table].Rows, map[string]TruthField{})
}

// c prints a cell of the last row and records it.
func (p *paper) c(table int, column, value, text string, accept ...string) string {
	if text == "" {
		return ""
	}
	rows := p.tables[table].Rows
	row := rows[len(rows)-1]
	cell := TruthField{Value: value, Text: text, Accept: accept}
	row[column] = cell
	return p.span(text, func(page int, box hequan.Box) {
		cell.Page, cell.Box = page, &box
		row[column] = cell
	})
}

// stamp prints a seal at a place (mm from the top left of the positioned block
// it stands in) and records it.
func (p *paper) stamp(s *seal, left, top float64) string {
	p.seals = append(p.seals, s.truth())
	i := len(p.seals) - 1
	p.marks = append(p.marks, mark{func(page int, box hequan.Box) { p.seals[i].Page, p.seals[i].Box = page, &box }})
	return fmt.Sprintf(`<div class="seal" data-m="%d" style="left:%.1fmm;top:%.1fmm;width:%.1fmm;height:%.1fmm">%s</div>`,
		len(p.marks)-1, left, top, s.Width, s.Height, s.svg(p.Digital))
}

// sign prints a signature in handwriting.
func (p *paper) sign(r *rand.Rand, field, name string) string {
	var b strings.Builder
	for _, c := range name {
		fmt.Fprintf(&b, `<i style="display:inline-block;transform:rotate(%ddeg) skewX(%ddeg) scale(%.2f,%.2f);margin:0 -0.5mm">%s</i>`,
			between(r, -9, 7), between(r, -22, -6), 0.95+r.Float64()*0.3, 0.95+r.Float64()*0.35, esc(string(c)))
	}
	filter := `filter:url(#pen);`
	if p.Digital {
		filter = ""
	}
	style := fmt.Sprintf(`class="hand" style="%scolor:%s;font-size:%.1fpt"`, filter, pick(r, "#1b1b22", "#16204e", "#101010"), 19+r.Float64()*5)
	if field == "" {
		return fmt.Sprintf(`<span %s>%s</span>`, style, b.String())
	}
	p.fields = append(p.fields, TruthField{Name: field, Value: name, Text: name, Match: "presence"})
	i := len(p.fields) - 1
	p.marks = append(p.marks, mark{func(page int, box hequan.Box) { p.fields[i].Page, p.fields[i].Box = page, &box }})
	return fmt.Sprintf(`<span data-m="%d" %s>%s</span>`, len(p.marks)-1, style, b.String())
}
