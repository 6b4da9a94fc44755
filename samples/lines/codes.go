package lines

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"hequan/internal/alphabet"
	"hequan/internal/uscc"
)

const (
	digits  = "0123456789"
	capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower   = "abcdefghijklmnopqrstuvwxyz"
)

func some(r *rand.Rand, from string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[r.IntN(len(from))]
	}
	return string(b)
}

func code(r *rand.Rand) string {
	switch r.IntN(14) {
	case 0, 1, 2, 3:
		return creditCode(r)
	case 4, 5:
		return some(r, digits, pick(r, 20, 20, 20, 8, 12, 10))
	case 6:
		return some(r, digits, between(r, 12, 21)) // an account, a seal's number
	case 7:
		return grouped(some(r, digits, between(r, 16, 19)))
	case 8, 9, 10: // a contract
		s := some(r, capital, between(r, 1, 5))
		for range between(r, 1, 4) {
			s += pick(r, "-", "-", "-", "", "/", "_") + pick(r, strconv.Itoa(between(r, 2014, 2035)), some(r, digits, between(r, 2, 8)), some(r, capital, between(r, 1, 3)))
		}
		return s
	case 11: // a telephone
		return pick(r, "0"+some(r, digits, pick(r, 2, 3))+"-"+some(r, digits, pick(r, 7, 8)), "1"+some(r, digits, 10))
	case 12: // a filing
		return some(r, capital+lower, between(r, 3, 12)) + "-" + some(r, capital+lower, between(r, 3, 10)) + "-" + some(r, digits, 14)
	}
	return pick(r, "第", "编号:", "NO.", "No:") + some(r, digits+capital, between(r, 6, 14)) + pick(r, "", "号")
}

// creditCode is a 统一社会信用代码 with its check character, three times in four.
func creditCode(r *rand.Rand) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	body := pick(r, "91", "91", "91", "92", "93", "12", "51") + some(r, digits, 6) + some(r, letters, pick(r, 1, 9))
	for len(body) < 17 {
		body += some(r, digits, 1)
	}
	if chance(r, 0.75) {
		if c, ok := uscc.Check(body); ok {
			return body + string(c)
		}
	}
	return body + some(r, letters, 1)
}

func grouped(s string) string {
	var parts []string
	for len(s) > 4 {
		parts = append(parts, s[:4])
		s = s[4:]
	}
	return strings.Join(append(parts, s), " ")
}

func percent(r *rand.Rand) string {
	s := pick(r, strconv.Itoa(between(r, 0, 100)), strconv.FormatFloat(r.Float64()*100, 'f', between(r, 1, 3), 64), pick(r, "1", "3", "6", "9", "13"))
	return pick(r, "", "", "", "税率", "-") + s + pick(r, "%", "%", "%", "％")
}

func quantity(r *rand.Rand) string {
	n := math.Exp(r.Float64() * math.Log(1e11))
	s := strconv.FormatFloat(n, 'f', pick(r, 0, 0, 0, 1, 2, 3, 4, 6), 64)
	if chance(r, 0.4) {
		whole, rest, _ := strings.Cut(s, ".")
		s = ""
		for len(whole) > 3 {
			s = "," + whole[len(whole)-3:] + s
			whole = whole[:len(whole)-3]
		}
		if s = whole + s; rest != "" {
			s += "." + rest
		}
	}
	switch r.IntN(10) {
	case 0, 1, 2:
		return s
	case 3, 4:
		return s + pick(r, "", " ") + pick(r, "tokens", "Tokens", "token", "千tokens", "万tokens", "百万tokens", "亿tokens", "K tokens", "M tokens", "千Tokens")
	case 5, 6:
		return s + pick(r, "次", "台", "套", "年", "个", "件", "天", "小时", "卡时", "核时", "份", "张", "项", "批", "个月", "台年", "GB", "TB", "度", "组", "户")
	case 7:
		return pick(r, "元/", "元 / ", "¥/") + pick(r, "千tokens", "百万tokens", "万tokens", "千Tokens", "次", "卡时", "年", "月", "台", "M tokens", "K", "小时", "GB")
	case 8:
		return fmt.Sprintf("%s元/%s", strconv.FormatFloat(r.Float64()*math.Pow(10, float64(between(r, -2, 2))), 'f', between(r, 1, 5), 64), pick(r, "千tokens", "百万tokens", "次", "卡时", "小时", "台"))
	}
	return pick(r, "千tokens", "百万tokens", "tokens", "万tokens", "Tokens", "台", "套", "次", "年")
}

