package policy

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"hequan/internal/name"
)

// Hit is a row that was found, with how.
type Hit struct {
	Filing
	How string // Chinese: 编号相同, 名称相近 …
}

// mostNear bounds the near matches of a lookup.
const mostNear = 5

// leastNear is how alike two names are at least to be shown as near.
const leastNear = 0.6

// Lookup finds the rows of a number, a model's name or id, or an entity; where
// there is none, the rows whose name or entity is nearest.
func (f *Filings) Lookup(query string) []Hit {
	var out []Hit
	add := func(how string, rows []Filing) {
		for _, r := range rows {
			if !slices.ContainsFunc(out, func(h Hit) bool { return h.Filing == r }) {
				out = append(out, Hit{r, how})
			}
		}
	}
	add("编号相同", f.ByNumber(query))
	add("模型相符", f.ByModel(query))
	add("单位相同", f.ByEntity(query))
	if len(out) > 0 {
		return out
	}
	type near struct {
		Hit
		alike float64
	}
	var all []near
	for _, r := range f.Rows {
		if a := name.Similarity(r.Model, query); a >= leastNear {
			all = append(all, near{Hit{r, "名称相近"}, a})
		} else if a := name.Similarity(r.Entity, query); r.Entity != "" && a >= leastNear {
			all = append(all, near{Hit{r, "单位相近"}, a})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.alike, a.alike) })
	for _, n := range all[:min(mostNear, len(all))] {
		out = append(out, n.Hit)
	}
	return out
}

// ByEntity returns the rows of an entity.
func (f *Filings) ByEntity(entity string) []Filing {
	var out []Filing
	key := name.Key(entity)
	for _, r := range f.Rows {
		if key != "" && name.Key(r.Entity) == key {
			out = append(out, r)
		}
	}
	return out
}

// WriteFilings writes a list as LoadFilings reads it.
func WriteFilings(w io.Writer, f *Filings) error {
	if _, err := fmt.Fprintf(w, "# complete: %v\n", f.Complete); err != nil {
		return err
	}
	if f.AsOf != "" {
		if _, err := fmt.Fprintf(w, "# as_of: %s\n", f.AsOf); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.Comma = '\t'
	rows := [][]string{{"track", "seq", "territory", "model", "entity", "number", "date", "note"}}
	for _, r := range f.Rows {
		rows = append(rows, []string{r.Track, r.Seq, r.Territory, r.Model, r.Entity, r.Number, r.Date, r.Note})
	}
	return out.WriteAll(rows)
}
