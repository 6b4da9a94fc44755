package extractors

import (
	"slices"

	"hequan"
)

// modelsOfRuns completes the models of tables whose cells for the model reach over its months, with the name in the middle:
// where the days begin anew and are the same for each model, and each such run names one, it is that of all its rows.
func modelsOfRuns(t *hequan.Table) {
	m, k := t.Column("model"), t.Column("date")
	if m < 0 || k < 0 {
		return
	}
	var runs [][][]hequan.Cell
	for i, r := range t.Rows {
		if r[k].Value == "" {
			return
		}
		if i == 0 || r[k].Value <= t.Rows[i-1][k].Value {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], r)
	}
	sameDay := func(a, b []hequan.Cell) bool { return a[k].Value == b[k].Value }
	var names []hequan.Cell
	for _, run := range runs {
		var of *hequan.Cell
		for _, r := range run {
			if r[m].Value != "" {
				if of != nil && of.Value != r[m].Value {
					return
				}
				of = &r[m]
			}
		}
		if of == nil || len(run) < 2 || !slices.EqualFunc(run, runs[0], sameDay) || slices.ContainsFunc(names, func(x hequan.Cell) bool { return x.Value == of.Value }) {
			return
		}
		names = append(names, *of)
	}
	for n, run := range runs {
		for _, r := range run {
			if r[m].Value == "" {
				r[m] = names[n]
				r[m].Proof = nil
			}
		}
	}
}
