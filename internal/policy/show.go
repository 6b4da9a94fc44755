package policy

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Entry is one value of a policy as people read it.
type Entry struct {
	Section string // 时间窗口, 金额 …
	Key     string // where it stands: money.rate
	Name    string // Chinese
	Value   string
	Clause  string
	Note    string
}

// Entries lists every value of a policy, in its order.
func (p *Policy) Entries() []Entry {
	var out []Entry
	section := ""
	add := func(key, name, value, clause, note string) {
		out = append(out, Entry{section, key, name, value, clause, note})
	}
	section = "政策"
	add("id", "编号", p.ID, "", "")
	add("title", "名称", p.Title, "", "")
	add("source", "依据", p.Source, "", "")
	section = "时间窗口（首尾日均计入）"
	for _, w := range []struct {
		key, name string
		span      Span
	}{{"usage", "政策执行期", p.Windows.Usage}, {"invoice", "开票日期", p.Windows.Invoice}, {"submission", "申报时间", p.Windows.Submission}} {
		add("windows."+w.key, w.name, w.span.Window().String(), w.span.Clause, w.span.Note)
	}
	section = "金额（元，含税）"
	add("money.rate", "补贴比例", p.Money.Rate.Value, p.Money.Rate.Clause, p.Money.Rate.Note)
	for _, m := range []struct {
		key, name string
		sum       Sum
	}{{"cap", "年度限额", p.Money.Cap}, {"floor", "兑现下限", p.Money.Floor}, {"unit", "最小单位", p.Money.Unit}, {"mismatch", "发票与结算容差", p.Money.Mismatch}} {
		add("money."+m.key, m.name, m.sum.Fen().Grouped(), m.sum.Clause, m.sum.Note)
	}
	section = "申报材料"
	for _, m := range p.Materials {
		modes := "全部方式"
		if len(m.Modes) > 0 {
			var list []string
			for _, x := range m.Modes {
				list = append(list, x.Chinese())
			}
			modes = strings.Join(list, "、")
		}
		add("materials."+string(m.Kind), m.Kind.Chinese(), modes, m.Clause, "")
	}
	add("audit.years", "审计报告年数", fmt.Sprint(p.Audit.Years.Value), p.Audit.Years.Clause, p.Audit.Years.Note)
	section = "印章"
	for _, s := range p.Seals {
		var list []string
		for _, a := range s.Accepted {
			list = append(list, sealNames[a])
		}
		add("seals."+string(s.Kind), s.Kind.Chinese(), strings.Join(list, "、"), s.Clause, s.Note)
	}
	section = "费用类别（自上而下，先命中者为准）"
	for _, c := range p.Categories {
		value := "列入"
		if !c.Eligible {
			value = "不列入"
		}
		add("categories."+c.Name, c.Chinese, value+"；识别词："+strings.Join(c.Words, "、"), c.Clause, c.Note)
	}
	section = "应用方向"
	for _, d := range p.Domains.Fields {
		add("domains."+d.Name, d.Name, strings.Join(d.Words, "、"), p.Domains.Clause, "")
	}
	add("domains.note", "说明", p.Domains.Note, p.Domains.Clause, "")
	section = "区域"
	add("region.inside", "区内地名", strings.Join(p.Region.Inside, "、"), p.Region.Clause, p.Region.Note)
	add("region.partly", "跨界地名", strings.Join(p.Region.Partly, "、"), p.Region.Clause, "转人工")
	section = "读数要求"
	t := p.Thresholds
	for _, x := range []struct {
		key, name string
		of        Threshold
	}{{"field", "字段置信度", t.Field}, {"contradict", "数字判定不符合", t.Contradict}, {"name", "名称判定不一致", t.Name}, {"seal", "印章文字", t.Seal},
		{"kind", "材料类别", t.Kind}, {"legibility", "页面清晰度", t.Legibility}, {"dpi", "扫描分辨率", t.DPI}} {
		add("thresholds."+x.key, x.name, fmt.Sprint(x.of.Value), "", x.of.Note)
	}
	section = "代理销售关系"
	for _, o := range p.Offers {
		add("offers."+o.Provider+"/"+o.Entity, o.Provider, "销售 "+o.Entity+" 备案的模型", "", "")
	}
	section = "自定规则"
	for _, r := range p.Rules {
		value := r.Status.Chinese() + "，当 " + strings.Join(strings.Fields(r.When), " ")
		if r.For != "" {
			value = "逐份" + r.For.Chinese() + "；" + value
		}
		add("rules."+r.ID, r.Title, value, r.Clause, r.Note)
	}
	section = "指南未写明之处及所取读法"
	for _, a := range p.Readings {
		var others []string
		for _, o := range a.Alternatives {
			others = append(others, a.In(o))
		}
		value := a.In(a.Chosen)
		if len(others) > 0 {
			value += "（另可：" + strings.Join(others, "；") + "）"
		}
		add("readings."+a.Key, a.ID+" "+a.Question, value, a.Clause, a.Note)
	}
	return out
}

var sealNames = map[string]string{"company": "公章", "contract": "合同专用章", "invoice": "发票专用章", "finance": "财务专用章", "person": "名章", "supervision": "监制章", "authority": "登记机关章", "other": "其他印章"}

// Show writes every value with its clause and note.
func Show(w io.Writer, p *Policy) error {
	out := bufio.NewWriter(w)
	section := ""
	for _, e := range p.Entries() {
		if e.Section != section {
			if section != "" {
				fmt.Fprintln(out)
			}
			section = e.Section
			fmt.Fprintf(out, "【%s】\n", section)
		}
		fmt.Fprintf(out, "  %s：%s", e.Name, e.Value)
		if e.Clause != "" {
			fmt.Fprintf(out, "  [%s]", e.Clause)
		}
		fmt.Fprintf(out, "  %s\n", e.Key)
		if e.Note != "" {
			fmt.Fprintf(out, "      %s\n", e.Note)
		}
	}
	return out.Flush()
}

// Diff writes what is another in b than in a, one value a line, in the order
// of b; it returns how many are.
func Diff(w io.Writer, a, b *Policy) (int, error) {
	out := bufio.NewWriter(w)
	before, after := map[string]Entry{}, map[string]Entry{}
	for _, e := range a.Entries() {
		before[e.Key] = e
	}
	for _, e := range b.Entries() {
		after[e.Key] = e
	}
	changes := 0
	tell := func(mark string, e Entry, format string, args ...any) {
		changes++
		fmt.Fprintf(out, "%s %s（%s）%s\n", mark, e.Name, e.Key, fmt.Sprintf(format, args...))
	}
	for _, e := range b.Entries() {
		was, ok := before[e.Key]
		if !ok {
			tell("+", e, "：%s", e.Value)
			continue
		}
		for _, part := range []struct{ what, was, is string }{{"", was.Value, e.Value}, {"依据条款", was.Clause, e.Clause}, {"说明", was.Note, e.Note}, {"名称", was.Name, e.Name}} {
			if part.was != part.is {
				tell("≠", e, "%s：%s → %s", part.what, part.was, part.is)
			}
		}
	}
	for _, e := range a.Entries() {
		if _, ok := after[e.Key]; !ok {
			tell("−", e, "：%s", e.Value)
		}
	}
	if changes == 0 {
		fmt.Fprintln(out, "两份政策的各项取值相同")
	}
	return changes, out.Flush()
}
