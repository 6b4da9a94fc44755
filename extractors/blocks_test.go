package extractors

import (
	"fmt"
	"testing"

	"hequan"
)

func rowsOf(texts ...string) []placedRow {
	var out []placedRow
	for i, t := range texts {
		out = append(out, placedRow{0.05 + 0.03*float64(i), []placedWord{{0.12, t}}})
	}
	return out
}

func wantFields(t *testing.T, c Content, want map[string]string) {
	t.Helper()
	for name, value := range want {
		got := ""
		if f := c.field(name); f != nil {
			got = f.Value
		}
		if got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
}

// TestPartyBlocks reads what a contract says of its parties in sentences, under
// roles as headings, and beside each other with lines that are wrapped.
func TestPartyBlocks(t *testing.T) {
	want := map[string]string{"party_a_legal": "阎军志", "party_a_address": "北京经济技术开发区地盛北街2号5层", "party_a_phone": "010-68401443",
		"party_b_legal": "潘嘉", "party_b_address": "西安市高新区锦业一路109号9幢", "party_b_phone": "029-20308605"}
	sentences := rowsOf("服务合同",
		"北京晴川政务信息科技有限公司（“定作人”），注册地址为北京经济技术开发区地盛北街2号5层，",
		"法人代表为阎军志，联系电话：010-68401443。",
		"西安衡鉴科技有限公司（“承揽人”），注册地址为西安市高新区锦业一路109号9幢，",
		"法人代表为潘嘉，联系电话：029-20308605。")
	wantFields(t, Extract(hequan.KindContract, laid(sentences...), nil), want)
	roles := rowsOf("服务合同", "【需方】", "企业名称：北京晴川政务信息科技有限公司", "法人代表：阎军志", "经营地址：北京经济技术开发区地盛北街2号5层", "Tel：010-68401443",
		"【供方】", "企业名称：西安衡鉴科技有限公司", "法人代表：潘嘉", "经营地址：西安市高新区锦业一路109号9幢", "Tel：029-20308605")
	wantFields(t, Extract(hequan.KindContract, laid(roles...), nil), want)
	beside := append(rowsOf("服务合同"),
		placedRow{0.10, []placedWord{{0.12, "买方：北京晴川政务信息科技有限公司"}, {0.345, "卖方：西安衡鉴科技有限公司"}}},
		placedRow{0.14, []placedWord{{0.12, "代表人：阎军志"}, {0.345, "代表人：潘嘉"}}},
		placedRow{0.18, []placedWord{{0.12, "住所：北京经济技术开发区地盛北街2号"}, {0.345, "住所：西安市高新区锦业一路109号9幢"}}},
		placedRow{0.20, []placedWord{{0.12, "5层"}}},
		placedRow{0.24, []placedWord{{0.12, "电话：010-68401443"}, {0.345, "电话：029-20308605"}}})
	delete(want, "party_a_legal")
	delete(want, "party_b_legal")
	wantFields(t, Extract(hequan.KindContract, laid(beside...), nil), want)
}

// TestResaleByGrammar tells what a clause allows from its verbs, whatever the word for selling on.
func TestResaleByGrammar(t *testing.T) {
	for text, want := range map[string]string{
		"买方不应将所购服务出租、出借或倒卖。":        "forbidden",
		"禁止将账号、接口分租或有偿提供给他人使用。":     "forbidden",
		"买方可以自己的名义向其客户再销售本合同项下的服务。": "allowed",
		"买方可将所购服务对外转让或出租。":          "allowed",
		"未经卖方书面同意，买方不得许可第三方使用本软件。":  "forbidden",
		"买方向卖方租用机房，出租方另行约定。":        "",
	} {
		wantFields(t, Extract(hequan.KindContract, laid(rowsOf("服务合同", text)...), nil), map[string]string{"resale": want})
	}
}

// TestRowNumbersAreNoNames takes off numbers of rows that are glued to names only where all rows count, or the only one does.
func TestRowNumbersAreNoNames(t *testing.T) {
	for _, x := range []struct{ in, want []string }{
		{[]string{"1云岫-Max", "2云岫-Pro"}, []string{"云岫-Max", "云岫-Pro"}},
		{[]string{"1、云岫-Max"}, []string{"云岫-Max"}},
		{[]string{"360智脑", "云岫-Pro"}, []string{"360智脑", "云岫-Pro"}},
		{[]string{"1云岫-Max"}, []string{"云岫-Max"}},
		{[]string{"1号云岫-Max"}, []string{"1号云岫-Max"}},
		{[]string{"1云岫-Max", "3云岫-Pro"}, []string{"1云岫-Max", "3云岫-Pro"}},
		{[]string{"1、云岫-Max", "2丶云岫-Max", "3%云岫-Max", "5.4云岫-Max"}, []string{"云岫-Max", "云岫-Max", "云岫-Max", "云岫-Max"}},
		{[]string{"1、云岫-Max", "云岫-Pro", "岫-Max", "360智脑"}, []string{"1、云岫-Max", "云岫-Pro", "岫-Max", "360智脑"}},
	} {
		table := hequan.Table{Columns: []string{"model"}}
		for _, v := range x.in {
			table.Rows = append(table.Rows, []hequan.Cell{{Value: v, Text: v}})
		}
		tables := []hequan.Table{table}
		dropRowNumbers(&Content{Tables: tables})
		for i, r := range tables[0].Rows {
			if r[0].Value != x.want[i] {
				t.Errorf("%v: %q, want %q", x.in, r[0].Value, x.want[i])
			}
		}
	}
}

// TestLetterheadProvider knows the provider of a statement that names it in its head only,
// though a sentence speaks of another company.
func TestLetterheadProvider(t *testing.T) {
	c := Extract(hequan.KindSettlement, laid(rowsOf("杭州衡鉴数智科技有限公司", "月度对账单", "【付费主体】北京明序教育科技有限公司", "【起始日】2025.09.01", "【截止日】2025.12.31",
		"本期应付服务费共计￥540,644.02元，大写伍拾肆万零陆佰肆拾肆圆零贰分。", "开票信息以中科信服（天津）云计算有限公司代开系统登记为准的，应另行书面说明。", "（盖章）杭州衡鉴数智科技有限公司")...), nil)
	wantFields(t, c, map[string]string{"customer": "北京明序教育科技有限公司", "provider": "杭州衡鉴数智科技有限公司", "period_start": "2025-09-01", "period_end": "2025-12-31"})
}

// TestTurned reads a table that is printed on its side, whatever its first
// headings are called, and takes no list of labels with one value each for one.
func TestTurned(t *testing.T) {
	side := func(y float64, head, a, b string) placedRow {
		return placedRow{y, []placedWord{{0.12, head}, {0.40, a}, {0.65, b}}}
	}
	c := Extract(hequan.KindSettlement, laid(append(rowsOf("费用对账单"), side(0.10, "计费对象", "星槎-Pro", "星槎-Max"), side(0.13, "业务量", "1000", "250"), side(0.16, "用量单位", "千tokens", "千tokens"),
		side(0.19, "执行价（元）", "0.02", "0.08"), side(0.22, "应付（元）", "20.00", "20.00"))...), nil)
	if len(c.Tables) != 1 || len(c.Tables[0].Rows) != 2 {
		t.Fatalf("tables %+v", c.Tables)
	}
	for name, want := range map[string]string{"model": "星槎-Max", "quantity": "250", "unit": "千tokens", "unit_price": "0.08", "amount": "20.00"} {
		if n := c.Tables[0].Column(name); n < 0 || c.Tables[0].Rows[1][n].Value != want {
			t.Errorf("%s: %v", name, c.Tables[0])
		}
	}
	c = Extract(hequan.KindSettlement, laid(append(rowsOf("费用对账单"), placedRow{0.10, []placedWord{{0.12, "服务名称"}, {0.40, "模型推理"}}}, placedRow{0.13, []placedWord{{0.12, "用量"}, {0.40, "1000"}}},
		placedRow{0.16, []placedWord{{0.12, "单价"}, {0.40, "0.02"}}}, placedRow{0.19, []placedWord{{0.12, "金额"}, {0.40, "99.00"}}})...), nil)
	if len(c.Tables) != 0 {
		t.Errorf("a list of labels is a table: %+v", c.Tables)
	}
}

// TestRecordsBelowHeadingsAreNotWrapped: the rows of a skewed scan's table overlap in height, and none goes
// on with the one above.
func TestRecordsBelowHeadingsAreNotWrapped(t *testing.T) {
	rows := []placedRow{{0.08, []placedWord{{0.40, "用量清单"}}}, {0.20, []placedWord{{0.10, "使用日期"}, {0.30, "模型名称"}, {0.50, "调用量"}, {0.80, "费用（元）"}}}}
	for i := range 6 {
		rows = append(rows, placedRow{0.22 + 0.02*float64(i), []placedWord{{0.10, fmt.Sprintf("2026.01.%02d", i+1)}, {0.30, "云岫-Max"}, {0.50, fmt.Sprintf("%d,995.93", i+1)}, {0.80, fmt.Sprintf("%d,991.86", i+3)}}})
	}
	pages := laid(rows...)
	for i := range pages[0].Lines {
		l := &pages[0].Lines[i]
		for k := range l.Words {
			l.Words[k].Box[1] -= 0.002 * float64(k) // it rises to the right
			l.Words[k].Box[3] -= 0.002 * float64(k)
			l.Box = l.Box.Union(l.Words[k].Box)
		}
	}
	got := Extract(hequan.KindUsage, pages, nil)
	if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 6 {
		t.Fatalf("%d tables: %+v", len(got.Tables), got.Tables)
	}
}

// TestValuesBesideALabelAtTheirMiddle: a bank of two lines beside its label, and another value in the label's own row.
func TestValuesBesideALabelAtTheirMiddle(t *testing.T) {
	rows := []placedRow{{0.10, []placedWord{{0.40, "银行开户信息"}}},
		{0.150, []placedWord{{0.25, "北京银行股份有限公司经济技"}}},
		{0.161, []placedWord{{0.12, "开户行名称"}, {0.60, "账户号码"}, {0.70, "4630167642841293198"}}},
		{0.172, []placedWord{{0.25, "术开发区支行"}}},
		{0.22, []placedWord{{0.12, "存款人名称"}, {0.25, "北京同舟文旅数字有限公司"}}}}
	wantFields(t, Extract(hequan.KindBankAccount, laid(rows...), nil), map[string]string{"bank": "北京银行股份有限公司经济技术开发区支行", "account": "4630167642841293198", "account_name": "北京同舟文旅数字有限公司"})
	// Lines apart from each other are rows of their own.
	d := layout(laid(placedRow{0.10, []placedWord{{0.25, "某某有限公司"}}}, placedRow{0.15, []placedWord{{0.12, "开户行名称"}}}, placedRow{0.20, []placedWord{{0.25, "某某支行"}}}))
	if _, ok := d.straddled(1); ok {
		t.Error("lines apart are joined")
	}
	d = layout(laid(placedRow{0.150, []placedWord{{0.25, "某某有限公司"}}}, placedRow{0.161, []placedWord{{0.12, "开户行名称"}, {0.25, "某某支行"}}}, placedRow{0.172, []placedWord{{0.25, "二楼"}}}))
	if _, ok := d.straddled(1); ok {
		t.Error("a label with a value of its own takes others")
	}
}

// TestALabelIsNoEndOfAValue: below labels with their values stands one more label with its own.
func TestALabelIsNoEndOfAValue(t *testing.T) {
	rows := []placedRow{{0.06, []placedWord{{0.12, "结算账单"}}},
		{0.10, []placedWord{{0.13, "账单起始"}, {0.40, "账单截止"}, {0.64, "本期应结金额"}}},
		{0.12, []placedWord{{0.13, "2025/10/1"}, {0.40, "2025/12/31"}, {0.64, "599,259.64元"}}},
		{0.138, []placedWord{{0.13, "开单日期"}}},
		{0.158, []placedWord{{0.13, "2026年01月01日"}}}}
	wantFields(t, Extract(hequan.KindSettlement, laid(rows...), nil), map[string]string{"date": "2026-01-01", "period_start": "2025-10-01", "period_end": "2025-12-31", "total": "599259.64"})
}
