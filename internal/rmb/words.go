package rmb

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var numerals = map[rune]int{
	'零': 0, '〇': 0, '○': 0, 'Ｏ': 0,
	'壹': 1, '一': 1, '弌': 1, '壱': 1,
	'贰': 2, '二': 2, '貳': 2, '弍': 2, '弐': 2, '两': 2, '兩': 2,
	'叁': 3, '三': 3, '叄': 3, '參': 3, '参': 3, '弎': 3,
	'肆': 4, '四': 4, '伍': 5, '五': 5,
	'陆': 6, '六': 6, '陸': 6, '柒': 7, '七': 7, '漆': 7,
	'捌': 8, '八': 8, '玖': 9, '九': 9,
}

var multipliers = map[rune]int64{
	'拾': 10, '十': 10, '佰': 100, '百': 100, '陌': 100, '仟': 1000, '千': 1000, '阡': 1000,
	'万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8,
}

// Marks of the words that are neither numeral nor multiplier.
var currencyMarks = map[rune]rune{
	'元': '元', '圆': '元', '圓': '元', '圜': '元',
	'角': '角', '分': '分', '整': '整', '正': '整',
}

// lookalikes are what OCR reads instead of a character of an amount: each
// with the characters that may really stand there. Characters that are
// themselves part of the grammar are never replaced.
var lookalikes = map[rune]string{
	'喜': "壹", '吉': "壹贰", '臺': "壹", '壶': "壹", '查': "壹", '壸': "壹", '壼': "壹", '亶': "壹", '宣': "壹", '索': "壹", '过': "壹",
	'融': "贰", '或': "贰", '贷': "贰", '武': "贰", '贡': "贰", '戴': "贰", '贵': "贰", '直': "贰",
	'叶': "叁", '叠': "叁", '叙': "叁",
	'律': "肆", '肄': "肆", '建': "肆", '肃': "肆", '峙': "肆",
	'任': "伍仟", '伪': "伍", '侣': "伍", '俉': "伍",
	'陈': "陆", '际': "陆", '陶': "陆",
	'米': "柒", '尖': "柒", '染': "柒", '梁': "柒", '架': "柒", '桨': "柒",
	'别': "捌", '拐': "捌", '抽': "捌", '榜': "捌", '拥': "捌", '揽': "捌", '提': "捌", '棚': "捌", '扒': "捌", '拍': "捌佰",
	'政': "玖", '久': "玖", '坎': "玖", '现': "玖", '攻': "玖", '致': "玖",
	'抬': "拾", '捨': "拾", '拴': "拾", '恰': "拾", '给': "拾", '舍': "拾",
	'伯': "佰", '值': "佰", '但': "佰", '倍': "佰",
	'侍': "仟", '什': "仟", '件': "仟", '仵': "仟", '仔': "仟", '作': "仟",
	'方': "万", '力': "万", '刀': "万",
	'忆': "亿", '化': "亿", '乙': "亿",
	'雯': "零", '雾': "零", '霉': "零", '雪': "零", '需': "零", '寒': "零",
	'无': "元", '兀': "元", '完': "元", '先': "元", '园': "圆", '国': "圆", '固': "圆", '圃': "圆", '员': "圆", '囫': "圆",
	'甪': "角", '用': "角", '甬': "角", '份': "分", '公': "分", '兮': "分",
	'蘩': "整", '鏊': "整", '垫': "整", '憝': "整", '止': "整",
}

// maxLookalikes is how many replaced characters an amount may rest on; they
// are at most half of its characters.
const maxLookalikes = 8

// ParseWords reads a 大写 amount: "人民币肆拾柒万圆整", "⊗壹拾元柒角整",
// "负叁拾元整". 零 may be missing or stand once too often; the value decides,
// not the spelling. exact says that every character was one of the grammar. A
// text with characters that OCR takes for others is read when all ways to
// replace them give one amount; where they give two, ok is false.
func ParseWords(text string) (amount Fen, exact, ok bool) {
	values, exact := WordCandidates(text)
	if len(values) != 1 {
		return 0, false, false
	}
	return values[0], exact, true
}

