package eval

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"

	"hequan"
)

// Perfect returns the documents and files of an application as a reader
// without fault would: exactly what the label says, proven by a text layer.
// Judged by the rules they show what the rules do with a perfect reading.
func Perfect(t *Truth) ([]hequan.Document, []hequan.FileInfo) {
	var docs []hequan.Document
	var files []hequan.FileInfo
	pages := map[string]int{}
	for _, d := range t.Documents {
		pages[d.File] = max(pages[d.File], d.Pages[1])
	}
	for _, d := range t.Documents {
		sum := digest(t.ID + "/" + d.File)
		if !slices.ContainsFunc(files, func(f hequan.FileInfo) bool { return f.File == d.File }) {
			files = append(files, hequan.FileInfo{File: d.File, SHA256: sum, Pages: pages[d.File]})
		}
		docs = append(docs, t.document(d, sum))
	}
	for _, name := range t.UnreadableFiles {
		files = append(files, hequan.FileInfo{File: name, SHA256: digest(t.ID + "/" + name), Problem: hequan.Problemf(hequan.ProblemUnreadable, "labelled so")})
	}
	return docs, files
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func (t *Truth) document(d Document, sum string) hequan.Document {
	id := fmt.Sprintf("%s#%d-%d", d.File, d.Pages[0], d.Pages[1])
	if d.Pages[0] == d.Pages[1] {
		id = fmt.Sprintf("%s#%d", d.File, d.Pages[0])
	}
	out := hequan.Document{ID: id, File: d.File, SHA256: sum, Pages: d.Pages, Kind: hequan.Kind(d.Kind), KindConfidence: 1, Slot: d.Slot,
		SlotGiven: len(t.Application.Materials) > 0, PageInfo: []hequan.PageInfo{}, Fields: []hequan.Field{}, Tables: []hequan.Table{}, Seals: []hequan.Seal{}}
	for _, p := range d.PageInfo {
		like := p.Page
		if p.SameAs > 0 {
			like = p.SameAs
		}
		info := hequan.PageInfo{Page: p.Page, Source: p.Source, Color: p.Color, DPI: p.DPI, Legibility: 0.97, PrintedPage: p.Printed, Picture: digest(fmt.Sprintf("%s/%s/%d", t.ID, d.File, like))[:16]}
		if p.Source == hequan.SourceDigital {
			info.Legibility = 1
		}
		if p.Blurred {
			info.Legibility = 0.5
		}
		out.PageInfo = append(out.PageInfo, info)
	}
	for _, f := range slices.Concat(d.Fields, d.Traits) {
		out.Fields = append(out.Fields, hequan.Field{Name: f.Name, Value: f.Value, Text: f.Text, Page: f.Page, Box: f.Box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}})
	}
	for _, table := range d.Tables {
		out.Tables = append(out.Tables, table.perfect(d.Pages[0]))
	}
	for _, s := range d.Seals {
		seal := hequan.Seal{Page: s.Page, Box: s.Box, Shape: s.Shape, Color: s.Color, Text: s.Text, Center: s.Center, Party: s.Party, Across: s.Across, Confidence: 0.95}
		if len(s.Kind) > 0 {
			seal.Kind = s.Kind[0]
		}
		out.Seals = append(out.Seals, seal)
	}
	return out
}

func (t Table) perfect(page int) hequan.Table {
	names := map[string]bool{}
	for _, row := range t.Rows {
		for n := range row {
			names[n] = true
		}
	}
	out := hequan.Table{Name: t.Name, Page: page, Columns: []string{}, Rows: [][]hequan.Cell{}}
	for n := range names {
		out.Columns = append(out.Columns, n)
	}
	sort.Strings(out.Columns)
	for _, row := range t.Rows {
		cells := make([]hequan.Cell, len(out.Columns))
		for i, n := range out.Columns {
			if c, ok := row[n]; ok {
				cells[i] = hequan.Cell{Value: c.Value, Text: c.Text, Page: c.Page, Box: c.Box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
