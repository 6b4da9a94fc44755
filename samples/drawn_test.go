package samples

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hequan"
)

// TestDrawnStatesEverything draws the papers of many seeds: whatever layout is
// drawn, a paper prints every field of its kind, and each is marked once.
func TestDrawnStatesEverything(t *testing.T) {
	statements, inWords := 0, 0
	for seed := range uint64(60) {
		w := newWorld(seed, "2026H1-1001", hequan.Modes[seed%4])
		w.Family = Drawn
		keys := []string{"contract", "license", "commitment", "bank", "audit:0", "filing"}
		if w.Acceptance != nil {
			keys = append(keys, "acceptance")
		}
		for i := range w.Settlements {
			keys = append(keys, settlementKey(i), usageKey(i))
		}
		for _, key := range keys {
			p := w.paperOf(seed, key)
			body := p.body.String()
			want := map[hequan.Kind][]string{
				hequan.KindContract:        {"title", "number", "party_a", "party_b", "sign_date", "amount", "amount_words", "calling_method", "subject", "payment_terms", "term_start", "term_end"},
				hequan.KindSettlement:      {"number", "customer", "provider", "period_start", "period_end", "total", "date"},
				hequan.KindAcceptance:      {"project", "supplier", "acceptor", "date", "place", "conclusion", "outcome"},
				hequan.KindFilingProof:     {"model", "entity", "number", "date", "territory"},
				hequan.KindBusinessLicense: {"name", "uscc", "legal_representative", "established", "address", "capital"},
				hequan.KindCommitment:      {"applicant", "date", "signature"},
				hequan.KindBankAccount:     {"account_name", "bank", "account"},
				hequan.KindAuditReport:     {"entity", "year", "firm", "report_number", "report_date"},
				hequan.KindUsage:           {"customer", "provider", "period_start", "period_end", "total"},
			}[p.Kind]
			for _, name := range want {
				if !slices.ContainsFunc(p.fields, func(f TruthField) bool { return f.Name == name }) {
					t.Errorf("seed %d: %s states no %s", seed, key, name)
				}
			}
			if said := slices.ContainsFunc(p.fields, func(f TruthField) bool { return f.Name == "total_words" }); p.Kind == hequan.KindSettlement {
				statements++
				inWords += map[bool]int{true: 1}[said]
			}
			for _, table := range p.tables {
				for _, column := range map[hequan.Kind][]string{hequan.KindAcceptance: {"name", "quantity", "result"}, hequan.KindUsage: {"model", "date", "quantity", "unit_price", "amount"}}[p.Kind] {
					for n, row := range table.Rows {
						if row[column].Value == "" {
							t.Errorf("seed %d: %s row %d has no %s", seed, key, n+1, column)
						}
					}
				}
				if len(table.Rows) == 0 {
					t.Errorf("seed %d: %s has a table without rows", seed, key)
				}
			}
			for _, name := range map[hequan.Kind][]string{hequan.KindContract: {"party_a_address", "party_a_legal", "party_a_phone", "party_b_address", "party_b_legal", "party_b_phone"}}[p.Kind] {
				if !slices.ContainsFunc(p.traits, func(f TruthField) bool { return f.Name == name }) {
					t.Errorf("seed %d: %s states no %s", seed, key, name)
				}
			}
			for i := range p.marks {
				if n := strings.Count(body, fmt.Sprintf(`data-m="%d"`, i)); n > 1 {
					t.Errorf("seed %d: %s prints mark %d %d times", seed, key, i, n)
				} else if n == 0 {
					t.Errorf("seed %d: %s does not print mark %d", seed, key, i)
				}
			}
		}
	}
	if inWords == statements || 2*inWords < statements { // some say the sum in figures alone
		t.Errorf("%d of %d statements say their sum in words", inWords, statements)
	}
}
