package recheck

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"hequan"
)

func report(id string, verdict hequan.Status, wan string, findings ...hequan.Finding) *hequan.Report {
	return &hequan.Report{Policy: "2026H1", Application: hequan.ReportApplication{ID: id, Applicant: "北京晴川科技有限公司"}, Verdict: verdict,
		Findings: findings, Subsidy: hequan.Subsidy{PayableWan: wan, Base: "1.00"}}
}

func finding(rule, subject string, s hequan.Status, message string) hequan.Finding {
	return hequan.Finding{Rule: rule, Clause: "五.7", Status: s, Subject: subject, Message: message}
}

func TestCompare(t *testing.T) {
	before := report("A", hequan.Fail, "61.5",
		finding("invoice.date_window", "1.pdf#1", hequan.Fail, "晚"),
		finding("invoice.date_window", "2.pdf#1", hequan.Pass, "在"),
		finding("invoice.buyer", "1.pdf#1", hequan.Review, "近似"),
		finding("invoice.qr", "1.pdf#1", hequan.Pass, "一致"),
		finding("usage.price", "3.pdf#1", hequan.Fail, "第一行"),
		finding("usage.price", "3.pdf#1", hequan.Fail, "第二行"))
	after := report("A", hequan.Review, "60.0",
		finding("invoice.date_window", "1.pdf#1", hequan.Pass, "在"),
		finding("invoice.date_window", "2.pdf#1", hequan.Fail, "晚"),
		finding("invoice.buyer", "1.pdf#1", hequan.Review, "不同"),
		finding("invoice.qr", "1.pdf#1", hequan.Pass, "一致，另一说法"),
		finding("usage.price", "3.pdf#1", hequan.Fail, "第二行"),
		finding("own.limit", "", hequan.Review, "超"))
	a := Compare(before, after)
	if !a.Changed() || a.Before.Verdict != hequan.Fail || a.After.PayableWan != "60.0" {
		t.Errorf("%+v", a)
	}
	var got []string
	for _, f := range a.Findings {
		line := f.Change + " " + f.Rule + " " + f.Subject
		for _, told := range []*Told{f.Before, f.After} {
			if told != nil {
				line += " " + string(told.Status) + ":" + told.Message
			}
		}
		got = append(got, line)
	}
	want := []string{
		"gone invoice.date_window 1.pdf#1 fail:晚 pass:在",
		"new invoice.date_window 2.pdf#1 pass:在 fail:晚",
		"changed invoice.buyer 1.pdf#1 review:近似 review:不同",
		"gone usage.price 3.pdf#1 fail:第一行",
		"new own.limit  review:超",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if same := Compare(before, before); same.Changed() {
		t.Errorf("a report differs from itself: %+v", same)
	}
}

func TestCompareAll(t *testing.T) {
	before := []*hequan.Report{report("A", hequan.Fail, "61.5", finding("invoice.qr", "", hequan.Fail, "=1+1")), report("B", hequan.Pass, "10.0"), report("C", hequan.Pass, "1.0")}
	after := []*hequan.Report{report("B", hequan.Pass, "10.0"), report("A", hequan.Pass, "60.0"), report("D", hequan.Pass, "2.0")}
	after[0].Policy, after[1].Policy = "2026H2", "2026H2"
	d := CompareAll(before, after)
	if d.Compared != 2 || len(d.Applications) != 1 || d.Applications[0].ID != "A" || d.PolicyAfter != "2026H1,2026H2" ||
		d.PayableWan != (Sums{"71.5", "70.0", "-1.5"}) || strings.Join(d.OnlyBefore, "") != "C" || strings.Join(d.OnlyAfter, "") != "D" {
		t.Errorf("%+v", d)
	}
	if len(d.Verdicts) != 2 || d.Verdicts[0] != (VerdictChange{hequan.Fail, hequan.Pass, 1}) || len(d.Rules) != 1 || d.Rules[0].Gone != 1 {
		t.Errorf("%+v %+v", d.Verdicts, d.Rules)
	}
	var text, table, object bytes.Buffer
	for _, err := range []error{Text(&text, d), CSV(&table, d), JSON(&object, d)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"结论 不符合 → 通过：1 份", "71.5 万元 → 70.0 万元（−1.5）", "此次未核对：C", "− 不再提出 invoice.qr（五.7）"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text does not say %q:\n%s", want, text.String())
		}
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v, %d rows: %v", err, len(rows), rows)
	}
	if rows[1][2] != "结论" || rows[2][2] != "金额" || rows[3][7] != "'=1+1" {
		t.Errorf("%v", rows)
	}
	var back Difference
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || back.Schema != Schema || len(back.Applications) != 1 {
		t.Errorf("%v %+v", err, back)
	}
}
