package extractors

import (
	"testing"

	"hequan"
)

// TestStampsOverPapers: what is stamped large over a page marks an invoice, and any other paper where it is void.
func TestStampsOverPapers(t *testing.T) {
	both := []hequan.Proof{hequan.ProofTwoReadings}
	for _, c := range []struct {
		name   string
		stamps []hequan.Stamp
		seal   string
		note   string // of an invoice; - none, empty: not read
		void   string // of a settlement
	}{
		{"none", nil, "", "-", ""},
		{"void", []hequan.Stamp{{Text: "作废", Confidence: 0.9, Proof: both}}, "", "作废", "作废"},
		{"as the text layer has it", []hequan.Stamp{{Text: "已 作 废", Confidence: 1}}, "", "已作废", "已作废"},
		{"unread", []hequan.Stamp{{}}, "", "", ""},
		{"the worst of several", []hequan.Stamp{{}, {Text: "收讫"}, {Text: "已报销"}, {Text: "VOID"}}, "", "VOID", "VOID"},
		{"tame ones", []hequan.Stamp{{Text: "收讫"}, {Text: "仅供招标使用再次复印无效"}, {Text: "原件"}, {Text: "副本"}}, "", "-", ""},
		{"copies do not hold", []hequan.Stamp{{Text: "复印无效", Confidence: 1}}, "", "复印无效", ""},
		{"a round one", nil, "作废", "作废", "作废"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := typed("电子发票（普通发票）", "发票号码：26612938264347462934", "价税合计（大写）  壹拾元整")[0]
			page.Stamps = c.stamps
			if c.seal != "" {
				page.Seals = []hequan.Seal{{Text: c.seal, Confidence: 0.9}}
			}
			got := Extract(hequan.KindInvoice, []hequan.Page{page}, nil)
			switch f := got.field("kind_note"); {
			case c.note == "-" && f != nil:
				t.Errorf("kind_note %q: want none", f.Value)
			case c.note != "-" && (f == nil || f.Value != c.note || f.Page != 1):
				t.Errorf("kind_note %+v: want %q", f, c.note)
			}
			got = Extract(hequan.KindSettlement, []hequan.Page{page}, nil)
			switch f := got.field("altered"); {
			case c.void == "" && f != nil:
				t.Errorf("altered %+v: want none", f)
			case c.void != "" && (f == nil || f.Value != "stamped" || f.Text != c.void):
				t.Errorf("altered %+v: want stamped %q", f, c.void)
			}
		})
	}
}