// WordCandidates returns every amount that a 大写 text may stand for when its
// misread characters are replaced by what they are taken for, in ascending
// order; none where the text is no amount. exact says that nothing was replaced.
func WordCandidates(text string) (amounts []Fen, exact bool) {
	runes, negative := trimWords(text)
	runes = dropMark(runes)
	if len(runes) == 0 || len(runes) > 40 {
		return nil, false
	}
	var open []int
	for i, r := range runes {
		if known(r) {
			continue
		}
		if _, unit := multipliers[runes[max(0, i-1)]]; lookalikes[r] == "" && unit && i > 0 && i == len(runes)-2 && currencyMarks[runes[i+1]] == '整' {
			r = '无' // nothing but 元 stands there
			runes[i] = r
		}
		if lookalikes[r] == "" || len(open) == maxLookalikes {
			return nil, false
		}
		open = append(open, i)
	}
	if 2*len(open) > len(runes) {
		return nil, false
	}
	values := map[Fen]bool{}
	tryWords(runes, open, values)
	for v := range values {
		if negative {
			v = -v
		}
		amounts = append(amounts, v)
	}
	slices.Sort(amounts)
	return amounts, len(open) == 0
}

// dropMark drops what ⊗ was read as: a first character that no amount can
// begin with, or an everyday numeral, before a numeral. Two numerals never stand
// side by side.
func dropMark(runes []rune) []rune {
	if len(runes) < 3 {
		return runes
	}
	everyday := strings.ContainsRune("一二三四五六七八九", runes[0])
	_, next := numerals[runes[1]]
	if next && runes[1] != '零' && (everyday && !strings.ContainsRune("一二三四五六七八九十百千", runes[1]) || !known(runes[0]) && lookalikes[runes[0]] == "") {
		return runes[1:]
	}
	return runes
}

func known(r rune) bool {
	_, numeral := numerals[r]
	_, multiplier := multipliers[r]
	_, mark := currencyMarks[r]
	return numeral || multiplier || mark
}

// tryWords evaluates every way to replace the open positions.
func tryWords(runes []rune, open []int, values map[Fen]bool) {
	if len(open) == 0 {
		if v, ok := evalWords(runes); ok {
			values[v] = true
		}
		return
	}
	at := open[0]
	was := runes[at]
	for _, r := range lookalikes[was] {
		runes[at] = r
		tryWords(runes, open[1:], values)
	}
	runes[at] = was
}

// trimWords strips what may stand around the words.
func trimWords(text string) ([]rune, bool) {
	s := norm.NFKC.String(text)
	for _, cut := range []string{" ", "\t", "\n", "\r", "人民币", "大写", "⊗", "ⓧ", "×", "¥", "￥", "RMB"} {
		s = strings.ReplaceAll(s, cut, "")
	}
	s = strings.Trim(s, "()（）:：,，。.;；、【】[]「」\"“”")
	negative := false
	for _, p := range []string{"(负数)", "负数", "(负)", "负"} {
		if rest, found := strings.CutPrefix(s, p); found {
			s, negative = strings.TrimLeft(rest, ")("), true
			break
		}
	}
	if !utf8.ValidString(s) {
		return nil, false
	}
	return []rune(s), negative
}

