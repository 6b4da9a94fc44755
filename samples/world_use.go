package samples

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// model is a model with its price in the contract.
type model struct {
	Name  string
	Unit  string // what is counted: 百万tokens …
	Price string // yuan a unit, decimal
	Step  string // quantities are whole multiples of it, so that every amount is whole fen
}

// use is one row of a usage list, and one line of a settlement.
type use struct {
	Month    string // 2025-09, or 2025-09-01 in a list by the day; empty in a settlement
	Model    string
	Unit     string
	Quantity string // decimal
	Price    string
	Amount   rmb.Fen
}

type settlement struct {
	Number, Customer, Provider string
	From, To, Date             day.Day
	Items                      []use
	Total, Words               rmb.Fen // Words: what the 大写 says
	Seal                       string  // name on the provider's seal
	SealKind                   string
}

type usage struct {
	Customer, Provider string
	From, To           day.Day
	Rows               []use
	Total              rmb.Fen
}

var meters = []model{
	{Unit: "百万tokens", Price: "2", Step: "0.01"}, {Unit: "百万tokens", Price: "4", Step: "0.01"}, {Unit: "百万tokens", Price: "12", Step: "0.01"},
	{Unit: "千tokens", Price: "0.002", Step: "5"}, {Unit: "千tokens", Price: "0.008", Step: "5"}, {Unit: "千tokens", Price: "0.02", Step: "0.5"},
	{Unit: "万tokens", Price: "0.02", Step: "0.5"}, {Unit: "万tokens", Price: "0.08", Step: "0.5"},
}

// metered writes contract, settlements, usage lists and invoices of api and cloud.
func (w *world) metered(r *rand.Rand, b brand) {
	unit := pick(r, "百万tokens", "千tokens", "万tokens")
	variants := []string{"-Pro", "-Lite-32k", "-Max", "-Turbo"}
	r.Shuffle(len(variants), func(i, j int) { variants[i], variants[j] = variants[j], variants[i] })
	var prices []model
	for _, m := range meters {
		if m.Unit == unit {
			prices = append(prices, m)
		}
	}
	r.Shuffle(len(prices), func(i, j int) { prices[i], prices[j] = prices[j], prices[i] })
	n := between(r, 1, 2)
	for i := range n {
		m := prices[i]
		m.Name = b.zh + variants[i]
		w.Models = append(w.Models, m)
	}
	start := day.Must("2025-09-01").AddMonths(r.IntN(2))
	lastMonth := pick(r, 4, 5)
	end, _ := day.Month(2026, lastMonth)
	w.Started, w.Ended = start, end.To
	halves := []day.Window{{From: start, To: day.Must("2025-12-31")}, {From: day.Must("2026-01-01"), To: end.To}}
	budget := between(r, 60, 900) * 1000 // yuan a half-year, about
	if w.large {
		budget = between(r, 3500, 4200) * 1000
	}
	w.Daily = n == 1 && r.IntN(3) == 0
	var sum rmb.Fen
	for _, h := range halves {
		w.addPeriod(r, h, budget, &sum)
	}
	sign := start.AddDays(-between(r, 3, 18))
	w.Contract = w.newContract(r, sign)
	w.Contract.Prices = append([]model(nil), w.Models...)
	w.Contract.Amount = (sum/(10000*rmb.Yuan) + rmb.Fen(between(r, 1, 6))) * 10000 * rmb.Yuan
	w.Contract.Words = w.Contract.Amount
	w.Contract.Framework = r.IntN(3) == 0
	w.Contract.From, w.Contract.To = start, day.Must("2026-06-30")
	for i := range w.Settlements {
		s := &w.Settlements[i]
		issued := s.Date.AddDays(between(r, 1, 9))
		w.Invoices = append(w.Invoices, w.serviceInvoice(r, issued, s.Items))
	}
}

// addPeriod writes a usage list and its settlement for a stretch of whole months.
func (w *world) addPeriod(r *rand.Rand, h day.Window, budget int, sum *rmb.Fen) {
	u := usage{Customer: w.Applicant.Name, Provider: w.Provider.Name, From: h.From, To: h.To}
	s := settlement{Customer: u.Customer, Provider: u.Provider, From: h.From, To: h.To, Date: h.To.AddDays(between(r, 1, 6)), Seal: w.Provider.Name, SealKind: "company"}
	next, layout := func(d day.Day) day.Day { return d.AddMonths(1) }, 7
	if w.Daily {
		next, layout = func(d day.Day) day.Day { return d.AddDays(1) }, 10
	}
	rows := 0
	for d := h.From; !d.After(h.To); d = next(d) {
		rows++
	}
	totals := make([]*big.Rat, len(w.Models))
	amounts := make([]rmb.Fen, len(w.Models))
	for d := h.From; !d.After(h.To); d = next(d) {
		for i, m := range w.Models {
			yuan := float64(budget) / float64(rows*len(w.Models)) * (0.5 + r.Float64())
			q := quantityFor(yuan, m)
			row := use{Month: d.String()[:layout], Model: m.Name, Unit: m.Unit, Quantity: q, Price: m.Price}
			row.Amount, _ = rmb.Product(q, m.Price)
			u.Rows = append(u.Rows, row)
			if totals[i] == nil {
				totals[i] = new(big.Rat)
			}
			x, _ := new(big.Rat).SetString(q)
			totals[i].Add(totals[i], x)
			amounts[i] += row.Amount
			u.Total += row.Amount
		}
	}
	for i, m := range w.Models {
		s.Items = append(s.Items, use{Model: m.Name, Unit: m.Unit, Quantity: plain(totals[i]), Price: m.Price, Amount: amounts[i]})
	}
	s.Total, s.Words = u.Total, u.Total
	end := h.To.String()
	s.Number = fmt.Sprintf("JS%s%s%s", end[:4], end[5:7], digits(r, 6))
	*sum += u.Total
	w.Usages = append(w.Usages, u)
	w.Settlements = append(w.Settlements, s)
}

// quantityFor is the quantity, a multiple of the model's step, worth about so many yuan.
func quantityFor(yuan float64, m model) string {
	price, _ := new(big.Rat).SetString(m.Price)
	step, _ := new(big.Rat).SetString(m.Step)
	p, _ := price.Float64()
	s, _ := step.Float64()
	n := int64(yuan / p / s)
	return plain(new(big.Rat).Mul(big.NewRat(n, 1), step))
}

// plain writes a number of few decimals without trailing zeros.
func plain(x *big.Rat) string {
	for n := range 8 {
		s := x.FloatString(n)
		if y, ok := new(big.Rat).SetString(s); ok && y.Cmp(x) == 0 {
			return s
		}
	}
	return x.FloatString(8)
}

func (w *world) callingWords(r *rand.Rand) string {
	switch w.Mode {
	case hequan.ModeAPI:
		return pick(r, "API接口调用", "通过API接口调用的方式", "API接口调用（公网HTTPS）")
	case hequan.ModeCloud:
		return pick(r, "云化部署", "云化部署（专属云实例）", "以云化部署方式提供")
	case hequan.ModePrivate:
		return pick(r, "私有化部署", "在{A}机房私有化部署")
	}
	return pick(r, "大模型一体机", "采购大模型一体机")
}
