package eval

import "math"

// Bin is the values whose confidence lies in one tenth of the scale.
type Bin struct {
	From  float64 `json:"from"`
	Count         // how many of them are right
	Sum   float64 `json:"sum"` // of the confidences
}

// Bins are ten bins of confidence, from 0 to 1.
type Bins []Bin

func newBins() Bins {
	b := make(Bins, 10)
	for i := range b {
		b[i].From = float64(i) / 10
	}
	return b
}

func (b Bins) add(confidence float64, right bool) {
	i := max(0, min(len(b)-1, int(confidence*float64(len(b)))))
	b[i].add(right)
	b[i].Sum += confidence
}

// Error is the expected calibration error: how far, on average over the
// values, a confidence lies from the share of right values among its like.
func (b Bins) Error() float64 {
	var all int
	var off float64
	for _, x := range b {
		all += x.All
		off += math.Abs(x.Sum - float64(x.Right))
	}
	if all == 0 {
		return 0
	}
	return off / float64(all)
}
