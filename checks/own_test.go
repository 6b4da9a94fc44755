package checks

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/policy"
)

// withRules is the built-in policy with rules of one's own at its end.
func withRules(t testing.TB, rules string) *policy.Policy {
	t.Helper()
	data, err := policy.Source(policy.DefaultID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Parse(append(data, rules...))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOwnRulesPage runs the examples of docs/own-rules.md: each passes on the
// clean application, and is told where its condition holds.
func TestOwnRulesPage(t *testing.T) {
	page, err := os.ReadFile("../docs/own-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, m := range regexp.MustCompile("(?s)```yaml\nrules:\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		rules = append(rules, m[1])
	}
	if len(rules) != 3 {
		t.Fatalf("the page has %d examples, want 3", len(rules))
	}
	p := withRules(t, "rules:\n"+strings.Join(rules, ""))
	for _, c := range []struct{ name, change, rule, want string }{
		{"clean", "", "own.contract_limit", "通过 [6-合同.pdf#1-4] 合同金额不超过 200 万元，或另有决策材料\n"},
		{"clean", "", "own.late_settlement", "通过 [8-结算单.pdf#1] 结算单在结算期末后 30 天内出具\n通过 [8-结算单.pdf#2] 结算单在结算期末后 30 天内出具\n"},
		{"clean", "", "own.late_invoices", "通过 发票没有集中在申报前一个月开具\n"},
		{"a great contract", `{contract.fields.amount: "2000000.01"}`, "own.contract_limit",
			"存疑 [6-合同.pdf#1-4] 合同 YS-2025-081 金额 2,000,000.01 元，超过 200 万元，未附集体决策材料\n  补正：请补交集体决策材料\n  见 6-合同.pdf#1-4 第1页 amount “2000000.01”\n"},
		{"at the limit", `{contract.fields.amount: "2000000.00"}`, "own.contract_limit", "通过 "},
		{"no amount", `{contract.fields.amount: null}`, "own.contract_limit", "存疑 [6-合同.pdf#1-4] 不能判断：项目合同的金额"},
		{"a late settlement", `{settlement1.fields.date: "2026-01-31"}`, "own.late_settlement",
			"存疑 [8-结算单.pdf#1] 结算单 JS-2025-01 的结算期至 2025-12-31，2026-01-31 才出具\n"},
		{"thirty days", `{settlement1.fields.date: "2026-01-30"}`, "own.late_settlement", "通过 "},
		{"late invoices", `{invoice1.fields.issue_date: "2026-06-01"}`, "own.late_invoices", "存疑 2 张发票在 2026 年 6 月 1 日以后开具，金额超过全部发票的一半\n"},
	} {
		text := "base: api\n"
		if c.change != "" {
			text += "set: " + c.change
		}
		one := build(t, []byte(text))
		one.Policy = p
		if got := tell(Judge(one), c.rule); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.name, c.rule, got, c.want)
		}
	}
	delivered := build(t, []byte("base: private"))
	delivered.Policy = p
	if got := tell(Judge(delivered), "own.late_settlement"); !strings.HasPrefix(got, "不适用 ") {
		t.Errorf("of another mode: %s", got)
	}
}

// TestOwnRulesRead asserts that an own rule neither passes nor fails on what
// was read poorly, and that a fail with proof stands.
func TestOwnRulesRead(t *testing.T) {
	const rule = `rules:
  - {id: own.total, title: 合计不超过一元, clause: 五.7, for: invoice, when: invoice.total > yuan(1), status: fail, message: "合计 {money(invoice.total)} 元"}
  - {id: own.place, title: 合同写明交付方式, clause: 五.6, for: contract, when: "!has(contract.delivery_method)", status: fail, message: 没有交付方式}
  - {id: own.seals, title: 合同没有印章, clause: 五.6, for: contract, when: "contract.seals.exists(s, s.party == 'provider')", status: review, message: 有提供方印章}
  - {id: own.money, title: 测算不超过五万, clause: 四, when: subsidy.payable > yuan(50000) && form.claimed_amount > 0, status: review, message: "测算 {money(subsidy.payable)} 元，申报 {money(form.claimed_amount)} 元"}
  - {id: own.sum, title: 测算不超过五万, clause: 四, when: subsidy.base > yuan(50000), status: fail, message: "基数 {money(subsidy.base)} 元"}
  - {id: own.rows, title: 没有人工项, clause: 四, when: "invoices.exists(i, i.items.exists(r, has(r.quantity) && r.quantity > 0.5 && r.name.contains('接口')))", status: review, message: 有接口调用项}
`
	p := withRules(t, rule)
	judge := func(change string) *hequan.Report {
		c := build(t, []byte("base: api\n"+change))
		c.Policy = p
		return Judge(c)
	}
	for rule, want := range map[string]string{
		"own.total": "不符合 [7-发票.pdf#1] 合计 120,000.00 元", "own.place": "不符合 [6-合同.pdf#1-4] 没有交付方式", "own.seals": "存疑 [6-合同.pdf#1-4] 有提供方印章",
		"own.money": "存疑 测算 105,000.00 元，申报 105,000.00 元", "own.rows": "存疑 有接口调用项",
	} {
		if got := tell(judge(""), rule); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", rule, got, want)
		}
	}
	poor := `set: {invoice1.fields.total: {value: "120000.00", confidence: 0.9, proof: []}, contract.page_info.1: {legibility: 0.3}}`
	r := judge(poor)
	if got := tell(r, "own.total"); !strings.HasPrefix(got, "存疑 ") || !strings.Contains(got, "未经印证") {
		t.Errorf("fails on a number without proof: %s", got)
	}
	if got := tell(r, "own.place"); !strings.HasPrefix(got, "存疑 ") {
		t.Errorf("absence on a page that cannot be read: %s", got)
	}
	if got := tell(judge(`set: {contract.fields.delivery_method: {value: "", text: 交付…}}`), "own.place"); !strings.HasPrefix(got, "存疑 ") {
		t.Errorf("something stands there: %s", got)
	}
	if got := tell(judge(`set: {invoice1.fields.total: {value: "", text: 壹拾, confidence: 0.2}, invoice1.fields.total_words: {value: "", text: 拾}, invoice1.fields.tax: {value: "", text: x}}`), "own.sum"); !strings.HasPrefix(got, "存疑 ") {
		t.Errorf("fails on a computation that is open: %s", got)
	}
	if got := tell(judge(""), "own.sum"); !strings.HasPrefix(got, "不符合 ") {
		t.Errorf("on a computation that is not: %s", got)
	}
}

// TestOwnRulesLint asserts that what is wrong with a rule is told at its place inside of the expression.
func TestOwnRulesLint(t *testing.T) {
	data, err := policy.Source(policy.DefaultID)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Count(string(data), "\n")
	rule := func(when string) string {
		return "rules:\n  - id: own.x\n    title: x\n    clause: x\n    for: contract\n    when: " + when + "\n    status: fail\n    message: x\n"
	}
	for _, c := range []struct {
		text, want string
		line, col  int
	}{
		{rule(`contract.amont > yuan("1.00")`), "没有名为 amont 的字段", 6, 19},
		{rule(`"contract.amont > 1"`), "没有名为 amont 的字段", 6, 20},
		{rule("|\n      true &&\n      contract.amont > 1"), "没有名为 amont 的字段", 8, 15},
		{rule(`contrakt.amount > 1`), "没有名为 contrakt 的材料、字段或函数", 6, 11},
		{rule(`contract.amount`), "条件的结果须为真或假", 6, 11},
		{rule(`contract.sign_date > "2026-01-01"`), "两边类型不合", 6, 30},
		{rule(`contract.amount >`), "写法不对", 6, 0},
		{rule(`invoices.all(a, invoices.all(b, invoices.all(c, a.total + b.total > c.total)))`), "过于繁重", 6, 11},
		{strings.Replace(rule("1 == 1"), "message: x", `message: "a {contract.amont} b"`, 1), "没有名为 amont 的字段", 8, 26},
		{strings.Replace(rule("1 == 1"), "own.x", "other.x", 1), "应为 own. 加小写字母", 2, 9},
		{strings.Replace(rule("1 == 1"), "for: contract", "for: receipt", 1), "“receipt”不在可选值之内", 5, 10},
		{strings.Replace(rule("1 == 1"), "status: fail", "status: pass", 1), "“pass”不在可选值之内", 7, 13},
		{rule("1 == 1") + strings.TrimPrefix(rule("1 == 1"), "rules:\n"), "own.x 出现两次", 9, 9},
	} {
		problems := policy.Lint(append(append([]byte{}, data...), c.text...))
		if len(problems) == 0 {
			t.Errorf("%s: nothing is wrong", c.text)
			continue
		}
		p := problems[0]
		if !strings.Contains(p.Message, c.want) || p.Line != lines+c.line || c.col > 0 && p.Column != c.col {
			t.Errorf("%s\nlint says line %d+%d: %s\nwant line %d column %d: %s", c.text, lines, p.Line-lines, p, c.line, c.col, c.want)
		}
	}
}

// TestOwnRulesCost asserts that an evaluation that costs too much is a review.
func TestOwnRulesCost(t *testing.T) {
	c := build(t, []byte("base: api"))
	c.Policy = withRules(t, "rules:\n  - {id: own.pairs, title: x, clause: x, when: 'invoices.exists(a, invoices.exists(b, a.pages + b.pages < 0))', status: fail, message: x}\n")
	for i := range 1000 {
		c.Documents = append(c.Documents, hequan.Document{ID: fmt.Sprintf("z.pdf#%d", i), File: "z.pdf", Pages: [2]int{i, i}, Kind: hequan.KindInvoice})
	}
	if got := tell(judge(c, nil), "own.pairs"); !strings.HasPrefix(got, "存疑 不能判断：自定条件未能判断（计算量超出上限）") {
		t.Error(got)
	}
}
