package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// typed makes a page of a text layer: a row a line, words parted by two blanks
// stand in columns.
func typed(rows ...string) []hequan.Page {
	p := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceDigital, WidthMM: 210, HeightMM: 297}}
	const em = 0.02
	for i, r := range rows {
		var l hequan.Line
		x, y := 0.1, 0.08+0.03*float64(i)
		for _, w := range strings.Split(r, "  ") {
			if w == "" {
				x += em
				continue
			}
			width := em * float64(len([]rune(w)))
			word := hequan.Word{Text: w, Box: hequan.Box{x, y, x + width, y + 0.014}, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
			l.Words = append(l.Words, word)
			l.Box = l.Box.Union(word.Box)
			x += width + 2.5*em
		}
		p.Lines = append(p.Lines, l)
	}
	return []hequan.Page{p}
}

// tabled makes a page whose words stand in columns; - leaves one empty.
func tabled(title string, rows ...string) []hequan.Page {
	p := typed(title)[0]
	for i, r := range rows {
		var l hequan.Line
		y := 0.14 + 0.03*float64(i)
		for c, w := range strings.Fields(r) {
			if w == "-" {
				continue
			}
			x := 0.08 + 0.18*float64(c)
			word := hequan.Word{Text: w, Box: hequan.Box{x, y, x + 0.011*float64(len([]rune(w))), y + 0.014}, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
			l.Words = append(l.Words, word)
			l.Box = l.Box.Union(word.Box)
		}
		p.Lines = append(p.Lines, l)
	}
	return []hequan.Page{p}
}

func TestFields(t *testing.T) {
	for _, c := range []struct {
		name string
		kind hequan.Kind
		rows []string
		want map[string]string
	}{
		{"a contract, parties in running text left alone", hequan.KindContract, []string{
			"模型服务合同", "甲方（全称）：北京某甲科技有限公司", "乙方：上海某乙智能技术有限公司", "与乙方本着平等自愿的原则订立本合同。",
			"合同期限：自2025年9月1日起至2026年6月30日止。", "合同总金额：人民币1,234,567.89元（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分）", "签订日期：2025年8月20日",
		}, map[string]string{"party_a": "北京某甲科技有限公司", "party_b": "上海某乙智能技术有限公司", "term_start": "2025-09-01", "term_end": "2026-06-30",
			"amount": "1234567.89", "amount_words": "1234567.89", "sign_date": "2025-08-20"}},
		{"a sum whose head was lost is unread", hequan.KindContract, []string{"模型服务合同", "合同总金额：000.00元"}, map[string]string{"amount": ""}},
		{"a number is no misread code", hequan.KindInvoice, []string{"电子发票（普通发票）", "发票号码：26612938264347462934"},
			map[string]string{"number": "26612938264347462934", "form": "digital_ordinary", "code": "-"}},
		{"a licence without an end", hequan.KindBusinessLicense, []string{"营业执照", "名称  北京某甲科技有限公司", "成立日期  2012年03月22晶", "营业期限  2012年03月22日至永久"},
			map[string]string{"name": "北京某甲科技有限公司", "established": "2012-03-22", "valid_until": "long"}},
		{"labels with what an ornament or a mark was read as", hequan.KindBusinessLicense, []string{"营业执照", "5  “名 称深圳市某甲电子有限公司", ":  法定代表人姓名黄小明  注册资本  50万元", "主要经营上所北京市朝阳区某街22号", "注册日期”  2016年05月10日"},
			map[string]string{"name": "深圳市某甲电子有限公司", "legal_representative": "黄小明", "capital": "500000.00", "address": "北京市朝阳区某街22号", "established": "2016-05-10"}},
		{"a printed form", hequan.KindApplicationForm, []string{"申报表", "申报单位：北京某甲科技有限公司", "申报类型：API接口调用", "申报金额：61.5万元"},
			map[string]string{"applicant.name": "北京某甲科技有限公司", "project.mode": "api", "claimed_amount": "615000.00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Extract(c.kind, typed(c.rows...), nil)
			holdsFields(t, &got, c.want)
		})
	}
}

func TestUsageTable(t *testing.T) {
	got := Extract(hequan.KindUsage, tabled("用量明细", "月份 模型 用量 单价 金额", "2025年9月 甲-Pro 2,000 0.5 1,000.00", "2025年10月 甲-Pro 3,000 0.5 1,500.00", "合计 - - - 2,500.00"), nil)
	if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
		t.Fatalf("tables %+v", got.Tables)
	}
	amount := got.Tables[0].Column("amount")
	if v := got.Tables[0].Rows[1][amount]; v.Value != "1500.00" || !has(v.Proof, hequan.ProofArithmetic) {
		t.Errorf("second amount %+v: want 1500.00, proven by quantity × price", v)
	}
	if f := got.field("total"); f == nil || f.Value != "2500.00" || !has(f.Proof, hequan.ProofArithmetic) {
		t.Errorf("total %+v: want 2500.00, proven by the rows", f)
	}
}

func TestSplitPartsInvoices(t *testing.T) {
	one := typed("电子发票（普通发票）", "发票号码：26612938264347462934", "购买方  销售方", "价税合计（大写）  壹拾元整")[0]
	two := typed("电子发票（普通发票）", "发票号码：26612938264347462935", "购买方  销售方", "价税合计（大写）  壹拾元整")[0]
	two.Info.Page = 2
	parts := Split([]hequan.Page{one, two})
	if len(parts) != 2 || parts[0].Kind != hequan.KindInvoice || parts[1].Kind != hequan.KindInvoice {
		t.Errorf("parts %+v: want two invoices", parts)
	}
}

// holdsFields holds a document's fields to the wanted values; "-" wants none.
func holdsFields(t *testing.T, got *Content, wanted map[string]string) {
	t.Helper()
	for name, want := range wanted {
		f := got.field(name)
		switch {
		case want == "-" && f != nil:
			t.Errorf("%s: %q, want none", name, f.Value)
		case want != "-" && f == nil:
			t.Errorf("%s: none, want %q", name, want)
		case want != "-" && f.Value != want:
			t.Errorf("%s: %q, want %q", name, f.Value, want)
		}
	}
}

// TestSplitCoverOfNoKind: a cover of which the heading was misread is the cover of the report that the next page is of.
func TestSplitCoverOfNoKind(t *testing.T) {
	cover := typed("审报告书", "委托单位  北京嘉禾云政务信息有限公司", "第1页")[0]
	report := typed("审计报告", "北京嘉禾云政务信息有限公司全体股东：", "一、审计意见", "我们审计了贵公司财务报表", "中国注册会计师：王立", "第2页")[0]
	report.Info.Page = 2
	for _, p := range []*hequan.Page{&cover, &report} { // the number of the page at its foot
		l := &p.Lines[len(p.Lines)-1]
		l.Box = hequan.Box{0.45, 0.96, 0.5, 0.97}
		for i := range l.Words {
			l.Words[i].Box = l.Box
		}
	}
	if parts := Split([]hequan.Page{cover, report}); len(parts) != 1 || parts[0].Kind != hequan.KindAuditReport || parts[0].Last != 1 {
		t.Errorf("%+v", parts)
	}
}
