package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// Papers in words that no list of labels has.
func TestFound(t *testing.T) {
	for _, c := range []struct {
		name string
		kind hequan.Kind
		rows []string
		want map[string]string
	}{
		{"labels above values", hequan.KindSettlement, []string{"收费账单", "付费单位  收费单位", "北京甲乙科技有限公司  上海丙丁智能有限公司", "账单起始  账单截止", "2025-09-01  2025-12-31"},
			map[string]string{"customer": "北京甲乙科技有限公司", "period_start": "2025-09-01", "period_end": "2025-12-31", "provider": "上海丙丁智能有限公司"}},
		{"letter of filing", hequan.KindFilingProof, []string{"备案复函", "上海丙丁智能有限公司：", "经核，你公司运营的丙丁大模型已列入备案，备案号：Shanghai-BingDing-20250402，备案日期：2025-04-21。"},
			map[string]string{"entity": "上海丙丁智能有限公司", "model": "丙丁大模型", "number": "Shanghai-BingDing-20250402", "date": "2025-04-21"}},
		{"account in a sentence", hequan.KindBankAccount, []string{"收款说明", "收款人全称为北京甲乙科技有限公司，开户银行为交通银行北京亦庄支行，银行账户号码为2366680544197577。"},
			map[string]string{"account_name": "北京甲乙科技有限公司", "bank": "交通银行北京亦庄支行", "account": "2366680544197577"}},
		{"agreement", hequan.KindContract, []string{"服务协议", "本协议由以下双方于2025年9月1日签署：", "北京甲乙科技有限公司（下称“委托方”）；", "上海丙丁智能有限公司（下称“受托方”）。", "服务期自2025年9月5日开始，至2026年6月30日终止。", "全部费用为120,000.00（壹拾贰万元整）。"},
			map[string]string{"party_a": "北京甲乙科技有限公司", "party_b": "上海丙丁智能有限公司", "sign_date": "2025-09-01", "term_start": "2025-09-05", "term_end": "2026-06-30", "amount": "120000.00", "amount_words": "120000.00"}},
		{"a licence without gaps", hequan.KindBusinessLicense, []string{"营业执照", "名 称 河南某某机械有限公司", "住所长垣县纬四路与巨人大道交叉口", "法定代表人朱登朝", "注册资本伍佰万元整"},
			map[string]string{"name": "河南某某机械有限公司", "address": "长垣县纬四路与巨人大道交叉口", "legal_representative": "朱登朝", "capital": "5000000.00"}},
		{"a licence in a frame", hequan.KindBusinessLicense, []string{"营业执照", "注册号440301104726593  口", "日  名 称“深圳市某某电子〈广东)有限公司、，  吕]", "申住  所”深圳市福田区华强北路1808", "成立  日  期二〇一〇年六月七日  昌", "和  注册资本 会鸽2015年"},
			map[string]string{"uscc": "440301104726593", "name": "深圳市某某电子（广东）有限公司", "address": "深圳市福田区华强北路1808", "established": "2010-06-07", "capital": ""}},
		{"a heading is no value", hequan.KindApplicationForm, []string{"申请表", "一、申报单位基本情况", "单位名称  北京甲乙科技有限公司"},
			map[string]string{"applicant.name": "北京甲乙科技有限公司"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Extract(c.kind, typed(c.rows...), nil)
			for name, want := range c.want {
				f := got.field(name)
				if want == "" && f == nil {
					continue
				}
				if f == nil || f.Value != want {
					t.Errorf("%s: got %v, want %q", name, f, want)
				}
			}
		})
	}
}

