package pipeline

import (
	"strings"

	"hequan"
	"hequan/internal/name"
)

// A seal's ring is seldom read exactly; it is tied to the expected name that
// it is likest to, if it is like enough and clearly liker than to any other.
const (
	leastLikeness = 0.45
	leastLead     = 0.15
)

// tieSeals says whose seals they are, as far as that can be told from the
// names that the application itself gives.
func tieSeals(form *hequan.Application, docs []hequan.Document) {
	applicants, providers := partyNames(form, docs)
	for i := range docs {
		for k := range docs[i].Seals {
			s := &docs[i].Seals[k]
			if s.Kind == "supervision" || s.Kind == "authority" {
				s.Party = "other"
				continue
			}
			a, b := bestLikeness(s.Text, applicants), bestLikeness(s.Text, providers)
			switch {
			case a >= leastLikeness && a >= b+leastLead:
				s.Party = "applicant"
			case b >= leastLikeness && b >= a+leastLead:
				s.Party = "provider"
			}
			if s.Kind == "" && s.Shape == "round" && !s.Across {
				s.Kind = "company" // nothing in its middle says otherwise
			}
		}
	}
}

// partyNames collects the names of applicant and provider: from the form, else
// from licence and contract.
func partyNames(form *hequan.Application, docs []hequan.Document) (applicants, providers []string) {
	add := func(list *[]string, n string) {
		if n = name.Normal(n); n == "" {
			return
		}
		for _, have := range *list {
			if have == n {
				return
			}
		}
		*list = append(*list, n)
	}
	add(&applicants, form.Applicant.Name)
	for _, p := range form.Providers {
		add(&providers, p.Name)
	}
	for _, d := range docs {
		for _, from := range []struct {
			kind  hequan.Kind
			field string
			list  *[]string
		}{
			{hequan.KindBusinessLicense, "name", &applicants},
			{hequan.KindContract, "party_a", &applicants}, {hequan.KindContract, "party_b", &providers},
			{hequan.KindInvoice, "buyer", &applicants}, {hequan.KindInvoice, "seller", &providers},
		} {
			if d.Kind == from.kind && len(*from.list) == 0 {
				if f := d.Field(from.field); f != nil {
					add(from.list, f.Value)
				}
			}
		}
	}
	return applicants, providers
}

func bestLikeness(ring string, names []string) float64 {
	best := 0.0
	for _, n := range names {
		best = max(best, ringLikeness(ring, n))
	}
	return best
}

// ringLikeness is the share of a name's characters that the ring shows in
// their order, each character of a rare place counting more than the endings
// that all companies share (有限公司).
func ringLikeness(ring, name string) float64 {
	a, b := []rune(strings.ToUpper(ring)), []rune(strings.ToUpper(name))
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	weight := make([]float64, len(b))
	total := 0.0
	common := commonEnding(name)
	for i := range b {
		weight[i] = 1
		if i >= len(b)-common {
			weight[i] = 0.35
		}
		total += weight[i]
	}
	best := make([]float64, len(b)+1)
	for i := range a {
		previous := 0.0
		for j := range b {
			keep := best[j+1]
			if a[i] == b[j] {
				best[j+1] = max(best[j+1], previous+weight[j])
			} else {
				best[j+1] = max(best[j+1], best[j])
			}
			previous = keep
		}
	}
	return best[len(b)] / total
}

func commonEnding(name string) int {
	for _, end := range []string{"科技股份有限公司", "科技有限责任公司", "科技有限公司", "股份有限公司", "有限责任公司", "有限公司", "公司"} {
		if strings.HasSuffix(name, end) {
			return len([]rune(end))
		}
	}
	return 0
}
