package samples

import (
	"math/rand/v2"
	"slices"
	"strings"

	"hequan"
)

// windowFault is planted in two applications of one window: the second has
// something in common with the first that it should not have.
type windowFault struct {
	rule, expect, note string
	large              bool
	// second makes the second application.
	second func(first *world, seed uint64, id string, mode hequan.Mode, subtle bool) *world
	// at names the places in either application.
	at func(w *world, subtle bool) []spot
}

var windowFaults = []windowFault{
	{rule: "window.duplicate_project", expect: "fail", note: "the same project is applied for in another application",
		second: func(first *world, seed uint64, id string, _ hequan.Mode, subtle bool) *world {
			mode := first.Mode
			if subtle { // under another mode
				mode = hequan.Modes[(slices.Index(hequan.Modes, mode)+1)%len(hequan.Modes)]
			}
			return newWorldLike(seed, id, mode, like{applicant: sameAs(first), project: first.Project, domain: first.Domain})
		}},
	{rule: "window.duplicate_document", expect: "fail", note: "a number stands on a paper of another application as well",
		second: func(first *world, seed uint64, id string, mode hequan.Mode, subtle bool) *world {
			if subtle {
				w := newWorldLike(seed, id, mode, like{counterpart: first})
				w.Contract.Number = first.Contract.Number
				return w
			}
			w := newWorldLike(seed, id, mode, like{})
			f, of := &w.Invoices[0], first.Invoices[0]
			f.Form, f.Code, f.CheckCode, f.Number, f.Issued = of.Form, of.Code, of.CheckCode, of.Number, of.Issued
			f.QR = f.payload("3A7C")
			return w
		},
		at: func(w *world, subtle bool) []spot {
			if subtle {
				return []spot{{"contract", "number"}}
			}
			return []spot{{invoiceKey(0), "number"}}
		}},
	{rule: "window.year_cap", expect: "review", note: "the applicant's applications together exceed the cap of the year", large: true,
		second: func(first *world, seed uint64, id string, mode hequan.Mode, subtle bool) *world {
			w := newWorldLike(seed, id, mode, like{applicant: sameAs(first), large: true})
			w.Project += "（二期）"
			w.Form.Project.Name, w.Commitment.Project = w.Project, w.Project
			if w.Acceptance != nil {
				w.Acceptance.Project = w.Project
			}
			return w
		}},
	{rule: "window.shared_traces", expect: "review", note: "two applicants share an account, or a telephone",
		second: func(first *world, seed uint64, id string, mode hequan.Mode, subtle bool) *world {
			return newWorldLike(seed, id, mode, like{applicant: func(own company) company {
				if subtle {
					own.Phone = first.Applicant.Phone
				} else {
					own.Bank, own.Account = first.Applicant.Bank, first.Applicant.Account
				}
				return own
			}})
		},
		at: func(w *world, subtle bool) []spot {
			if subtle {
				return nil // it stands in the form
			}
			return []spot{{"bank", "account"}}
		}},
}

func sameAs(first *world) func(company) company {
	return func(company) company { return first.Applicant }
}

func findWindowFault(rule string) *windowFault {
	for i := range windowFaults {
		if windowFaults[i].rule == strings.TrimSpace(rule) {
			return &windowFaults[i]
		}
	}
	return nil
}

// member makes the i-th application of a set in which the fault is planted.
func (f *windowFault) member(o Options, i int, id string) (*world, []plant) {
	lead := i - i%2
	first := newWorldLike(o.seedOf(lead), idOf(o, lead), o.Modes[lead%len(o.Modes)], like{large: f.large})
	w := first
	if i != lead {
		w = f.second(first, o.seedOf(i), id, o.Modes[i%len(o.Modes)], o.Subtle)
	}
	w.Window = idOf(o, lead)
	p := plant{rule: f.rule, expect: f.expect, note: f.note}
	if f.at != nil {
		p.at = f.at(w, o.Subtle)
	}
	return w, []plant{p}
}

// alteredFaults are traces of a paper's having been worked on.
var alteredFaults = []fault{
	{"document.altered", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		if subtle {
			w.upright("bank")
			w.Overlays = append(w.Overlays, overlay{"bank", "account"})
			return []plant{{rule: "document.altered", expect: "review", note: "the account is drawn over the scan", at: []spot{{"bank", "account"}}}}
		}
		w.upright("commitment")
		w.Twin = &sealTwin{"commitment", "heading"}
		return []plant{{rule: "document.altered", expect: "review", note: "the very same picture of a seal stands twice", at: []spot{{"commitment", "seal:last"}}}}
	}},
}
