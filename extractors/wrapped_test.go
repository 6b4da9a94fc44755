package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestValuesBesideTheirLabel: a value of two or three lines stands beside a label at its middle.
func TestValuesBesideTheirLabel(t *testing.T) {
	compare(t, fieldsOf(hequan.KindBankAccount,
		placedRow{0.10, []placedWord{{0.40, "收款信息表"}}},
		placedRow{0.190, []placedWord{{0.66, "交通银行北京经济技术开发"}}},
		placedRow{0.200, []placedWord{{0.19, "收款人"}, {0.29, "北京同舟文旅数字有限公司"}, {0.53, "开户银行全称"}}},
		placedRow{0.210, []placedWord{{0.66, "区支行"}}},
		placedRow{0.25, []placedWord{{0.18, "账户账号"}, {0.29, "4284385421132785"}}},
	), map[string]string{"bank": "交通银行北京经济技术开发区支行", "account": "4284385421132785", "account_name": "北京同舟文旅数字有限公司"})
	d := layout(laid(
		placedRow{0.18, []placedWord{{0.28, "北京市大兴区北京经济技术"}}},
		placedRow{0.20, []placedWord{{0.18, "住所"}, {0.28, "开发区经海四路10号院3号"}, {0.63, "电话"}, {0.70, "010-77270320"}}},
		placedRow{0.22, []placedWord{{0.28, "楼5层503室"}}},
	))
	d.joinUpper()
	if len(d.rows) != 1 || string(d.rows[0].text) != "住所\t北京市大兴区北京经济技术开发区经海四路10号院3号楼5层503室\t电话\t010-77270320" {
		t.Errorf("%q", string(d.rows[0].text))
	}
	// A line that is another label's, or stands elsewhere, is none of the value.
	for _, above := range []placedWord{{0.28, "注册地址"}, {0.34, "北京市大兴区北京经济技术"}} {
		d := layout(laid(placedRow{0.18, []placedWord{above}}, placedRow{0.20, []placedWord{{0.18, "住所"}, {0.28, "开发区经海四路10号"}}}))
		if d.joinUpper(); len(d.rows) != 2 {
			t.Errorf("%v was taken for a part of a value", above)
		}
	}
}

// TestLabelsOfTwoLines: a label breaks off within a bracket, beside its value.
func TestLabelsOfTwoLines(t *testing.T) {
	rows := []placedRow{
		{0.20, []placedWord{{0.15, "序"}, {0.60, "1"}}},
		{0.22, []placedWord{{0.15, "计费模型"}, {0.58, "云岫-Max"}}},
		{0.24, []placedWord{{0.15, "用量(百万"}}},
		{0.25, []placedWord{{0.56, "52345.27"}}},
		{0.26, []placedWord{{0.15, "tokens)"}}},
		{0.28, []placedWord{{0.15, "价格(元/百万"}}},
		{0.29, []placedWord{{0.59, "2"}}},
		{0.30, []placedWord{{0.15, "tokens)"}}},
		{0.32, []placedWord{{0.15, "金额小计(元)"}, {0.55, "104,690.54"}}},
	}
	got := tableText(tableNamed(t, Extract(hequan.KindSettlement, laid(rows...), nil), "items"))
	if want := "model|quantity|unit_price|amount|unit|price_unit\n云岫-Max|52345.27|2|104690.54|百万tokens|元/百万tokens"; got != want {
		t.Error(got)
	}
	for upper, want := range map[string]int{"用量(百万": 1, "用量(百万)": 3} {
		d := layout(laid(placedRow{0.240, []placedWord{{0.15, upper}}}))
		for _, r := range []placedRow{{0.256, []placedWord{{0.56, "52345.27"}}}, {0.2665, []placedWord{{0.15, "tokens)"}}}} {
			d.rows = append(d.rows, layout(laid(r)).rows...)
		}
		if d.joinLabels(); len(d.rows) != want {
			t.Errorf("%s: %d rows", upper, len(d.rows))
		}
	}
}

