package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestHeadingsThatFellApart: labels above values, parted where characters stand wide, are joined where each value has its own then.
func TestHeadingsThatFellApart(t *testing.T) {
	compare(t, fieldsOf(hequan.KindApplicationForm,
		placedRow{0.08, []placedWord{{0.30, "2026年上半年“模型券”项目申报表"}}},
		placedRow{0.14, []placedWord{{0.12, "单"}, {0.15, "位"}, {0.18, "名"}, {0.21, "称"}, {0.50, "统一"}, {0.55, "社会信用代码"}, {0.65, "(18位"}}},
		placedRow{0.17, []placedWord{{0.12, "北京嘉禾云智慧教育有限公司"}, {0.50, "91110302MAF56AH23A"}}},
		placedRow{0.22, []placedWord{{0.12, "模型"}, {0.18, "使用结束日期"}, {0.50, "申请补"}, {0.56, "贴金额(元)"}}},
		placedRow{0.25, []placedWord{{0.12, "2026年4月30日"}, {0.50, "498000.00元"}}},
		placedRow{0.30, []placedWord{{0.12, "填报日期"}}},
		placedRow{0.33, []placedWord{{0.12, "2026.07.14"}}},
	), map[string]string{"applicant.name": "北京嘉禾云智慧教育有限公司", "applicant.uscc": "91110302MAF56AH23A", "project.ended": "2026-04-30", "claimed_amount": "498000.00", "submitted_at": "2026-07-14"})
}

// TestHeadingsOfMoreColumnsStayApart: headings over a row with an empty cell are not joined to others.
func TestHeadingsOfMoreColumnsStayApart(t *testing.T) {
	d := layout(laid(placedRow{0.20, []placedWord{{0.10, "序号"}, {0.20, "产品"}, {0.40, "数量"}, {0.55, "金额"}}}, placedRow{0.24, []placedWord{{0.10, "1"}, {0.20, "大模型服务"}, {0.55, "300.00"}}}))
	d.joinHeadings([]string{"申报金额", "项目名称"})
	if n := len(tabbed(d.rows[0])); n != 4 {
		t.Errorf("%d headings: %q", n, string(d.rows[0].text))
	}
	d = layout(laid(placedRow{0.20, []placedWord{{0.10, "应付费用(元)"}, {0.40, "612,477.64"}}}, placedRow{0.24, []placedWord{{0.10, "费用合计：612,477.64元"}}},
		placedRow{0.30, []placedWord{{0.10, "人"}, {0.20, "立诚致远会计师事务所(特殊普通合伙)"}}}, placedRow{0.34, []placedWord{{0.10, "中国注册会计师"}}}))
	if d.joinHeadings([]string{"应付费用", "费用合计"}); len(tabbed(d.rows[0])) != 2 || len(tabbed(d.rows[2])) != 2 {
		t.Errorf("a label and its value were joined: %q", string(d.rows[0].text))
	}
}

// TestABankBesideAnotherValue: of a bank's name the first line stands in the row of the label above, whose value is in the
// column to the left; what a seal adds at its end is no part of it.
func TestABankBesideAnotherValue(t *testing.T) {
	compare(t, fieldsOf(hequan.KindBankAccount,
		placedRow{0.06, []placedWord{{0.40, "拨款账户说明"}}},
		placedRow{0.122, []placedWord{{0.12, "开户名称"}, {0.22, "北京青禾教育科技有限公司"}, {0.60, "中国工商银行股份有限公司北京经济技"}}},
		placedRow{0.132, []placedWord{{0.50, "开户网点"}}},
		placedRow{0.139, []placedWord{{0.60, "术开发区支行股份"}}},
		placedRow{0.18, []placedWord{{0.12, "银行账户"}, {0.22, "3667216027771835"}, {0.50, "联系电话"}, {0.60, "010-81470562"}}},
	), map[string]string{"account_name": "北京青禾教育科技有限公司", "bank": "中国工商银行股份有限公司北京经济技术开发区支行", "account": "3667216027771835"})
}

