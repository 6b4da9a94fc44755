package samples

import (
	"math/rand/v2"
	"strings"
)

var filingFaults = []fault{
	{"filing.listed", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Unlisted = true
		w.Unscored = append(w.Unscored, "filing.proof_match", "filing.entity")
		return one("filing.listed", "the service is not on the list", spot{"filing", "model"})
	}},
	{"filing.proof_match", nil, proofNumber},
	{"filing.kind", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Filing.Register = "生成式人工智能服务已登记信息"
		if subtle {
			w.Filing.Register = "互联网信息服务算法备案信息"
			w.Filing.Number = "网信算备" + digits(r, 20) + "号"
		}
		w.Unscored = append(w.Unscored, "filing.proof_match")
		return review("filing.kind", "a registration or an algorithm filing, not a filing", "filing")
	}},
	{"filing.entity", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		other := strings.Replace(w.Provider.Name, w.Provider.Short, "青藜", 1)
		w.Filing.Entity, w.Listed.Entity = other, other
		return []plant{{rule: "filing.entity", expect: "review", note: "the service was filed by another company", at: []spot{{"filing", "entity"}}}}
	}},
}

// proofNumber prints a number that is not the list's.
func proofNumber(w *world, r *rand.Rand, subtle bool) []plant {
	n := w.Filing.Number
	if subtle {
		last := n[len(n)-1]
		w.Filing.Number = n[:len(n)-1] + string('0'+(last-'0'+1)%10)
	} else {
		w.Filing.Number = n[:strings.LastIndex(n, "-")+1] + "202301150021"
	}
	return one("filing.proof_match", "the proof's number is not that of the list", spot{"filing", "number"})
}
