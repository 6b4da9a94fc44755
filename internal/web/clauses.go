package web

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
)

// clausesTSV holds the clauses of the guide of the first half of 2026, as
// published: number and text.
//
//go:embed clauses.tsv
var clausesTSV string

var clauses = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(clausesTSV) {
		number, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		m[number] = text
	}
	return m
}()

var (
	clauseRef   = regexp.MustCompile(`^([一二三四五六七八九十]+)(?:\.(\d+)(?:-(\d+))?)?`)
	clauseSplit = regexp.MustCompile(`[,、]`)
)

// maxClauses bounds the clauses that are quoted for one reference.
const maxClauses = 3

// clauseText quotes the clauses of a reference as rules give it: 五.7, 五.6(2),
// 五.7-8, 三.3,三.6. It is empty where the guide numbers no such clause.
func clauseText(ref string) string {
	var out []string
	for _, part := range clauseSplit.Split(ref, -1) {
		m := clauseRef.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			continue
		}
		if m[2] == "" {
			if text, ok := clauses[m[1]]; ok {
				out = append(out, text)
			}
			continue
		}
		first, _ := strconv.Atoi(m[2]) // digits, by the expression
		last := first
		if m[3] != "" {
			last, _ = strconv.Atoi(m[3])
		}
		for n := first; n <= last; n++ {
			if text, ok := clauses[m[1]+"."+strconv.Itoa(n)]; ok {
				out = append(out, m[1]+"."+strconv.Itoa(n)+" "+text)
			}
		}
	}
	if len(out) > maxClauses {
		return ""
	}
	return strings.Join(out, "\n")
}
