// Package name compares names of companies and people as they are printed,
// stamped and read: one normal form, and a likeness with its reason.
package name

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normal returns the form in which names are compared: NFKC, CJK radicals as
// the characters that they stand for, full-width brackets, simplified forms,
// Latin letters in upper case, no spaces and no separating dots.
func Normal(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "\ufffd")) {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' {
			continue
		}
		if to, ok := folded[r]; ok {
			r = to
		}
		if r == 0 {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	s = strings.Trim(norm.NFC.String(b.String()), ":;,。、\"'")
	for {
		t := strings.Trim(labels.ReplaceAllString(s, ""), ":;,。、\"'")
		if t == s || t == "" {
			return s
		}
		s = t
	}
}

// labels are what stands around a name on a form: （全称）：…, …（盖章）.
var labels = regexp.MustCompile(`^[（〈<《]?(?:全称|单位全称|单位名称|名称|公章|盖章|签章)[）〉>》]?:|[（〈<《](?:全称|公章|盖章|签章|以下简称.*)[）〉>》]?$|^[（〈<《](?:全称|公章|盖章|签章)[）〉>》]`)

// folded maps characters to those that mean the same; 0 drops one.
var folded = func() map[rune]rune {
	m := map[rune]rune{'(': '（', ')': '）', '〔': '（', '〕': '）', '[': '（', ']': '）', '【': '（', '】': '）', '〈': '（', '〉': '）', '《': '（', '》': '）', '·': 0, '•': 0, '・': 0, '．': 0}
	pair := func(from, to string) {
		t := []rune(to)
		for i, r := range []rune(from) {
			m[r] = t[i]
		}
	}
	// Radicals of U+2E80…, which NFKC leaves alone.
	pair("⺁⺊⺌⺍⺗⺝⺟⺠⺣⺬⺮⺶⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰", "厂卜小小心月母民火示竹羊肉虎西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙")
	// Traditional forms that occur in names of companies.
	pair("華電訊網絡數據雲務開發術業資產財創聯國際傳設計醫療馬龍東門風雙億萬寶銀機車長體達滙灣銳亞陽陳張劉趙楊黃吳鄭許蘇葉羅鄧韓馮謝蕭賢與專實驗館樂廣應團隊總經濟區縣鎮鄉號樓層",
		"华电讯网络数据云务开发术业资产财创联国际传设计医疗马龙东门风双亿万宝银机车长体达汇湾锐亚阳陈张刘赵杨黄吴郑许苏叶罗邓韩冯谢萧贤与专实验馆乐广应团队总经济区县镇乡号楼层")
	return m
}()

// Equal says whether two names have the same normal form. Empty names equal nothing.
func Equal(a, b string) bool {
	a, b = Normal(a), Normal(b)
	return a != "" && a == b
}

// Key is equal for two names exactly when Compare says that they are the same.
func Key(s string) string { return loose(Normal(s)) }

// Likeness says how two names relate.
type Likeness int

// From other to same.
const (
	Other      Likeness = iota // different names, or one is empty
	Near                       // one or two characters differ, and OCR does not usually mix them up
	Confusable                 // one or two characters differ, and OCR mixes them up
	Truncated                  // one is the other with characters lost at an end
	Branch                     // one is a branch (分公司, 分所) of the other
	Same                       // the same name
)

// Compare relates two names.
func Compare(a, b string) Likeness {
	a, b = Normal(a), Normal(b)
	switch {
	case a == "" || b == "":
		return Other
	case a == b, loose(a) == loose(b):
		return Same
	}
	if isBranch(a, b) || isBranch(b, a) {
		return Branch
	}
	ra, rb := []rune(a), []rune(b)
	if d, confusable := difference(ra, rb); d <= 2 && min(len(ra), len(rb)) >= 4 {
		if confusable {
			return Confusable
		}
		if d == 1 || min(len(ra), len(rb)) >= 10 {
			return Near
		}
	}
	if len(ra) > len(rb) {
		ra, rb = rb, ra
	}
	if len(ra) >= 6 && len(rb)-len(ra) <= 4 && (strings.HasPrefix(string(rb), string(ra)) || strings.HasSuffix(string(rb), string(ra))) {
		return Truncated
	}
	return Other
}

// loose drops the brackets, whose place and shape vary: 阿里（杭州）公司.
func loose(s string) string { return looseMarks.Replace(s) }

var looseMarks = strings.NewReplacer("（", "", "）", "", "、", "", ",", "", "-", "")

func isBranch(whole, part string) bool {
	rest, ok := strings.CutPrefix(part, whole)
	return ok && (strings.HasSuffix(rest, "分公司") || strings.HasSuffix(rest, "分所") || strings.HasSuffix(rest, "分行") || strings.HasSuffix(rest, "支行"))
}

