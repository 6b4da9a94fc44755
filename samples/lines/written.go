package lines

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"hequan/internal/alphabet"
)

// Classes of running text, which the recogniser of text is trained on.
const (
	Sentence Class = "sentence"
	Company  Class = "company"
	Item     Class = "item"
	Labelled Class = "labelled"
	Heading  Class = "heading"
	Address  Class = "address"
	Person   Class = "person"
	Product  Class = "product" // a model's Chinese name
	Rare     Class = "rare"    // characters in no order, rare ones among them
)

var writtenWeights = []struct {
	class Class
	n     int
}{
	{Sentence, 24}, {Company, 16}, {Item, 8}, {Labelled, 12}, {Heading, 6}, {Address, 3}, {Person, 3}, {Product, 8}, {Rare, 14},
	{Money, 2}, {Words, 4}, {Date, 3}, {Code, 3}, {Quantity, 2}, {Period, 1}, {Model, 2}, {Percent, 1},
}

// Written returns the classes of running text.
func Written() []Class {
	return []Class{Sentence, Company, Item, Labelled, Heading, Address, Person, Product, Rare, Money, Words, Date}
}

func anyWritten(r *rand.Rand) Class {
	sum := 0
	for _, w := range writtenWeights {
		sum += w.n
	}
	n := r.IntN(sum)
	for _, w := range writtenWeights {
		if n -= w.n; n < 0 {
			return w.class
		}
	}
	return Sentence
}

// rare are characters that the model began without.
var rare = []rune(alphabet.Lacking)

// written returns what is drawn for a class of running text.
func (v *Vocabulary) written(r *rand.Rand, c Class) string {
	switch c {
	case Sentence:
		return v.sentence(r, between(r, 6, 34))
	case Company:
		return v.company(r)
	case Item:
		return v.item(r)
	case Labelled:
		return v.labelled(r)
	case Heading:
		return v.heading(r)
	case Address:
		return v.address(r)
	case Person:
		return v.person(r)
	case Product:
		return v.product(r)
	case Rare:
		return v.rareText(r)
	}
	return text(r, c)
}

// coined is a firm's own word: common characters, and those that names like.
func (v *Vocabulary) coined(r *rand.Rand) string {
	if chance(r, 0.25) {
		return v.word(r)
	}
	var b strings.Builder
	for range pick(r, 2, 2, 2, 2, 3, 3, 4) {
		if chance(r, 0.45) {
			b.WriteRune(rare[r.IntN(len(rare))])
		} else {
			b.WriteRune(common[r.IntN(len(common))])
		}
	}
	return b.String()
}

func (v *Vocabulary) company(r *rand.Rand) string {
	open, shut := "（", "）"
	if chance(r, 0.25) {
		open, shut = "(", ")"
	}
	body := strings.NewReplacer("(", open, ")", shut).Replace(pick(r, bodies...))
	place := pick(r, cities...)
	if chance(r, 0.2) {
		place = pick(r, v.places...)
	}
	name := v.coined(r) + pick(r, industries...)
	switch r.IntN(12) {
	case 0:
		name = v.coined(r) + open + place + shut + pick(r, industries...) + body
	case 1:
		name = name + open + place + shut + body
	case 2:
		name += body
	case 3:
		name = pick(r, banks...) + pick(r, "", "股份有限公司") + place + v.coined(r) + "支行"
	default:
		name = place + name + body
	}
	if chance(r, 0.06) {
		name += place + "分公司"
	}
	return name
}

func (v *Vocabulary) product(r *rand.Rand) string {
	s := v.coined(r)
	switch r.IntN(5) {
	case 0:
		s += pick(r, "大模型", "大语言模型", "多模态大模型", "语音大模型", "视觉大模型", "推理模型", "智能体平台")
	case 1:
		s += "·" + v.coined(r) + "大模型"
	case 2:
		s += pick(r, " ", "", "-") + modelID(r)
	case 3:
		s += "大模型" + pick(r, " ", "") + pick(r, "V", "v", "") + strconv.Itoa(between(r, 1, 9)) + "." + strconv.Itoa(r.IntN(10))
	}
	return s + pick(r, "", "", "（API）", " API", "标准版", "专业版", "Pro", "Max", "-32K", "（V2.0）")
}

func (v *Vocabulary) item(r *rand.Rand) string {
	s := pick(r, products...)
	if chance(r, 0.6) {
		s = v.product(r) + s
	}
	if chance(r, 0.5) {
		s = "*" + pick(r, goods...) + "*" + s
	}
	switch r.IntN(6) {
	case 0:
		s += "（" + date(r) + pick(r, "", "至"+date(r)) + "）"
	case 1:
		s += pick(r, "-", "/", "、", " ") + pick(r, products...)
	case 2:
		s += strconv.Itoa(between(r, 1, 36)) + pick(r, "个月", "年", "万tokens", "套", "台")
	}
	return s
}

func (v *Vocabulary) person(r *rand.Rand) string {
	const family = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
	f := []rune(family)
	s := string(f[r.IntN(len(f))])
	for range pick(r, 1, 2, 2) {
		if chance(r, 0.5) {
			s += string(rare[r.IntN(len(rare))])
		} else {
			s += string(common[r.IntN(len(common))])
		}
	}
	return s
}

