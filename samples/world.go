package samples

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// company is one fictitious legal person.
type company struct {
	Name, Short  string
	USCC         string
	Address      string
	Legal        string // 法定代表人
	Phone        string
	Established  day.Day
	Capital      rmb.Fen
	Bank         string
	Account      string
	SealCode     string // the 13 digits of its 公章
	ContractSeal bool   // signs contracts with its 合同专用章
}

// filing is a row of the filing list of the sample world.
type filing struct {
	Model, Entity, Number, Territory string
	Date                             day.Day
}

// world holds what the papers of one application say. Each paper has its own
// copy of what it prints, so that a fault can make one of them differ.
type world struct {
	ID        string
	Mode      hequan.Mode
	Submitted day.Day
	Applicant company
	Provider  company
	Project   string
	Domain    string
	Started   day.Day
	Ended     day.Day
	Models    []model // used and priced
	Claimed   rmb.Fen

	Form        hequan.Application
	License     license
	Commitment  commitment
	Bank        bankSheet
	Audits      []audit
	Contract    contract
	Invoices    []invoice
	Settlements []settlement
	Usages      []usage // one beside each settlement
	Acceptance  *acceptance
	Filing      filingProof
	Listed      filing // the row of the list

	seed        uint64
	Family      string // of layouts
	PrintedForm bool   // the online form was printed and handed in as well
	OneScan     bool   // one file holds all papers
	SealFaces   bool   // seals are cut in various typefaces
	Notes       int    // pages of notes behind each audit report
	brand       brand
	large       bool
	Window      string        // of applications handed in together; empty: alone
	Twin        *sealTwin     // a seal that was pasted a second time
	Overlays    []overlay     // text drawn over a scan
	Signed      *signing      // a paper that is electronic and signed as such
	Daily       bool          // usage lists go by the day
	Naming      int           // how files are named, see naming.go
	Missing     []hequan.Kind // materials left out by a fault
	NoAudit     int           // year whose audit report is left out; 0: none
	Scans       []scanFault   // pages spoilt by a fault
	DPI         int           // all scans by office scanners of that resolution; 0: by all sorts of them, and photographed
	Repeated    string        // paper whose last page was scanned twice
	Swapped     bool          // commitment and bank sheet are in each other's slot
	Broken      []brokenFile  // files that can't be opened
	Unlisted    bool          // the model is not on the filing list
	NoSubsidy   bool          // a fault leaves the sum open
	Unscored    []string      // rules whose outcome a fault leaves open
}

// stream returns a source of random numbers of its own for one purpose, so
// that a change in one paper leaves the others as they were.
func stream(seed uint64, purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// pick returns one of the choices.
func pick[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }

// between returns a whole number from lo to hi, both included.
func between(r *rand.Rand, lo, hi int) int { return lo + r.IntN(hi-lo+1) }

// digits returns n decimal digits, the first of them not 0.
func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	if n > 0 && b[0] == '0' {
		b[0] = byte('1' + r.IntN(9))
	}
	return string(b)
}

// newWorld builds a clean application of the mode.
func newWorld(seed uint64, id string, mode hequan.Mode) *world {
	return newWorldLike(seed, id, mode, like{})
}

// like says what a world has in common with another one.
type like struct {
	applicant   func(own company) company // nil: its own
	project     string
	domain      string
	counterpart *world // whose provider and model it buys from
	large       bool   // sums of millions
	unlisted    bool   // of a brand that no other application is of
}

// newWorldLike is newWorld, but for what it has in common with another world.
func newWorldLike(seed uint64, id string, mode hequan.Mode, o like) *world {
	r := stream(seed, "world")
	w := &world{ID: id, Mode: mode, seed: seed, large: o.large}
	d := pick(r, domains...)
	w.Domain, w.Project = d.name, pick(r, d.projects...)
	if o.project != "" {
		w.Domain, w.Project = o.domain, o.project
	}
	w.Applicant = newApplicant(r, d)
	if o.applicant != nil {
		w.Applicant = o.applicant(w.Applicant)
	}
	w.Provider, w.brand = newProvider(r, o.unlisted)
	w.Listed = newFiling(r, w.Provider, w.brand)
	if x := o.counterpart; x != nil {
		w.Provider, w.brand, w.Listed = x.Provider, x.brand, x.Listed
	}
	b := w.brand
	w.Submitted = day.Must("2026-06-26").AddDays(r.IntN(22))
	switch mode {
	case hequan.ModeAPI, hequan.ModeCloud:
		w.metered(stream(seed, "use"), b)
	default:
		w.delivered(stream(seed, "delivery"), b)
	}
	w.Contract.Long = stream(seed, "length").IntN(4) == 0
	w.Claimed = claim(w)
	w.sideMaterials(stream(seed, "side"))
	w.Naming = r.IntN(namings)
	w.fillForm()
	return w
}

// fillForm writes the online form from the world.
func (w *world) fillForm() {
	w.Form = hequan.Application{
		ID:          w.ID,
		SubmittedAt: w.Submitted.String(),
		Applicant: hequan.Party{Name: w.Applicant.Name, USCC: w.Applicant.USCC, Established: w.Applicant.Established.String(),
			Address: w.Applicant.Address, LegalRepresentative: w.Applicant.Legal, Phone: w.Applicant.Phone},
		Project: hequan.Project{Name: w.Project, Mode: w.Mode, Domain: w.Domain,
			Started: w.Started.String(), Ended: w.Ended.String()},
		Providers:     []hequan.Party{{Name: w.Provider.Name, USCC: w.Provider.USCC}},
		Models:        []string{w.Listed.Model},
		Bank:          hequan.BankAccount{AccountName: w.Applicant.Name, Bank: w.Applicant.Bank, Account: w.Applicant.Account},
		ClaimedAmount: hequan.Amount(w.Claimed.String()),
		Present:       true,
	}
}

// contractNumber invents a number in one of the usual forms.
func contractNumber(r *rand.Rand, sign day.Day) string {
	s := sign.String()
	y := s[:4]
	compact := y + s[5:7] + s[8:10]
	switch r.IntN(4) {
	case 0:
		return fmt.Sprintf("%s-HT-%s%s", pick(r, "YL", "JH", "XK", "ZT"), s[2:4], digits(r, 4))
	case 1:
		return fmt.Sprintf("%s%s%02d", pick(r, "DLZF", "CGHT", "RJFW"), compact, between(r, 1, 60))
	case 2:
		return fmt.Sprintf("%s-%s-%s", pick(r, "MACM", "AIMS", "LLM"), y, digits(r, 4))
	}
	return fmt.Sprintf("%s〔%s〕%03d号", pick(r, "采合字", "技服字", "信合字"), y, between(r, 3, 320))
}
