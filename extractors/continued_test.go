package extractors

import (
	"testing"

	"hequan"
)

// TestHeadingsWithUnits: units in brackets say nothing against a heading, and
// headings may be English.
func TestHeadingsWithUnits(t *testing.T) {
	at := []float64{0.05, 0.2, 0.34, 0.58, 0.85}
	row := func(y float64, cells ...string) placedRow {
		r := placedRow{y: y}
		for i, c := range cells {
			r.words = append(r.words, placedWord{at[i], c})
		}
		return r
	}
	for name, c := range map[string]struct {
		heads []string
		want  string
	}{
		"long units": {[]string{"日期", "模型名称", "用量（千tokens）", "单价（元/千tokens）", "费用（元）"}, "2025-10-01|星海-Max|1200|0.02|24.00|千tokens|元/千tokens"},
		"English":    {[]string{"Date", "Model", "Usage(1Ktokens)", "UnitPrice", "Cost"}, "2025-10-01|星海-Max|1200|0.02|24.00|千tokens"},
	} {
		got := Extract(hequan.KindUsage, laid(row(0.1, c.heads...), row(0.15, "2025-10-01", "星海-Max", "1,200", "0.02", "24.00"), row(0.2, "2025-10-02", "星海-Max", "2,400", "0.02", "48.00")), nil)
		if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
			t.Errorf("%s: %+v", name, got.Tables)
			continue
		}
		text := ""
		for i, c := range got.Tables[0].Rows[0] {
			if i > 0 {
				text += "|"
			}
			text += c.Value
		}
		if text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}

// TestContinued: a name goes on in the row below, under itself or at the margin;
// of two names without a gap the one under the label counts.
func TestContinued(t *testing.T) {
	got := Extract(hequan.KindAcceptance, laid(
		placedRow{0.10, []placedWord{{0.4, "验收确认函"}}},
		placedRow{0.43, []placedWord{{0.12, "确认单位：北京嘉禾云智能交通技术有限"}, {0.55, "交付单位（章）"}}},
		placedRow{0.455, []placedWord{{0.12, "公司"}}},
	), nil)
	if f := got.field("acceptor"); f == nil || f.Value != "北京嘉禾云智能交通技术有限公司" || f.Box[3] < 0.46 {
		t.Errorf("acceptor %+v", f)
	}
	got = Extract(hequan.KindSettlement, laid(
		placedRow{0.10, []placedWord{{0.08, "单据编号"}, {0.30, "付款方"}, {0.46, "收款方"}}},
		placedRow{0.125, []placedWord{{0.08, "JS202512517617"}, {0.30, "北京明序文旅数字技术有限公司西安云岫智能技术有限公司"}}},
	), nil)
	if f := got.field("provider"); f == nil || f.Value != "西安云岫智能技术有限公司" {
		t.Errorf("provider %+v", f)
	}
	if f := got.field("customer"); f == nil || f.Value != "北京明序文旅数字技术有限公司" {
		t.Errorf("customer %+v", f)
	}
}

// TestNoModels: a project's name and a verb before 大模型 name no model.
func TestNoModels(t *testing.T) {
	got := Extract(hequan.KindContract, typed("人工智能模型采购合同", "采购标的：星槎-72B大模型私有化部署，用于“客服质检大模型”项目。", "使用方式：采购大模型一体机。", "安装调试完成后10日内验收，并按指定方式签署验收报告。", "法定代表人：史阳电话：010-66355543"), nil)
	for _, f := range got.Fields {
		if f.Name == "models" && f.Value != "星槎-72B" {
			t.Errorf("model %q", f.Value)
		}
		if f.Name == "delivery_method" {
			t.Errorf("delivery %q", f.Value)
		}
	}
}
