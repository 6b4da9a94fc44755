package recheck

import (
	"slices"
	"testing"

	"hequan"
)

func reported(verdict hequan.Status, payable string, findings ...hequan.Finding) *hequan.Report {
	return &hequan.Report{Verdict: verdict, Subsidy: hequan.Subsidy{PayableWan: payable}, Findings: findings}
}

func said(rule string, s hequan.Status, subject, message string) hequan.Finding {
	return hequan.Finding{Rule: rule, Status: s, Subject: subject, Message: message}
}

func texts(list []hequan.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Message)
	}
	return out
}

func TestFollow(t *testing.T) {
	before := reported(hequan.Fail, "0.0",
		said("invoice.date_window", hequan.Fail, "7-发票.pdf#1", "晚于"),
		said("invoice.date_window", hequan.Fail, "7-发票2.pdf#1", "也晚于"),
		said("scan.color", hequan.Review, "3.pdf#1", "黑白"),
		said("contract.subject", hequan.Pass, "6.pdf#1-4", "有"),
	)
	after := reported(hequan.Review, "23.0",
		said("invoice.date_window", hequan.Review, "7-发票(新).pdf#1", "没读清"),
		said("scan.color", hequan.Review, "3.pdf#1", "黑白"),
		said("contract.subject", hequan.Fail, "6.pdf#1-4", "没有"),
	)
	got := Follow(before, after, map[string]string{"7-发票(新).pdf": "7-发票.pdf"})
	if want := []string{"也晚于"}; !slices.Equal(texts(got.Gone), want) {
		t.Errorf("gone: %v, want %v", texts(got.Gone), want)
	}
	if want := []string{"没有"}; !slices.Equal(texts(got.New), want) {
		t.Errorf("new: %v, want %v", texts(got.New), want)
	}
	if want := []string{"没读清", "黑白"}; !slices.Equal(texts(got.Open), want) {
		t.Errorf("open: %v, want %v", texts(got.Open), want)
	}
	if len(got.Altered) != 1 || got.Altered[0].Was.Message != "晚于" || got.Altered[0].Is.Status != hequan.Review {
		t.Errorf("altered: %+v", got.Altered)
	}
	graver := reported(hequan.Fail, "0.0", slices.Clone(before.Findings)...)
	graver.Findings[2].Status = hequan.Fail
	if step := Follow(before, graver, nil); !step.Changed() || len(step.Altered) != 1 || len(step.Gone)+len(step.New) != 0 {
		t.Errorf("a doubt that became a fail: %+v", step)
	}
	if !got.Changed() || got.PayableAfter != "23.0" || got.Before != hequan.Fail || got.After != hequan.Review {
		t.Errorf("%+v", got)
	}
	if same := Follow(before, before, nil); same.Changed() || len(same.Open) != 3 {
		t.Errorf("a report differs from itself: %+v", same)
	}
}