func (v *Vocabulary) address(r *rand.Rand) string {
	s := pick(r, "北京市", "北京市大兴区", "北京经济技术开发区", "北京市北京经济技术开发区", pick(r, v.places...)+"市") + pick(r, v.places...) + pick(r, "区", "街道", "镇", "")
	s += v.coined(r) + pick(r, "路", "街", "大街", "东路", "西路", "南街", "北街", "中路", "一路", "科技园", "产业园") + strconv.Itoa(between(r, 1, 300)) + "号"
	if chance(r, 0.8) {
		s += pick(r, "院", "楼", "号楼", "") + strconv.Itoa(between(r, 1, 60)) + pick(r, "号楼", "幢", "栋", "座") + strconv.Itoa(between(r, 1, 30)) + pick(r, "层", "层"+strconv.Itoa(between(r, 101, 2900))+"室", "单元"+strconv.Itoa(between(r, 101, 2900)))
	}
	return s
}

func (v *Vocabulary) value(r *rand.Rand) string {
	switch r.IntN(13) {
	case 0, 1, 2:
		return v.company(r)
	case 8:
		return v.official(r)
	case 3:
		return v.person(r)
	case 4:
		return v.address(r)
	case 5:
		return v.item(r)
	case 6:
		return words(r)
	case 7:
		return v.product(r)
	}
	return text(r, pick(r, Money, Date, Code, Percent, Quantity, Period))
}

// official is the number of a report, a filing or a letter, or of a page.
func (v *Vocabulary) official(r *rand.Rand) string {
	shut := pick(r, "〔|〕", "〔|〕", "（|）", "[|]", "(|)", "【|】")
	left, right, _ := strings.Cut(shut, "|")
	n := some(r, digits, between(r, 1, 5))
	switch r.IntN(6) {
	case 0:
		return pick(r, "第", "- ", "") + strconv.Itoa(between(r, 1, 40)) + pick(r, "页 共", "页，共", "/", "页/共") + strconv.Itoa(between(r, 1, 60)) + pick(r, "页", "")
	case 1:
		return mark(r) + pick(r, trade...) + "  " + mark(r) + pick(r, trade...)
	}
	return pick(r, "", "京", "报告编号：", "文号：") + v.coined(r) + pick(r, "审字", "会审字", "专审字", "函", "备字", "发", "审") + left + strconv.Itoa(between(r, 2019, 2030)) + right + pick(r, "第", "") + n + "号"
}

func (v *Vocabulary) labelled(r *rand.Rand) string {
	label := pick(r, trade...)
	if chance(r, 0.5) {
		label += pick(r, trade...)
	}
	if chance(r, 0.15) {
		label += "（" + pick(r, trade...) + "）"
	}
	if n := []rune(label); len(n) == 2 && chance(r, 0.3) { // set apart to fill its place
		label = string(n[0]) + pick(r, " ", "  ") + string(n[1])
	}
	return label + pick(r, "：", "：", "：", ":", " ", "") + v.value(r)
}

func (v *Vocabulary) heading(r *rand.Rand) string {
	s := pick(r, trade...) + pick(r, trade...)
	switch r.IntN(8) {
	case 0:
		return s + pick(r, "表", "书", "单", "明细表", "报告", "清单", "确认单", "证明")
	case 1:
		return "第" + small(between(r, 1, 30)) + pick(r, "条", "章", "款", "部分") + pick(r, " ", "") + s
	case 2:
		return small(between(r, 1, 20)) + "、" + s
	case 3:
		return fmt.Sprintf("%d.%d", between(r, 1, 15), between(r, 1, 9)) + pick(r, "", " ") + s
	case 4:
		return "（" + small(between(r, 1, 20)) + "）" + s
	case 5:
		return s + "（" + pick(r, "元", "万元", "含税", "不含税", "%", "tokens", "次", "元/千tokens", "元/百万tokens") + "）"
	case 6:
		return v.official(r)
	}
	return pick(r, trade...)
}

func mark(r *rand.Rand) string {
	all := []rune("①②③④⑤⑥⑦⑧⑨⑩√□☑●★→")
	return string(all[r.IntN(len(all))])
}

// sentence is words in no order that means anything, with the trade's words,
// names and values among them, of n characters or a few more.
func (v *Vocabulary) sentence(r *rand.Rand, n int) string {
	var b strings.Builder
	length := 0
	add := func(s string) {
		b.WriteString(s)
		length += len([]rune(s))
	}
	quoted := ""
	for length < n {
		switch k := r.IntN(100); {
		case k < 52:
			add(v.word(r))
		case k < 76:
			add(pick(r, trade...))
		case k < 80:
			add(v.company(r))
		case k < 84:
			add(text(r, pick(r, Money, Date, Percent, Quantity, Code)))
		case k < 86:
			add(v.product(r))
		case k < 88:
			add(string(common[r.IntN(len(common))]))
		case k < 96:
			add(pick(r, "，", "，", "，", "，", "。", "；", "、", "：", "/", "-"))
		case quoted != "":
			add(quoted)
			quoted = ""
		default:
			pair := []rune(pick(r, "（）", "（）", "《》", "“”", "()", "【】", "[]"))
			add(string(pair[0]))
			quoted = string(pair[1])
		}
	}
	add(quoted)
	return b.String()
}

func (v *Vocabulary) rareText(r *rand.Rand) string {
	var b strings.Builder
	marks := []rune(alphabet.Marks)
	for range between(r, 3, 16) {
		switch k := r.IntN(100); {
		case k < 60:
			b.WriteRune(rare[r.IntN(len(rare))])
		case k < 90:
			b.WriteRune(common[r.IntN(len(common))])
		default:
			b.WriteRune(marks[r.IntN(len(marks))])
		}
	}
	return b.String()
}
