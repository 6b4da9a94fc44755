package extractors

import (
	"testing"

	"hequan"
)

// TestPartedNames: a gap behind a name's place, or inside of it, is none between columns; one behind other words is.
func TestPartedNames(t *testing.T) {
	for row, want := range map[string]string{
		"结算方：北京  某甲文旅数字技术有限公司": "结算方：北京某甲文旅数字技术有限公司",
		"盖章：成  都某乙数智科技有限公司":    "盖章：成都某乙数智科技有限公司",
		"客户  北京某甲科技有限公司":       "客户\t北京某甲科技有限公司",
		"开户地：北京  分行":           "开户地：北京\t分行",
	} {
		if got := string(layout(typed(row)).rows[0].text); got != want {
			t.Errorf("%q is laid out as %q, want %q", row, got, want)
		}
	}
}

// TestPortal: the name of the system that a paper was printed from is not its title.
func TestPortal(t *testing.T) {
	p := typed("计量计费平台", "费用账单", "单据编号：JS202512762532", "账户主体：北京某甲科技有限公司")
	if got := scorePage(layout(p))[0].kind; got != hequan.KindSettlement {
		t.Errorf("a bill of a 计量计费平台 is %s", got)
	}
}

// TestPartedYear: blanks among the digits of a year, as narrow columns give them.
func TestPartedYear(t *testing.T) {
	if got := mendDay("2025年9月1日至202 5年12月31日"); got != "2025年9月1日至 2025年12月31日" {
		t.Errorf("%q", got)
	}
	if text := "12 2025年"; mendDay(text) != text {
		t.Errorf("%q is %q", text, mendDay(text))
	}
}