// TestFilingHeadingsMisread: a heading whose bracket was misread is no model, and the number of a row may touch its province.
func TestFilingHeadingsMisread(t *testing.T) {
	xs := []float64{0.03, 0.18, 0.33, 0.58, 0.88}
	compare(t, fieldsOf(hequan.KindFilingProof,
		placedRow{0.07, []placedWord{{0.40, "大模型备案信息公示"}}},
		placedRow{0.15, []placedWord{{0.03, "备案通过日期"}, {0.18, "模型"}, {0.206, "!服务）名称"}, {0.33, "主体名称"}, {0.58, "备案号"}, {0.88, "备案属地"}}},
		at(0.18, xs, "2025.04.20", "云岫大模型", "杭州云岫科技有限公司", "Zhejiang-YunXiu-20250331", "浙江省"),
	), map[string]string{"model": "云岫大模型", "number": "Zhejiang-YunXiu-20250331", "territory": "浙江省"})
	compare(t, fieldsOf(hequan.KindFilingProof,
		placedRow{0.07, []placedWord{{0.40, "大模型备案信息公示"}}},
		at(0.15, []float64{0.03, 0.16, 0.45, 0.60, 0.85}, "序号所在省市", "备案证号", "服务名称", "申请单位", "通过时间"),
		at(0.18, []float64{0.03, 0.16, 0.45, 0.60, 0.85}, "322浙江省", "Zhejiang-PuShi-20241212", "璞石大模型", "杭州璞石智能有限公司", "2024年12月28日"),
	), map[string]string{"model": "璞石大模型", "territory": "浙江省"})
}

// TestNamesLongerThanTheirHeading: a name that a bracket seems to part is one cell, as are those below it; how many there are
// is told by the unit beside the number, not by the numbers of a column of remarks.
func TestNamesLongerThanTheirHeading(t *testing.T) {
	pages := laid(placedRow{0.12, []placedWord{{0.30, "系统上线验收证明"}}},
		at(0.25, []float64{0.15, 0.40, 0.65, 0.73, 0.83}, "序号", "名称", "件数", "测试结果", "说明"),
		placedRow{0.28, []placedWord{{0.16, "1"}, {0.206, "星槎大模型一体机主"}, {0.313, "(8卡"}, {0.354, "推理服务器)"}, {0.65, "2台"}, {0.74, "合格"}, {0.84, "1"}}},
		placedRow{0.31, []placedWord{{0.16, "2"}, {0.206, "星槎-14B软件授权"}, {0.65, "1套"}, {0.74, "合格"}, {0.84, "2"}}},
		placedRow{0.34, []placedWord{{0.16, "3"}, {0.206, "管理平台软件"}, {0.65, "1套"}, {0.74, "合格"}, {0.84, "3"}}},
		placedRow{0.40, []placedWord{{0.15, "结论：经现场测试，同意通过验收。"}}})
	table := tableNamed(t, Extract(hequan.KindAcceptance, pages, nil), "items")
	if got := columnOfTable(t, table, "name"); !slices.Equal(got, []string{"星槎大模型一体机主(8卡推理服务器)", "星槎-14B软件授权", "管理平台软件"}) {
		t.Errorf("%q", got)
	}
	if got := columnOfTable(t, table, "quantity"); !slices.Equal(got, []string{"2", "1", "1"}) {
		t.Errorf("%q", got)
	}
}

// TestThingsInOneSentence: where the mark between things was misread their numbers part them, and a mark in brackets parts none.
func TestThingsInOneSentence(t *testing.T) {
	for _, text := range []string{
		"1)云端大模型一体机(8卡)，数量2台，检查结果:合格，2)模型软件授权，数量1套，检查结果:合格;3)管理平台软件，数量1套，检查结果:合格。",
		"第1项:云端大模型一体机(8卡)(数量:2台;验收情况;合格);第2项:模型软件授权(数量:1套;验收情况:合格);第3项:管理平台软件(数量:1套;验收情况:合格)。",
	} {
		c := Extract(hequan.KindAcceptance, laid(placedRow{0.1, []placedWord{{0.4, "验收证明"}}}, placedRow{0.2, []placedWord{{0.1, text}}}, placedRow{0.3, []placedWord{{0.1, "用户意见"}, {0.3, "运行稳定，同意通过验收。"}}}), nil)
		table := tableNamed(t, c, "items")
		if got := columnOfTable(t, table, "name"); !slices.Equal(got, []string{"云端大模型一体机(8卡)", "模型软件授权", "管理平台软件"}) {
			t.Errorf("%q", got)
		}
		if got := columnOfTable(t, table, "result"); !slices.Equal(got, []string{"合格", "合格", "合格"}) {
			t.Errorf("%q", got)
		}
		if f := c.field("conclusion"); f == nil || f.Value != "运行稳定，同意通过验收。" {
			t.Errorf("conclusion %+v", f)
		}
	}
}

