package seal

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNthLargest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 50 {
		values := make([]float32, 40+r.IntN(100))
		for i := range values {
			values[i] = float32(r.IntN(60)) / 10
		}
		sorted := slices.Sorted(slices.Values(values))
		for _, n := range []int{1, 7, 40} {
			if got, want := nthLargest(values, n), sorted[len(sorted)-n]; got != want {
				t.Errorf("%d-th of %v: %v, want %v", n, values, got, want)
			}
		}
	}
}
