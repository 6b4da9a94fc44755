package pipeline

import (
	"strings"
	"unicode"

	"hequan"
)

// withoutEchoes drops lines that stand in another's place and hold nothing that it has not:
// a line of light print is now and then cut into two over each other.
func withoutEchoes(lines []hequan.Line) []hequan.Line {
	texts := make([][]rune, len(lines))
	for i, l := range lines {
		texts[i] = []rune(plainText([]hequan.Line{l}))
	}
	var out []hequan.Line
next:
	for i, l := range lines {
		for k, o := range lines {
			if i == k || len(texts[i]) >= len(texts[k]) || o.Box[3] < l.Box[1] || o.Box[1] > l.Box[3] {
				continue
			}
			w, h := min(l.Box[2], o.Box[2])-max(l.Box[0], o.Box[0]), min(l.Box[3], o.Box[3])-max(l.Box[1], o.Box[1])
			if w > 0.8*l.Box.Width() && h > 0.5*l.Box.Height() && within(texts[i], texts[k]) {
				continue next
			}
		}
		out = append(out, l)
	}
	return out
}

// within says whether the characters of a stand in b in their order.
func within(a, b []rune) bool {
	i := 0
	for _, r := range b {
		if i < len(a) && a[i] == r {
			i++
		}
	}
	return i == len(a)
}

// withoutWordEchoes drops words that stand in the place of another line's word and repeat a part of it, and
// marks and specks in one: of what was taken for a line of its own, parts are known again only once they are read well.
func withoutWordEchoes(lines []hequan.Line) []hequan.Line {
	var out []hequan.Line
	for i, l := range lines {
		var words []hequan.Word
		for _, w := range l.Words {
			if !echoed(w, lines, i) {
				words = append(words, w)
			}
		}
		if len(words) < len(l.Words) {
			l.Words, l.Box = words, hequan.Box{}
			for _, w := range words {
				l.Box = l.Box.Union(w.Box)
			}
		}
		if len(words) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// inside says whether most of a box lies in another.
func inside(a, b hequan.Box) bool {
	w, h := min(a[2], b[2])-max(a[0], b[0]), min(a[3], b[3])-max(a[1], b[1])
	return w > 0 && h > 0 && w*h >= 0.7*a.Width()*a.Height()
}

// echoed says whether a word of a line repeats a part of another line's word.
func echoed(w hequan.Word, lines []hequan.Line, own int) bool {
	n := runeCount(w.Text)
	mark := !strings.ContainsFunc(w.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	for i, l := range lines {
		if i == own || l.Box[3] < w.Box[1] || l.Box[1] > w.Box[3] {
			continue
		}
		for _, o := range l.Words {
			if !inside(w.Box, o.Box) || runeCount(o.Text) < n || runeCount(o.Text) == n && i > own {
				continue
			}
			at := strings.Index(o.Text, w.Text)
			if speck := n == 1 && w.Box.Height() < 0.4*o.Box.Height(); (mark || speck) && runeCount(o.Text) > n+1 {
				return true
			}
			if at < 0 {
				continue
			}
			letter := o.Box.Width() / float64(runeCount(o.Text))
			middle := o.Box[0] + letter*(float64(runeCount(o.Text[:at]))+float64(n)/2)
			if off := middle - w.Box.CenterX(); off < 2*letter && off > -2*letter {
				return true
			}
		}
	}
	return false
}
