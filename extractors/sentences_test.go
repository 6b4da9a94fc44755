package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// TestDeliveredInASentence: the sentence names who delivered, what for and to whom, and none of it is a company in quotation marks.
func TestDeliveredInASentence(t *testing.T) {
	wantFields(t, Extract(hequan.KindAcceptance, laid(rowsOf("交付确认书", "上海云岫数智科技有限公司就“实训答疑助教”向北京明序教育科技有限公司交付下列内容，", "于2026年3月5日验收合格，运行正常。")...), nil),
		map[string]string{"supplier": "上海云岫数智科技有限公司", "acceptor": "北京明序教育科技有限公司", "project": "实训答疑助教"})
}

// TestSumsThatDifferBesideEachOther: digits and words of a contract's sum are both read where they contradict each other.
func TestSumsThatDifferBesideEachOther(t *testing.T) {
	got := Extract(hequan.KindContract, laid(rowsOf("技术服务合同", "双方约定，乙方收取1,010,000.00元（壹佰零壹万伍仟元整）。", "甲方逾期的，每日按万分之五支付。")...), nil)
	wantFields(t, got, map[string]string{"amount": "1010000.00", "amount_words": "1015000.00"})
	// Two sums, each beside words that differ: nobody knows which is the contract's.
	if digits, _, ok := besides(layout(laid(rowsOf("技术服务合同", "乙方先收取1,010,000.00元（壹佰零壹万伍仟元整）。", "后收取2,020,000.00元（贰佰零贰万伍仟元整）。")...)).flow()); ok {
		t.Errorf("of two sums %s", digits.value)
	}
}

// TestOnlyDayAndModelOfAFiling: without labels that are known, the only day and the only model are the filing's.
func TestOnlyDayAndModelOfAFiling(t *testing.T) {
	wantFields(t, Extract(hequan.KindFilingProof, laid(rowsOf("生成式人工智能服务备案公示", "云岫大模型", "杭州云岫数智科技有限公司", "2024年12月29日", "查询时间：2026年3月1日")...), nil),
		map[string]string{"model": "云岫大模型", "date": "2024-12-29"})
	got := Extract(hequan.KindFilingProof, laid(rowsOf("生成式人工智能服务备案公示", "云岫大模型", "璞石大模型", "2024年12月29日", "2025年1月2日")...), nil)
	for _, name := range []string{"model", "date"} {
		if f := got.field(name); f != nil && f.Value != "" {
			t.Errorf("%s of two: %+v", name, f)
		}
	}
}

// TestAFewDaysUnderATitle: a page with a title of its own and a few dated rows behind a statement with its sum is usage.
func TestAFewDaysUnderATitle(t *testing.T) {
	statement := laid(rowsOf("费用结算单", "结算期间：2025年9月1日至2025年12月31日", "结算总额：33,920.85元")...)[0]
	list := []placedRow{{0.08, []placedWord{{0.40, "按月用量与费用"}}}, {0.20, []placedWord{{0.10, "月份"}, {0.25, "模型"}, {0.45, "调用量"}, {0.60, "单价"}, {0.80, "金额"}}}}
	for i := range 4 {
		list = append(list, placedRow{0.25 + 0.05*float64(i), []placedWord{{0.10, "2025年9月"}, {0.25, "砚池-Max"}, {0.45, "1,696,042.5"}, {0.60, "0.02"}, {0.80, "33,920.85"}}})
	}
	p := laid(list...)[0]
	b := &p.Lines[0].Words[0].Box
	b[3] = b[1] + 0.03 // large letters
	p.Lines[0].Box = *b
	got := Split([]hequan.Page{statement, p})
	if len(got) != 2 || got[0].Kind != hequan.KindSettlement || got[1].Kind != hequan.KindUsage {
		t.Errorf("%+v", got)
	}
}

// TestTwoStatementsOfOtherPeriods: a page with a number and a period of its own is another statement, whatever its title.
func TestTwoStatementsOfOtherPeriods(t *testing.T) {
	page := func(title, number, period string) hequan.Page {
		return laid(rowsOf(title, "结算编号："+number, "结算期间："+period, "本期应付金额：33,920.85元", "双方核对无误。")...)[0]
	}
	first := page("服务费用确认（一期）", "JS202512776010", "2025年9月1日至2025年12月31日")
	for _, c := range []struct {
		second hequan.Page
		want   int
	}{
		{page("服务费用确认（二期）", "JS202604525147", "2026年1月1日至2026年4月30日"), 2},
		{page("服务费用确认（续）", "JS202512776010", "2026年1月1日至2026年4月30日"), 1},
	} {
		if got := Split([]hequan.Page{first, c.second}); len(got) != c.want {
			t.Errorf("%d documents, want %d: %+v", len(got), c.want, got)
		}
	}
}

