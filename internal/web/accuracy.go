package web

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"

	"hequan/internal/render"
	"hequan/internal/store"
)

// accuracyView is how often people found a field read rightly, of those that
// they looked at: a value that was saved unchanged was right, another was not.
type accuracyView struct {
	Field        string
	Right, Seen  int
	Share        string
	Low, High    string
	X, W, Middle int // of the drawing: the interval, and the share itself
}

// inTable is the place of a cell: its row says nothing of how well it is read.
var inTable = regexp.MustCompile(`\[\d+\]`)

// accuracySpan is the width of the drawing of a whole.
const accuracySpan = 200

// accuracy counts what people corrected in a window, or in everything.
func (s *Server) accuracy(ctx context.Context, upload string) ([]accuracyView, error) {
	rows, err := s.Ledger.CorrectionsOf(ctx, upload)
	if err != nil {
		return nil, err
	}
	right, seen := map[string]int{}, map[string]int{}
	for _, c := range standingOfAll(rows) {
		field := inTable.ReplaceAllString(c.Field, "")
		seen[field]++
		if c.Value == c.Before {
			right[field]++
		}
	}
	return accuracies(right, seen), nil
}

// blindAccuracy counts what people read off pages without seeing what the
// machine had read: what nobody can read says nothing.
func (s *Server) blindAccuracy(ctx context.Context, upload string) ([]accuracyView, error) {
	rows, err := s.Ledger.BlindChecks(ctx, upload)
	if err != nil {
		return nil, err
	}
	right, seen := map[string]int{}, map[string]int{}
	for _, c := range rows {
		if c.Human == "" {
			continue
		}
		seen[c.Field]++
		if c.Agrees {
			right[c.Field]++
		}
	}
	return accuracies(right, seen), nil
}

func accuracies(right, seen map[string]int) []accuracyView {
	var out []accuracyView
	for field, n := range seen {
		low, high := wilson(right[field], n)
		share := float64(right[field]) / float64(n)
		percent := func(v float64) string { return fmt.Sprintf("%.0f%%", v*100) }
		x := int(low * accuracySpan)
		out = append(out, accuracyView{Field: render.FieldWord(field), Right: right[field], Seen: n, Share: percent(share), Low: percent(low), High: percent(high),
			X: x, W: max(2, int(high*accuracySpan)-x), Middle: int(share * accuracySpan)})
	}
	slices.SortFunc(out, func(a, b accuracyView) int { return cmp.Or(cmp.Compare(b.Seen, a.Seen), cmp.Compare(a.Field, b.Field)) })
	return out
}

// standingOfAll are the corrections that count, of several applications.
func standingOfAll(rows []store.Correction) []store.Correction {
	var out []store.Correction
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].ApplicationID == rows[0].ApplicationID {
			n++
		}
		out = append(out, store.Standing(rows[:n])...)
		rows = rows[n:]
	}
	return out
}

// wilson is the interval in which a share lies with a probability of 95 %, by
// its score (Wilson 1927): it holds for few observations, too.
func wilson(right, seen int) (low, high float64) {
	if seen == 0 {
		return 0, 1
	}
	const z = 1.959964
	n, p := float64(seen), float64(right)/float64(seen)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}
