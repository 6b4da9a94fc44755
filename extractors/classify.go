package extractors

import (
	"math"
	"regexp"
	"strings"

	"hequan"
)

// A clue is a phrase that speaks for a kind. Those of a heading count only in
// the upper part of a page, in a row of little else.
type clue struct {
	phrase string
	weight float64
}

// kindClues are the phrases of each kind: headings, then words of the body.
var kindClues = []struct {
	kind     hequan.Kind
	headings []clue
	body     []clue
}{
	{hequan.KindInvoice,
		[]clue{{"增值税专用发票", 5}, {"增值税普通发票", 5}, {"电子发票", 5}, {"普通发票", 4}, {"专用发票", 4}, {"发票", 2}},
		[]clue{{"价税合计", 2}, {"购买方", 1}, {"销售方", 1}, {"开票日期", 1.5}, {"发票号码", 1.5}, {"发票代码", 1}, {"纳税人识别号", 1}, {"校验码", .7}, {"税率", .5}, {"税额", .7}, {"开票人", 1}, {"密码区", 1}, {"EInvoice", 3}}},
	{hequan.KindBusinessLicense,
		[]clue{{"营业执照", 5}, {"事业单位法人证书", 5}, {"社会团体法人登记证书", 5}, {"民办非企业单位登记证书", 5}},
		[]clue{{"法定代表人", .7}, {"注册资本", 1.2}, {"成立日期", 1.2}, {"经营范围", 1.5}, {"登记机关", 1.5}, {"营业期限", 1}, {"统一社会信用代码", .7}, {"市场主体应当于每年", 1.5}, {"国家企业信用信息公示系统", 1}, {"企业信用信息公示", 1}, {"住所", .5}, {"组成形式", 1}, {"注册日期", 1}, {"经营者", .6}, {"经营场所", .8}}},
	{hequan.KindCommitment,
		[]clue{{"承诺", 3.5}, {"保证书", 4}, {"声明书", 4}, {"诚信声明", 4}, {"承诺书", 5}, {"承诺函", 5}},
		[]clue{{"承诺", 0.8}, {"真实有效", 1}, {"愿承担", 1}, {"特此承诺", 2}, {"如有不实", 1}, {"失信", 0.6}, {"本公司承诺", 2}, {"我公司承诺", 2}, {"郑重承诺", 2}, {"本单位承诺", 2}, {"我单位", .8}, {"虚假", .8}, {"严重违法失信", 1}, {"法律责任", .7}, {"财政资金", .6}}},
	{hequan.KindBankAccount,
		[]clue{{"结算账户", 5}, {"账户资料", 4.5}, {"账户信息", 4}, {"开户证明", 4}, {"账户证明", 4}, {"开户银行信息", 5}, {"收款信息", 4}, {"账户登记", 4}, {"账户确认", 4}, {"银行账户信息", 5}, {"银行账户", 4}, {"开户许可证", 5}, {"账户信息表", 4}, {"收款账户", 3}, {"开户信息", 4}, {"基本存款账户信息", 5}},
		[]clue{{"开户行名称", 1.2}, {"行号", 0.6}, {"开户", 0.5}, {"开户银行", 1.2}, {"开户行", 1}, {"账号", 1}, {"银行账号", 1.2}, {"账户名称", 1.5}, {"户名", 1}, {"联行号", 1.2}}},
	{hequan.KindAuditReport,
		[]clue{{"审计报告", 5}, {"资产负债表", 4}, {"利润表", 3}, {"现金流量表", 3}, {"所有者权益变动表", 3}, {"财务报表附注", 3}},
		[]clue{{"会计师事务所", 1.2}, {"注册会计师", 1.5}, {"审计意见", 1.5}, {"财务报表", 1}, {"全体股东", 1}, {"流动资产", 1.2}, {"营业收入", .7}, {"所有者权益", .8}, {"负债合计", 1}}},
	{hequan.KindContract,
		[]clue{{"服务协议", 4}, {"采购协议", 4}, {"订购单", 3}, {"采购单", 3}, {"合同书", 4}, {"合同", 4}, {"协议书", 4}, {"协议", 3}, {"订单", 2.5}, {"补充协议", 3}},
		[]clue{{"委托方", 0.5}, {"受托方", 0.5}, {"供方", 0.4}, {"需方", 0.4}, {"生效", 0.5}, {"终止", 0.4}, {"仲裁", 0.6}, {"人民法院", 0.8}, {"甲方", .8}, {"乙方", .8}, {"违约责任", 1.5}, {"争议解决", 1.2}, {"争议", .6}, {"保密", .6}, {"不可抗力", 1.2}, {"签字盖章", .8}, {"双方", .5}, {"本合同", 1.5}, {"本协议", 1.5}, {"知识产权", .7}, {"付款", .5}, {"第一条", .8}, {"一式", .8}}},
	{hequan.KindSettlement,
		[]clue{{"核对确认", 4}, {"用量确认", 4}, {"用量核对", 4}, {"使用确认", 3.5}, {"计量确认", 4}, {"计费确认", 4}, {"支付申请", 3.5}, {"付款申请", 3.5}, {"缴费通知", 4}, {"付款通知", 3.5}, {"收费通知", 3.5}, {"费用告知", 4}, {"费用通知", 4}, {"核算单", 4.5}, {"核算表", 4}, {"核对单", 4}, {"对账表", 4}, {"计费单", 3.5}, {"结费单", 4.5}, {"请款单", 3.5}, {"结算清单", 4.5}, {"结算表", 4.5}, {"结算报告", 4.5}, {"费用核对", 4}, {"结算函", 4}, {"对账函", 4}, {"对账确认", 4}, {"月结单", 4}, {"结算通知", 4}, {"费用清单", 3}, {"服务费确认", 4}, {"结算", 2.5}, {"结算单", 5}, {"费用结算", 5}, {"结算书", 5}, {"结算确认", 5}, {"对账单", 4}, {"结算明细", 3}, {"费用确认", 3}, {"账单", 3}, {"确认单", 2.5}, {"确认函", 2.5}, {"核定单", 3}},
		[]clue{{"结算总额", 1.2}, {"应结算", 1}, {"结算总价", 1}, {"服务期间", 0.5}, {"核对无误", 1}, {"确认无误", 0.8}, {"计费周期", 0.8}, {"结算周期", 1.5}, {"结算期间", 1.5}, {"本期", .5}, {"结算金额", 1.2}, {"对账", .8}, {"账期", 1}, {"应付金额", .8}, {"结算", .8}}},
	{hequan.KindUsage,
		[]clue{{"调用统计", 4.5}, {"使用统计", 4.5}, {"使用量统计", 5}, {"调用量统计", 5}, {"用量报表", 5}, {"用量汇总", 4.5}, {"用量报告", 4.5}, {"用量详单", 5}, {"调用清单", 5}, {"调用记录", 4.5}, {"调用详单", 5}, {"计费明细", 4.5}, {"计量明细", 4.5}, {"消耗明细", 4.5}, {"消耗统计", 4.5}, {"使用记录", 4}, {"使用清单", 4.5}, {"用量详情", 5}, {"流水明细", 4}, {"计量", 3}, {"用量", 3}, {"用量明细", 5}, {"使用明细", 5}, {"调用明细", 5}, {"消费明细", 4}, {"用量清单", 5}, {"用量统计", 4}, {"使用量明细", 5}, {"明细表", 2}, {"明细清单", 2.5}, {"账单明细", 4}, {"账单详情", 4}, {"详情", 2.5}, {"消费详情", 4}, {"费用详情", 4}, {"费用明细", 4}, {"用量及费用", 4}},
		[]clue{{"输入tokens", 0.8}, {"输出tokens", 0.8}, {"消耗", 0.4}, {"计费项", 0.8}, {"单价", 0.3}, {"小计", 0.3}, {"用量", .8}, {"tokens", .6}, {"调用量", 1}, {"调用次数", 1}, {"统计周期", 1}, {"Token", .5}}},
	{hequan.KindAcceptance,
		[]clue{{"验收意见", 5}, {"验收表", 5}, {"验收纪要", 5}, {"交接单", 4.5}, {"移交单", 4.5}, {"移交清单", 4.5}, {"交付清单", 4.5}, {"到货确认", 4.5}, {"上线确认", 4.5}, {"完工确认", 4.5}, {"交付验收", 5}, {"签收确认", 4.5}, {"收货单", 4}, {"验收报告", 5}, {"验收单", 5}, {"验收证明", 5}, {"验收书", 5}, {"交付证明", 5}, {"交付确认", 5}, {"交付单", 5}, {"验收确认", 5}, {"签收单", 4}, {"验收", 3}, {"终验", 3}},
		[]clue{{"通过验收", 1.5}, {"验收通过", 1.5}, {"验收结果", 1.5}, {"交付内容", 1}, {"签收", 0.8}, {"交付方", 0.8}, {"接收方", 0.8}, {"运行正常", 1}, {"验收结论", 2}, {"验收日期", 1.5}, {"验收时间", 1.5}, {"验收地点", 1.5}, {"验收内容", 1.2}, {"验收意见", 1.5}, {"交付地点", 1.2}, {"交付时间", 1.2}, {"验收人员", 1}, {"验收合格", 1}, {"验收", .5}}},
	{hequan.KindFilingProof,
		[]clue{{"备案凭证", 5}, {"备案通知", 4.5}, {"备案查询", 4.5}, {"备案登记", 4}, {"备案情况", 4.5}, {"已备案", 4}, {"生成式人工智能服务已备案信息", 6}, {"备案信息", 4}, {"备案证明", 5}, {"备案公告", 5}, {"备案公示", 5}, {"生成式人工智能服务", 4}, {"算法备案", 4}, {"备案", 2.5}},
		[]clue{{"备案主体", 1.2}, {"备案日期", 1.2}, {"备案状态", 1}, {"国家互联网信息办公室", 1.2}, {"大模型名称", 1}, {"备案编号", 1.5}, {"备案单位", 1.5}, {"备案时间", 1.2}, {"网信办", 1.2}, {"属地", .8}, {"模型名称", 1}, {"上线编号", 1.2}, {"互联网信息办公室", 1.2}, {"备案号", 1}}},
	{hequan.KindApplicationForm,
		[]clue{{"申报书", 4.5}, {"申领表", 4.5}, {"申请书", 4}, {"申报信息", 4}, {"兑现申请", 4.5}, {"申报登记", 4}, {"申报表", 5}, {"申请表", 4}},
		[]clue{{"申报主体", 1}, {"申请单位", 0.8}, {"申请金额", 1.2}, {"申报模式", 1.2}, {"应用领域", 1}, {"申请类型", 1.2}, {"拟申请", 0.8}, {"申报单位", 1}, {"申报类型", 1.2}, {"申报金额", 1.2}, {"项目名称", .6}, {"应用方向", 1}, {"模型券", 1}}},
}

