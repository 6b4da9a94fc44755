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
	usage := func(p []hequan.Page) float64 {
		for _, s := range scorePage(layout(p)) {
			if s.kind == hequan.KindUsage {
				return s.title
			}
		}
		return -1
	}
	if got := usage(typed("计量计费平台", "费用账单", "单据编号：JS202512762532")); got != 0 {
		t.Errorf("a 计量计费平台 is a title of a list of use, %.1f", got)
	}
	if got := usage(typed("计量清单", "单据编号：JS202512762532")); got == 0 {
		t.Error("a 计量清单 is no title of a list of use")
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

// TestAPeriodInTwoLines: the last day of a period stands below its first, with the dash at either, or none where the label tells.
func TestAPeriodInTwoLines(t *testing.T) {
	for _, lines := range [][2]string{{"2025-09-01至", "2025-12-31"}, {"2025年09月01日", "至2025年12月31日"}, {"2025/09/01", "2025/12/31"}, {"2025年9月至", "2025年12月"}, {"2025年9月", "至2025年12月"}} {
		p := typed("模型服务结算单", "结算周期  "+lines[0])
		at := p[0].Lines[1].Words[1].Box
		below := hequan.Word{Text: lines[1], Box: hequan.Box{at[0], at[1] + 0.018, at[2], at[3] + 0.018}, Confidence: 0.97}
		p[0].Lines = append(p[0].Lines, hequan.Line{Words: []hequan.Word{below}, Box: below.Box})
		wantFields(t, Extract(hequan.KindSettlement, p, nil), map[string]string{"period_start": "2025-09-01", "period_end": "2025-12-31"})
	}
}

// TestAColumnOfDaysIsNoPeriod: days and months of a list stand under a heading that labels of periods are.
func TestAColumnOfDaysIsNoPeriod(t *testing.T) {
	for _, column := range [][3]string{{"2025年9月", "2025年10月", "2025年11月"}, {"2025-10-01", "2025-10-02", "2025-10-03"}, {"2025年9月", "2025年10月", "-"}, {"2025-10-01", "2025-10-01", "-"}} {
		p := tabled("用量清单", "账期 模型 用量 单价 金额", column[0]+" 某某-Pro 1,560 12 18,720", column[1]+" 某某-Lite 2,000 2 4,000", column[2]+" 某某-Pro 913 12 10,956")
		for i, l := range p[0].Lines[1:] { // close below each other, as lines of one value are
			for k := range l.Words {
				l.Words[k].Box[1], l.Words[k].Box[3] = 0.14+0.02*float64(i), 0.154+0.02*float64(i)
			}
		}
		d := layout(p)
		for i, r := range d.rows {
			for _, x := range tabbed(r) {
				s := span{i, x[0], x[1]}
				if d.text(s) != column[0] {
					continue
				}
				if from, to, ok := d.wrappedPeriod(s, true); ok {
					t.Errorf("%s and %s below it are a period: %s to %s", column[0], column[1], from.Value, to.Value)
				}
			}
		}
	}
}

// TestStatementsOfASeries: of two statements in one file, with numbers of one series, that are alike but for what was read
// of their words, both are statements, each for itself.
func TestStatementsOfASeries(t *testing.T) {
	a := "北京某甲科技有限公司"
	rows := func(number, words string) hequan.Page {
		return typed("大模型资源费", "编号："+number, "客户："+a, "产品  用量统计  计费项单价  消耗金额", "某某-Pro  32,385.98百万tokens  2  64,771.96", "某某-Max  24,239.64百万tokens  4  96,958.56",
			"金额合计：161,730.52元", words)[0]
	}
	first := rows("JS202512481057", "")
	second := rows("JS202605480665", "大写：壹拾陆万壹仟柒佰叁拾元伍角贰分  盖章")
	second.Info.Page = 2
	if k := scorePage(layout([]hequan.Page{first}))[0]; k.kind != hequan.KindUsage || k.total < leastTotal {
		t.Fatalf("the first page alone is %s %.1f: this test shows nothing", k.kind, k.total)
	}
	parts := Split([]hequan.Page{first, second})
	if len(parts) != 2 || parts[0].Kind != hequan.KindSettlement || parts[1].Kind != hequan.KindSettlement {
		t.Errorf("two statements are %+v", parts)
	}
}
