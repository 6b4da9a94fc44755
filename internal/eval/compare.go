package eval

import (
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// equal compares a value with a label in the way the label asks for.
func equal(f Field, value string) bool {
	switch f.Match {
	case "presence":
		return value != ""
	case "loose":
		return value != "" && (loose(f.Value, value) || loose(f.Text, value))
	}
	for _, want := range append([]string{f.Value}, f.Accept...) {
		if same(want, value) {
			return true
		}
	}
	return false
}

// same compares normal forms; numbers by value, words without blanks and width.
func same(want, got string) bool {
	if want == got {
		return true
	}
	a, ok1 := rmb.Number(want)
	b, ok2 := rmb.Number(got)
	if ok1 && ok2 {
		return a.Cmp(b) == 0
	}
	return strings.EqualFold(squeeze(want), squeeze(got)) && squeeze(want) != ""
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '（':
			return '('
		case r == '）':
			return ')'
		case r > 0xff00 && r < 0xff5f:
			return r - 0xfee0
		}
		return r
	}, s)
}

// loose says whether one passage holds most of the other's characters.
func loose(want, got string) bool {
	a := []rune(squeeze(want))
	if len(a) == 0 {
		return false
	}
	counts := map[rune]int{}
	for _, r := range squeeze(got) {
		counts[r]++
	}
	hit := 0
	for _, r := range a {
		if counts[r] > 0 {
			counts[r]--
			hit++
		}
	}
	return hit*10 >= len(a)*6
}

// overlap is the shared area over that of the smaller box.
func overlap(a, b hequan.Box) float64 {
	w, h := min(a[2], b[2])-max(a[0], b[0]), min(a[3], b[3])-max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / max(1e-9, min(a.Width()*a.Height(), b.Width()*b.Height()))
}
