package pipeline

import (
	"image"
	"regexp"
	"strings"
	"unicode"

	"hequan/internal/ocr"
)

// unasked knows what of a page a witness need not be asked for: well-read words that are no value, or one that is not proven by
// readings anyway. What is left out is not proven.
type unasked struct {
	alike map[string]int // texts that were read alike on this page, and how often
}

// Of a column of one text the first two are asked for; of names, which may differ by a character, all, and of short words, some
// of which say what an item is.
const (
	oftenAlike    = 2
	shortestAlike = 5 // characters
	longestAlike  = 10
)

// leaves says whether nothing is to be gained by a stretch, of which these are the parts and crop what would be read:
// print beside it, of which nothing was made, would be.
func (u unasked) leaves(parts []piece, crop image.Rectangle) bool {
	text, place := "", image.Rectangle{}
	for _, x := range parts {
		if x.confidence < readWell || x.alt != "" {
			return false
		}
		text += x.text
		place = place.Union(x.rect)
	}
	if room := place.Dy() * 3 / 4; crop.Min.X < place.Min.X-room || crop.Max.X > place.Max.X+room {
		return false
	}
	if chineseValue.MatchString(text) || strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	return formWords[strings.TrimSuffix(headingNumber.ReplaceAllString(bracketForms.Replace(text), ""), ":")] || endOfSentence.MatchString(text) || u.alike[text] >= oftenAlike
}

// hear keeps what was read alike.
func (u unasked) hear(before, after []piece) {
	text := ""
	for i, x := range after {
		if !x.twice || x.text != before[i].text {
			return
		}
		text += x.text
	}
	if n := runeCount(text); n >= shortestAlike && n <= longestAlike && !strings.Contains(text, "公司") && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		u.alike[text]++
	}
}

// read reads a stretch unless it is left.
func (u unasked) read(engine ocr.Engine, p prepared, pieces []piece, s stretch, print []image.Rectangle) error {
	parts := pieces[s.from:s.to]
	if s.lead+s.tail > 0 {
		return s.read(engine, p, pieces, print)
	}
	if u.leaves(parts, witnessCrop(p, pieces, parts, s, print)) {
		return nil
	}
	before := append([]piece(nil), parts...)
	err := s.read(engine, p, pieces, print)
	u.hear(before, parts)
	return err
}

var (
	headingNumber = regexp.MustCompile(`^[一二三四五六七八九十]、`)
	bracketForms  = strings.NewReplacer("（", "(", "）", ")", "：", ":")
	// endOfSentence is the last line of a paragraph: a sentence is never proven by two readings.
	endOfSentence = regexp.MustCompile(`^[\p{Han}，、；“”《》]{7,}。$`)
)

// formWords are printed on forms, before values or over columns: statements (企业会计准则), audit reports, invoices, licences and lists of
// what was used. One that was read letter by letter, with certainty, is that word.
var formWords = setOf(`
	利润表 现金流量表 资产 负债 期末余额 年初余额 期初余额 上年年末余额 负债和所有者权益 负债和所有者权益总计 负债和股东权益 负债和股东权益总计
	货币资金 短期借款 长期借款 应收账款 应收票据 应付账款 应付票据 预付款项 预收款项 合同负债 应交税费 应付职工薪酬 其他应收款 其他应付款 存货 流动资产 流动负债
	流动资产合计 非流动资产合计 流动负债合计 非流动负债合计 负债合计 资产总计 固定资产 无形资产 固定资产及无形资产 实收资本 股本 资本公积 盈余公积 未分配利润
	所有者权益合计 股东权益合计 营业成本 税金及附加 销售费用 管理费用 研发费用 财务费用 营业利润 利润总额 净利润
	审计报告 管理层和治理层对财务报表的责任 管理层的责任 注册会计师对财务报表审计的责任 注册会计师的责任
	序号 行号 项目名称 产品名称 服务名称 服务项目 资源名称 模型名称 规格型号 规格 单位 用量 用量单位 总用量 数量 单价 单价(元) 金额 金额(元) 原价(元) 优惠(元) 费用(元)
	现金支付 现金支付(元) 代金券抵扣 消费时间 时间 输入 输出 小计 合计 税率 税率/征收率 税额 价税合计 价税合计(大写) (大写) (小写) 备注
	会计机构负责人 主管会计工作负责人 中国注册会计师 单位(盖章) (盖章) (签字)
	营业执照 统一社会信用代码 法定代表人 注册资本 成立日期 营业期限 经营范围 主要经营场所 住所 登记机关 国家市场监督管理总局监制
	购 买 方 销 售 信 息 备 注`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.Fields(words) {
		out[word] = true
	}
	return out
}
