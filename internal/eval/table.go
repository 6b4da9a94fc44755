package eval

import (
	"fmt"
	"io"
	"sort"
)

// Print writes a score for people.
func Print(w io.Writer, s *Score) {
	line := func(name string, c Count) {
		fmt.Fprintf(w, "%-34s %5d / %-5d %5.1f %%\n", name, c.Right, c.All, percent(c))
	}
	fmt.Fprintf(w, "applications                       %d\n", s.Applications)
	line("kinds of documents", s.Kinds)
	line("single fields exact", s.FieldsAll)
	line("table cells exact", s.CellsAll)
	line("seals found", s.SealsFound)
	line("seals tied to the right party", s.SealsTied)
	line("kinds of seals", s.SealsKind)
	fmt.Fprintf(w, "%-34s %5d\n", "seals that are none", s.SealsFalse)
	line("faults caught (fail or review)", s.FaultsReview)
	line("faults caught as fail", s.FaultsFail)
	fmt.Fprintf(w, "%-34s %5d\n", "faults passed in silence", s.FaultsSilent)
	line("faults shown at their place", s.Located)
	fmt.Fprintf(w, "%-34s %5d of %d findings on clean rules\n", "false alarms (fail)", s.FalseAlarms, s.CleanChecks)
	fmt.Fprintf(w, "%-34s %5d\n", "needless reviews", s.NeedlessReviews)
	line("subsidy exact", s.Subsidy)
	fmt.Fprintf(w, "%-34s %5d (right: %d)\n", "proven values that are wrong", s.ProvenWrong, s.ProvenRight)
	fmt.Fprintln(w, "\nfields by kind")
	counts(w, s.Fields)
	fmt.Fprintln(w, "\ntable cells by column")
	counts(w, s.Cells)
	fmt.Fprintln(w, "\nfaults by rule (the expected status)")
	counts(w, s.FaultRules)
	fmt.Fprintln(w, "\nfalse alarms by rule")
	numbers(w, s.AlarmRules)
	fmt.Fprintln(w, "\nneedless reviews by rule")
	numbers(w, s.ReviewRules)
}

func percent(c Count) float64 {
	if c.All == 0 {
		return 0
	}
	return 100 * float64(c.Right) / float64(c.All)
}

func counts(w io.Writer, m map[string]Count) {
	for _, k := range sortedKeys(m) {
		fmt.Fprintf(w, "  %-38s %5d / %-5d %5.1f %%\n", k, m[k].Right, m[k].All, percent(m[k]))
	}
}

func numbers(w io.Writer, m map[string]int) {
	for _, k := range sortedKeys(m) {
		fmt.Fprintf(w, "  %-38s %5d\n", k, m[k])
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
