package subsidy

import (
	"testing"

	"hequan"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

func fen(t testing.TB, s string) rmb.Fen {
	f, ok := rmb.ParseValue(s)
	if !ok {
		t.Fatalf("bad sum %q", s)
	}
	return f
}

func side(t testing.TB, name string, amounts ...string) *Side {
	s := &Side{Name: name, Known: true}
	for _, a := range amounts {
		s.Lines = append(s.Lines, Line{Label: name, Amount: fen(t, a), Year: 2026})
	}
	return s
}

func TestCompute(t *testing.T) {
	p := policy.Default()
	for _, c := range []struct {
		name                              string
		settled, invoiced, ceiling, claim string
		awarded                           string
		gross, base, capped, payable      string
	}{
		{"both agree", "460069.89", "460069.89", "470000.00", "230000.00", "", "460069.89", "460069.89", "230034.94", "23.0"},
		{"invoices less", "3180000.00", "3000000.00", "", "", "", "3000000.00", "3000000.00", "1500000.00", "150.0"},
		{"contract less", "3180000.00", "3180000.00", "3000000.00", "", "", "3000000.00", "3000000.00", "1500000.00", "150.0"},
		{"worked 318", "3180000.00", "3180000.00", "", "", "", "3180000.00", "3180000.00", "1590000.00", "159.0"},
		{"half up", "2469100.00", "2469100.00", "", "", "", "2469100.00", "2469100.00", "1234550.00", "123.5"},
		{"below the floor", "19200.00", "19200.00", "", "", "", "19200.00", "19200.00", "9600.00", "0.0"},
		{"a fen below the floor", "19999.99", "19999.99", "", "", "", "19999.99", "19999.99", "9999.99", "0.0"},
		{"at the floor", "20000.00", "20000.00", "", "", "", "20000.00", "20000.00", "10000.00", "1.0"},
		{"above the cap", "12360000.00", "12360000.00", "", "", "", "12360000.00", "12360000.00", "5000000.00", "500.0"},
		{"cap partly used", "2000000.00", "2000000.00", "", "", "4500000.00", "2000000.00", "2000000.00", "500000.00", "50.0"},
		{"claim lower", "2000000.00", "2000000.00", "", "123400.00", "", "2000000.00", "2000000.00", "1000000.00", "12.3"},
		{"claim below the floor", "2000000.00", "2000000.00", "", "9999.00", "", "2000000.00", "2000000.00", "1000000.00", "0.0"},
	} {
		in := Input{Settled: side(t, "结算额", c.settled), Invoiced: side(t, "开票额", c.invoiced), Year: 2026}
		if c.ceiling != "" {
			in.Ceiling = side(t, "合同额", c.ceiling)
		}
		if c.claim != "" {
			in.Claimed, in.HasClaim = fen(t, c.claim), true
		}
		if c.awarded != "" {
			in.Awarded = map[int]rmb.Fen{2026: fen(t, c.awarded)}
		}
		r := Compute(in, p).Report()
		if r.Gross != c.gross || r.Base != c.base || r.Capped != c.capped || r.PayableWan != c.payable || r.Unknown {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestExcluded(t *testing.T) {
	off := []hequan.Exclusion{{Amount: "65000.00", Category: "labor", Reason: "人工", Rule: "subsidy.ineligible"}}
	in := Input{Settled: side(t, "验收额", "978000.00", "65000.00"), Invoiced: side(t, "开票额", "800000.00", "243000.00"), Year: 2026}
	in.Settled.Excluded, in.Invoiced.Excluded = off, off
	r := Compute(in, policy.Default()).Report()
	if r.Gross != "1043000.00" || r.Base != "978000.00" || r.Capped != "489000.00" || r.PayableWan != "48.9" || len(r.Excluded) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestUnknown(t *testing.T) {
	if r := Compute(Input{}, policy.Default()); !r.Unknown || r.Payable != 0 {
		t.Errorf("nothing known: %+v", r)
	}
	in := Input{Settled: side(t, "结算额", "100000.00"), Invoiced: side(t, "开票额", "100000.00")}
	in.Invoiced.Known = false
	in.Invoiced.Lines[0].Amount = 0
	if r := Compute(in, policy.Default()); !r.Unknown || r.Base != in.Settled.Total() {
		t.Errorf("an invoice unread: %+v", r)
	}
}

func TestDifferences(t *testing.T) {
	in := Input{Settled: side(t, "结算额", "2469100.00"), Invoiced: side(t, "开票额", "2469100.00"), Year: 2026}
	d := Differences(in, policy.Default())
	if len(d) != 1 || d[0].Reading.Key != "rounding" || Wan(d[0].Payable) != "123.4" {
		t.Errorf("%+v", d)
	}
	in = Input{Settled: side(t, "结算额", "19960.00"), Invoiced: side(t, "开票额", "19960.00"), Year: 2026}
	if d := Differences(in, policy.Default()); len(d) != 1 || d[0].Reading.Key != "floor_on" {
		t.Errorf("%+v", d)
	}
}

func FuzzCompute(f *testing.F) {
	f.Add(int64(46006989), int64(46006989), int64(47000000), int64(100))
	f.Fuzz(func(t *testing.T, s, i, c, off int64) {
		for _, v := range []*int64{&s, &i, &c, &off} {
			*v = (*v%1e12 + 1e12) % 1e12
		}
		mk := func(v int64) *Side {
			return &Side{Name: "x", Known: true, Lines: []Line{{Amount: rmb.Fen(v)}}, Excluded: []hequan.Exclusion{{Amount: rmb.Fen(min(off, v)).String()}}}
		}
		p := policy.Default()
		r := Compute(Input{Settled: mk(s), Invoiced: mk(i), Ceiling: mk(c)}, p)
		var taken rmb.Fen
		for _, x := range r.Excluded {
			v, _ := rmb.ParseValue(x.Amount)
			taken += v
		}
		if r.Gross-taken != r.Base || r.Base > rmb.Fen(min(s, i, c)) || 2*r.Capped > r.Base || r.Capped > p.Money.Cap.Fen() {
			t.Fatalf("settled %d, invoiced %d, contract %d, off %d: %+v", s, i, c, off, r)
		}
	})
}

// TestSteps does the computation once more by the ladder alone, as a person
// with a pencil would, for several cases.
func TestSteps(t *testing.T) {
	off := []hequan.Exclusion{{Amount: "65000.00", Category: "labor", Reason: "人工", Rule: "subsidy.ineligible", Clause: "四.1"}}
	for name, in := range map[string]Input{
		"plain":     {Settled: side(t, "结算额", "8705.62", "367811.37"), Invoiced: side(t, "开票额", "376516.99"), Ceiling: side(t, "合同额", "850000.00"), Claimed: fen(t, "188000.00"), HasClaim: true, Year: 2026},
		"excluded":  {Settled: &Side{Name: "验收额", Known: true, Lines: []Line{{"甲", fen(t, "978000.00"), 2026, nil}, {"人工", fen(t, "65000.00"), 2026, nil}}, Excluded: off}, Invoiced: side(t, "开票额", "1100000.00"), Year: 2026},
		"capped":    {Settled: side(t, "结算额", "12360000.00"), Invoiced: side(t, "开票额", "12360000.00"), Year: 2026, Awarded: map[int]rmb.Fen{2026: fen(t, "4500000.00")}},
		"too small": {Settled: side(t, "结算额", "19200.00"), Invoiced: side(t, "开票额", "19200.00"), Year: 2026, Outside: []Line{{"执行期外", fen(t, "5.00"), 0, nil}}},
	} {
		r := Compute(in, policy.Default())
		at := map[string]rmb.Fen{}
		var parts, minus rmb.Fen
		for _, s := range r.Steps {
			amount := fen(t, s.Amount)
			switch s.Kind {
			case "part":
				parts += amount
			case "sum":
				if parts != amount {
					t.Errorf("%s: the parts of %s are %s, the sum %s", name, s.Name, parts, amount)
				}
				parts = 0
			case "minus":
				minus += amount
			default:
				at[s.Kind] = amount
			}
		}
		payable := min(at["base"]/2, at["cap"])
		if lower, ok := at["lower"]; ok {
			payable = min(payable, at["claim"])
			if payable != lower {
				t.Errorf("%s: the lower of claim and computation is %s, not %s", name, payable, lower)
			}
		}
		if payable < at["floor"] {
			payable = 0
		}
		payable = (payable + 50000) / 100000 * 100000 // half-up to a tenth of 万元
		if at["gross"]+minus != at["base"] || at["base"]/2 != at["share"] || min(at["share"], at["cap"]) != at["capped"] || payable != at["payable"] || at["payable"] != r.Payable {
			t.Errorf("%s: by the ladder %s; steps %+v", name, payable, r.Steps)
		}
		others := 0
		for _, s := range r.Steps {
			if s.Kind == "other" {
				others++
			}
		}
		if others != 5 {
			t.Errorf("%s: %d other readings, want 5", name, others)
		}
	}
}
