// Package uscc checks and repairs the 统一社会信用代码 (GB 32100-2015): 18
// characters, the ninth to the seventeenth an organisation code with its own
// check character (GB 11714), the last a check over all.
package uscc

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// alphabet holds the characters of a code by value: no I, O, S, V, Z.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// Len is the number of characters of a code.
const Len = 18

// Normal returns the code as it is compared: NFKC, upper case, no spaces or
// hyphens between the characters.
func Normal(text string) string {
	s := strings.ToUpper(norm.NFKC.String(text))
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '-', '·', '.', ',':
			return -1
		}
		return r
	}, s)
}

// WellFormed says whether the text has 18 characters of the alphabet.
func WellFormed(code string) bool {
	if len(code) != Len {
		return false
	}
	for i := 0; i < Len; i++ {
		if strings.IndexByte(alphabet, code[i]) < 0 {
			return false
		}
	}
	return true
}

// Check returns the check character that belongs to the first 17 characters.
func Check(code17 string) (byte, bool) {
	if len(code17) < Len-1 {
		return 0, false
	}
	sum, weight := 0, 1
	for i := 0; i < Len-1; i++ {
		v := strings.IndexByte(alphabet, code17[i])
		if v < 0 {
			return 0, false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31], true
}

// Valid says whether the code has its form and a right check character.
func Valid(code string) bool {
	if !WellFormed(code) {
		return false
	}
	c, ok := Check(code)
	return ok && c == code[Len-1]
}

// ValidOrg says whether the organisation code inside (characters 9 to 17) has
// a right check character. Codes given out since 2015 need not have one, so it
// is a hint only.
func ValidOrg(code string) bool {
	if !WellFormed(code) {
		return false
	}
	weights := [8]int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		c := code[8+i]
		switch {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		default:
			sum += int(c-'A'+10) * w
		}
	}
	var want byte
	switch r := 11 - sum%11; r {
	case 10:
		want = 'X'
	case 11:
		want = '0'
	default:
		want = byte('0' + r)
	}
	return code[16] == want
}

// confusable lists what may really stand where OCR read a character.
var confusable = map[byte]string{
	'O': "0DQ", 'I': "1L", 'S': "58", 'Z': "2", 'V': "UY",
	'0': "DQ", 'D': "0", 'Q': "0", '1': "7L", '7': "1", 'L': "1",
	'2': "", '5': "6", '6': "5G8", 'G': "6", '8': "B36", 'B': "8", '3': "8", '9': "", 'U': "", 'Y': "",
}

// Repair returns the code that stands on the page when a single explanation
// of the reading is valid: the reading itself (repaired is false), or the one
// replacement of characters by their lookalikes that makes the check character
// right. Characters outside of the alphabet are all replaced; else exactly one
// character may differ. With two valid explanations, or none, ok is false.
func Repair(text string) (code string, repaired, ok bool) {
	s := Normal(text)
	if Valid(s) {
		return s, false, true
	}
	if len(s) == Len+1 {
		return shorten(s)
	}
	if len(s) != Len {
		return "", false, false
	}
	var illegal []int
	for i := 0; i < Len; i++ {
		region := i >= 1 && i < 8 && !digitsOnly(s[i:i+1])
		if region || strings.IndexByte(alphabet, s[i]) < 0 {
			if confusable[s[i]] == "" {
				return "", false, false
			}
			illegal = append(illegal, i)
		}
	}
	found := map[string]bool{}
	if len(illegal) > 0 {
		if len(illegal) > 4 {
			return "", false, false
		}
		replaceAll([]byte(s), illegal, found)
	} else {
		for i := 0; i < Len; i++ {
			for j := 0; j < len(confusable[s[i]]); j++ {
				c := s[:i] + confusable[s[i]][j:j+1] + s[i+1:]
				if Valid(c) && digitsOnly(c[1:8]) {
					found[c] = true
				}
			}
		}
	}
	if len(found) != 1 {
		return "", false, false
	}
	for c := range found {
		code = c
	}
	return code, true, true
}

// shorten is Repair of a reading that has one character too many: one that was
// taken for two. Of several choices the one counts whose organisation code is right too.
func shorten(s string) (code string, repaired, ok bool) {
	all, sound := map[string]bool{}, map[string]bool{}
	for i := 0; i <= Len; i++ {
		if c, _, ok := Repair(s[:i] + s[i+1:]); ok {
			all[c] = true
			if ValidOrg(c) {
				sound[c] = true
			}
		}
	}
	if len(all) > 1 {
		all = sound
	}
	for c := range all {
		code = c
	}
	return code, true, len(all) == 1
}

func replaceAll(s []byte, at []int, found map[string]bool) {
	if len(at) == 0 {
		if Valid(string(s)) {
			found[string(s)] = true
		}
		return
	}
	was := s[at[0]]
	for j := 0; j < len(confusable[was]); j++ {
		if c := confusable[was][j]; at[0] >= 1 && at[0] < 8 && (c < '0' || c > '9') {
			continue // the category and the six characters of the region are digits (GB 32100-2015, 5.2, 5.3)
		}
		s[at[0]] = confusable[was][j]
		replaceAll(s, at[1:], found)
	}
	s[at[0]] = was
}

// Holder says what kind of body the first two characters name.
func Holder(code string) string {
	if len(code) < 2 {
		return ""
	}
	return holders[code[:2]]
}

var holders = map[string]string{
	"91": "企业", "92": "个体工商户", "93": "农民专业合作社",
	"11": "机关", "12": "事业单位", "13": "群众团体",
	"51": "社会团体", "52": "民办非企业单位", "53": "基金会", "31": "律师执业机构",
}

// digitsOnly: the class of an organisation and the place of its registration are digits (GB 32100, 5.2 and 5.3).
func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
