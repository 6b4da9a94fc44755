package checks

import (
	"reflect"
	"strings"
	"testing"

	"hequan"
)

// TestExplainAgrees asserts that an explanation comes to the findings of the
// report, for every rule, and shows what they rest on.
func TestExplainAgrees(t *testing.T) {
	for _, mode := range hequan.Modes {
		c := build(t, []byte("base: "+string(mode)))
		report := Judge(c)
		for _, r := range All() {
			var want []hequan.Finding
			for _, f := range report.Findings {
				if f.Rule == r.ID {
					want = append(want, f)
				}
			}
			explained, ok := Explain(c, r.ID)
			var got []hequan.Finding
			for _, e := range explained {
				got = append(got, e.Findings...)
				if s := e.Findings[0].Status; s == hequan.Pass && len(e.Values)+len(e.Tested)+len(e.Findings[0].Evidence) == 0 {
					t.Errorf("%s, %s: a pass that shows nothing", mode, r.ID)
				}
			}
			if !ok || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: explained\n%+v\nreported\n%+v", mode, r.ID, got, want)
			}
		}
	}
	if _, ok := Explain(build(t, []byte("base: api")), "no.rule"); ok {
		t.Error("a rule that is none is explained")
	}
}

func TestExplain(t *testing.T) {
	c := build(t, []byte(`
base: api
set:
  settlement1.fields.total: {value: "120000.01", confidence: 0.9}
`))
	explained, _ := Explain(c, "settlement.arithmetic")
	if len(explained) != 2 {
		t.Fatalf("%d explanations, want one for each settlement", len(explained))
	}
	e := explained[0]
	var told []string
	for _, x := range e.Tested {
		mark := "✗ "
		if x.Holds {
			mark = "✓ "
		}
		told = append(told, mark+x.Text)
		if len(x.Evidence) < 2 {
			t.Errorf("%s: a comparison has two sides, shown are %d places", x.Text, len(x.Evidence))
		}
	}
	want := []string{"✗ 大写金额 120,000.00 元 = 小写金额 120,000.01 元",
		"✓ 第 1 行“澜石-Pro”：8000000千tokens × 0.015 元 = 120,000.00 元，与所列金额 120,000.00 元相差不超过一分", "✗ 分项合计 120,000.00 元 = 总额 120,000.01 元"}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("tested\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	if v := e.Values[0]; v.Name != "合计金额" || v.Value != "120000.01" || v.Proven || v.Doubt == "" {
		t.Errorf("%+v", v)
	}
	names := ""
	for _, v := range e.Values {
		names += v.Name + " "
	}
	if !strings.Contains(names, "第 1 行单价") {
		t.Errorf("values %s", names)
	}
}
