// Package correct puts what people at the desk correct in place of what was
// read: it brings a typed value into the normal form of its field, and applies
// corrections to documents. It is pure.
package correct

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

// Why a typed value is not taken, as staff see it.
var (
	ErrEmpty  = errors.New("请填写正确的值")
	ErrDate   = errors.New("请写成日期，如 2026-06-30 或 2026年6月30日")
	ErrMonth  = errors.New("请写成日期或月份，如 2026-06-30 或 2026-06")
	ErrMoney  = errors.New("请写成金额（元），如 460000.00 或 460,000 元")
	ErrNumber = errors.New("请写成数字，如 1200.5")
	ErrRate   = errors.New("请写成税率，如 6% 或 0.06，或 免税、不征税")
	ErrUSCC   = errors.New("不是有效的统一社会信用代码：须为 18 位且校验位相符")
	ErrChoice = errors.New("请选择列出的一项")
	ErrLong   = errors.New("内容过长")
)

// maxRunes bounds a corrected value: passages are long, not books.
const maxRunes = 2000

// form brings a typed text into the normal form of a field.
type form func(string) (string, error)

// forms are the normal forms by the last part of the field's name; a field
// that is not here is text.
var forms = map[string]form{
	"established": date, "sign_date": date, "term_start": date, "term_end": date, "issue_date": date, "period_start": date, "period_end": date,
	"report_date": date, "started": date, "ended": date, "submitted_at": date, "date": dateOrMonth,
	"valid_until": func(s string) (string, error) {
		if s == "长期" || s == "long" {
			return "long", nil
		}
		return date(s)
	},
	"amount": money, "tax": money, "total": money, "amount_words": money, "total_words": money, "capital": money, "claimed_amount": money,
	"quantity": decimal, "unit_price": decimal, "tax_rate": rate, "year": year,
	"uscc": social, "buyer_tax_id": code, "seller_tax_id": code, "code": code, "account": code, "check_code": code, "red_of": code,
}

// Normal brings what a person typed into the normal form of a field of a kind
// of document; the error says in Chinese what is asked for.
func Normal(kind hequan.Kind, field, typed string) (string, error) {
	s := strings.TrimSpace(norm.NFKC.String(typed))
	if s == "" {
		return "", ErrEmpty
	}
	if len([]rune(s)) > maxRunes {
		return "", ErrLong
	}
	last := field[strings.LastIndexByte(field, '.')+1:]
	if list := Choices(kind, field); list != nil {
		for _, c := range list {
			if s == c.Value || s == norm.NFKC.String(c.Word) {
				return c.Value, nil
			}
		}
		return "", ErrChoice
	}
	if kind == hequan.KindUsage && field == "total" { // of tokens or of yuan
		return decimal(s)
	}
	if kind == hequan.KindInvoice && field == "number" {
		return code(s)
	}
	if f := forms[last]; f != nil {
		return f(s)
	}
	return text(s), nil
}

func date(s string) (string, error) {
	d, ok := day.Parse(s)
	if !ok {
		d, ok = day.Of(s)
	}
	if !ok {
		return "", ErrDate
	}
	return d.String(), nil
}

var monthOnly = regexp.MustCompile(`^(20\d\d)[-年/.](\d{1,2})月?$`)

func dateOrMonth(s string) (string, error) {
	if m := monthOnly.FindStringSubmatch(s); m != nil {
		if _, ok := day.Parse(m[1] + "-" + pad(m[2]) + "-01"); ok {
			return m[1] + "-" + pad(m[2]), nil
		}
	}
	if v, err := date(s); err == nil {
		return v, nil
	}
	return "", ErrMonth
}

func pad(month string) string {
	if len(month) == 1 {
		return "0" + month
	}
	return month
}

func money(s string) (string, error) {
	if fen, ok := rmb.Parse(strings.TrimSuffix(s, "元整")); ok {
		return fen.String(), nil
	}
	if fen, exact, ok := rmb.ParseWords(s); ok && exact {
		return fen.String(), nil
	}
	return "", ErrMoney
}

func decimal(s string) (string, error) {
	if v, ok := rmb.Decimal(s); ok {
		return v, nil
	}
	return "", ErrNumber
}

var percent = regexp.MustCompile(`^(\d{1,2})(?:\.(\d+))?%$`)

func rate(s string) (string, error) {
	if s == "免税" || s == "不征税" {
		return s, nil
	}
	if m := percent.FindStringSubmatch(s); m != nil {
		return strings.TrimRight("0."+pad(m[1])+m[2], "0"), nil
	}
	if v, err := decimal(s); err == nil && strings.HasPrefix(v, "0.") {
		return v, nil
	}
	return "", ErrRate
}

var fourDigits = regexp.MustCompile(`^(20\d\d)年?度?$`)

func year(s string) (string, error) {
	if m := fourDigits.FindStringSubmatch(s); m != nil {
		return m[1], nil
	}
	return "", errors.New("请写成年度，如 2025")
}

func social(s string) (string, error) {
	if c := uscc.Normal(s); uscc.Valid(c) {
		return c, nil
	}
	return "", ErrUSCC
}

func code(s string) (string, error) {
	return strings.ToUpper(strings.Join(strings.Fields(s), "")), nil
}

// text folds a name or passage: full-width brackets, and no spaces beside
// Chinese characters.
func text(s string) string {
	s = strings.NewReplacer("(", "（", ")", "）").Replace(strings.Join(strings.Fields(s), " "))
	runes := []rune(s)
	out := runes[:0:0]
	for i, r := range runes {
		if r == ' ' && (unicode.Is(unicode.Han, runes[i-1]) || unicode.Is(unicode.Han, runes[i+1])) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
