package extractors

import (
	"testing"

	"hequan"
)

// TestContradiction: what the data inside a file say otherwise than the page is
// kept beside it, what they say alike proves it, and what is not on the page
// is taken from them.
func TestContradiction(t *testing.T) {
	c := Content{Fields: []hequan.Field{
		{Name: "total", Value: "113.00", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
		{Name: "amount", Value: "100.00", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
		{Name: "issue_date", Value: "2026-01-08", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
	}}
	c = witnesses(c, nil, map[string]string{"价税合计": "¥173.00", "合计金额": "100.00", "发票号码": "26312000000012345678", "RequestTime": "2026-01-07"})
	if f := c.field("witness"); f == nil || f.Value != "total=173.00" || f.Text != "¥173.00" || !f.Proven() {
		t.Errorf("the other total is kept as %+v", f)
	}
	if f := c.field("total"); f.Value != "113.00" {
		t.Errorf("the printed total became %s", f.Value)
	}
	if f := c.field("amount"); len(f.Proof) != 2 {
		t.Errorf("the amount's proof is %v", f.Proof)
	}
	if f := c.field("number"); f == nil || f.Value != "26312000000012345678" {
		t.Errorf("the number is %+v", f)
	}
	n := 0
	for _, f := range c.Fields {
		if f.Name == "witness" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d differences, want 1: the time of a request is not the date of issue", n)
	}
}
