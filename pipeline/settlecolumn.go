package pipeline

import (
	"slices"
	"strings"

	"hequan"
	"hequan/internal/glyph"
)

// columnConfidence is that of a model that the other rows of its column bear out.
const columnConfidence = 0.75

// settleColumns looks again at the models of an application's tables that were read as nearly one that other rows are
// settled to have: a character that the recogniser does not know is read as another one in each row (云册, 云山, 云邮 for
// 云岫). The picture of a row need not show it beyond doubt, only rather than what was read; where it shows neither, the row
// says what others said that were settled. before are the models as they were read, by document, table and row.
func (s *settler) settleColumns(docs []hequan.Document, before [][][]string) {
	all, settled := 0, map[string]int{} // by brand
	readAs := map[[2]string]bool{}
	eachModel(docs, func(d, t, r int, cell *hequan.Cell) {
		b := brandOf(cell.Value)
		all, settled[b] = all+1, settled[b]+1
		readAs[[2]string{b, brandOf(before[d][t][r])}] = true
	})
	eachModel(docs, func(d, t, _ int, cell *hequan.Cell) {
		read := brandOf(cell.Value)
		if read == "" || len(cell.Proof) > 0 || cell.Box.IsZero() || contains(s.brands, read) {
			return
		}
		page := cell.Page
		if page == 0 {
			page = docs[d].Tables[t].Page
		}
		for _, want := range s.brands {
			if n := settled[want]; n < 2 || 4*n < all || !oneOff([]rune(want), []rune(read)) {
				continue
			}
			lead, seen := s.lead(docs[d].SHA256, page, cell.Box, []rune(want), []rune(read))
			if seen && lead > 0 || readAs[[2]string{want, read}] && (!seen || lead > -0.03) {
				cell.Value = want + strings.TrimPrefix(cell.Value, read)
				cell.Confidence = min(cell.Confidence, columnConfidence)
			}
			return
		}
	})
}

// eachModel calls a function with each cell of the columns of models, by document, table and row.
func eachModel(docs []hequan.Document, do func(d, t, r int, cell *hequan.Cell)) {
	for d := range docs {
		for t, table := range docs[d].Tables {
			if c := table.Column("model"); c >= 0 {
				for r := range table.Rows {
					do(d, t, r, &table.Rows[r][c])
				}
			}
		}
	}
}

// modelsOf are the models of documents' tables, by document, table and row.
func modelsOf(docs []hequan.Document) [][][]string {
	out := make([][][]string, len(docs))
	for d := range docs {
		out[d] = make([][]string, len(docs[d].Tables))
	}
	eachModel(docs, func(d, t, _ int, cell *hequan.Cell) { out[d][t] = append(out[d][t], cell.Value) })
	return out
}

// brandOf is what stands before the hyphen of a model's name, where it is Chinese.
func brandOf(value string) string {
	head, _, ok := strings.Cut(value, "-")
	if !ok || !allHan(head) {
		return ""
	}
	return head
}

// oneOff says whether what was read differs from a name in one place: a character for another, or for two, or none.
func oneOff(want, read []rune) bool {
	if len(want) < 2 || len(read) == 0 || len(read) > len(want)+1 {
		return false
	}
	from := 0
	for from < len(want) && from < len(read) && want[from] == read[from] {
		from++
	}
	behind := 0
	for behind < len(want)-from && behind < len(read)-from && want[len(want)-1-behind] == read[len(read)-1-behind] {
		behind++
	}
	return from+behind == len(want)-1
}

// lead is how much more the picture shows the one character of a name that was not read as such than what was read for
// it; not seen where its place is not found.
func (s *settler) lead(sha string, page int, box hequan.Box, want, read []rune) (lead float64, seen bool) {
	chars := s.chars(sha, page, box)
	at := find(chars, read)
	if at < 0 || s.plane(sha, page) == nil || s.shapes == nil || s.shapes.Faces() == 0 {
		return 0, false
	}
	missed := 0
	for missed < len(want) && missed < len(read) && want[missed] == read[missed] {
		missed++
	}
	beside, step := missed-1, 1.0 // the character before it, or behind the first
	if missed == 0 {
		beside, step = len(read)-1, -1
	}
	if missed >= len(want) || beside < 0 {
		return 0, false
	}
	place, ok := s.seenAt(sha, page, chars[at+beside])
	if !ok {
		return 0, false
	}
	place.X += step * place.Side
	cell := glyph.NewCell(s.plane(sha, page), place)
	if s.shapes.Likeness(cell, want[missed]) < 0.4 {
		return 0, false
	}
	var others []rune
	for _, r := range read {
		if !slices.Contains(want, r) {
			others = append(others, r)
		}
	}
	return s.shapes.Lead(cell, want[missed], others...), true
}
