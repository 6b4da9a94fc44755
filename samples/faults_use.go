package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan/internal/rmb"
)

var useFaults = []fault{
	{"usage.arithmetic", meteredModes, usageArithmetic},
}

// usageArithmetic writes a wrong amount in one usage row and carries it into
// the list's total: 50 yuan, or transposed digits.
func usageArithmetic(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Usages))
	u := &w.Usages[i]
	j := r.IntN(len(u.Rows))
	by := 50 * rmb.Yuan
	if subtle {
		by = 9 * rmb.Yuan
	}
	u.Rows[j].Amount += by
	u.Total += by
	key := fmt.Sprintf("usage:%d", i)
	return []plant{
		{rule: "usage.arithmetic", expect: "fail", note: fmt.Sprintf("a row says %d yuan more than quantity x price", by/rmb.Yuan), at: []spot{{key, fmt.Sprintf("rows.%d.amount", j)}}},
		{rule: "settlement.usage_total", expect: "fail", note: "usage adds up to more than the settlement", at: []spot{{key, "total"}, {fmt.Sprintf("settlement:%d", i), "total"}}},
	}
}
