package extractors

import (
	"slices"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/uscc"
)

// TestHeadsOfTwoLevelsAreOneRow: the heading beside a common one stands with those below that.
func TestHeadsOfTwoLevelsAreOneRow(t *testing.T) {
	rows, _ := gridRows(ruled([]float64{0.1, 0.4, 0.65, 0.9}, []string{"服务内容", "计价标准", "<"}, []string{"^", "价格/元", "计价单位"}, []string{"云岫-Max", "0.08", "万tokens"}))
	if len(rows) == 0 || string(rows[0].text) != "服务内容\t价格/元\t计价单位" {
		t.Errorf("%d rows, the first %q", len(rows), string(rows[0].text))
	}
}

// TestStatedTotals: a sum that says what it is of ends a table; a price with its label does not.
func TestStatedTotals(t *testing.T) {
	for text, want := range map[string]bool{"总消费金额：250478.20元": true, "上表费用总计算:1,000.00": true, "单价：0.02元": false, "模型：云岫-Max": false} {
		if got := isTotal(layout(laid(placedRow{0.2, []placedWord{{0.1, text}}})).rows[0]); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// TestLinesBelowAList: what has a label is none of what was delivered.
func TestLinesBelowAList(t *testing.T) {
	xs := []float64{0.10, 0.18, 0.50, 0.60, 0.75}
	c := Extract(hequan.KindAcceptance, laid(at(0.20, xs, "序号", "验收内容", "数量", "单位", "确认结果"), at(0.24, xs, "1", "知识库管理软件", "1", "套", "符合"),
		at(0.28, xs, "2", "行业语料清洗", "1", "项", "符合"), at(0.32, []float64{0.12, 0.60}, "交付日期：2026-3-19，安装地点", "28号院6号楼")), nil)
	if got := columnOfTable(t, tableNamed(t, c, "items"), "name"); !slices.Equal(got, []string{"知识库管理软件", "行业语料清洗"}) {
		t.Errorf("%q", got)
	}
}

// TestLabelsAreNoModels: a label with an amount is no price.
func TestLabelsAreNoModels(t *testing.T) {
	for text, want := range map[string]bool{"注册资本": true, "星槎-Turbo": false} {
		table := hequan.Table{Columns: []string{"model", "unit_price"}, Rows: [][]hequan.Cell{{{Text: text, Value: text}, {Text: "3000", Value: "3000"}}}}
		if ofLabels(table) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
}

// TestValuesUnderTheNearestHeading: as many pieces as headings are not their values where they stand under others.
func TestValuesUnderTheNearestHeading(t *testing.T) {
	heads := placedRow{0.20, []placedWord{{0.20, "收款单位"}, {0.46, "收款银行"}, {0.745, "收款账号"}}}
	for x, want := range map[float64]bool{0.331: false, 0.740: true} {
		d := layout(laid(heads, placedRow{0.23, []placedWord{{0.17, "远"}, {0.25, "智能"}, {x, "9353"}}}))
		if _, ok := d.sameColumn(0, slices.Index(d.rows[0].text, '账')-2); ok != want {
			t.Errorf("at %g: %t", x, ok)
		}
	}
}

// TestDaysMended: the zero of a year read as a bracket, and a day whose 日 was lost, which none of its numerals is.
func TestDaysMended(t *testing.T) {
	for text, want := range map[string]string{"二(二五年九月二十五日": "二〇二五年九月二十五日", "二〇二六年六月二十六": "二〇二六年六月二十六", "二〇二六年六月二十晶": "二〇二六年六月二十日"} {
		if got := mendDay(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	if !labelLike("结算日") {
		t.Error("结算日 is a label")
	}
}

// TestLettersAreAsHighAsWide: a box that is too high hides no gap.
func TestLettersAreAsHighAsWide(t *testing.T) {
	word := func(text string, height float64) hequan.Word {
		return hequan.Word{Text: text, Box: hequan.Box{0.1, 0.2, 0.1 + 0.01*float64(len([]rune(text))), 0.2 + height}}
	}
	for _, x := range []struct {
		w    hequan.Word
		want float64
	}{{word("北京银行亦庄支行", 0.03), 0.0107}, {word("北京银行亦庄支行", 0.006), 0.006}, {word("12345678", 0.03), 0.03}, {word("支行", 0.03), 0.03}} {
		if got := letter(x.w, 1); abs(got-x.want) > 0.0001 {
			t.Errorf("%s: %g, want %g", x.w.Text, got, x.want)
		}
	}
	// Brackets that were read as rules stay in their text, rules between columns go.
	for x, want := range map[float64]string{0.144: "审字|2025", 0.30: "审字\t2025"} {
		w := placedWord{x - 0.011, "|"}
		if got := string(layout(laid(placedRow{0.2, []placedWord{{0.111, "审字"}, w, {x, "2025"}}})).rows[0].text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestRepairedCodesAreNotRead: of a code with one character repaired two readings prove nothing.
func TestRepairedCodesAreNotRead(t *testing.T) {
	const right = "91110302MAF5C1WE5Q"
	if !uscc.Valid(right) {
		t.Fatal("the sample is no code")
	}
	for value, proven := range map[string]bool{right: true, strings.Replace(right, "5C", "SC", 1): false} {
		f := settleUSCC(hequan.Field{Value: value, Proof: []hequan.Proof{hequan.ProofTwoReadings}, Confidence: 0.99})
		if f.Value != right || f.Proven() != proven {
			t.Errorf("%s: %+v", value, f)
		}
	}
}

// TestDaysBehindNames: a day in Chinese numerals that ran into a company's name is cut off.
func TestDaysBehindNames(t *testing.T) {
	c := Content{Fields: []hequan.Field{{Name: "provider", Value: "西安星槎数智科技有限公司二〇二六年五月一日"}, {Name: "customer", Value: "北京嘉禾云金融科技有限公司"}}}
	if oneName(&c); c.Fields[0].Value != "西安星槎数智科技有限公司" || c.Fields[1].Value != "北京嘉禾云金融科技有限公司" {
		t.Errorf("%+v", c.Fields)
	}
}

// TestAccountsOfTwoLines: the rest of an account stands a line below, further off it is another number.
func TestAccountsOfTwoLines(t *testing.T) {
	for y, want := range map[float64]string{0.282: "9353284266569489407", 0.330: "9353284266569489"} {
		compare(t, fieldsOf(hequan.KindBankAccount, placedRow{0.10, []placedWord{{0.4, "账户信息"}}},
			placedRow{0.25, []placedWord{{0.1, "收款账号"}, {0.4, "9353284266569489"}}}, placedRow{y, []placedWord{{0.4715, "407"}}}), map[string]string{"account": want})
	}
}

// TestStatementsAreSigned: a sum in words beside the place of a seal speaks for a statement, not for a list of use.
func TestStatementsAreSigned(t *testing.T) {
	weight := func(last string) float64 {
		d := layout(laid(placedRow{0.2, []placedWord{{0.1, "本期用量合计人民币肆拾玖万元整。"}}}, placedRow{0.4, []placedWord{{0.1, last}}}))
		return signs(d, d.fullText())[hequan.KindSettlement]
	}
	if a, b := weight("客户（盖章）："), weight("以计量数据为准。"); a <= b {
		t.Errorf("signed %g, unsigned %g", a, b)
	}
}
