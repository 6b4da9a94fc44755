package samples

import (
	"fmt"
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

// dateText writes a date in one of the usual forms.
func dateText(style int, d day.Day) string {
	s := d.String()
	var y, m, n int
	fmt.Sscanf(s, "%d-%d-%d", &y, &m, &n)
	switch style {
	case 1:
		return s
	case 2:
		return strings.ReplaceAll(s, "-", ".")
	case 3:
		return chineseDate(y, m, n)
	case 4:
		return fmt.Sprintf("%d年%02d月%02d日", y, m, n)
	case 5:
		return fmt.Sprintf("%d/%d/%d", y, m, n)
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, n)
}

var chineseDigits = []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

func chineseDate(y, m, d int) string {
	var b strings.Builder
	for _, c := range fmt.Sprint(y) {
		b.WriteString(chineseDigits[c-'0'])
	}
	return b.String() + "年" + chineseSmall(m) + "月" + chineseSmall(d) + "日"
}

// chineseSmall writes 1 to 39: 二十一.
func chineseSmall(n int) string {
	tens, ones := n/10, n%10
	s := ""
	if tens > 1 {
		s = chineseDigits[tens]
	}
	if tens > 0 {
		s += "十"
	}
	if ones > 0 {
		s += chineseDigits[ones]
	}
	return s
}

// moneyText writes a sum in one of the usual forms.
func moneyText(style int, f rmb.Fen) string {
	switch style {
	case 1:
		return f.Grouped() + "元"
	case 2:
		if f%(100*rmb.Yuan) == 0 && f >= rmb.Wan {
			s := fmt.Sprintf("%d.%02d", f/rmb.Wan, f%rmb.Wan/(100*rmb.Yuan))
			return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "万元"
		}
		return f.Grouped() + "元"
	case 3:
		return f.String() + "元"
	case 4:
		return f.Grouped()
	}
	return "¥" + f.Grouped()
}

// wordsText writes a sum in 大写, with 元 or 圆.
func wordsText(style int, f rmb.Fen) string {
	s := f.Words()
	if style%2 == 1 {
		s = strings.ReplaceAll(s, "元", "圆")
	}
	if style >= 2 {
		s = "人民币" + s
	}
	return s
}

// grouped writes a decimal with thousands separators.
func grouped(s string) string {
	whole, frac, dot := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		return whole + "." + frac
	}
	return whole
}

// parties replaces {A} and {B} by the words a contract uses for its parties.
func parties(text, a, b string) string {
	return strings.NewReplacer("{A}", a, "{B}", b).Replace(text)
}

func mustDay(s string) day.Day { return day.Must(s) }
