package checks

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"hequan"
	"hequan/internal/policy"
)

// BenchmarkAlike looks for near-identical pages among 1,000,000: 10,000
// applications with ten contracts of ten pages each, a thousandth of the pages
// taken from an application before.
func BenchmarkAlike(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	w := &window{}
	var before []string
	for i := range 10_000 {
		c := Case{Policy: policy.Default(), Form: &hequan.Application{ID: fmt.Sprint(i)}}
		for j := range 10 {
			d := hequan.Document{ID: fmt.Sprintf("%d/%d", i, j), Kind: hequan.KindContract, File: "合同.pdf"}
			for p := range 10 {
				picture := fmt.Sprintf("%016x", random.Uint64())
				if i > 0 && random.IntN(1000) == 0 {
					picture = before[random.IntN(len(before))]
				}
				before = append(before, picture)
				d.PageInfo = append(d.PageInfo, hequan.PageInfo{Page: p + 1, Picture: picture})
			}
			c.Documents = append(c.Documents, d)
		}
		w.members = append(w.members, &applicant{facts: newFacts(c), report: &hequan.Report{}, index: i, id: c.Form.ID})
	}
	for b.Loop() {
		for _, x := range w.members {
			x.pass = &Pass{facts: x.facts, Rule: windowDuplicateDocument}
		}
		w.rule = windowDuplicateDocument
		var from, to runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&from)
		w.alike(map[string]bool{}, "")
		runtime.ReadMemStats(&to)
		b.ReportMetric(float64(to.TotalAlloc-from.TotalAlloc)/1e6, "MB-allocated/op")
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6/1000, "µs/page")
	found := 0
	for _, x := range w.members {
		found += len(x.pass.found)
	}
	if found == 0 {
		b.Error("nothing was found")
	}
}
