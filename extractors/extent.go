package extractors

import (
	"regexp"
	"slices"

	"hequan"
)

// Two readings prove the characters of a line, not that a value ends where its line does or begins where a
// label was seen. That is told by the value itself for days, amounts and codes, and for names of companies
// by how they end; of what is open nothing is proven by readings alone.
var (
	openFields = []string{"address", "applicant.address", "party_a_address", "party_b_address", "project", "project.name", "project.domain", "place", "conclusion",
		"subject", "payment_terms", "delivery_method", "usage_quota", "title", "legal_representative", "party_a_legal", "party_b_legal", "signature", "territory", "model", "models"}
	openColumns = []string{"name", "spec", "model", "result"}
	nameFields  = []string{"name", "applicant", "applicant.name", "account_name", "bank", "entity", "firm", "party_a", "party_b", "buyer", "seller", "customer", "provider", "supplier", "acceptor"}
	nameEnds    = regexp.MustCompile(`(公司|集团|支行|分行|银行|营业部|事务所|事务所[(（]特殊普通合伙[)）]|研究院|研究所|大学|学院|医院|中心|[(（]有限合伙[)）]|合作社|协会|基金会|工作室)$`)
)

// withoutOpenProofs takes the proof of two readings from values of which they don't prove the extent.
func withoutOpenProofs(c *Content) {
	for i := range c.Fields {
		f := &c.Fields[i]
		if slices.Contains(openFields, f.Name) || slices.Contains(nameFields, f.Name) && !nameEnds.MatchString(f.Value) {
			f.Proof = withoutReadings(f.Proof)
		}
	}
	for _, t := range c.Tables {
		for n, column := range t.Columns {
			if !slices.Contains(openColumns, column) {
				continue
			}
			for _, r := range t.Rows {
				r[n].Proof = withoutReadings(r[n].Proof)
			}
		}
	}
}

func withoutReadings(proof []hequan.Proof) []hequan.Proof {
	return slices.DeleteFunc(slices.Clone(proof), func(p hequan.Proof) bool { return p == hequan.ProofTwoReadings })
}
