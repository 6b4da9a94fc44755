package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan/internal/name"
)

var (
	// placeBefore ends with what may be a place, alone in its piece of a row or behind a label.
	placeBefore = regexp.MustCompile(`(?:^|[:：为)）])(\p{Han}{1,3})$`)
	// nameBehindPlace begins with the rest of a company's name.
	nameBehindPlace = regexp.MustCompile(`^\p{Han}{4,24}(?:公司|有限|科技|技术)`)
)

// mostOfGap is how far apart, in the width of the page, two parts of one name may stand.
const mostOfGap = 0.06

// joinNames closes gaps in which a company's name was parted behind its place, or inside of it: 北京 | 某某科技有限公司,
// 盖章：成 | 都某某科技有限公司. A seal or a speck parts words.
func (d *doc) joinNames() {
	for i := range d.rows {
		r := &d.rows[i]
		if r.grid != nil {
			continue
		}
		for k := len(r.text) - 2; k > 0; k-- {
			if r.text[k] != '\t' || r.words[k-1] < 0 || r.words[k+1] < 0 || r.parts[r.words[k+1]].Box[0]-r.parts[r.words[k-1]].Box[2] > mostOfGap {
				continue
			}
			from := lastTab(r.text[:k]) + 1
			m := placeBefore.FindStringSubmatch(strings.Map(dropSpace, string(r.text[from:k])))
			if m == nil || !nameBehindPlace.MatchString(string(r.text[k+1:])) || !name.Place(m[1]+string(r.text[k+1:min(len(r.text), k+3)])) {
				continue
			}
			r.text, r.words = slices.Delete(r.text, k, k+1), slices.Delete(r.words, k, k+1)
		}
	}
}

// lastTab is the place of the last tab, -1 for none.
func lastTab(t []rune) int {
	for k := len(t) - 1; k >= 0; k-- {
		if t[k] == '\t' {
			return k
		}
	}
	return -1
}
