package samples

import (
	"math/rand/v2"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// line is an item of a contract, an acceptance or an invoice, tax included.
type line struct {
	Name     string
	Category string // of the contract: model software compute data labor hardware
	Quantity int
	Unit     string
	Price    rmb.Fen // each
	Amount   rmb.Fen
}

type contract struct {
	Title, Number    string
	PartyA, PartyB   string
	Sign, From, To   day.Day
	Amount, Words    rmb.Fen
	Framework        bool
	Subject          string
	Calling          string
	Payment          string
	Delivery         string
	Quota            string
	Items            []line
	Prices           []model
	ItemAmountShown  bool // false: only the total is stated
	SealA, SealB     string
	NoAcross         bool
	Resale           bool
	Instalments      bool
	NoTerm           bool
	NoQuota, NoTotal bool
	Long             bool // further general terms, so that it fills three pages
	LostPage         int  // a page that was not scanned; 0: none
}

var categoryChinese = map[string]string{"model": "模型", "software": "其他软件", "compute": "算力", "data": "数据", "labor": "人力", "hardware": "硬件", "other": "一体机"}

// newContract writes what every contract says.
func (w *world) newContract(r *rand.Rand, sign day.Day) contract {
	names := w.Listed.Model
	for i, m := range w.Models {
		if i == 0 {
			names = m.Name
		} else {
			names += "、" + m.Name
		}
	}
	c := contract{Number: contractNumber(r, sign), PartyA: w.Applicant.Name, PartyB: w.Provider.Name, Sign: sign,
		Calling: w.callingWords(r), ItemAmountShown: true, SealA: w.Applicant.Name, SealB: w.Provider.Name}
	switch w.Mode {
	case hequan.ModeAPI:
		c.Title = pick(r, "模型API调用服务合同", "大模型接口服务合同", "大模型服务采购合同")
		c.Subject = names + "模型的API接口调用服务，用于“" + w.Project + "”项目"
	case hequan.ModeCloud:
		c.Title = pick(r, "云上大模型部署及推理服务合同", "大模型云化部署服务合同", "大模型专属云服务合同")
		c.Subject = names + "模型的云化部署及推理服务，用于“" + w.Project + "”项目"
	case hequan.ModePrivate:
		c.Title = pick(r, "大模型软件采购及部署合同", "大模型私有化部署合同", "人工智能模型采购合同")
		c.Subject = names + "大模型私有化部署及配套软件、服务，用于“" + w.Project + "”项目"
	default:
		c.Title = pick(r, "大模型一体机采购合同", "大模型一体机购销合同", "人工智能一体机设备采购合同")
		c.Subject = names + "大模型一体机及预装模型软件，用于“" + w.Project + "”项目"
	}
	if isMetered(w.Mode) {
		c.Payment = pick(r, "双方按季度对账，{A}于对账确认后30日内向{B}支付当期费用。", "{A}应于每期结算单确认之日起十个工作日内支付当期服务费。", "{B}按结算周期出具结算单，{A}收到合规发票后15个工作日内一次性付清当期款项。")
		c.Quota = "合同期内预计使用量不超过" + pick(r, "50", "80", "120") + "亿tokens，以实际调用量结算"
	} else {
		c.Payment = pick(r, "货到验收合格后20个工作日内支付全部价款。", "验收合格并收到全额发票后30日内一次性支付合同总价。", "合同签订后预付合同总价的30%，验收合格后15个工作日内支付剩余70%。")
		c.Delivery = pick(r, "由{B}在{A}指定机房完成安装部署、调试后整体交付", "{B}将产品运送至{A}所在地并现场安装，经联调后一次性交付", "{B}以光盘介质及现场部署方式交付全部软件和文档")
	}
	return c
}

// delivered writes contract, acceptance and invoices of private and appliance.
func (w *world) delivered(r *rand.Rand, b brand) {
	size := pick(r, "72B", "32B", "14B")
	w.Models = []model{{Name: b.zh + "-" + size + pick(r, "-Chat", "-Instruct", "")}}
	sign := day.Must("2025-09-03").AddDays(r.IntN(120))
	w.Contract = w.newContract(r, sign)
	c := &w.Contract
	times := rmb.Fen(1)
	if w.large {
		times = 10
	}
	thousands := func(lo, hi int) rmb.Fen { return rmb.Fen(between(r, lo, hi)) * 1000 * rmb.Yuan * times }
	add := func(name, category, unit string, n int, each rmb.Fen) {
		c.Items = append(c.Items, line{name, category, n, unit, each, each * rmb.Fen(n)})
	}
	m := w.Models[0].Name
	if w.Mode == hequan.ModePrivate {
		add(m+"大模型私有化授权", "model", "套", 1, thousands(380, 900))
		add(pick(r, "知识库管理软件", "模型应用管理平台软件", "智能体编排平台软件"), "software", "套", 1, thousands(80, 260))
		add("GPU算力租赁服务", "compute", "月", pick(r, 3, 6), thousands(12, 40))
		add(pick(r, "行业语料清洗与标注", "工艺知识数据整理"), "data", "项", 1, thousands(30, 90))
		add("现场实施与人员培训", "labor", "项", 1, thousands(25, 80))
	} else {
		add(b.zh+"大模型一体机主机（8卡推理服务器）", "hardware", "台", pick(r, 1, 2), thousands(420, 900))
		add(m+"模型软件授权", "model", "套", 1, thousands(300, 800))
		add(pick(r, "模型应用管理平台软件", "推理加速引擎软件"), "software", "套", 1, thousands(60, 180))
	}
	for _, l := range c.Items {
		c.Amount += l.Amount
	}
	c.Words = c.Amount
	c.From, c.To = sign, day.Must("2026-06-30")
	accepted := sign.AddDays(between(r, 70, 120))
	a := w.Applicant
	w.Acceptance = &acceptance{Project: w.Project, Supplier: w.Provider.Name, Acceptor: a.Name, Number: c.Number, Date: accepted,
		Place: a.Address + pick(r, "会议室", "机房", ""), Outcome: "passed",
		Conclusion: pick(r, "系统运行稳定，交付内容与合同一致，验收合格。", "经现场测试，各项功能与性能指标满足合同要求，同意通过验收。", "货物数量齐全、安装调试完成，验收通过。"),
		Items:      append([]line(nil), c.Items...), SupplierSeal: w.Provider.Name}
	w.Started, w.Ended = accepted, day.Must("2026-06-20")
	w.deliveryInvoices(r, accepted)
}

// deliveryInvoices bills goods (13 %) and services (6 %) apart.
func (w *world) deliveryInvoices(r *rand.Rand, accepted day.Day) {
	var goods, services []line
	for _, l := range w.Contract.Items {
		switch l.Category {
		case "compute", "data", "labor":
			services = append(services, l)
		default:
			goods = append(goods, l)
		}
	}
	first := accepted.AddDays(between(r, 3, 20))
	second := first.AddDays(between(r, 2, 12))
	if w.Mode == hequan.ModePrivate {
		w.Invoices = append(w.Invoices, w.goodsInvoice(r, first, goods), w.servicesInvoice(r, second, services))
		return
	}
	var hardware, software []line
	for _, l := range goods {
		if l.Category == "hardware" {
			hardware = append(hardware, l)
		} else {
			software = append(software, l)
		}
	}
	w.Invoices = append(w.Invoices, w.goodsInvoice(r, first, hardware), w.goodsInvoice(r, first, software[:1]), w.goodsInvoice(r, second, software[1:]))
}
