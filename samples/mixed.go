package samples

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"hequan"
)

// choice is a fault that was chosen, with the stream that it draws from.
type choice struct {
	fault  fault
	subtle bool
	turn   int
}

// unmixed are the faults that are planted by name only: without a mode most
// rules say nothing; a signed contract came after the sets whose figures stand
// in the documentation were drawn.
var unmixed = []string{"application.mode", "document.signature"}

// mixed makes an application with one to three faults that do not hide each
// other. fresh makes the application without any.
func mixed(seed uint64, fresh func(like) *world) (*world, []plant) {
	r := stream(seed, "faults")
	faults := slices.DeleteFunc(allFaults(), func(f fault) bool { return slices.Contains(unmixed, f.rule) })
	want := between(r, 1, 3)
	var chosen []choice
	w, planted := fresh(like{}), []plant(nil)
	for turn := 0; len(chosen) < want && turn < 60; turn++ {
		c := choice{faults[r.IntN(len(faults))], r.IntN(2) == 0, turn}
		if slices.ContainsFunc(chosen, func(x choice) bool { return kindOfRule(x.fault.rule) == kindOfRule(c.fault.rule) }) {
			continue
		}
		if tried, all := replay(seed, fresh, append(slices.Clone(chosen), c)); all != nil && !hidden(tried, all) {
			chosen, w, planted = append(chosen, c), tried, all
		}
	}
	return w, planted
}

// replay plants the chosen faults in a fresh application; nil where one of
// them finds no opportunity.
func replay(seed uint64, fresh func(like) *world, chosen []choice) (*world, []plant) {
	unlisted := slices.ContainsFunc(chosen, func(c choice) bool { return c.fault.rule == "filing.listed" })
	w := fresh(like{unlisted: unlisted})
	var out []plant
	for _, c := range chosen {
		more := w.plant(c.fault, streamOf(seed, c.turn), c.subtle)
		if len(more) == 0 {
			return nil, nil
		}
		out = append(out, more...)
	}
	return w, out
}

func streamOf(seed uint64, turn int) *rand.Rand { return stream(seed, fmt.Sprintf("fault %d", turn)) }

// hidden says whether one fault takes away what another is seen by: a
// material that was not handed in, or a rule that is planted twice or left open.
func hidden(w *world, planted []plant) bool {
	rules := map[string]string{}
	for _, p := range planted {
		if old, ok := rules[p.rule]; ok && old != p.expect {
			return true
		}
		rules[p.rule] = p.expect
		if slices.Contains(w.Unscored, p.rule) && !strings.HasPrefix(p.rule, "subsidy.") {
			return true
		}
		for _, s := range p.at {
			if slices.Contains(w.Missing, kindOfKey(s.key)) {
				return true
			}
		}
		// The report of a year that is left out shows nothing either.
		if w.NoAudit != 0 && p.rule != "material.audit_report" && (kindOfRule(p.rule) == string(hequan.KindAuditReport) || strings.HasPrefix(p.note, "follows from audit_report.")) {
			return true
		}
		for _, key := range p.docs {
			if slices.Contains(w.Missing, kindOfKey(key)) {
				return true
			}
		}
		if k := hequan.Kind(kindOfRule(p.rule)); slices.Contains(w.Missing, k) {
			return true
		}
	}
	// What the sum and most comparisons rest on is missing alone.
	return len(planted) > 1 && slices.ContainsFunc(w.Missing, func(k hequan.Kind) bool {
		return k == hequan.KindContract || k == hequan.KindInvoice || k == hequan.KindSettlement || k == hequan.KindUsage || k == hequan.KindAcceptance
	})
}

func kindOfRule(rule string) string {
	kind, _, _ := strings.Cut(rule, ".")
	return kind
}

// kindOfKey is the kind of the paper with that key.
func kindOfKey(key string) hequan.Kind {
	kind, _, _ := strings.Cut(key, ":")
	if k, ok := map[string]hequan.Kind{"form": hequan.KindApplicationForm, "license": hequan.KindBusinessLicense, "bank": hequan.KindBankAccount, "audit": hequan.KindAuditReport, "filing": hequan.KindFilingProof}[kind]; ok {
		return k
	}
	return hequan.Kind(kind)
}
