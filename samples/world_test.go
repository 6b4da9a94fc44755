package samples

import (
	"math/big"
	"testing"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

// everyWorld runs f on clean worlds of all modes.
func everyWorld(t *testing.T, f func(t *testing.T, seed uint64, w *world)) {
	t.Helper()
	for seed := uint64(1); seed <= 60; seed++ {
		for _, m := range hequan.Modes {
			f(t, seed, newWorld(seed, "2026H1-0001", m))
		}
	}
}

func TestCodesAreValid(t *testing.T) {
	everyWorld(t, func(t *testing.T, seed uint64, w *world) {
		for _, c := range []company{w.Applicant, w.Provider} {
			if !uscc.Valid(c.USCC) || !uscc.ValidOrg(c.USCC) {
				t.Errorf("seed %d: %s has a wrong check character", seed, c.USCC)
			}
		}
	})
}

func TestUseAgreesToTheFen(t *testing.T) {
	everyWorld(t, func(t *testing.T, seed uint64, w *world) {
		for i, s := range w.Settlements {
			perModel := map[string]rmb.Fen{}
			var sum rmb.Fen
			for _, row := range w.Usages[i].Rows {
				want := new(big.Rat).Mul(mustRat(row.Quantity), mustRat(row.Price))
				if want.Cmp(big.NewRat(int64(row.Amount), 100)) != 0 {
					t.Errorf("seed %d: %s × %s is not %s", seed, row.Quantity, row.Price, row.Amount)
				}
				perModel[row.Model] += row.Amount
				sum += row.Amount
			}
			for _, item := range s.Items {
				if perModel[item.Model] != item.Amount {
					t.Errorf("seed %d: settlement of %s is %s, its rows are %s", seed, item.Model, item.Amount, perModel[item.Model])
				}
				if got, _ := rmb.Product(item.Quantity, item.Price); got != item.Amount {
					t.Errorf("seed %d: %s × %s is not %s", seed, item.Quantity, item.Price, item.Amount)
				}
			}
			if sum != s.Total || s.Words != s.Total || w.Usages[i].Total != s.Total {
				t.Errorf("seed %d: rows %s, settlement %s", seed, sum, s.Total)
			}
			if got := w.Invoices[i].Total; got != s.Total {
				t.Errorf("seed %d: invoice %s, settlement %s", seed, got, s.Total)
			}
		}
	})
}

func TestInvoicesAddUp(t *testing.T) {
	everyWorld(t, func(t *testing.T, seed uint64, w *world) {
		var total rmb.Fen
		for _, f := range w.Invoices {
			var net, tax rmb.Fen
			for _, l := range f.Lines {
				net, tax = net+l.Amount, tax+l.Tax
				exact := new(big.Rat).Mul(big.NewRat(int64(l.Amount), 1), big.NewRat(int64(l.Rate), 100))
				diff := new(big.Rat).Sub(exact, big.NewRat(int64(l.Tax), 1))
				if diff.Abs(diff).Cmp(big.NewRat(1, 1)) > 0 {
					t.Errorf("seed %d: %s at %d %% is not %s", seed, l.Amount, l.Rate, l.Tax)
				}
			}
			if net != f.Amount || tax != f.Tax || net+tax != f.Total || f.Words != f.Total {
				t.Errorf("seed %d: invoice %s does not add up", seed, f.Number)
			}
			if !window.Contains(f.Issued) || f.Issued.After(w.Submitted) {
				t.Errorf("seed %d: invoice of %s", seed, f.Issued)
			}
			if f.digital() && (len(f.Number) != 20 || f.Number[:2] != f.Issued.String()[2:4]) {
				t.Errorf("seed %d: number %s of %s", seed, f.Number, f.Issued)
			}
			total += f.Total
		}
		if total > w.Contract.Amount {
			t.Errorf("seed %d: invoices %s exceed the contract %s", seed, total, w.Contract.Amount)
		}
		if !isMetered(w.Mode) && total != w.Contract.Amount {
			t.Errorf("seed %d: invoices %s, contract %s", seed, total, w.Contract.Amount)
		}
	})
}

// The subsidy of a clean application, computed a second time from other papers:
// from the invoices for use, from the contract for deliveries.
func TestSubsidyRecomputed(t *testing.T) {
	everyWorld(t, func(t *testing.T, seed uint64, w *world) {
		eligible := new(big.Rat)
		if isMetered(w.Mode) {
			for _, f := range w.Invoices {
				eligible.Add(eligible, mustRat(f.Total.String()))
			}
		} else {
			for _, l := range w.Contract.Items {
				switch l.Category {
				case "model", "software", "compute", "data":
					eligible.Add(eligible, new(big.Rat).Mul(mustRat(l.Price.String()), big.NewRat(int64(l.Quantity), 1)))
				}
			}
		}
		half := eligible.Mul(eligible, big.NewRat(1, 2))
		if limit := big.NewRat(5_000_000, 1); half.Cmp(limit) > 0 {
			half = limit
		}
		fen, _ := new(big.Rat).Mul(half, big.NewRat(100, 1)).Float64()
		got := w.truthSubsidy()
		if rmb.Fen(int64(fen)).String() != got.Capped {
			t.Errorf("seed %d %s: %s, recomputed %s", seed, w.Mode, got.Capped, rmb.Fen(int64(fen)))
		}
		if w.Claimed > subsidyOf(w).capped || w.Claimed < 1*rmb.Wan {
			t.Errorf("seed %d %s: claims %s of %s", seed, w.Mode, w.Claimed, got.Capped)
		}
		if got.PayableWan != payable(w.Claimed, w.Claimed) {
			t.Errorf("seed %d %s: payable %s, claimed %s", seed, w.Mode, got.PayableWan, w.Claimed)
		}
	})
}

func TestDatesInOrder(t *testing.T) {
	submission := day.Window{From: day.Must("2026-06-26"), To: day.Must("2026-07-17")}
	everyWorld(t, func(t *testing.T, seed uint64, w *world) {
		c := w.Contract
		if c.Sign.After(w.Started) || c.To.After(window.To) || c.From.Before(window.From) {
			t.Errorf("seed %d %s: signed %s, term %s to %s, used from %s", seed, w.Mode, c.Sign, c.From, c.To, w.Started)
		}
		if !window.Covers(day.Window{From: w.Started, To: w.Ended}) || !submission.Contains(w.Submitted) || w.Commitment.Date.After(w.Submitted) {
			t.Errorf("seed %d %s: used %s to %s, submitted %s", seed, w.Mode, w.Started, w.Ended, w.Submitted)
		}
		if w.Acceptance != nil && (!window.Contains(w.Acceptance.Date) || w.Acceptance.Date.Before(c.Sign)) {
			t.Errorf("seed %d %s: accepted %s", seed, w.Mode, w.Acceptance.Date)
		}
		if w.Listed.Date.After(w.Started) {
			t.Errorf("seed %d %s: filed %s, used from %s", seed, w.Mode, w.Listed.Date, w.Started)
		}
	})
}
