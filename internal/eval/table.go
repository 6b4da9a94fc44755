package eval

import (
	"fmt"
	"io"
	"sort"
)

// Print writes a score for people: the measures, then their parts.
func Print(w io.Writer, s *Score) {
	PrintMeasures(w, s)
	fmt.Fprintln(w, "\nfields by kind")
	counts(w, s.Fields)
	fmt.Fprintln(w, "\ntable cells by column")
	counts(w, s.Cells)
	fmt.Fprintln(w, "\ntraits (what rules read beside the fields)")
	counts(w, s.Traits)
	fmt.Fprintln(w, "\nby paper (in colour unless grey is said)")
	printPapers(w, s.Papers)
	fmt.Fprintln(w, "\nfaults by rule (the expected status)")
	counts(w, s.FaultRules)
	fmt.Fprintln(w, "\nfalse alarms by rule")
	numbers(w, s.AlarmRules)
	fmt.Fprintln(w, "\nneedless reviews by rule")
	numbers(w, s.ReviewRules)
	fmt.Fprintln(w, "\nconfidence of values without proof: right, all, mean confidence")
	for _, b := range s.Calibration {
		if b.All > 0 {
			fmt.Fprintf(w, "  %.1f – %.1f  %5d / %-5d %5.1f %%   %5.1f %%\n", b.From, b.From+0.1, b.Right, b.All, percent(b.Count), 100*b.Sum/float64(b.All))
		}
	}
}

// PrintMeasures writes the measures alone, one a line.
func PrintMeasures(w io.Writer, s *Score) {
	line := func(name string, c Count) {
		if c.All == 0 {
			fmt.Fprintf(w, "%-34s     none to count\n", name)
			return
		}
		fmt.Fprintf(w, "%-34s %5d / %-5d %5.1f %%\n", name, c.Right, c.All, percent(c))
	}
	wrong := func(name string, e Errors) {
		if e.All > 0 {
			fmt.Fprintf(w, "%-34s %5.2f %% of %d\n", name, 100*float64(e.Wrong)/float64(e.All), e.All)
		}
	}
	fmt.Fprintf(w, "applications                       %5d, %d of them clean\n", s.Applications, s.Clean)
	line("kinds of documents", s.Kinds)
	line("pages of documents exact", s.Ranges)
	line("single fields exact", s.FieldsAll)
	line("table cells exact", s.CellsAll)
	fmt.Fprintf(w, "%-34s %5d\n", "rows that are none", s.RowsFalse)
	line("traits exact", s.TraitsAll)
	line("boxes of right values", s.Boxes)
	wrong("wrong characters of running text", s.Prose)
	line("seals found", s.SealsFound)
	line("seals tied to the right party", s.SealsTied)
	fmt.Fprintf(w, "%-34s %5d\n", "seals tied to a wrong party", s.SealsWrong)
	line("look-alike seals tied to nobody", s.SealsLookalike)
	line("kinds of seals", s.SealsKind)
	wrong("wrong characters of seals", s.SealsText)
	fmt.Fprintf(w, "%-34s %5d\n", "seals that are none", s.SealsFalse)
	line("faults caught (fail or review)", s.FaultsReview)
	line("faults caught as fail", s.FaultsFail)
	fmt.Fprintf(w, "%-34s %5d\n", "faults passed in silence", s.FaultsSilent)
	line("faults shown at their place", s.Located)
	line("evidence at its place", s.Evidence)
	fmt.Fprintf(w, "%-34s %5d of %d findings on clean rules\n", "false alarms (fail)", s.FalseAlarms, s.CleanChecks)
	fmt.Fprintf(w, "%-34s %5d\n", "needless reviews", s.NeedlessReviews)
	line("subsidy exact", s.Subsidy)
	fmt.Fprintf(w, "%-34s %5d (right: %d)\n", "proven values that are wrong", s.ProvenWrong, s.ProvenRight)
	fmt.Fprintf(w, "%-34s %5.1f points\n", "confidence off (calibration)", 100*s.Calibration.Error())
	if s.Speed.Pages > 0 {
		fmt.Fprintf(w, "%-34s %5.1f (%d pages that no cache held)\n", "pages per minute", float64(s.Speed.Pages)/s.Speed.Seconds*60, s.Speed.Pages)
	}
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
