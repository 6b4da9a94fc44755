package samples

import (
	"math/rand/v2"
	"slices"

	"hequan"
)

var materialFaults = []fault{
	{"material.application_form", nil, formPart},
	{"material.business_license", nil, missing(hequan.KindBusinessLicense)},
	{"material.commitment", nil, missing(hequan.KindCommitment)},
	{"material.bank_account", nil, missing(hequan.KindBankAccount)},
	{"material.audit_report", nil, missingYear},
	{"material.contract", nil, missing(hequan.KindContract)},
	{"material.invoice", nil, missing(hequan.KindInvoice)},
	{"material.settlement", meteredModes, missing(hequan.KindSettlement)},
	{"material.usage", meteredModes, missing(hequan.KindUsage)},
	{"material.acceptance", deliveredModes, missing(hequan.KindAcceptance)},
	{"material.filing_proof", nil, missing(hequan.KindFilingProof)},
	{"material.slot_match", nil, swapped},
	{"material.readable", nil, broken},
}

// missing leaves a material out. What the sum rests on then is open.
func missing(kind hequan.Kind) func(*world, *rand.Rand, bool) []plant {
	return func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Missing = append(w.Missing, kind)
		switch kind {
		case hequan.KindContract, hequan.KindInvoice, hequan.KindSettlement, hequan.KindAcceptance:
			w.Unscored = append(w.Unscored, "subsidy.claim", "subsidy.minimum", "subsidy.ineligible", "filing.listed", "filing.proof_match", "application.usage_window", "invoice.subject")
		}
		return one("material."+string(kind), "the material was not handed in")
	}
}

// missingYear leaves out the report of one of the two years.
func missingYear(w *world, r *rand.Rand, subtle bool) []plant {
	w.NoAudit = 2024 + boolInt(subtle)
	return one("material.audit_report", "the report of one year was not handed in")
}

// formPart leaves out a part of the form.
func formPart(w *world, r *rand.Rand, subtle bool) []plant {
	w.Form.Project.Name = ""
	return []plant{{rule: "material.application_form", expect: "review", note: "the form names no project"}}
}

// swapped puts commitment and bank sheet into each other's slot.
func swapped(w *world, r *rand.Rand, subtle bool) []plant {
	if slices.Contains(w.Missing, hequan.KindCommitment) || slices.Contains(w.Missing, hequan.KindBankAccount) {
		return nil
	}
	w.Swapped = true
	expect := "fail"
	if !w.slotsGiven() { // the slot is a guess from the folder's name
		expect = "review"
	}
	return []plant{{rule: "material.slot_match", expect: expect, note: "commitment and bank sheet were uploaded to each other's slot", docs: []string{"commitment", "bank"}}}
}

// broken adds a file that can't be opened: an empty one, or a PDF cut off in its middle.
func broken(w *world, r *rand.Rand, subtle bool) []plant {
	f := brokenFile{Name: "11-其他证明材料.pdf"}
	if subtle {
		f.Data = []byte("%PDF-1.6\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n4 0 obj\n<</Length 182044/Filter/FlateDecode>>\nstream\n")
		for range 3000 {
			f.Data = append(f.Data, byte(r.IntN(256)))
		}
	}
	w.Broken = append(w.Broken, f)
	return []plant{{rule: "material.readable", expect: "fail", note: "a file cannot be opened", file: f.Name}}
}
