package lines

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"hequan/internal/rmb"
)

// Class is what a line holds.
type Class string

// The classes. Mixed is a value with other words before or behind it; Prose
// holds no value: the recognisers must not read one into it.
const (
	Money    Class = "money"
	Words    Class = "words"
	Date     Class = "date"
	Code     Class = "code"
	Percent  Class = "percent"
	Quantity Class = "quantity"
	Model    Class = "model"
	Period   Class = "period"
	Random   Class = "random"
	Mixed    Class = "mixed"
	Prose    Class = "prose"
)

// weights say how often a class is drawn, out of 100.
var weights = []struct {
	class Class
	n     int
}{
	{Money, 16}, {Words, 18}, {Date, 13}, {Code, 13}, {Percent, 3}, {Quantity, 8}, {Model, 9}, {Period, 4}, {Random, 4}, {Mixed, 7}, {Prose, 5},
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func between(r *rand.Rand, from, to int) int { return from + r.IntN(to-from+1) }

func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

func anyClass(r *rand.Rand) Class {
	n := r.IntN(100)
	for _, w := range weights {
		if n -= w.n; n < 0 {
			return w.class
		}
	}
	return Money
}

// text returns what is drawn for a class.
func text(r *rand.Rand, c Class) string {
	switch c {
	case Money:
		return money(r)
	case Words:
		return words(r)
	case Date:
		return date(r)
	case Code:
		return code(r)
	case Percent:
		return percent(r)
	case Quantity:
		return quantity(r)
	case Model:
		return modelID(r)
	case Period:
		return period(r)
	case Random:
		return random(r)
	case Mixed:
		return mixed(r)
	}
	return prose(r, between(r, 2, 16))
}

// fullWidth sets digits and capitals in the width of a Chinese character.
func fullWidth(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			c += '０' - '0'
		}
		return c
	}, s)
}

// amount is spread evenly over the orders of magnitude, round ones included.
func amount(r *rand.Rand, most float64) rmb.Fen {
	yuan := math.Exp(r.Float64()*math.Log(most)) + 0.5
	switch r.IntN(8) {
	case 0:
		return rmb.Fen(yuan) * 100
	case 1, 2: // two or three digits and noughts
		scale := math.Pow(10, math.Max(0, math.Floor(math.Log10(yuan))-float64(r.IntN(3))))
		return rmb.Fen(math.Max(1, math.Floor(yuan/scale))*scale) * 100
	case 3:
		return rmb.Fen(yuan*10) * 10
	}
	return rmb.Fen(yuan * 100)
}

func money(r *rand.Rand) string {
	f := amount(r, 5e8)
	s := f.String()
	if chance(r, 0.62) {
		s = f.Grouped()
	}
	if strings.HasSuffix(s, ".00") && chance(r, 0.3) {
		s = strings.TrimSuffix(s, ".00")
	}
	if chance(r, 0.06) { // a price a unit: more decimals
		s = strconv.FormatFloat(r.Float64()*math.Pow(10, float64(between(r, -3, 3))), 'f', between(r, 3, 13), 64)
	}
	if chance(r, 0.05) {
		s = "-" + s
	}
	switch r.IntN(20) {
	case 0, 1, 2, 3, 4, 5:
		s = "¥" + s
	case 6, 7, 8:
		s = "￥" + s
	case 9:
		s = pick(r, "¥ ", "￥ ") + s
	case 10, 11, 12:
		s += "元"
	case 13:
		s = strconv.FormatFloat(float64(f)/1e6, 'f', pick(r, 0, 2, 2, 4, 6), 64) + pick(r, "万元", "万元", "亿元")
	case 14:
		s = pick(r, "（小写）", "(小写)", "小写：", "人民币", "RMB ", "共计", "合计：") + pick(r, "", "¥", "￥") + s + pick(r, "", "", "元")
	}
	return s
}

var oldForms = strings.NewReplacer("贰", "貳", "陆", "陸", "万", "萬", "亿", "億", "圆", "圓", "叁", "參", "负", "負", "币", "幣", "写", "寫")