// TestValuesWhoseLabelsWereLost: what a form's value is, is told by its form where its label was not read; the project stands beside the mode.
func TestValuesWhoseLabelsWereLost(t *testing.T) {
	got := fieldsOf(hequan.KindApplicationForm,
		placedRow{0.08, []placedWord{{0.30, "模型券申报书"}}},
		placedRow{0.14, []placedWord{{0.12, "北京和序精密制造有限公司"}, {0.50, "91110302MAF56AH23A"}}},
		placedRow{0.20, []placedWord{{0.12, "成立时间"}}},
		placedRow{0.22, []placedWord{{0.12, "2014.01.09"}, {0.40, "北京市大兴区地盛北街36号8号楼"}}},
		placedRow{0.30, []placedWord{{0.12, "产线质检报告生成"}, {0.50, "大模型一体机"}}},
		placedRow{0.36, []placedWord{{0.12, "应用行业"}, {0.50, "起始日期"}}},
		placedRow{0.39, []placedWord{{0.12, "制造"}, {0.50, "2025-12-30"}}},
		placedRow{0.45, []placedWord{{0.12, "单位名称"}, {0.50, "统一社会信用代码'18位，"}}},
	)
	compare(t, got, map[string]string{"applicant.name": "北京和序精密制造有限公司", "applicant.uscc": "91110302MAF56AH23A", "applicant.address": "北京市大兴区地盛北街36号8号楼",
		"project.name": "产线质检报告生成", "project.mode": "appliance", "project.started": "2025-12-30"})
	for text, want := range map[string]string{"统一社会信用代码'18位，": "统一社会信用代码", "代码（18位）": "代码", "金额(必填": "金额"} {
		if got := formRemark.ReplaceAllString(text, ""); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// TestQuotesMisread: marks round a role or a model's name may be read as others.
func TestQuotesMisread(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.06, []placedWord{{0.40, "大模型云化部署服务合同"}}},
		placedRow{0.12, []placedWord{{0.08, "北京嘉禾云车联科技有限公司〈“定作人”)，联系地址为北京市大兴区宏达北路10号。"}}},
		placedRow{0.16, []placedWord{{0.08, "西安砚池科技有限公司（*承揽人\")，联系地址为西安市高新区锦业一路227号5幢512室。"}}},
	), map[string]string{"party_a": "北京嘉禾云车联科技有限公司", "party_b": "西安砚池科技有限公司"})
	compare(t, fieldsOf(hequan.KindFilingProof,
		placedRow{0.07, []placedWord{{0.40, "关于大模型备案情况的复函"}}},
		placedRow{0.15, []placedWord{{0.10, "贵公司提供的'砚池大模型\"服务已列入生成式人工智能服务已备案信息，编号Anhui-YanChi-20241002。"}}},
	), map[string]string{"model": "砚池大模型", "number": "Anhui-YanChi-20241002"})
}

// TestAProvinceThatWraps: 省 stands at the beginning of the next line; what else begins there is no part of the name.
func TestAProvinceThatWraps(t *testing.T) {
	for next, want := range map[string]string{"省。": "浙江省", "网信办已公告。": "浙江"} {
		compare(t, fieldsOf(hequan.KindFilingProof, placedRow{0.07, []placedWord{{0.40, "备案证明"}}},
			placedRow{0.15, []placedWord{{0.10, "备案号为Zhejiang-WenJin-20240401，备案日期为2024-04-08，属地:浙江"}}},
			placedRow{0.18, []placedWord{{0.10, next}}},
		), map[string]string{"territory": want})
	}
}