// TestAnAddressTakesNothingAlong: what stands beside an address without a gap is no part of it.
func TestAnAddressTakesNothingAlong(t *testing.T) {
	for text, want := range map[string]string{
		"住所 北京经济技术开发区科创十四街31号院1号楼6层企业类型其他有限责任公司802": "北京经济技术开发区科创十四街31号院1号楼6层802",
		"住所 北京经济技术开发区地盛北街35号3号楼5层417注册资本伍佰万元":       "北京经济技术开发区地盛北街35号3号楼5层417",
	} {
		wantFields(t, Extract(hequan.KindBusinessLicense, laid(rowsOf("营业执照", text)...), nil), map[string]string{"address": want})
	}
}

// TestAProjectIsNoModel: what a model is used for, in quotation marks, is none, though it is called one.
func TestAProjectIsNoModel(t *testing.T) {
	got := Extract(hequan.KindContract, laid(rowsOf("技术服务合同", "乙方提供知微子-32B-Instruct大模型一体机及预装模型软件，用于“客服质检大模型”", "项目，甲方按期支付。")...), nil)
	for _, f := range got.Fields {
		if f.Name == "models" && strings.Contains(f.Value, "客服") {
			t.Errorf("%+v", f)
		}
	}
}

// TestAHeadingStatesNoSubject: what a heading says behind the label, dirt with it, and the next label's passage are not what is delivered.
func TestAHeadingStatesNoSubject(t *testing.T) {
	missing := []string{"人工智能模型采购合同", "一、合同标的与服务内容  2", "部署方式：私有化部署。", "交付方式：乙方将产品运送至甲方所在地并现场安装。", "二、合同期限"}
	got := Extract(hequan.KindContract, laid(rowsOf(missing...)...), nil)
	if f := got.field("subject"); f != nil && f.Value != "" {
		t.Errorf("subject = %q of a contract that states none", f.Value)
	}
	stated := []string{"人工智能模型采购合同", "一、合同标的与服务内容  2", "乙方向甲方提供星槎大模型的私有化部署服务。", "二、合同期限"}
	wantFields(t, Extract(hequan.KindContract, laid(rowsOf(stated...)...), nil), map[string]string{"subject": "乙方向甲方提供星槎大模型的私有化部署服务。"})
}

// TestSumNamedInASentence: a heading of a table gives the amount of a line, which is not the contract's; the sentence below names that.
func TestSumNamedInASentence(t *testing.T) {
	pages := laid(append(rowsOf("大模型采购合同"),
		placedRow{0.20, []placedWord{{0.10, "序号"}, {0.18, "项目内容"}, {0.45, "数量"}, {0.52, "单位"}, {0.60, "含税单价"}, {0.80, "含税金额"}}},
		placedRow{0.24, []placedWord{{0.10, "1"}, {0.18, "大模型一体机主机"}, {0.45, "2"}, {0.52, "台"}, {0.60, "518,000.00"}, {0.80, "1,036,000.00"}}},
		placedRow{0.28, []placedWord{{0.10, "2"}, {0.18, "大模型软件授权"}, {0.45, "1"}, {0.52, "套"}, {0.60, "537,000.00"}, {0.80, "537,000.00"}}},
		placedRow{0.34, []placedWord{{0.10, "合同总价(含税)为:1573000.00元(大写:人民币过个伍拾柒万叁仟圆整)。"}}})...)
	wantFields(t, Extract(hequan.KindContract, pages, nil), map[string]string{"amount": "1573000.00", "amount_words": ""})
}

// TestAGapInASentence: where a word's letter was not read a sentence goes on; labels and columns do not.
func TestAGapInASentence(t *testing.T) {
	first, second := "（一）乙方向甲方提供星槎", "turbo、星槎-Pro模型的API接口调用服务，用于“研报摘要生成”项目。"
	for gap, want := range map[float64]bool{0.018: true, 0.05: true, 0.08: false} {
		d := layout(laid(placedRow{0.06, []placedWord{{0.40, "大模型服务采购合同"}}}, placedRow{0.20, []placedWord{{0.12, first}, {0.12 + 0.011*float64(len([]rune(first))) + gap, second}}}))
		row := d.rows[len(d.rows)-1]
		k := strings.IndexRune(string(row.text), '\t')
		if k < 0 {
			t.Fatalf("%q has no gap", string(row.text))
		}
		if joined := !strings.Contains(string(d.flow().text), "星槎\nturbo"); joined != want {
			t.Errorf("a gap of %.3f: %q", gap, string(d.flow().text))
		}
	}
}

// TestNoReportBeforeItsYearEnds: another day than the report's was read for it.
func TestNoReportBeforeItsYearEnds(t *testing.T) {
	for at, want := range map[string]string{"2024年1月1日": "", "2025年3月1日": "2025-03-01"} {
		got := Extract(hequan.KindAuditReport, laid(rowsOf("审计报告", "2024年度财务报表审计", "报告日期："+at)...), nil)
		wantFields(t, got, map[string]string{"year": "2024", "report_date": want})
	}
}
