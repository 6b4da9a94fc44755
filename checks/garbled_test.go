package checks

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hequan"
)

// TestGarbled asserts that no reading, however wrong, breaks a rule or the
// computation: whatever stands in fields and cells, every rule answers.
func TestGarbled(t *testing.T) {
	values := []string{"", "0", "-1", "9223372036854775807", "99999999999999999999.99", "2026-02-31", "9999-12-31", "一二三", "，", "%!d", "tokens", "NaN", "1e9", "壹元", "01,,,,,", "\x00"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		mode := hequan.Modes[seed%4]
		c := build(t, []byte("base: "+string(mode)))
		garble := func() string { return values[r.IntN(len(values))] }
		for i := range c.Documents {
			d := &c.Documents[i]
			for j := range d.Fields {
				if r.IntN(4) == 0 {
					d.Fields[j].Value, d.Fields[j].Text = garble(), garble()
				}
			}
			for _, tb := range d.Tables {
				for _, row := range tb.Rows {
					for k := range row {
						if r.IntN(6) == 0 {
							row[k].Value, row[k].Text = garble(), garble()
						}
					}
				}
				for k := range tb.Rows {
					if r.IntN(10) == 0 {
						tb.Rows[k] = tb.Rows[k][:r.IntN(len(tb.Rows[k])+1)]
					}
				}
			}
			if r.IntN(10) == 0 {
				d.PageInfo = nil
			}
			if r.IntN(10) == 0 {
				d.Pages = [2]int{0, 0}
			}
			if r.IntN(20) == 0 {
				d.Kind = hequan.Kinds[r.IntN(len(hequan.Kinds))].Kind
			}
		}
		c.Form.ClaimedAmount = hequan.Amount(garble())
		c.Form.SubmittedAt = garble()
		report := Judge(c)
		for _, f := range report.Findings {
			if strings.Contains(f.Message, "内部错误") {
				t.Errorf("seed %d: %s: %s", seed, f.Rule, f.Message)
			}
		}
		for _, rule := range All() {
			if tell(report, rule.ID) == "" {
				t.Errorf("seed %d: %s says nothing", seed, rule.ID)
			}
		}
	}
}
