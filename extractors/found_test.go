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