// evalWords evaluates words whose characters are all of the grammar:
//
//	[section 亿][section 万][section] 元 [n角][n分][整]
func evalWords(runes []rune) (Fen, bool) {
	var (
		total, section int64 // yuan: finished sections, and the running one
		digit          = -1
		lastUnit       = int64(10000) // within a section units must fall
		lastBig        = int64(1e12)
		sawYuan        bool
		minor          int64 // fen below a yuan
		lastMark       rune
		any            bool
	)
	for i, r := range runes {
		if n, is := numerals[r]; is {
			if lastMark == '整' || lastMark == '分' {
				return 0, false
			}
			if n == 0 {
				if digit > 0 {
					return 0, false
				}
				digit = -1
				if i+1 < len(runes) {
					if m := currencyMarks[runes[i+1]]; m == '角' || m == '分' || (m == '元' && !any) {
						digit = 0
					}
				}
				continue
			}
			if digit >= 0 {
				return 0, false
			}
			digit, any = n, true
			continue
		}
		if unit, is := multipliers[r]; is {
			if sawYuan || lastMark != 0 {
				return 0, false
			}
			if unit >= 1e4 {
				if digit > 0 {
					if lastUnit < 10 {
						return 0, false
					}
					section += int64(digit)
				}
				if section == 0 || unit >= lastBig {
					return 0, false
				}
				total += section * unit
				section, digit, lastUnit, lastBig = 0, -1, 10000, unit
				continue
			}
			if digit < 0 && unit == 10 && section == 0 && lastUnit == 10000 {
				digit, any = 1, true // 拾伍元: an opening 拾 is 壹拾
			}
			if digit <= 0 || unit >= lastUnit {
				return 0, false
			}
			section += int64(digit) * unit
			digit, lastUnit = -1, unit
			continue
		}
		switch currencyMarks[r] {
		case '元':
			if sawYuan || !any && digit != 0 {
				return 0, false
			}
			if digit > 0 {
				section += int64(digit)
			}
			total, section, digit, sawYuan, lastMark = total+section, 0, -1, true, '元'
		case '角':
			if digit < 0 || lastMark == '角' || lastMark == '分' || lastMark == '整' || !sawYuan && total+section > 0 {
				return 0, false
			}
			minor, digit, lastMark = minor+int64(digit)*10, -1, '角'
		case '分':
			if digit < 0 || lastMark == '分' || lastMark == '整' || !sawYuan && total+section > 0 {
				return 0, false
			}
			minor, digit, lastMark = minor+int64(digit), -1, '分'
		case '整':
			if lastMark == '整' || i != len(runes)-1 || lastMark == 0 && !any {
				return 0, false
			}
			if !sawYuan && lastMark == 0 { // 伍拾万整
				if digit > 0 {
					section += int64(digit)
				}
				total, section, digit = total+section, 0, -1
				sawYuan = true
			}
			lastMark = '整'
		}
	}
	if digit > 0 || !sawYuan && lastMark == 0 || lastMark == 0 || section != 0 {
		return 0, false
	}
	if total > 1e13 {
		return 0, false
	}
	return Fen(total*100 + minor), true
}

var upper = []rune("零壹贰叁肆伍陆柒捌玖")

// Words returns the 大写 form, "壹佰万零陆仟元整".
func (f Fen) Words() string {
	if f == 0 {
		return "零元整"
	}
	var b strings.Builder
	u := uint64(f)
	if f < 0 {
		b.WriteString("负")
		u = -u
	}
	yuan, jiao, fen := u/100, u/10%10, u%10
	if yuan > 0 {
		b.WriteString(sections(yuan))
		b.WriteRune('元')
	}
	if jiao == 0 && fen == 0 {
		b.WriteRune('整')
		return b.String()
	}
	if jiao > 0 {
		b.WriteRune(upper[jiao])
		b.WriteRune('角')
	} else if yuan > 0 {
		b.WriteRune('零')
	}
	if fen > 0 {
		b.WriteRune(upper[fen])
		b.WriteRune('分')
	} else {
		b.WriteRune('整')
	}
	return b.String()
}

// sections spells a whole number of yuan.
func sections(n uint64) string {
	var b strings.Builder
	wrote, gap := false, false
	for _, s := range []struct {
		unit uint64
		name string
	}{{1e12, "万"}, {1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		part := n / s.unit
		n %= s.unit
		if part == 0 {
			gap = wrote
			if s.unit == 1e8 && wrote {
				b.WriteString(s.name)
			}
			continue
		}
		if wrote && (gap || part < 1000) {
			b.WriteRune('零')
		}
		b.WriteString(section(part))
		b.WriteString(s.name)
		wrote, gap = true, false
	}
	return b.String()
}

// section spells 1…9999 (more digits only for the 万亿 that nobody reaches).
func section(n uint64) string {
	var b strings.Builder
	zero := false
	for i, unit := range []uint64{1000, 100, 10, 1} {
		d := n / unit % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteRune('零')
			zero = false
		}
		b.WriteRune(upper[d])
		b.WriteString([]string{"仟", "佰", "拾", ""}[i])
	}
	return b.String()
}