// score is what speaks for each kind on one page.
type score struct {
	kind  hequan.Kind
	total float64
	title float64 // of that, the strongest heading
}

// scorePage weighs the clues of a page, best first.
func scorePage(d *doc) []score {
	var body strings.Builder
	for _, r := range d.rows {
		body.WriteString(strings.Map(dropSpace, string(r.text)))
		body.WriteByte('\n')
	}
	text := body.String()
	runes := []rune(text)
	heads := headings(d)
	more := signs(d, text)
	var out []score
	for _, k := range kindClues {
		s := score{kind: k.kind}
		for _, c := range k.headings {
			for _, h := range heads {
				switch {
				case groupLine(h.text), portal.MatchString(h.text): // X用量 heads rows, no page; X计量平台 is where it comes from
				case strings.Contains(h.text, c.phrase) && !saysMore(h.text, c.phrase, k.kind):
					s.title = max(s.title, c.weight*h.weight(c.phrase))
				case c.weight >= 4 && h.misreads(c.phrase):
					s.title = max(s.title, 0.7*c.weight*h.weight(c.phrase))
				}
			}
		}
		for _, c := range k.body {
			switch {
			case strings.Contains(text, c.phrase):
				s.total += c.weight
			case nearly(runes, c.phrase):
				s.total += c.weight / 2
			}
		}
		if k.kind == hequan.KindInvoice && hasInvoiceCode(d.pages[0]) {
			s.total += 5
		}
		s.total += more[k.kind]
		s.total += s.title
		out = append(out, s)
	}
	best := 0
	for i := range out {
		if out[i].total > out[best].total {
			best = i
		}
	}
	out[0], out[best] = out[best], out[0]
	return out
}