// difference counts replaced characters of names of one length, or characters
// lost (one at most), and says whether all of them are lookalikes.
func difference(a, b []rune) (int, bool) {
	if len(a) == len(b) {
		n, confusable := 0, true
		for i := range a {
			if a[i] != b[i] {
				n++
				confusable = confusable && Lookalike(a[i], b[i])
			}
		}
		return n, confusable
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) != 1 {
		return len(b), false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if string(a[i:]) != string(b[i+1:]) {
		return len(b), false
	}
	return 1, false
}

// Lookalike says whether OCR takes one character for the other.
func Lookalike(a, b rune) bool {
	for _, g := range lookalikes {
		if strings.ContainsRune(g, a) && strings.ContainsRune(g, b) {
			return true
		}
	}
	return false
}

// lookalikes are groups of characters that recognition mixes up.
var lookalikes = []string{
	"0OoDQ〇○", "1lI|7", "2Zz", "5Ss", "6bG", "8B3", "9gq",
	"日曰目白", "己已巳", "末未来", "士土", "人入八", "大太犬", "千干于", "司同", "有冇", "限阻眼", "科料", "技枝拔伎",
	"公会", "甲申由田", "盖益", "章竟", "备各奋", "案宰", "账帐", "模摸膜", "型刑", "票栗", "税悦", "晴睛", "川州", "智暂", "慧彗",
	"医匠", "疗庁", "京亰", "弘引", "毅穀", "装袋", "制剃", "造选", "数教", "字宇", "旅族", "云去", "海诲", "汇江", "深探", "洁沽",
	"澄橙", "心必", "网冈", "络格", "信倍", "息恩", "软欤", "件仵", "长氏", "安女", "枢抠", "前煎", "天夭无", "元无兀", "中巾申", "成咸戍",
	"康唐", "博搏", "华毕", "亦赤", "庄压", "经轻", "济挤", "开井", "发友", "实买", "业亚", "电申", "子予于", "了子", "力刀九", "工土上",
	"王玉主", "洪供", "辰晨", "辉挥", "锐悦", "鸿鸣", "鑫金", "森林", "磊石", "淼水", "合台", "名各", "问间", "向问", "兴头", "光先", "万方",
}

// Kinds of company, longest first.
var suffixes = []string{
	"（特殊普通合伙）", "（普通合伙）", "（有限合伙）", "股份有限公司", "有限责任公司", "集团有限公司", "科技有限公司", "有限公司", "研究院", "事务所", "集团", "公司",
}

// Words that say what a company does or where it is rather than who it is.
var commonWords = []string{
	"智能", "科技", "技术", "信息", "数据", "数字", "数智", "网络", "软件", "云计算", "计算机", "人工智能", "医疗", "装备", "制造", "文旅", "教育", "金融", "服务", "咨询", "发展",
	"系统", "电子", "通信", "集成", "实业", "贸易", "商贸", "传媒", "文化", "控股", "投资", "产业", "研究", "集团", "股份", "健康", "生物", "医药", "能源", "环境", "工程", "设备", "智慧", "云", "基础",
}

// cities are cities and provinces that companies are called after.
var cities = []string{
	"北京", "上海", "天津", "重庆", "广东", "广州", "深圳", "杭州", "南京", "苏州", "成都", "武汉", "西安", "长沙", "合肥", "济南", "青岛", "厦门", "福州", "宁波", "无锡", "大连", "沈阳", "贵州",
	"贵阳", "浙江", "江苏", "安徽", "陕西", "四川", "湖北", "湖南", "山东", "福建", "河北", "河南", "江西", "海南", "珠海", "东莞", "佛山", "雄安",
}

// places are all that stands before a company's own name to say where it is.
var places = append(slices.Clone(cities), "亦庄", "经济技术开发区", "中关村", "前海", "中国", "省", "市")

// Place says whether a text begins with the name of a city or province that companies are called after.
func Place(s string) bool {
	return slices.ContainsFunc(cities, func(p string) bool { return strings.HasPrefix(s, p) })
}

var bracketed = regexp.MustCompile(`（[^（）]*）`)

var organisation = regexp.MustCompile(`(公司|集团|银行|支行|分行|研究院|学院|大学|学校|医院|中心|研究所|事务所|合伙）?|合作社|协会|学会|基金会|促进会|联盟|厂|店|局|委员会|办公室|馆|社)）?$`)

// Organisation says whether a text looks like the name of a company or other
// body: a sentence that was taken for one does not.
func Organisation(s string) bool {
	n := Normal(s)
	return len([]rune(n)) >= 4 && len([]rune(n)) <= 60 && organisation.MatchString(n)
}

// Core returns the 字号 of a company: its name without place, trade and kind.
// It is a guess for a hint, never for equality; shorter than two characters
// means none was told apart.
func Core(company string) string {
	s := bracketed.ReplaceAllString(Normal(company), "")
	for _, suf := range suffixes {
		if rest, ok := strings.CutSuffix(s, loose(suf)); ok {
			s = rest
			break
		}
	}
	for changed := true; changed; {
		changed = false
		for _, p := range places {
			if rest, ok := strings.CutPrefix(s, p); ok && len([]rune(rest)) >= 2 {
				s, changed = rest, true
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, w := range commonWords {
			if rest, ok := strings.CutSuffix(s, w); ok && len([]rune(rest)) >= 2 {
				s, changed = rest, true
			}
		}
	}
	return s
}

// SharedCore returns the 字号 that two companies share, or "".
func SharedCore(a, b string) string {
	ca, cb := Core(a), Core(b)
	if len([]rune(ca)) < 2 || ca != cb {
		return ""
	}
	return ca
}

// Similarity is 1 for equal normal forms and falls to 0 with the share of
// characters that must be changed, added or dropped.
func Similarity(a, b string) float64 {
	ra, rb := []rune(loose(Normal(a))), []rune(loose(Normal(b)))
	longest := max(len(ra), len(rb))
	if len(ra) == 0 || len(rb) == 0 || longest > 200 {
		return 0
	}
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(rb)])/float64(longest)
}
