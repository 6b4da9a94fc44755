package pipeline

import (
	"regexp"
	"strings"
	"unicode"

	"hequan/internal/alphabet"
	"hequan/internal/ocr"
	"hequan/internal/uscc"
)

// weigh puts the words of a line beside what the witness read of it.
func weigh(line []piece, symbols []ocr.Symbol) {
	if len(symbols) == 0 {
		return
	}
	heard := beside(line, symbols)
	for i, s := range heard {
		w := &line[i]
		other := s.text()
		switch {
		case w.text == "": // joined
		case i+1 < len(heard) && joinAmount(line, i, s, heard[i+1]):
		case foldLine(other) == foldLine(w.text), sameNumerals(w.text, other), w.ascii && thousandsPoints(asciiFold.Replace(other)) == thousandsPoints(asciiFold.Replace(w.text)):
			if !s.loose && s.sure() >= witnessAgrees && (!w.ascii || wholeToBoth(line, i)) {
				w.twice = true
			}
			w.text = bracketFold.Replace(w.text)
		case other != "" && strings.Trim(w.text+other, "一-—–~～") == "" && i > 0 && i+1 < len(line) && pointDate.MatchString(line[i-1].text) && pointDate.MatchString(line[i+1].text):
			w.text, w.alt, w.twice = "-", "", true // the dash of a period, read as the numeral one
		case other == "":
			if strings.Trim(w.text, looseMarks) == "" && !w.twice && len(symbols) > 2 {
				w.text = "" // dirt
			}
		case w.twice:
			// Two others read it alike. Against a sure third reading nothing is proven, nor where it has letters in place of digits like them.
			code, alike := asciiFold.Replace(other), longNumber(w.text) && letteredAlike(w.text, asciiFold.Replace(other))
			if w.ascii && (s.sure() >= witnessOverrules && plainCode.MatchString(code) && len(other) >= len(w.text) || alike && s.sure() >= witnessAgrees) {
				w.twice, w.alt, w.confidence = false, code, min(w.confidence, 0.75)
				if alike && s.sure() >= witnessOverrules {
					w.text, w.alt = w.alt, w.text
				}
			}
		case w.ascii:
			weighValue(line, i, s)
		default:
			weighWords(w, s)
		}
		reach(line, i, s)
	}
}

// sameNumerals says whether two readings of a day in Chinese numerals differ by 〇 alone, which is
// lost easily: without it no year is another one's.
func sameNumerals(own, other string) bool {
	year := numeralYear.FindString(own)
	drop := strings.NewReplacer("〇", "", "○", "", "零", "")
	return year != "" && drop.Replace(own) == drop.Replace(other)
}

var numeralYear = regexp.MustCompile(`[一二][〇○零九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月`)

// joinAmount makes one word of two that stand beside each other where the witness reads an amount over both:
// a comma with much room around it parts them.
func joinAmount(line []piece, i int, a, b said) bool {
	w, next := &line[i], &line[i+1]
	if !w.ascii || !next.ascii || next.rect.Min.X-w.rect.Max.X > w.rect.Dy() || moneyForm.MatchString(asciiFold.Replace(a.text())) || moneyForm.MatchString(asciiFold.Replace(b.text())) {
		return false // amounts of two columns
	}
	own, other := thousandsPoints(asciiFold.Replace(w.text+next.text)), thousandsPoints(asciiFold.Replace(a.text()+b.text()))
	sure := min(a.sure(), b.sure())
	if !grouped.MatchString(other) || own != other && sure < witnessOverrules {
		return false
	}
	w.text, w.rect, w.confidence, w.twice = other, w.rect.Union(next.rect), min(w.confidence, next.confidence, sure), false
	if own == other {
		w.alt, w.twice = "", sure >= witnessAgrees && !a.loose && !b.loose && whole(append(line[:i+1:i+1], line[i+2:]...), i)
	} else {
		w.alt = own
	}
	next.text, w.joined = "", true
	return true
}