// portal is the name of a system that papers are printed from.
var portal = regexp.MustCompile(`^\p{Han}{2,10}(?:平台|系统|控制台|门户|中心)$`)

// saysMore says whether the phrase of a kind is part of a longer one in a heading that
// is of another: 账单 in 账单明细.
func saysMore(heading, phrase string, of hequan.Kind) bool {
	for _, k := range kindClues {
		for _, c := range k.headings {
			if k.kind != of && len(c.phrase) > len(phrase) && strings.Contains(c.phrase, phrase) && strings.Contains(heading, c.phrase) && strings.Count(heading, phrase) == 1 {
				return true
			}
		}
	}
	return false
}

// nearly says whether a phrase of four characters or more stands in a text with
// one character misread.
func nearly(text []rune, phrase string) bool {
	want := []rune(phrase)
	if len(want) < 4 {
		return false
	}
next:
	for i := 0; i+len(want) <= len(text); i++ {
		wrong := 0
		for k, r := range want {
			if text[i+k] != r {
				if wrong++; wrong > 1 {
					continue next
				}
			}
		}
		return true
	}
	return false
}

// hasInvoiceCode says whether a page bears the QR code of an invoice.
func hasInvoiceCode(p hequan.Page) bool {
	for _, c := range p.Codes {
		if _, ok := parseQR(c.Payload); ok {
			return true
		}
	}
	return false
}