// TestPricesOnTheirSide: labels with one value each are a price list where they are a model, its price and what it is a price of.
func TestPricesOnTheirSide(t *testing.T) {
	read := func(unit string) []hequan.Table {
		return Extract(hequan.KindContract, laid(
			placedRow{0.10, []placedWord{{0.30, "大模型专属云服务合同"}}},
			placedRow{0.20, []placedWord{{0.10, "序号"}, {0.50, "1"}}},
			placedRow{0.23, []placedWord{{0.10, "服务项目"}, {0.50, "云岫-Turbo"}}},
			placedRow{0.26, []placedWord{{0.10, "含税单价[元]"}, {0.50, "0.02"}}},
			placedRow{0.29, []placedWord{{0.10, "计费单位"}, {0.50, unit}}}), nil).Tables
	}
	if got := read("万tokens"); len(got) != 1 || got[0].Name != "prices" || tableText(got[0]) != "model|unit_price|unit\n云岫-Turbo|0.02|万tokens" {
		t.Errorf("%+v", got)
	}
	if got := read("套"); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestNumbersBesideNames: a column that has no heading is as wide as what stands in it.
func TestNumbersBesideNames(t *testing.T) {
	xs := []float64{0.154, 0.315, 0.433, 0.547, 0.671, 0.800}
	rows := []placedRow{at(0.30, xs, "计费模型", "使用月份", "计量单位", "单价(元)", "计费量", "计费金额(元)")}
	for i, q := range []string{"2100715", "883770", "1241946"} {
		y := 0.34 + 0.04*float64(i)
		rows = append(rows, placedRow{y, []placedWord{{0.128, string(rune('1'+i)) + "."}, {0.158, "云"}, {0.180, "岫-Max"}, {0.315, "2026-0" + string(rune('1'+i))}, {0.433, "万tokens"}, {0.56, "0.08"}, {0.671, q}, {0.800, []string{"168057.20", "70701.60", "99355.68"}[i]}}})
	}
	got := columnOfTable(t, tableNamed(t, Extract(hequan.KindUsage, laid(rows...), nil), "rows"), "model")
	for _, v := range got {
		if v != "云岫-Max" {
			t.Errorf("%q", got)
			break
		}
	}
}

// TestItemsOfInvoices: a name goes on behind a gap with its hyphen, a line that follows belongs to the item above where
// the next begins with its category, and a total one of whose letters is misread is none of the items.
func TestItemsOfInvoices(t *testing.T) {
	xs := []float64{0.05, 0.45, 0.55, 0.65, 0.80, 0.90}
	rows := []placedRow{
		at(0.20, []float64{0.12, 0.45, 0.55, 0.65, 0.80, 0.90}, "项目名称", "单位", "数量", "金额", "税率", "税额"),
		{0.240, []placedWord{{0.05, "*信息系统服务*砚池"}, {0.176, "-Lite-32k模型"}, {0.45, "次"}, {0.55, "1"}, {0.65, "1000.00"}, {0.80, "6%"}, {0.90, "60.00"}}},
		at(0.262, xs, "服务费"),
		at(0.284, xs, "*信息系统服务*砚池-Pro模型服务费", "次", "1", "2000.00", "6%", "120.00"),
		{0.330, []placedWord{{0.05, "全"}, {0.117, "计"}, {0.65, "3000.00"}, {0.90, "180.00"}}},
	}
	got := columnOfTable(t, tableNamed(t, Extract(hequan.KindInvoice, laid(rows...), nil), "items"), "name")
	if want := []string{"*信息系统服务*砚池-Lite-32k模型服务费", "*信息系统服务*砚池-Pro模型服务费"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestNamesOfTwoLinesRoundTheirRow: a name's lines stand above and below the height of its row, another cell's with them.
func TestNamesOfTwoLinesRoundTheirRow(t *testing.T) {
	xs := []float64{0.10, 0.28, 0.50, 0.65, 0.88}
	rows := []placedRow{
		at(0.20, xs, "服务内容", "使用量", "单价", "小计", "地域"),
		at(0.240, xs, "璞石-", "", "", "", "北"),
		at(0.257, xs, "", "10449808", "0.02", "208,996.16", ""),
		at(0.274, xs, "Turbo", "", "", "", "京"),
		at(0.300, xs, "总计金额", "", "", "208,996.16"),
	}
	if got := columnOfTable(t, tableNamed(t, Extract(hequan.KindSettlement, laid(rows...), nil), "items"), "model"); got[0] != "璞石-Turbo" {
		t.Errorf("%q", got)
	}
}
