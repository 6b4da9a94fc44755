package name

import "strings"

// Parts splits a company's normal name into the place that it begins with, its
// kind that it ends in, and what tells it from others between; place and kind
// may be empty. Together they are the normal name.
func Parts(company string) (place, own, kind string) {
	own = Normal(company)
	for _, suf := range suffixes {
		if suf != "科技有限公司" && strings.HasSuffix(own, suf) {
			own, kind = strings.TrimSuffix(own, suf), suf
			break
		}
	}
	if strings.HasSuffix(own, "事务所") && strings.HasSuffix(kind, "）") {
		own, kind = strings.TrimSuffix(own, "事务所"), "事务所"+kind
	}
	for _, p := range places {
		if rest, ok := strings.CutPrefix(own, p); ok && len([]rune(rest)) >= 2 {
			place, own = p, rest
			break
		}
	}
	for _, p := range []string{"省", "市"} {
		if rest, ok := strings.CutPrefix(own, p); ok && place != "" && len([]rune(rest)) >= 2 {
			place, own = place+p, rest
		}
	}
	return place, own, kind
}

// Places returns the places that names of companies often begin with.
func Places() []string { return append([]string(nil), places...) }

// Suffixes returns the kinds of company that names end in, longest first.
func Suffixes() []string { return append([]string(nil), suffixes...) }

// Usual says of each character of what tells a company from others whether it
// belongs to a word that many companies bear, as 科技 or 信息.
func Usual(own string) []bool {
	runes := []rune(own)
	out := make([]bool, len(runes))
	for _, w := range commonWords {
		word := []rune(w)
		if len(word) < 2 {
			continue
		}
		for i := 0; i+len(word) <= len(runes); i++ {
			if string(runes[i:i+len(word)]) == w {
				for k := range word {
					out[i+k] = true
				}
			}
		}
	}
	return out
}
