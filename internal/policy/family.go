package policy

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Family is the house name under which a model's service is filed.
type Family struct {
	Name    string
	FiledAs string // the name on the list; empty when there is none
	Status  string // filed, foreign, tool
}

type familyRow struct {
	pattern *regexp.Regexp
	Family
}

var families = sync.OnceValue(func() []familyRow {
	data, err := files.ReadFile("families.tsv")
	if err != nil {
		panic(err)
	}
	var out []familyRow
	for _, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "pattern\t") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 4 {
			panic(fmt.Sprintf("families.tsv: %q has %d columns, want 4", line, len(c)))
		}
		out = append(out, familyRow{regexp.MustCompile(`(?i)(?:` + c[0] + `)`), Family{c[1], c[2], c[3]}})
	}
	return out
})

// ModelID returns a model id as it is looked up: NFKC, lower case, the part
// after the last slash, without a date or -latest at its end.
func ModelID(model string) string {
	s := strings.ToLower(strings.TrimSpace(norm.NFKC.String(model)))
	if i := strings.LastIndex(s, "/"); i >= 0 && i < len(s)-1 {
		s = s[i+1:]
	}
	s = strings.TrimSpace(s)
	for {
		t := idSuffix.ReplaceAllString(s, "")
		if t == s || t == "" {
			return s
		}
		s = t
	}
}

var idSuffix = regexp.MustCompile(`-(?:20\d{2}-?\d{2}-?\d{2}|\d{4}|latest|preview)$`)

// FamilyOf returns the family of a model id or product name.
func FamilyOf(model string) (Family, bool) {
	id := ModelID(model)
	if id == "" {
		return Family{}, false
	}
	for _, f := range families() {
		if f.pattern.MatchString(id) {
			return f.Family, true
		}
	}
	return Family{}, false
}

var (
	coreTail = regexp.MustCompile(`(?:[\s\-_·.（）()]*(?:大语言模型|大模型|模型|服务|系列|助手|平台|开放|认知|nlp|` +
		`chat|instruct|base|pro|plus|max|mini|turbo|lite|flash|ultra|long|air|vl|vision|coder|code|embedding|omni|thinking|` +
		`v?\d+(?:\.\d+)*[bkm]?|v\d+(?:\.\d+)*|标准版|专业版|旗舰版|企业版|极速版))+$`)
	coreJunk = regexp.MustCompile(`[\s\-_·.「」“”"（）()]+`)
)

// ModelCore returns a model's name without what tells versions, sizes and
// editions apart: 澜石-72B-Chat and 澜石大模型 are both 澜石.
func ModelCore(model string) string {
	id := ModelID(model)
	core := coreJunk.ReplaceAllString(coreTail.ReplaceAllString(id, ""), "")
	if core == "" {
		return coreJunk.ReplaceAllString(id, "")
	}
	return core
}

// SameModel says whether two names mean a model of one family: a known family,
// or the same core of the name. A tool belongs to no family.
func SameModel(a, b string) bool {
	fa, oka := FamilyOf(a)
	fb, okb := FamilyOf(b)
	if oka && okb && fa.Status == "filed" && fb.Status == "filed" {
		return fa.Name == fb.Name
	}
	ca, cb := ModelCore(a), ModelCore(b)
	if len([]rune(ca)) < 2 || len([]rune(cb)) < 2 {
		return ca != "" && ca == cb
	}
	return ca == cb || strings.HasPrefix(ca, cb) || strings.HasPrefix(cb, ca)
}
