package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// Two readings prove the characters of a line, not that a value ends where its line does or begins where a
// label was seen. That is told by the value itself for days, amounts and codes; of what is open nothing is proven by readings
// alone. Names have characters besides that neither recogniser knows, and units a 千 or 万 before them that is easily lost.
var (
	openFields = []string{"address", "applicant.address", "party_a_address", "party_b_address", "project", "project.name", "project.domain", "place", "conclusion",
		"subject", "payment_terms", "delivery_method", "usage_quota", "title", "legal_representative", "party_a_legal", "party_b_legal", "signature", "territory", "model", "models",
		"name", "applicant", "applicant.name", "account_name", "bank", "entity", "firm", "party_a", "party_b", "buyer", "seller", "customer", "provider", "supplier", "acceptor"}
	openColumns = []string{"name", "spec", "model", "result", "entity", "unit", "price_unit"}
)

// withoutOpenProofs takes the proof of two readings from values of which they don't prove the extent.
func withoutOpenProofs(c *Content) {
	for i := range c.Fields {
		f := &c.Fields[i]
		if slices.Contains(openFields, f.Name) || oneDecimal.MatchString(f.Text) {
			f.Proof = withoutReadings(f.Proof)
		}
		if oneDecimal.MatchString(f.Text) { // its end may stand in another line
			f.Proof = slices.DeleteFunc(f.Proof, func(p hequan.Proof) bool { return p == hequan.ProofTextLayer })
		}
	}
	for _, t := range c.Tables {
		for n, column := range t.Columns {
			for _, r := range t.Rows {
				if slices.Contains(openColumns, column) || column == "amount" && oneDecimal.MatchString(r[n].Text) || column == "date" && misreadDayCell(r[n].Text) {
					r[n].Proof = withoutReadings(r[n].Proof)
				}
			}
		}
	}
}

// misreadDayCell says whether a cell's day is none as it was read: it was mended.
func misreadDayCell(text string) bool {
	return strings.Contains(text, "年") && len(day.FindAll(text)) == 0
}

// oneDecimal is an amount with groups of thousands and one digit behind its point: the second may be lost.
var oneDecimal = regexp.MustCompile(`^(?:[¥￥]|人民币|RMB|CNY)?\s?-?\d{1,3}(?:,\d{3})+\.\d(?:元)?$`)

func withoutReadings(proof []hequan.Proof) []hequan.Proof {
	return slices.DeleteFunc(slices.Clone(proof), func(p hequan.Proof) bool { return p == hequan.ProofTwoReadings })
}
