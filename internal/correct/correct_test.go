package correct

import (
	"errors"
	"slices"
	"testing"

	"hequan"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		kind  hequan.Kind
		field string
		typed string
		want  string
		err   error
	}{
		{hequan.KindInvoice, "issue_date", "2026年6月30日", "2026-06-30", nil},
		{hequan.KindInvoice, "issue_date", "２０２６-06-30", "2026-06-30", nil},
		{hequan.KindInvoice, "issue_date", "2026-02-30", "", ErrDate},
		{hequan.KindInvoice, "issue_date", " ", "", ErrEmpty},
		{hequan.KindInvoice, "total", "¥460,000.00", "460000.00", nil},
		{hequan.KindInvoice, "total_words", "肆拾陆万圆整", "460000.00", nil},
		{hequan.KindInvoice, "total", "很多", "", ErrMoney},
		{hequan.KindInvoice, "items[2].tax_rate", "6%", "0.06", nil},
		{hequan.KindInvoice, "items[2].tax_rate", "13%", "0.13", nil},
		{hequan.KindInvoice, "items[1].tax_rate", "免税", "免税", nil},
		{hequan.KindInvoice, "number", "2611 2000 0001", "261120000001", nil},
		{hequan.KindInvoice, "form", "电子普通发票", "e_ordinary", nil},
		{hequan.KindInvoice, "form", "收据", "", ErrChoice},
		{hequan.KindUsage, "rows[3].date", "2025年8月", "2025-08", nil},
		{hequan.KindUsage, "rows[3].date", "2025-13", "", ErrMonth},
		{hequan.KindUsage, "rows[3].quantity", "1,200.5", "1200.5", nil},
		{hequan.KindBusinessLicense, "uscc", "91110302magr5fru61", "91110302MAGR5FRU61", nil},
		{hequan.KindBusinessLicense, "uscc", "91110302MAGR5FRU62", "", ErrUSCC},
		{hequan.KindBusinessLicense, "valid_until", "长期", "long", nil},
		{hequan.KindContract, "party_a", "北京 晴川(集团) 有限公司", "北京晴川（集团）有限公司", nil},
		{hequan.KindContract, "models", "Qwen 3 Max", "Qwen 3 Max", nil},
		{hequan.KindContract, "items[1].category", "硬件", "hardware", nil},
		{hequan.KindAcceptance, "outcome", "有条件通过", "conditional", nil},
	} {
		got, err := Normal(c.kind, c.field, c.typed)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s %s %q: %q, %v; want %q, %v", c.kind, c.field, c.typed, got, err, c.want, c.err)
		}
	}
}

func papers() []hequan.Document {
	cell := func(v string) hequan.Cell { return hequan.Cell{Value: v, Text: v} }
	return []hequan.Document{
		{ID: "a.pdf#1", SHA256: "aa", Pages: [2]int{1, 1}, Fields: []hequan.Field{{Name: "total", Value: "1.00", Text: "1.00", Page: 1}}},
		{ID: "a.pdf#2-3", SHA256: "aa", Pages: [2]int{2, 3}, Fields: []hequan.Field{
			{Name: "models", Value: "甲", Page: 2}, {Name: "models", Value: "乙", Page: 3, Proof: []hequan.Proof{hequan.ProofTwoReadings}}},
			Tables: []hequan.Table{{Name: "items", Columns: []string{"name", "amount"}, Rows: [][]hequan.Cell{{cell("x"), cell("1.00")}}},
				{Name: "items", Columns: []string{"amount"}, Rows: [][]hequan.Cell{{cell("2.00")}}}}},
	}
}

func TestApply(t *testing.T) {
	docs := papers()
	Apply(docs, []Value{
		{SHA256: "aa", Page: 2, Field: "models", Nth: 1, Value: "丙", Person: "王", Reason: "原件"},
		{SHA256: "aa", Page: 2, Field: "items[2].amount", Value: "3.00", Person: "王"},
		{SHA256: "aa", Page: 2, Field: "items[9].amount", Value: "9.00", Person: "王"},
		{SHA256: "aa", Page: 1, Field: "issue_date", Value: "2026-01-02", Person: "李"},
		{SHA256: "bb", Page: 1, Field: "total", Value: "7.00", Person: "王"},
	})
	second := docs[1].Fields[1]
	if second.Value != "丙" || second.Corrected == nil || *second.Corrected != (hequan.Corrected{Read: "乙", Person: "王", Reason: "原件"}) || !slices.Equal(second.Proof, []hequan.Proof{hequan.ProofPerson}) {
		t.Errorf("%+v", second)
	}
	if docs[1].Fields[0].Corrected != nil || docs[0].Fields[0].Value != "1.00" {
		t.Error("what nobody corrected was changed")
	}
	if cell := docs[1].Tables[1].Rows[0][0]; cell.Value != "3.00" || cell.Corrected.Read != "2.00" {
		t.Errorf("rows are counted over all tables of a name: %+v", cell)
	}
	added := docs[0].Fields[1]
	if added.Name != "issue_date" || added.Value != "2026-01-02" || added.Page != 1 || added.Corrected.Read != "" || len(docs[1].Fields) != 2 {
		t.Errorf("%+v, %d fields", added, len(docs[1].Fields))
	}
}

func TestFind(t *testing.T) {
	docs := papers()
	for _, c := range []struct {
		e     hequan.Evidence
		ok    bool
		nth   int
		value string
	}{
		{hequan.Evidence{Document: "a.pdf#2-3", Field: "models", Value: "乙", Page: 3}, true, 1, "乙"},
		{hequan.Evidence{Document: "a.pdf#2-3", Field: "items[2].amount"}, true, 0, "2.00"},
		{hequan.Evidence{Document: "a.pdf#2-3", Field: "items[3].amount"}, false, 0, ""},
		{hequan.Evidence{Document: "a.pdf#2-3", Field: "sign_date"}, true, 0, ""},
		{hequan.Evidence{Document: "a.pdf#2-3", Field: "items"}, false, 0, ""},
		{hequan.Evidence{Document: "a.pdf#1", Field: "seals"}, false, 0, ""},
		{hequan.Evidence{Field: "applicant.name"}, false, 0, ""},
		{hequan.Evidence{Document: "gone#1", Field: "total"}, false, 0, ""},
	} {
		p, ok := Find(docs, c.e)
		if ok != c.ok || ok && (p.Nth != c.nth || p.Value != c.value) {
			t.Errorf("%+v: %+v, %v", c.e, p, ok)
		}
	}
}
