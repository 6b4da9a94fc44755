package extractors

import (
	"math/big"
	"sort"
	"strconv"
)

var rmb100 = big.NewRat(100, 1)

func trimZeros(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// quantile returns the value below which the share q of the values lies.
func quantile(values []float64, q float64) float64 {
	s := append([]float64(nil), values...)
	sort.Float64s(s)
	return s[int(q*float64(len(s)-1))]
}
