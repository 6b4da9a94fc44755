package pipeline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hequan"
)

// placeDay puts the word of a day into lines, in place of what was read there. Of words that
// reach further their letters before and behind the day stay.
func placeDay(p prepared, lines []hequan.Line, word hequan.Word) []hequan.Line {
	rect := onLevel(p, word.Box)
	h := rect.Dy()
	host, most := -1, 0
	var out []hequan.Line
	for _, l := range lines {
		covered := 0
		var words []hequan.Word
		for _, w := range l.Words {
			r := onLevel(p, w.Box)
			both := r.Intersect(rect)
			numbers, middle := firstOf(w.Text, dayNumbers), (r.Min.X+r.Max.X)/2
			rest, sign := strings.CutPrefix(w.Text, "日")
			switch {
			case sign && rest == "" && strings.HasSuffix(word.Text, "日") && r.Min.X > rect.Max.X-h && r.Min.X < rect.Max.X+h/3 && 2*(min(r.Max.Y, rect.Max.Y)-max(r.Min.Y, rect.Min.Y)) >= h:
				covered += max(1, both.Dx()) // the day's own sign: where a day ends is roughly known
			case both.Dx() <= 0 || 2*both.Dy() < min(r.Dy(), h):
				words = append(words, w)
			case 10*both.Dx() >= 4*r.Dx() && strings.Trim(w.Text, dayLetters) == "",
				2*both.Dx() >= r.Dx() && middle > rect.Min.X+h*2/5 && middle < rect.Max.X-h*2/5 && (numbers == 0 || r.Min.X > rect.Min.X-h/2):
				covered += both.Dx() // it was read for the day, or a part of it
			case numbers < len(w.Text) && both.Dx() >= h/2:
				covered += both.Dx()
				if numbers > 0 && r.Min.X < rect.Min.X-h/2 {
					words = append(words, partOfWord(w, w.Text[:numbers], w.Box[0], word.Box[0]))
				}
				if behind := w.Text[lastOf(w.Text, dayLetters):]; behind != "" && r.Max.X > rect.Max.X+h/2 {
					words = append(words, partOfWord(w, behind, word.Box[2], w.Box[2]))
				}
			case sign && rest != "" && r.Min.X > rect.Min.X && strings.HasSuffix(word.Text, "日"):
				words = append(words, partOfWord(w, rest, max(w.Box[0], word.Box[2]), w.Box[2])) // 日期间, of which 日 is the day's
			default:
				words = append(words, w)
			}
		}
		l.Words = words
		if covered > most {
			host, most = len(out), covered
		}
		if len(words) > 0 || covered > 0 {
			out = append(out, l)
		}
	}
	if host < 0 {
		out = append(out, hequan.Line{})
		host = len(out) - 1
	}
	l := &out[host]
	at := len(l.Words)
	for i, w := range l.Words {
		if w.Box.CenterX() > word.Box.CenterX() {
			at = i
			break
		}
	}
	if at > 0 { // where a day begins and ends is roughly known; its neighbours' places are
		word.Box[0] = min(max(word.Box[0], l.Words[at-1].Box[2]), word.Box.CenterX())
	}
	if at < len(l.Words) {
		word.Box[2] = max(min(word.Box[2], l.Words[at].Box[0]), word.Box.CenterX())
	}
	l.Words = slices.Insert(slices.Clone(l.Words), at, word)
	out = slices.DeleteFunc(out, func(l hequan.Line) bool { return len(l.Words) == 0 })
	for i := range out {
		out[i].Box = hequan.Box{}
		for _, w := range out[i].Words {
			out[i].Box = out[i].Box.Union(w.Box)
		}
	}
	return out
}

func firstOf(s, letters string) int {
	if i := strings.IndexAny(s, letters); i >= 0 {
		return i
	}
	return len(s)
}

// lastOf is behind the last of the letters.
func lastOf(s, letters string) int {
	i := strings.LastIndexAny(s, letters)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

func partOfWord(w hequan.Word, text string, x0, x1 float64) hequan.Word {
	w.Text, w.Alt = text, ""
	w.Box[0], w.Box[2] = x0, x1
	return w
}
