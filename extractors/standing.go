package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// standingName is a name that makes up its line or cell, behind a label or a remark at most.
var standingName = regexp.MustCompile(`^(?:[^:\n]{1,16}:|【[^】\n]{1,16}】|\([^()\n]{1,12}\)|致|尊敬的)?\(?[^\n]{0,2}$`)

// letterTail is what may stand behind it.
var letterTail = regexp.MustCompile(`^(?:[:,，。]|\([^()\n]{1,14}\)|$)`)

// thirdParties are labels and neighbours of companies that are no party.
var thirdParties = regexp.MustCompile(`银行|代理|测评|事务所|招标|担保|保险|代开|监理|中介`)

// standing lists the companies that a paper names by themselves: in a line or
// cell of their own, behind a label. Those that sentences speak of are not among them.
func standing(f *flow) (out []hequan.Field) {
	text := string(f.text)
	for _, line := range lines(text) {
		loc := companyName.FindStringIndex(text[line[0]:line[1]])
		if loc == nil {
			continue
		}
		from, to := line[0]+loc[0], line[0]+loc[1]
		k := len(string([]rune(text[from:to])[:companyStart(text[from:to])]))
		from += k
		if !standingName.MatchString(text[line[0]:from]) && !partyLabel(text[line[0]:from]) || !letterTail.MatchString(text[to:line[1]]) || thirdParties.MatchString(text[line[0]:line[1]]) {
			continue
		}
		value := text[from:to]
		if len([]rune(value)) < 6 {
			continue
		}
		known := false
		for _, o := range out {
			known = known || sameCompany(o.Value, normalName(value))
		}
		if !known {
			at := len([]rune(text[:from]))
			out = append(out, f.field("", normalName(value), at, at+len([]rune(value))))
		}
	}
	return out
}

// partyLabel says whether a text is the label of a party, without its colon.
func partyLabel(text string) bool {
	return sideOfLabel(text) != "" || slices.Contains(customerLabels, text) || slices.Contains(providerLabels, text)
}

// lines are the stretches between newlines, in bytes.
func lines(text string) (out [][2]int) {
	from := 0
	for {
		k := strings.IndexByte(text[from:], '\n')
		if k < 0 {
			return append(out, [2]int{from, len(text)})
		}
		if k > 0 {
			out = append(out, [2]int{from, from + k})
		}
		from += k + 1
	}
}
