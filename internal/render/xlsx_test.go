package render

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"hequan"
)

func TestWorkbookHoldsNoFormula(t *testing.T) {
	r := &hequan.Report{Verdict: hequan.Fail,
		Application: hequan.ReportApplication{ID: "=HYPERLINK(\"http://evil\")", Applicant: "+86公司", Mode: hequan.ModeAPI, ClaimedAmount: "1250000.00"},
		Findings:    []hequan.Finding{{Rule: "a.b", Clause: "五.7", Status: hequan.Fail, Message: "@SUM(A1)"}, {Rule: "a.c", Status: hequan.Review, Message: "-1\x00\x01+cmd"}, {Rule: "a.d", Status: hequan.Pass}},
		Subsidy:     hequan.Subsidy{Gross: "1000.10", Excluded: []hequan.Exclusion{{Amount: "20.05", Reason: "硬件"}, {Amount: "0.05", Reason: "人工"}}, PayableWan: "61.5"},
	}
	var out bytes.Buffer
	confirmed := func(f hequan.Finding) Decided {
		if f.Rule == "a.b" {
			return Decided{Word: "已确认", Person: "王", Confirmed: true}
		}
		return Decided{}
	}
	if err := Workbook(&out, []BookRow{{Report: r, Stage: "待复核", Decided: confirmed}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[[2]string]string{
		{"申请", "A2"}: `'=HYPERLINK("http://evil")`, {"申请", "B2"}: "'+86公司", {"申请", "H2"}: "1", {"申请", "J2"}: "1", {"申请", "L2"}: "1",
		{"申请", "M2"}: "1,250,000.00", {"问题", "F2"}: "'@SUM(A1)", {"问题", "F3"}: "'-1+cmd", {"问题", "K2"}: "王",
		{"金额", "E2"}: "20.10", {"金额", "K2"}: "20.05：硬件\n0.05：人工",
	} {
		got, err := f.GetCellValue(cell[0], cell[1])
		if err != nil || got != want {
			t.Errorf("%v is %q, want %q (%v)", cell, got, want, err)
		}
		if formula, err := f.GetCellFormula(cell[0], cell[1]); err != nil || formula != "" {
			t.Errorf("%v is the formula %q (%v)", cell, formula, err)
		}
	}
}