// heading is a row that may be a title.
type heading struct {
	text  string
	y     float64
	large float64 // height against the page's usual letters
}

// weight is how much a row that holds a phrase is the phrase's heading: it
// stands high, is short, its letters are large. A title names its kind last: of one that
// ends in the phrase, what stands before may be long.
func (h heading) weight(phrase string) float64 {
	w := 1.0
	switch n := len([]rune(h.text)) - len([]rune(phrase)); {
	case h.endsIn(phrase):
	case n > 14:
		w *= 0.3
	case n > 8:
		w *= 0.7
	}
	if h.y > 0.45 {
		w *= 0.3
	}
	if h.large < 1.25 {
		w *= 0.6
	}
	if strings.ContainsAny(h.text, "，。；") {
		w *= 0.3
	}
	return w
}

// endsIn says whether a row is one name that ends in a phrase: 模型API调用服务合同.
func (h heading) endsIn(phrase string) bool {
	before, ok := strings.CutSuffix(h.text, phrase)
	return ok && len([]rune(before)) <= 24 && !strings.HasSuffix(before, "本") && !strings.ContainsAny(before, "，。；：:、,《》“”\"（）()")
}

// misreads says whether a row is a phrase with one character misread.
func (h heading) misreads(phrase string) bool {
	a, b := []rune(h.text), []rune(phrase)
	if len(b) < 3 || len(a) < len(b) || len(a) > len(b)+4 {
		return false
	}
	for from := 0; from+len(b) <= len(a); from++ {
		wrong := 0
		for k := range b {
			if a[from+k] != b[k] {
				wrong++
			}
		}
		if wrong <= 1 {
			return true
		}
	}
	return false
}

// headings returns the rows of the upper part of a page, and of rows in which texts stand side by
// side each of these: a title beside the name of whose paper it is.
func headings(d *doc) []heading {
	usual := medianHeight(d)
	var out []heading
	for _, r := range d.rows {
		if r.box[1] > 0.6 || len(out) > 25 {
			break
		}
		tallest := 0.0
		for _, w := range r.parts {
			tallest = max(tallest, w.Box.Height())
		}
		out = append(out, heading{strings.Map(dropSpace, string(r.text)), r.box[1], tallest / usual})
	}
	for _, r := range d.rows[:min(6, len(d.rows))] {
		if list := sideBySide(r); len(list) == 2 && r.box[1] < 0.2 {
			for _, h := range list {
				out = append(out, heading{h.text, r.box[1], h.large / usual})
			}
		}
	}
	return out
}

// sideBySide are the texts between the seams of a row, each with the height of its tallest word.
func sideBySide(r row) []heading {
	var out []heading
	start := 0
	for k := 0; k <= len(r.text); k++ {
		if k < len(r.text) && r.text[k] != '\t' {
			continue
		}
		tallest := 0.0
		for i := start; i < k; i++ {
			if w := r.words[i]; w >= 0 {
				tallest = max(tallest, r.parts[w].Box.Height())
			}
		}
		if text := strings.Map(dropSpace, string(r.text[start:k])); text != "" {
			out = append(out, heading{text, r.box[1], tallest})
		}
		start = k + 1
	}
	return out
}

func medianHeight(d *doc) float64 {
	var heights []float64
	for _, r := range d.rows {
		for _, w := range r.parts {
			heights = append(heights, w.Box.Height())
		}
	}
	if len(heights) == 0 {
		return 1
	}
	return max(1e-4, quantile(heights, 0.5))
}

// confidenceOf turns the best score and its lead over the second into 0…1.
func confidenceOf(scores []score) float64 {
	second := 0.0
	for _, s := range scores[1:] {
		second = max(second, s.total)
	}
	lead := scores[0].total - second
	return math.Round((1-math.Exp(-scores[0].total/3))*(1-math.Exp(-(lead+0.3)/1.5))*1000) / 1000
}
