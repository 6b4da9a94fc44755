package extractors

import (
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Readers of cells give the normal form, "" where the text can't be understood.

func cellText(t string) string { return foldSpaces(t) }

func cellNumber(t string) string {
	v, ok := rmb.Decimal(strings.Trim(t, "¥￥元 "))
	if !ok {
		return ""
	}
	return v
}

// cellMoney reads a cell that is an amount and nothing else.
func cellMoney(t string) string {
	found := amounts(t)
	if len(found) != 1 {
		return ""
	}
	runes := []rune(t)
	rest := string(runes[:min(len(runes), found[0].Start)]) + string(runes[min(len(runes), found[0].End):])
	if strings.ContainsAny(rest, "0123456789") {
		return ""
	}
	return found[0].Fen.String()
}

// cellDay gives a day, or a month as 2025-09.
func cellDay(t string) string {
	found := day.FindAll(t)
	if len(found) == 0 {
		return ""
	}
	f := found[0]
	from, to := f.Window.From.String(), f.Window.To.String()
	switch {
	case f.Exact:
		return from
	case from[:7] == to[:7]:
		return from[:7]
	}
	return "" // a year alone is a month misread
}

// cellRate gives a tax rate as a decimal, or 免税 / 不征税.
func cellRate(t string) string {
	t = strings.Map(dropSpace, t)
	for _, w := range []string{"免税", "不征税"} {
		if strings.Contains(t, w) {
			return w
		}
	}
	if strings.Contains(t, "*") {
		return "免税"
	}
	digits, percent := strings.CutSuffix(t, "%")
	v, ok := rmb.Number(digits)
	if !ok {
		return ""
	}
	if percent || v.Cmp(rmb100) >= 0 {
		v.Quo(v, rmb100)
	}
	f, _ := v.Float64()
	return trimZeros(f)
}

func cellUnit(t string) string {
	return strings.ToLower(strings.Map(dropSpace, t))
}
