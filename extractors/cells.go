package extractors

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Readers of cells give the normal form, "" where the text can't be understood.

func cellText(t string) string { return foldSpaces(t) }

// pointsAlone is a number of two points or more, each before three digits: commas that
// were read as points.
var pointsAlone = regexp.MustCompile(`^\d{1,3}(?:\.\d{3}){2,}$`)

func cellNumber(t string) string {
	t = strings.Trim(t, "¥￥元 ”“\"'’‘·、，。|")
	t = withoutStroke(t)
	if pointsAlone.MatchString(t) {
		t = strings.ReplaceAll(t, ".", "")
	}
	t = pointedNumber(t)
	v, ok := rmb.Decimal(t)
	if !ok {
		return ""
	}
	return v
}

// withoutStroke is a cell without the stroke of a rule, or half a bracket, that was read before its number: (0.08, |12.
func withoutStroke(t string) string {
	if m := strokeBefore.FindStringSubmatch(t); m != nil {
		return m[1]
	}
	return t
}

var strokeBefore = regexp.MustCompile(`^[(（\[{|｜!]+(\d[\d,.]*)$`)

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

// pointedMonth is a month as 2025.10.
var pointedMonth = regexp.MustCompile(`^(20\d\d)[./](0?[1-9]|1[0-2])$`)

// twoThousands is the beginning of a year in characters whose 〇 was read as a letter, or twice.
var twoThousands = regexp.MustCompile(`^二\s?[O0o〇○@]{1,2}\s?二\s?([一二三四五六七八九])\s?年`)

// cellDay gives a day, or a month as 2025-09.
func cellDay(t string) string {
	t = twoThousands.ReplaceAllString(strings.TrimSpace(t), "二〇二${1}年")
	if v, ok := spanOfDays(t); ok {
		return v
	}
	found := day.FindAll(t)
	if len(found) == 0 {
		if t = strings.Map(dropSpace, t); len(t) == 6 && dayInDigits.MatchString(t) {
			return t[:4] + "-" + t[4:]
		}
		if m := pointedMonth.FindStringSubmatch(t); m != nil {
			return m[1] + "-" + ("0" + m[2])[len(m[2])-1:]
		}
		if m := gluedDay.FindStringSubmatch(t); m != nil {
			return cellDay(m[1])
		}
		if mended := mendDay(" " + numberOfRow.ReplaceAllString(t, "")); strings.ContainsAny(mended, "〇") && len(day.FindAll(mended)) == 1 {
			return cellDay(mended)
		}
		return ""
	}
	f := found[0]
	if last := found[len(found)-1]; last.Exact && f.Exact && last.From != f.From {
		return "" // from one to another
	}
	from, to := f.Window.From.String(), f.Window.To.String()
	switch {
	case f.Exact:
		return from
	case from[:7] == to[:7]:
		if rest := []rune(t)[min(f.End, len([]rune(t))):]; len(rest) > 1 && unicode.IsDigit(rest[0]) && strings.Contains(t, "月") {
			if m := wordsInDay.FindStringSubmatch(strings.Map(dropSpace, t)); m != nil {
				return cellDay(m[1] + m[3])
			}
			return "" // a day that was cut
		}
		return from[:7]
	}
	return "" // a year alone is a month misread
}

// wordsInDay is a day that wraps, with the words of the next column between its lines: 2025年11月2知微子-Pro1日.
var wordsInDay = regexp.MustCompile(`^(20\d\d年\d{1,2}月\d)日?([^\d日].*[^\d月年])(\d日)$`)

// numberOfRow is the number of a row before its day.
var numberOfRow = regexp.MustCompile(`^\d{1,3}[.、,，\s]?`)

// gluedDay is such a number before a day or month in figures, with nothing between: 102026/05.
var gluedDay = regexp.MustCompile(`^\d{1,3}(20[2-4]\d[-/年]\d{1,2}(?:[-/月]\d{0,2}日?)?)$`)

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
	if v.Cmp(big.NewRat(1, 1)) >= 0 {
		return "" // no tax is as high: an amount of another column
	}
	f, _ := v.Float64()
	return trimZeros(f)
}

// meterUnits are the units that use is counted and priced in.
var meterUnits = []string{"tokens", "千tokens", "万tokens", "百万tokens", "千万tokens", "亿tokens", "次", "千次", "万次",
	"元/千tokens", "元/万tokens", "元/百万tokens", "元/次"}

// thousands are units told as vendors abroad do.
var thousands = regexp.MustCompile(`^(元/|)(?:每|per)?1?(k|m|,?000)tokens?$`)

