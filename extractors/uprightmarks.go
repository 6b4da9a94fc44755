package extractors

import (
	"strings"

	"hequan"
)

// isRule says whether a word is nothing but upright rules.
func isRule(text string) bool { return text != "" && strings.Trim(text, "|｜") == "" }

// mayHoldOnes says whether a rule among words may be a 1: in rows of a table, with its price and its amount.
func mayHoldOnes(words []hequan.Word) bool {
	figures := 0
	for _, w := range words {
		if plainFigure.MatchString(w.Text) {
			figures++
		}
	}
	return figures >= 2
}

// amongLetters says whether a word stands between letters as one of them does: [ and ] may be read as rules.
func amongLetters(words []hequan.Word, i int, aspect float64) bool {
	near := 0.5 * letter(words[max(0, i-1)], aspect)
	return i > 0 && i+1 < len(words) && words[i].Box[0]-words[i-1].Box[2] < near && words[i+1].Box[0]-words[i].Box[2] < near
}