func words(r *rand.Rand) string {
	f := amount(r, 1e9)
	if chance(r, 0.02) {
		f = -f
	}
	s := f.Words()
	if chance(r, 0.4) {
		s = strings.Replace(s, "元", "圆", 1)
	}
	switch r.IntN(10) {
	case 0, 1:
		s = strings.Replace(s, "整", "正", 1)
	case 2:
		s = strings.TrimSuffix(s, "整")
	case 3: // a nought too many or too few
		if chance(r, 0.5) {
			s = strings.Replace(s, "零", "", 1)
		} else {
			s = strings.Replace(s, "元", "元零", 1)
		}
	}
	if chance(r, 0.03) {
		s = strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千").Replace(s)
	}
	if chance(r, 0.05) {
		s = oldForms.Replace(s)
	}
	switch r.IntN(12) {
	case 0, 1:
		s = "人民币" + s
	case 2:
		s = pick(r, "大写：", "（大写）", "(大写)", "大写:") + s
	case 3:
		s = pick(r, "人民币（大写）：", "人民币(大写)", "人民币大写：", "合计人民币（大写）") + s
	case 4:
		s = "（" + pick(r, "", "人民币") + s + "）"
	case 5:
		s = "⊗" + s
	case 6:
		s = pick(r, "合计", "共计", "总价", "金额") + pick(r, "", "：", "人民币") + s
	}
	return s
}

func ymd(r *rand.Rand) (y, m, d int) {
	return between(r, 2014, 2035), between(r, 1, 12), between(r, 1, 31)
}

func date(r *rand.Rand) string {
	y, m, d := ymd(r)
	switch r.IntN(16) {
	case 0, 1, 2, 3, 4:
		gap := pick(r, "", "", "", " ")
		f := pick(r, "%d%s年%s%d%s月%s%d%s日", "%d%s年%s%02d%s月%s%02d%s日")
		return fmt.Sprintf(f, y, gap, gap, m, gap, gap, d, gap)
	case 5, 6, 7:
		return fmt.Sprintf("%d-%02d-%02d", y, m, d)
	case 8:
		return fmt.Sprintf(pick(r, "%d/%d/%d", "%d/%02d/%02d"), y, m, d)
	case 9, 10:
		return fmt.Sprintf(pick(r, "%d.%d.%d", "%d.%02d.%02d"), y, m, d)
	case 11, 12:
		return chineseDigits(r, y) + "年" + small(m) + "月" + small(d) + "日"
	case 13:
		return fmt.Sprintf("%d年%d月", y, m)
	case 14:
		return fmt.Sprintf("%d%02d%02d", y, m, d)
	}
	return fmt.Sprintf("%d-%02d-%02d %02d:%02d", y, m, d, r.IntN(24), r.IntN(60)) + pick(r, "", fmt.Sprintf(":%02d", r.IntN(60)))
}

func chineseDigits(r *rand.Rand, n int) string {
	digits := []rune(pick(r, "〇一二三四五六七八九", "零一二三四五六七八九"))
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune(digits[c-'0'])
	}
	return b.String()
}

// small spells 1 … 99 as it is spoken.
func small(n int) string {
	digits := []rune("〇一二三四五六七八九")
	s := ""
	if n >= 20 {
		s = string(digits[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

func period(r *rand.Rand) string {
	y, m, d := ymd(r)
	y2, m2, d2 := ymd(r)
	switch r.IntN(7) {
	case 0, 1:
		return fmt.Sprintf("%d年%d月%d日至%d年%d月%d日", y, m, d, y2, m2, d2)
	case 2:
		return fmt.Sprintf("自%d年%02d月%02d日起至%d年%02d月%02d日止", y, m, d, y2, m2, d2)
	case 3:
		return fmt.Sprintf("%d-%02d-%02d%s%d-%02d-%02d", y, m, d, pick(r, "至", " 至 ", "~", "～", "到"), y2, m2, d2)
	case 4:
		return fmt.Sprintf("%d年%d月-%d月", y, m, m2)
	case 5:
		return fmt.Sprintf("%d.%02d.%02d-%d.%02d.%02d", y, m, d, y2, m2, d2)
	}
	return fmt.Sprintf("%d年%d月至%d年%d月", y, m, y2, m2)
}
