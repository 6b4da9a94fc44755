package checks

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WritePage writes the page of all rules, in Markdown: docs/rules.md.
func WritePage(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "# Rules\n\nWritten from the rules by `hequan rules --format md`; do not edit.\n")
	group := ""
	for _, r := range All() {
		if g, _, _ := strings.Cut(r.ID, "."); g != group {
			group = g
			fmt.Fprintf(out, "\n## %s\n", g)
		}
		modes := "all modes"
		if len(r.Modes) > 0 {
			var list []string
			for _, m := range r.Modes {
				list = append(list, string(m))
			}
			modes = strings.Join(list, ", ")
		}
		fmt.Fprintf(out, "\n### %s\n\n%s · %s · %s · %s\n\n%s\n", r.ID, r.Title, r.Clause, modes, r.Scope, r.Doc)
		var needs []string
		for _, n := range r.Needs {
			kind := string(n.Kind)
			if kind == "" {
				kind = "form"
			}
			needs = append(needs, "`"+kind+"."+n.Field+"`")
		}
		if len(needs) > 0 {
			fmt.Fprintf(out, "\nReads %s.\n", strings.Join(needs, ", "))
		}
	}
	return out.Flush()
}