// unitAndTerms is a unit with the way of charging from the column beside it: 元/万tokens后付费.
var unitAndTerms = regexp.MustCompile(`^(.*(?:okens?|次|元))[|、，,]?(?:后付费|预付费|按量(?:计费|付费)?|包年包月|包[年月]|资源包)$`)

// turnedUnit is a unit in a narrow cell whose characters were read out of order: 元/百tokens万.
var turnedUnit = regexp.MustCompile(`^(元/)?([千百]?)tokens([千万百亿]{1,2})$`)

// cellUnit gives a unit as printed, width and case folded. One that is misread
// in a character or two (干okens) is the unit that it is nearest to, if one is.
func cellUnit(t string) string {
	t = strings.ToLower(strings.Trim(strings.Map(dropSpace, t), "。，,.、|'\"“”"))
	if m := unitAndTerms.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	if !strings.Contains(t, "oken") {
		if r := []rune(t); len(r) == 2 && !strings.ContainsRune("千万百亿十每元", r[0]) && !(r[0] == '人' && strings.ContainsRune("月天次", r[1])) && strings.ContainsRune("套台项个次月年组件批天", r[1]) {
			return string(r[1:]) // dirt before it
		}
		return t
	}
	if m := turnedUnit.FindStringSubmatch(t); m != nil {
		t = m[1] + m[2] + m[3] + "tokens"
	}
	if m := thousands.FindStringSubmatch(t); m != nil { // 元/1K tokens, per 1M tokens
		scale := map[string]string{"k": "千", "m": "百万"}[m[2]]
		if scale == "" {
			scale = "千"
		}
		return m[1] + scale + "tokens"
	}
	t = strings.NewReplacer("干", "千", "于", "千", "子t", "千t", "二t", "千t").Replace(t)
	best, nearest, tied := t, 3, false
	for _, u := range meterUnits {
		n := levenshtein.ComputeDistance(t, u)
		if n > 0 && unicode.Is(unicode.Han, []rune(t)[0]) != unicode.Is(unicode.Han, []rune(u)[0]) {
			n++ // what stands before tokens is seldom lost, and seldom a letter
		}
		switch {
		case n == 0:
			return t
		case n < nearest:
			best, nearest, tied = u, n, false
		case n == nearest:
			tied = true
		}
	}
	if tied || nearest > 2 {
		return t
	}
	return best
}

// tickRead is a tick as it is recognised where it stands alone: v, V, <, Jv. A printed Y stays one.
var tickRead = regexp.MustCompile(`^(?:[√vV<＜]{1,2}|[JyY][vV])$`)

// cellResult reads the result of a check; 人台 is the character 合 taken apart.
func cellResult(t string) string {
	if tickRead.MatchString(strings.Map(dropSpace, t)) {
		return "√"
	}
	return strings.NewReplacer("人台格", "合格", "台格", "合格", "会格", "合格").Replace(foldSpaces(t))
}

// cellName reads a name; quotes and commas before it are dirt.
func cellName(t string) string {
	return strings.TrimLeft(foldSpaces(t), "，,、。“”\"'‘’.|·-一 ")
}

// taxCategory is the category of goods that stands between asterisks before
// the name of an invoice's line; an asterisk may be misread or lost.
var taxCategory = regexp.MustCompile(`^[*＊"“”'‘’,，·]?\s*(信息技术服务|研发和技术服务|计算机|软件|现代服务|技术服务|数据服务|信息系统服务|信息处理和存储支持服务|电信服务|人工智能)\s*[*＊"“”'‘’]?`)

// otherCategory is a category of which the first asterisk is misread.
var otherCategory = regexp.MustCompile(`^["“”'‘’＊](\p{Han}{2,12})\s*[*＊]`)

// withoutEnd takes the end of the category, read twice, off what stands behind it: *软件*件*X.
func withoutEnd(rest, category string) string {
	for k := range category {
		for _, mark := range []string{"*", "＊"} {
			if name, ok := strings.CutPrefix(rest, category[k:]+mark); ok && name != "" {
				return name
			}
		}
	}
	return rest
}

// cellItem reads the name of an invoice's line.
func cellItem(t string) string {
	t = foldSpaces(t)
	if m := taxCategory.FindStringSubmatch(t); m != nil && len(m[0]) < len(t) {
		return "*" + m[1] + "*" + withoutEnd(strings.TrimLeft(t[len(m[0]):], "*＊\"“”"), m[1])
	}
	return otherCategory.ReplaceAllString(t, "*$1*")
}
