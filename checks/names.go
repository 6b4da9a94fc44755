package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/name"
)

// fieldNames are the staff's words for fields, for all kinds unless a kind has its own.
var fieldNames = map[string]string{
	"name": "名称", "uscc": "统一社会信用代码", "legal_representative": "法定代表人", "established": "成立日期", "address": "住所", "capital": "注册资本",
	"applicant": "承诺单位", "date": "日期", "signature": "签字", "account_name": "户名", "bank": "开户银行", "account": "账号",
	"entity": "被审计单位", "year": "年度", "firm": "会计师事务所", "report_number": "报告文号", "report_date": "报告日期",
	"title": "标题", "number": "编号", "party_a": "甲方", "party_b": "乙方", "sign_date": "签订日期", "term_start": "期限起始日", "term_end": "期限截止日",
	"amount": "金额", "amount_words": "大写金额", "calling_method": "调用方式", "subject": "交付标的", "payment_terms": "支付时间", "delivery_method": "交付方式",
	"usage_quota": "使用量", "models": "模型名称", "form": "票种", "code": "发票代码", "issue_date": "开票日期", "buyer": "购买方名称", "buyer_tax_id": "购买方税号",
	"seller": "销售方名称", "seller_tax_id": "销售方税号", "tax": "税额", "total": "合计金额", "total_words": "合计大写", "check_code": "校验码", "qr": "二维码",
	"customer": "客户名称", "provider": "服务提供方", "period_start": "起始日期", "period_end": "截止日期", "project": "项目名称", "supplier": "交付方", "acceptor": "验收方",
	"place": "地点", "conclusion": "验收结论", "outcome": "验收结论", "model": "模型名称", "territory": "属地",
	"items_unread": "未能读成表格的分项", "quantity": "数量", "unit": "单位", "unit_price": "单价", "price_unit": "计价单位", "tax_rate": "税率", "category": "类别", "result": "结果", "spec": "规格型号",
}

func fieldName(k hequan.Kind, field string) string {
	switch {
	case k == hequan.KindInvoice && field == "number":
		return "发票号码"
	case k == hequan.KindInvoice && field == "total":
		return "价税合计"
	case k == hequan.KindFilingProof && field == "number":
		return "备案编号"
	case k == hequan.KindFilingProof && field == "entity":
		return "备案单位"
	case k == hequan.KindFilingProof && field == "date":
		return "备案时间"
	}
	if n, ok := fieldNames[field]; ok {
		return n
	}
	return field
}

// label is a document as a sentence calls it: 发票 2661…7949, 结算单 JS2025….
func label(d *hequan.Document) string {
	if f := d.Field("number"); f != nil && f.Value != "" && (d.Kind == hequan.KindInvoice || d.Kind == hequan.KindContract || d.Kind == hequan.KindSettlement) {
		return d.Kind.Chinese() + " " + shorten(f.Value)
	}
	if f := d.Field("year"); f != nil && f.Value != "" && d.Kind == hequan.KindAuditReport {
		return f.Value + " 年度审计报告"
	}
	return d.Kind.Chinese()
}

func shorten(number string) string {
	r := []rune(number)
	if len(r) <= 14 {
		return number
	}
	return string(r[:4]) + "…" + string(r[len(r)-4:])
}

// named is a party's name with the place where it stands.
type named struct {
	Name string
	At   At
	Doc  *hequan.Document // nil: the form
}

// Applicant returns the applicant's name by which all others are measured: the
// form's, else the licence's. It notes where there is none.
func (p *Pass) Applicant() (string, At, bool) {
	if v, at, ok := p.form("applicant.name"); ok {
		return v, p.use(at), true
	}
	for _, d := range p.Docs(hequan.KindBusinessLicense) {
		if v, at, ok := p.Peek(d, "name"); ok {
			return v, p.use(at), true
		}
	}
	p.Unread("申报单位名称未知", hequan.Evidence{Field: "applicant.name", Note: "申报表与营业执照"})
	return "", At{}, false
}

// ApplicantCode is Applicant for the 统一社会信用代码.
func (p *Pass) ApplicantCode() (string, At, bool) {
	if v, at, ok := p.form("applicant.uscc"); ok {
		return v, p.use(at), true
	}
	for _, d := range p.Docs(hequan.KindBusinessLicense) {
		if v, at, ok := p.Peek(d, "uscc"); ok {
			return v, p.use(at), true
		}
	}
	p.Unread("申报单位统一社会信用代码未知", hequan.Evidence{Field: "applicant.uscc", Note: "申报表与营业执照"})
	return "", At{}, false
}

// Providers returns the providers by which others are measured: party B of
// each contract, as far as it was read as a name, else those of the form.
func (p *Pass) Providers() []named {
	var out []named
	add := func(n named) {
		for _, o := range out {
			if name.Compare(o.Name, n.Name) == name.Same {
				return
			}
		}
		out = append(out, n)
	}
	for _, d := range p.Docs(hequan.KindContract) {
		if v, at, ok := p.Peek(d, "party_b"); ok && name.Organisation(v) {
			add(named{v, at, d})
		}
	}
	if len(out) == 0 {
		for i, x := range p.Form.Providers {
			if x.Name != "" {
				add(named{x.Name, formProvider(i, x.Name), nil})
			}
		}
	}
	return out
}

func formProvider(i int, value string) At {
	return At{Evidence: hequan.Evidence{Field: fmt.Sprintf("providers[%d].name", i), Value: value, Text: value, Note: "申报表"}, Proven: true, firm: true, sure: true}
}

// SameName compares a name with the one that it must be; what is where the
// name stands. It records a fail where they are two names, and a review where
// the difference may come from reading, or the other is a branch. One
// recogniser takes a character for its lookalike however often it reads it.
func (p *Pass) SameName(what string, got string, at At, want string, wantAt At, action string) bool {
	review := func(why string) {
		p.Review(fmt.Sprintf("%s“%s”与“%s”%s，可能是识别误差", what, got, want, why), action, at, wantAt)
	}
	likeness := name.Compare(got, want)
	switch {
	case p.Holds(likeness == name.Same, fmt.Sprintf("%s“%s”与“%s”相同", what, got, want), at, wantAt):
		return true
	case likeness == name.Branch:
		p.Review(fmt.Sprintf("%s“%s”是“%s”的分支机构，请核对主体", what, got, want), action, at, wantAt)
	case likeness == name.Confusable && !(at.firm && wantAt.firm):
		review("只有形近字不同")
	case (likeness == name.Near || likeness == name.Truncated) && !(at.Proven && wantAt.Proven):
		review("只有个别字不同")
	case !name.Organisation(got) && name.Organisation(want) && len([]rune(got)) > 4: // shorter ones are people
		review("不同，读到的不像单位名称")
	case !(at.sure && wantAt.sure):
		review("不同")
	default:
		p.Fail(fmt.Sprintf("%s“%s”与“%s”不一致", what, got, want), action, at, wantAt)
	}
	return false
}

// OneOf compares a name with several that it may be.
func (p *Pass) OneOf(what string, got string, at At, wanted []named, action string) bool {
	best, similarity := -1, -1.0
	for i, w := range wanted {
		if name.Compare(got, w.Name) == name.Same {
			return p.Holds(true, fmt.Sprintf("%s“%s”与“%s”相同", what, got, w.Name), at, w.At)
		}
		if s := name.Similarity(got, w.Name); s > similarity {
			best, similarity = i, s
		}
	}
	if best < 0 {
		return false
	}
	return p.SameName(what, got, at, wanted[best].Name, wanted[best].At, action)
}
