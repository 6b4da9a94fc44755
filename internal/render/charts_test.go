package render

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/day"
)

func paperOf(kind hequan.Kind, file string, fields ...string) hequan.Document {
	d := hequan.Document{ID: file + "#1", File: file, SHA256: "aa", Pages: [2]int{1, 1}, Kind: kind}
	for i := 0; i < len(fields); i += 2 {
		d.Fields = append(d.Fields, hequan.Field{Name: fields[i], Value: fields[i+1], Page: 1})
	}
	return d
}

var executed = []Span{{"usage", "政策执行期", day.Must("2025-08-09"), day.Must("2026-06-30")}, {"invoice", "开票日期", day.Must("2025-08-09"), day.Must("2026-06-30")}}

func TestTimelineSetsOffWhatLiesOutside(t *testing.T) {
	r := &hequan.Report{Application: hequan.ReportApplication{SubmittedAt: "2026-07-02"}, Documents: []hequan.Document{
		paperOf(hequan.KindContract, "6.pdf", "sign_date", "2025-08-20", "term_start", "2025-09-01", "term_end", "2026-08-31"),
		paperOf(hequan.KindInvoice, "7 <b>.pdf", "issue_date", "2026-07-03"),
		paperOf(hequan.KindInvoice, "7-2.pdf", "issue_date", "2026-05-03"),
		paperOf(hequan.KindInvoice, "7-3.pdf", "issue_date", "1926-05-03"), // a misread century
		paperOf(hequan.KindSettlement, "8.pdf", "period_start", "2025-09-01", "period_end", "2026-07-31"),
		paperOf(hequan.KindSettlement, "8-2.pdf", "period_start", "2026-09-01", "period_end", "2025-07-31"), // no span at all
		paperOf(hequan.KindBankAccount, "4.pdf"),
	}}
	tl := newTimeline(r, executed, func(d *hequan.Document, page int) string { return "/" + d.SHA256 })
	if tl.Outside != 3 {
		t.Errorf("%d dates outside, want the late and the misread invoice and the use beyond the window", tl.Outside)
	}
	var rows []string
	for _, row := range tl.Rows {
		rows = append(rows, row.Name)
		for _, m := range row.Marks {
			if m.Label != "" && (m.LabelX < 0 || !m.Before && m.LabelX+labelWidth > drawWidth) {
				t.Errorf("%s: the label of %s leaves the drawing", row.Name, m.Title)
			}
		}
	}
	if got := strings.Join(rows, " "); got != "合同签订 合同期限 使用结算 发票 提交申报" {
		t.Errorf("rows %s", got)
	}
	if tl.Rows[3].Marks[1].X < drawLeft || tl.Rows[3].Marks[2].X > drawRight {
		t.Errorf("the right dates are pressed out of the drawing: %+v", tl.Rows[3].Marks)
	}
	var out bytes.Buffer
	if err := WriteTimeline(&out, r, executed, func(*hequan.Document, int) string { return "/x?a=1&b=2" }); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, out.String())
	if err := WriteTimeline(&out, &hequan.Report{}, executed, nil); err != nil {
		t.Error(err)
	}
}

func TestFlowShowsDifferences(t *testing.T) {
	steps := []hequan.Step{
		{Kind: "claim", Name: "申报金额", Amount: "400.00"},
		{Kind: "part", Name: "结算额：一", Amount: "600.00"}, {Kind: "part", Name: "结算额：二", Amount: "200.00"}, {Kind: "sum", Name: "结算额合计", Amount: "800.00"},
		{Kind: "part", Name: "开票额：一", Amount: "790.00"}, {Kind: "sum", Name: "开票额合计", Amount: "790.00"},
		{Kind: "sum", Name: "合同金额合计", Amount: "1000.00"},
		{Kind: "base", Name: "核定基数", Amount: "790.00"}, {Kind: "payable", Name: "测算兑现金额", Amount: "395.00"},
	}
	f := newFlow(steps)
	var got []string
	for _, b := range f.Bars {
		got = append(got, b.Name+" "+b.Amount+" "+b.Diff)
	}
	want := "合同金额 1,000.00 |结算额 800.00 较上一项少 200.00|开票额 790.00 较上一项少 10.00|核定基数 790.00 与上一项一致|测算兑现金额 395.00 "
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if p := f.Bars[1].Parts; len(p) != 2 || p[1].X <= p[0].X || p[0].W != flowSpan*6/10-1 {
		t.Errorf("parts %+v", p)
	}
	var out bytes.Buffer
	if err := WriteFlow(&out, &hequan.Report{Subsidy: hequan.Subsidy{Steps: steps}}); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, out.String())
}

// wellFormed: a drawing is XML, and holds no style or script of its own.
func wellFormed(t *testing.T, svg string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if e.Name.Local == "b" || a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("<%s %s>", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
}