var families = []string{"qwen", "Qwen", "deepseek", "DeepSeek", "glm", "GLM", "chatglm", "ERNIE", "ernie", "doubao", "Doubao", "hunyuan", "kimi", "moonshot", "abab", "MiniMax", "Spark",
	"Yi", "Baichuan", "step", "SenseChat", "internlm", "llama", "Llama", "gpt", "GPT", "claude", "gemini", "mistral", "pangu", "skywork", "bge", "wan", "seed", "o", "text-embedding", "minicpm", "telechat"}

func modelID(r *rand.Rand) string {
	s := pick(r, families...)
	if chance(r, 0.35) { // a name nobody has yet
		s = some(r, lower, between(r, 2, 9))
		if chance(r, 0.5) {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		if chance(r, 0.15) {
			s = strings.ToUpper(s)
		}
	}
	for range between(r, 1, 3) {
		s += pick(r, "-", "-", "-", "-", "_", "", "/", " ")
		switch r.IntN(8) {
		case 0, 1:
			s += pick(r, "", "v", "V", "r", "R", "k", "M", "o") + strconv.Itoa(between(r, 1, 9)) + pick(r, "", "."+strconv.Itoa(r.IntN(10)))
		case 2, 3:
			s += strconv.Itoa(pick(r, 1, 4, 6, 7, 8, 9, 13, 14, 32, 34, 70, 72, 110, 128, 235, 405, 671)) + pick(r, "B", "b", "k", "K")
		case 4:
			s += pick(r, "", "20"+strconv.Itoa(between(r, 23, 28))) + fmt.Sprintf("%02d%02d", between(r, 1, 12), between(r, 1, 31))
		case 5:
			s += some(r, lower+digits, between(r, 2, 5))
		default:
			s += pick(r, "max", "plus", "turbo", "pro", "lite", "latest", "flash", "air", "chat", "instruct", "Instruct", "Pro", "Max", "Lite", "Turbo", "mini", "thinking", "preview", "vl", "VL", "coder", "Coder",
				"long", "speed", "omni", "audio", "embedding", "ultra", "Ultra", "x", "X", "math", "reasoner", "base", "Air", "Plus", "character", "vision")
		}
	}
	return s
}

// random is a text without grammar, against what a net learns of grammar.
func random(r *rand.Rand) string {
	from := []rune(pick(r, alphabet.Latin, digits, digits+",.-", digits+capital, alphabet.Chinese, alphabet.Chinese+digits, "壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分零整", "一二三四五六七八九十年月日〇"))
	var b strings.Builder
	for range between(r, 3, 18) {
		b.WriteRune(from[r.IntN(len(from))])
	}
	return b.String()
}

// prose is a stretch of common characters, n of them, with marks between.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		switch {
		case i > 0 && i < n-1 && chance(r, 0.05):
			b.WriteString(pick(r, "，", "。", "、", "：", "；"))
		case chance(r, 0.2):
			all := []rune(alphabet.Chinese)
			b.WriteRune(all[r.IntN(len(all))])
		default:
			b.WriteRune(common[r.IntN(len(common))])
		}
	}
	return b.String()
}

// mixed is a value with other words before it, behind it, or both.
func mixed(r *rand.Rand) string {
	s := text(r, pick(r, Money, Words, Date, Code, Percent, Quantity, Model))
	where := r.IntN(3)
	if where != 1 {
		s = prose(r, between(r, 1, 5)) + pick(r, "", "：", "为", ":") + s
	}
	if where != 0 {
		s += pick(r, "", "，", "。") + prose(r, between(r, 1, 4))
	}
	return s
}
