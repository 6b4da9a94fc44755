package extractors

import (
	"testing"

	"hequan"
)

func TestNumberIn(t *testing.T) {
	for text, want := range map[string]officeNo{
		"报告文号：正勤审字〔2025〕第0622号": {office: "正勤审字", open: "〔", year: "2025", shut: "〕", nth: "第", number: "0622", end: "号"},
		"正勤审字[20251第16225号":     {office: "正勤审字", open: "[", year: "2025", shut: "1", nth: "第", number: "16225", end: "号"},
		"立诚审字|2025|]第257号":      {office: "立诚审字", open: "|", year: "2025", shut: "|]", nth: "第", number: "257", end: "号"},
		"中衡会审字2026第0520号":       {office: "中衡会审字", year: "2026", nth: "第", number: "0520", end: "号"},
		"信审2025-1031":           {office: "信审", year: "2025", number: "-1031"},
		"京专审字（2026）1234号":       {office: "京专审字", open: "（", year: "2026", shut: "）", number: "1234", end: "号"},
	} {
		got, ok := numberIn(text)
		if !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", text, got, ok, want)
		}
	}
	if got, ok := numberIn("2025年度审计报告"); ok {
		t.Errorf("a title is read as the number %+v", got)
	}
}

// TestNumberOfSeveralPlaces: where recognisers differ, what most of them read
// over all places counts, without proof.
func TestNumberOfSeveralPlaces(t *testing.T) {
	pages := typed("正勤审字[20251第16225号", "审计报告", "正勤审字[20251第16225号")
	for i := range pages[0].Lines {
		for k := range pages[0].Lines[i].Words {
			if w := &pages[0].Lines[i].Words[k]; w.Text != "审计报告" {
				w.Alt, w.Proof, w.Confidence = "0622", nil, 0.9
			}
		}
	}
	f, ok := officeNumberField(layout(pages), "report_number")
	if !ok || f.Value != "正勤审字[2025]第0622号" || f.Proven() {
		t.Errorf("%+v %v", f, ok)
	}
}

// TestBracketsOfANumbersYear: one of a pair tells the other, but for round and square ones alike.
func TestBracketsOfANumbersYear(t *testing.T) {
	for value, want := range map[string]string{"信合字〔2025]159号": "信合字〔2025〕159号", "技服字【2025〕236号": "技服字〔2025〕236号", "技服字〔2025〕230号": "技服字〔2025〕230号",
		"技服字（2025）230号": "技服字（2025）230号", "技服字[2025]230号": "技服字[2025]230号", "HT-2025-01": "HT-2025-01"} {
		f := hequan.Field{Value: value, Confidence: 0.9, Proof: []hequan.Proof{hequan.ProofTwoReadings}}
		if pairBrackets(&f); f.Value != want || (value != want) != (len(f.Proof) == 0) {
			t.Errorf("%s: %s, proof %v", value, f.Value, f.Proof)
		}
	}
}
