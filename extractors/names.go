package extractors

import (
	"regexp"
	"strings"
	"sync"

	"hequan/internal/name"
)

// companyName is a run of characters that ends as names of companies do.
var companyName = regexp.MustCompile(`([\p{Han}A-Za-z()]{2,40}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|研究院|研究所|事务所\((?:特殊)?普通合伙\)|有限合伙\)))`)

var placeNames = sync.OnceValue(name.Places)

// companyStart says where in a run a name begins: at the first place, or
// behind a word that names commonly follow.
func companyStart(text string) int {
	best := -1
	for _, p := range placeNames() {
		for i := 0; i < len(text); {
			k := strings.Index(text[i:], p)
			if k < 0 {
				break
			}
			k += i
			i = k + len(p)
			n := len([]rune(text[:k]))
			rest := len([]rune(text[k:]))
			if !strings.HasPrefix(text[i:], ")") && rest >= 6 && rest <= 26 && (best < 0 || n < best) {
				best = n
			}
		}
	}
	if best >= 0 {
		return best
	}
	start := 0
	for _, w := range []string{"公司", "甲方", "乙方", "买方", "卖方", "供方", "需方", "委托方", "受托方", "采购人", "供应商", "由", "致", "与", "和", "向", "为", "系", "对", "经"} {
		if i := strings.Index(text, w); i >= 0 && len([]rune(text))-len([]rune(text[:i]))-len([]rune(w)) >= 6 {
			start = max(start, len([]rune(text[:i]))+len([]rune(w)))
		}
	}
	return start
}

func normalName(s string) string { return name.Normal(s) }