// A table whose headings say nothing is told by its rows.
func TestMeasuredTable(t *testing.T) {
	c := Extract(hequan.KindUsage, tabled("明细", "子丑 寅卯 甲子 乙丑 丙寅", "50.00 5 10.00 星海-Max 2025-09", "60.00 5 12 星海-Max 2025-10", "21.00 7 3 星海-Pro 2025-11", "合计 131.00"), nil)
	if len(c.Tables) != 1 {
		t.Fatalf("tables: %v", c.Tables)
	}
	var rows []string
	for _, r := range c.Tables[0].Rows {
		var cells []string
		for n, cell := range r {
			cells = append(cells, c.Tables[0].Columns[n]+"="+cell.Value)
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	want := "amount=50.00 unit_price=5 quantity=10.00 model=星海-Max date=2025-09"
	if rows[0] != want || len(rows) != 3 {
		t.Errorf("got %q, want 3 rows, the first %q", rows, want)
	}
}

// What is found by looking everywhere must not be found where it is not.
func TestNotFound(t *testing.T) {
	c := Extract(hequan.KindFilingProof, typed("备案公告", "依据《生成式人工智能服务管理暂行办法》公告如下。"), nil)
	for _, name := range []string{"model", "entity", "number", "territory"} {
		if f := c.field(name); f != nil {
			t.Errorf("%s: %q", name, f.Value)
		}
	}
	c = Extract(hequan.KindContract, typed("合同", "- 2 -", "本合同一式四份。"), nil)
	if len(c.Tables) != 0 {
		t.Errorf("tables: %v", c.Tables)
	}
}

// TestPeriodsOfTwoDays: what stands between the two days of a labelled period may be a dash misread; two days
// elsewhere, or in the wrong order, are no period.
func TestPeriodsOfTwoDays(t *testing.T) {
	for text, want := range map[string]string{
		"账期:二〇二五年十月一日日二〇二五年十二月三十一日":    "2025-10-01",
		"账期:二〇二五年十二月三十一日日二〇二五年十月一日":    "",
		"导出:2025年10月1日日2025年12月31日":    "",
		"〔所属期间〕2025年10月1日全2025年12月31日": "2025-10-01",
	} {
		compare(t, fieldsOf(hequan.KindUsage, placedRow{0.1, []placedWord{{0.4, "用量详单"}}}, placedRow{0.2, []placedWord{{0.1, text}}}), map[string]string{"period_start": want})
	}
}

// TestTermsOfLicences: a term whose end stands in the next column has one; of a term of which no end is read it is not known.
func TestTermsOfLicences(t *testing.T) {
	for _, x := range []struct {
		words []placedWord
		want  string
	}{
		{[]placedWord{{0.1, "营业期限："}, {0.2, "自2016年2月13日"}, {0.5, "至2026年5月31日"}}, "2026-05-31"},
		{[]placedWord{{0.1, "营业期限："}, {0.2, "自2016年2月13日"}, {0.5, "登记机关"}}, ""},
		{[]placedWord{{0.1, "营业期限："}, {0.2, "自2016年2月13日至长期"}}, "long"},
	} {
		c := Extract(hequan.KindBusinessLicense, laid(placedRow{0.1, []placedWord{{0.4, "营业执照"}}}, placedRow{0.2, x.words}), nil)
		if f := c.field("valid_until"); f == nil || f.Value != x.want {
			t.Errorf("%v: %+v", x.words, f)
		}
	}
}

// TestFormsOfFirms: the form of an audit firm is read where its bracket is misread, in the next line, or in another place.
func TestFormsOfFirms(t *testing.T) {
	for _, x := range []struct {
		rows []string
		want string
	}{
		{[]string{"北京正勤信会计师事务所-普通合伙)"}, "北京正勤信会计师事务所（普通合伙）"},
		{[]string{"北京正勤信会计师事务所过普通合伙)"}, "北京正勤信会计师事务所（普通合伙）"},
		{[]string{"事务所名称:北京衡准会计师事务所有限公", "司"}, "北京衡准会计师事务所有限公司"},
		{[]string{"北京衡准会计师事务所", "北京衡准会不师事务所有限公司"}, "北京衡准会计师事务所有限公司"},
		{[]string{"北京衡准会计师事务所", "中国注册会计师"}, "北京衡准会计师事务所"},
	} {
		rows := []placedRow{{0.1, []placedWord{{0.4, "审计报告"}}}}
		for i, r := range x.rows {
			rows = append(rows, placedRow{0.3 + 0.03*float64(i), []placedWord{{0.1, r}}})
		}
		compare(t, fieldsOf(hequan.KindAuditReport, rows...), map[string]string{"firm": x.want})
	}
}

// TestSubjectsAreStated: lists of prices and what is said of a service elsewhere state no subject.
func TestSubjectsAreStated(t *testing.T) {
	for text, want := range map[string]string{
		"采购人可将本合同项下服务转售给其下属单位及第三方客户。":   "",
		"供应商保证所提供的模型服务已依法完成备案，服务可用性不低。": "",
		"供应商免费提供模型服务上线后的技术支持和系统维护。":     "",
		"供应商向采购人提供云岫大模型一体机及软件，用于导诊项目。":  "云岫大模型一体机及软件,用于导诊项目",
	} {
		compare(t, fieldsOf(hequan.KindContract,
			placedRow{0.1, []placedWord{{0.3, "大模型一体机购销合同"}}},
			placedRow{0.25, []placedWord{{0.13, text}}}), map[string]string{"subject": want})
	}
	compare(t, fieldsOf(hequan.KindContract, placedRow{0.1, []placedWord{{0.3, "大模型一体机购销合同"}}}, placedRow{0.2, []placedWord{{0.1, "三、采购内容及价格"}}},
		placedRow{0.25, []placedWord{{0.13, "采购明细（金额单位：元，含税）如下："}}}), map[string]string{"subject": ""})
}

// TestUnitsOfPrices: where every amount is quantity × price, a heading that has lost its 千 says nothing of prices, but in a text layer.
func TestUnitsOfPrices(t *testing.T) {
	xs := []float64{0.12, 0.30, 0.50, 0.65, 0.85}
	read := func(amount string, printed bool) int {
		pages := laid(placedRow{0.1, []placedWord{{0.3, "费用结算确认单"}}},
			at(0.2, xs, "模型", "用量", "单位", "单价(元/tokens)", "金额(元)"), at(0.24, xs, "云岫-Vision", "21105764.5", "千tokens", "0.02", amount))
		for i := range pages[0].Lines {
			for k := range pages[0].Lines[i].Words {
				if printed {
					pages[0].Lines[i].Words[k].Proof = []hequan.Proof{hequan.ProofTextLayer}
				}
			}
		}
		table := tableNamed(t, Extract(hequan.KindSettlement, pages, nil), "items")
		return table.Column("price_unit")
	}
	if read("422,115.29", false) >= 0 || read("422,115.29", true) < 0 || read("422,115.92", false) < 0 {
		t.Error("the unit of prices")
	}
}

// TestFirstDigitLost: of an amount whose first digit was taken with its sign the words tell it, without a proof.
func TestFirstDigitLost(t *testing.T) {
	for text, want := range map[string]string{
		"本期费用共计人民币区39,286.86，大写:人民币叁拾叁万玖仟贰佰捌拾陆圆捌角陆分。":     "339286.86",
		"本期费用共计人民币也,339,286.86，大写:人民币壹佰叁拾叁万玖仟贰佰捌拾陆圆捌角陆分。": "1339286.86",
	} {
		c := Extract(hequan.KindSettlement, laid(placedRow{0.1, []placedWord{{0.4, "对账单"}}}, placedRow{0.2, []placedWord{{0.1, text}}}), nil)
		f := c.field("total")
		if got := ""; f != nil {
			if got = f.Value; got != want || got != "" && (f.Proven() || f.Confidence > 0.7) {
				t.Errorf("%s: %+v", text, f)
			}
		} else if want != "" {
			t.Errorf("%s: none", text)
		}
	}
}

// TestTheLetterIsToTheCustomer: the seller's own name beside the place where the customer signs is not the customer's.
func TestTheLetterIsToTheCustomer(t *testing.T) {
	compare(t, fieldsOf(hequan.KindSettlement, placedRow{0.1, []placedWord{{0.3, "模型服务费核算单"}}},
		placedRow{0.2, []placedWord{{0.1, "平台运营方:西安知微子智能技术有限公司"}}},
		placedRow{0.28, []placedWord{{0.12, "上期结余:0.00元"}, {0.60, "收款账号:92045040162016579204"}}},
		placedRow{0.3, []placedWord{{0.12, "北京同舟教育科技有限公司:"}}},
		placedRow{0.4, []placedWord{{0.1, "贵司2026-1-1起至2026-4-30的服务费用已出账。"}}},
		placedRow{0.7, []placedWord{{0.1, "客户确认:"}, {0.5, "（盖章）西安知微也智能技术有限公司"}}}),
		map[string]string{"customer": "北京同舟教育科技有限公司", "provider": "西安知微子智能技术有限公司"})
}

// TestTallJ: a J inside the name of a model in a filing's number is mended, and then not proven.
func TestTallJ(t *testing.T) {
	for value, want := range map[string]string{
		"Shaanxi-Henglian-20240712": "Shaanxi-HengJian-20240712", "Beijing-YunQue-20230821": "Beijing-YunQue-20230821",
		"Liaoning-LingXi-20240101": "Liaoning-LingXi-20240101", "Hunan-Zhiluzhou-20240101": "Hunan-ZhiJuzhou-20240101",
	} {
		pages := laid(placedRow{0.1, []placedWord{{0.3, "备案证明"}}}, placedRow{0.2, []placedWord{{0.1, "备案编号："}, {0.3, value}}})
		for _, proof := range []hequan.Proof{hequan.ProofTwoReadings, hequan.ProofTextLayer} {
			for i := range pages[0].Lines {
				for k := range pages[0].Lines[i].Words {
					pages[0].Lines[i].Words[k].Proof = []hequan.Proof{proof}
				}
			}
			right := want
			if proof == hequan.ProofTextLayer {
				right = value
			}
			c := Extract(hequan.KindFilingProof, pages, nil)
			if f := c.field("number"); f == nil || f.Value != right || f.Proven() != (right == value) {
				t.Errorf("%s by %s: %+v", value, proof, f)
			}
		}
	}
}

// TestSettlementAccounts: 结算账户 is a bank account, and no settlement.
func TestSettlementAccounts(t *testing.T) {
	p := laid(placedRow{0.1, []placedWord{{0.3, "单位银行结算账户资料"}}},
		placedRow{0.2, []placedWord{{0.1, "收款单位"}, {0.4, "收款银行"}, {0.7, "收款账号"}}},
		placedRow{0.25, []placedWord{{0.1, "北京天枢里政务信息技术有限公司"}, {0.4, "中国工商银行股份有限公司"}, {0.7, "9342 9697 7255"}}})[0]
	if got := scorePage(layout([]hequan.Page{p}))[0].kind; got != hequan.KindBankAccount {
		t.Errorf("it is taken for %s", got)
	}
}

// TestLabelsDrawnOut: a label that is drawn out to the width of its column is one, under any of its names.
func TestLabelsDrawnOut(t *testing.T) {
	drawn := layout(laid(placedRow{0.25, []placedWord{{0.1, "出"}, {0.14, "账"}, {0.18, "单位："}, {0.24, "上海星槎数智科技有限公司"}}}))
	drawn.joinWrapped()
	if got := strings.ReplaceAll(string(drawn.rows[0].text), "：\t", "："); got != "出账单位：上海星槎数智科技有限公司" {
		t.Errorf("%q", got)
	}
	d := layout(laid(placedRow{0.2, []placedWord{{0.1, "买方"}, {0.18, "地址："}, {0.24, "北京市"}}}))
	if d.closeLabel(0); string(d.rows[0].text) != "买方\t地址：北京市" && string(d.rows[0].text) != "买方\t地址：\t北京市" {
		t.Errorf("%q", string(d.rows[0].text))
	}
}

// TestSumInItsSentence: the sum of a contract stands where its words could not be read; a deposit is none.
func TestSumInItsSentence(t *testing.T) {
	for text, want := range map[string]string{"框架总额不超过人民币180,000.00元，大写金额过拾抽万圆整。": "180000.00", "履约保证金180,000.00元，大写金额过拾抽万圆整。": ""} {
		compare(t, fieldsOf(hequan.KindContract, placedRow{0.1, []placedWord{{0.3, "模型服务采购合同"}}}, placedRow{0.3, []placedWord{{0.1, text}}}), map[string]string{"amount": want})
	}
}
