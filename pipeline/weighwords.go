package pipeline

import (
	"strings"
)

// sameMark maps to one what two recognisers print for the same mark, beyond what asciiFold does.
var sameMark = strings.NewReplacer("［", "〔", "］", "〕", "（", "(", "）", ")", "〈", "(", "〉", ")", "【", "〔", "】", "〕", "：", ":", "；", ";", "＊", "*",
	"“", "\"", "”", "\"", "！", "!", "？", "?", "／", "/", "・", "·", "•", "·", "○", "〇")

func foldLine(text string) string { return sameMark.Replace(asciiFold.Replace(text)) }

// bracketFold maps brackets that a witness takes for each other, and 〈, which Tesseract prints for （.
var bracketFold = strings.NewReplacer("【", "〔", "】", "〕", "［", "〔", "］", "〕", "〈", "（", "〉", "）")

const (
	otherBrackets  = "()（）〈〉[]"
	squareBrackets = "〔〕【】［］"
)

// looseMarks are what Tesseract makes of dirt, and of the room between a label and its value.
const looseMarks = "“”‘’\"'`|~^«»"

// weighWords takes of Chinese words character by character the surer reading.
func weighWords(w *piece, s said) {
	var b strings.Builder
	changed := false
	amount := chineseValue.MatchString(w.text) && strings.ContainsAny(w.text, "壹贰叁肆伍陆柒捌玖拾佰仟")
	crowded := 2*w.rect.Dx() < (2*runeCount(w.text)-1)*w.rect.Dy() // more was read than there is room for
	for i, c := range s.chars {
		take := c.own
		loose := strings.ContainsRune(looseMarks, c.own)
		switch {
		case c.own == c.other:
		case c.other == 0:
			switch {
			case i == 0 && c.own == '“': // it may be the asterisk before an invoice's line
			case crowded:
				take = 0
			case loose, i > 0 && strings.ContainsRune("，。、", c.own):
				take = gapMark // dirt in a gap, or the gap itself
			case amount && !strings.ContainsRune(numerals, c.own):
				take = 0
			}
		case loose && c.own != 0 && c.sure >= witnessAgrees:
			take = c.other
		case c.own == 0:
			if c.sure >= witnessOverrules {
				take = c.other
			}
		case strings.ContainsRune(otherBrackets, c.own) && strings.ContainsRune(squareBrackets, c.other): // Tesseract takes 〔 for ( or [
			take = []rune(bracketFold.Replace(string(c.other)))[0]
		case c.sure >= witnessOverrules || c.sure > w.confidence:
			take = c.other
		}
		if take != 0 {
			b.WriteRune(take)
		}
		changed = changed || take != c.own
	}
	if !changed {
		w.alt = s.text()
		return
	}
	own := w.text
	if w.text = strings.Trim(b.String(), string(gapMark)); own != w.text && strings.Trim(own, looseMarks) != strings.Trim(w.text, looseMarks) {
		w.alt = own
	}
	if bare := strings.ReplaceAll(w.text, string(gapMark), ""); foldLine(bare) == foldLine(s.text()) && strings.Trim(own, looseMarks) == w.text {
		w.twice = !s.loose && s.sure() >= witnessAgrees // but for the marks both read it alike
	}
}