// weighValue decides between two readings of a number, code or Latin word.
func weighValue(line []piece, i int, s said) {
	w := &line[i]
	other := thousandsPoints(asciiFold.Replace(s.text()))
	own := asciiFold.Replace(w.text)
	if m := closedYear.FindStringSubmatch(bracketFold.Replace(s.text())); m != nil && len(own) == 5 && own[:4] == m[1] && strings.ContainsRune(takenForBracket, rune(own[4])) {
		w.text, w.alt, w.twice = m[0], own, !s.loose && s.sure() >= witnessOverrules // a bracket after a year, not a digit
		return
	}
	if o, m := bracketedYear.FindStringSubmatch(own), bracketedYear.FindStringSubmatch(bracketFold.Replace(s.text())); o != nil && m != nil && o[1] == m[1] && strings.ContainsAny(m[0], "〔〕") {
		w.text, w.alt, w.twice = m[0], own, !s.loose && s.sure() >= witnessAgrees
		return
	}
	if len(own) == 1 && strings.Contains("[("+takenForBracket, own) && strings.Contains(squareBrackets, other) {
		w.text, w.alt = bracketFold.Replace(other), own
		return
	}
	if between := s.text(); s.sure() >= witnessOverrules && (hidesHan(own, between) || hidesHan(w.alt, between)) {
		w.text, w.alt, w.ascii, w.twice = between, own, false, !s.loose // 1层112, which was one number to others
		return
	}
	if !asciiWord(other) {
		return
	}
	if beforeDateSign(line, i) {
		if fits, ok := dateDigits(line, i, other); ok && fits == own { // the other can't stand there
			w.alt = other
			return
		}
	}
	switch valid := func(code string) bool { return uscc.Valid(uscc.Normal(code)) }; {
	case plainNumber.MatchString(other) && !plainNumber.MatchString(own) && !pointDate.MatchString(own) && !hasLetter(own) && s.sure() >= witnessAgrees:
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure()) // the other is no number
		return
	case valid(own), plainNumber.MatchString(own) && !plainNumber.MatchString(other) && !pointDate.MatchString(other) && !hasLetter(other):
		w.alt = other
		return
	case valid(other) && !valid(w.alt):
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure())
		return
	case valid(w.alt):
		return
	}
	if w.alt != "" && asciiFold.Replace(w.alt) == other && s.sure() >= witnessAgrees {
		w.text, w.alt = other, w.text
		w.twice = !s.loose && whole(line, i)
		return
	}
	if s.sure() >= witnessOverrules || s.sure() > w.confidence {
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure())
		return
	}
	w.alt = other
}

// hidesHan says whether a reading of the recognisers of numbers, in which a character that is no number's is a box, is another
// reading in which Chinese characters stand in place of the boxes.
func hidesHan(boxed, text string) bool {
	a, b := []rune(boxed), []rune(text)
	if len(a) != len(b) || !strings.ContainsRune(boxed, alphabet.Other) {
		return false
	}
	for i := range a {
		if a[i] == alphabet.Other != unicode.Is(unicode.Han, b[i]) || a[i] != alphabet.Other && a[i] != b[i] {
			return false
		}
	}
	return true
}

// takenForBracket are what Tesseract reads for 〕.
const takenForBracket = "1lI|]J"

var (
	bracketedYear = regexp.MustCompile(`^[\[(（〔|]?(20\d\d)[\])）〕|1lIJ]?$`)
	closedYear    = regexp.MustCompile(`^(20\d\d)[〕\])）]$`)
	digitGroup    = regexp.MustCompile(`^\d{3,}$`)
)

// wholeToBoth says whether a word that a witness reads alike is a value in full, or a part of one
// that needs no more: codes with letters and numbers of accounts are printed, or cut, in groups.
func wholeToBoth(line []piece, i int) bool {
	if hasLetter(line[i].text) || whole(line, i) {
		return true
	}
	if !digitGroup.MatchString(line[i].text) {
		return false
	}
	near := func(k int) bool {
		return k < 0 || k >= len(line) || !line[k].ascii || digitGroup.MatchString(line[k].text) || hasLetter(line[k].text)
	}
	return near(i-1) && near(i+1)
}

// longNumber says whether a text is a number as only accounts, certificates and papers have. Its first characters may be
// letters: Tesseract and the recognisers of numbers take JS for 15 alike, and the witness is asked whatever they agree on.
func longNumber(text string) bool { return longDigits.MatchString(text) }

var longDigits = regexp.MustCompile(`^\d{10,}$`)

// letteredAlike says whether a code differs from a number by letters alone that look like its digits.
func letteredAlike(number, code string) bool {
	if len(number) != len(code) {
		return false
	}
	for i := range number {
		if number[i] != code[i] && !strings.Contains(lettersLike[number[i]], code[i:i+1]) {
			return false
		}
	}
	return number != code
}

var lettersLike = map[byte]string{'0': "ODQ", '1': "IJLl", '2': "Z", '4': "A", '5': "S", '6': "G", '7': "T", '8': "B"}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
