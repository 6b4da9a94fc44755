package samples

import (
	"math/rand/v2"
)

var applicantFaults = []fault{
	{"applicant.established", nil, established},
}

// established lets the licence and the form disagree about the founding date.
func established(w *world, r *rand.Rand, subtle bool) []plant {
	if subtle {
		w.Form.Applicant.Established = w.License.Established.AddDays(pick(r, -1, 1, 9)).String()
	} else {
		w.Form.Applicant.Established = w.License.Established.AddMonths(pick(r, -2, 3, 13)).String()
	}
	return one("applicant.established", "founding date of the licence is not that of the form", spot{"license", "established"})
}
