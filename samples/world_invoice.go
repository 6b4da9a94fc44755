package samples

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

// invoice is one 增值税发票.
type invoice struct {
	Form                string // as in the contract of the report: vat_special …
	Code, Number        string
	Issued              day.Day
	Buyer, BuyerID      string
	BuyerContact        string // address and telephone, bank and account: old forms only
	BuyerBank           string
	Seller, SellerID    string
	SellerContact       string
	SellerBank          string
	Lines               []taxLine
	Amount, Tax, Total  rmb.Fen
	Words               rmb.Fen
	CheckCode           string
	QR                  string
	Clerk, Payee, Check string
	Remark              string
	NoSeal              bool
	Void                bool // stamped 作废
}

// taxLine is one line of an invoice; Amount is without tax.
type taxLine struct {
	Name, Spec, Unit, Quantity string
	Price                      string // without tax
	Amount, Tax                rmb.Fen
	Rate                       int    // percent
	Category                   string // of the contract's item
}

func (f invoice) digital() bool { return strings.HasPrefix(f.Form, "digital") }

// newInvoice fills the parties and the numbers.
func (w *world) newInvoice(r *rand.Rand, form string, issued day.Day) invoice {
	a, p := w.Applicant, w.Provider
	f := invoice{Form: form, Issued: issued, Buyer: a.Name, BuyerID: a.USCC, Seller: p.Name, SellerID: p.USCC,
		BuyerContact: a.Address + " " + a.Phone, BuyerBank: a.Bank + " " + a.Account,
		SellerContact: p.Address + " " + p.Phone, SellerBank: p.Bank + " " + p.Account,
		Clerk: personName(r), Payee: personName(r), Check: personName(r)}
	province := placeOf(p.USCC)
	if f.digital() {
		f.Number = issued.String()[2:4] + province.tax + pick(r, "2", "1") + digits(r, 15)
		return f
	}
	f.Number = fmt.Sprintf("%08d", between(r, 1200000, 89999999))
	if form == "vat_ordinary" || strings.HasPrefix(form, "e_") {
		f.Code = "0" + p.USCC[2:4] + "00" + issued.String()[2:4] + "001" + map[string]string{"vat_ordinary": "04", "e_ordinary": "11", "e_special": "13"}[form]
		f.CheckCode = digits(r, 20)
		return f
	}
	f.Code = p.USCC[2:4] + "00" + "24" + pick(r, "1", "2", "3") + "1" + pick(r, "30", "20")
	return f
}

// taxed makes a line of a gross amount: the net is rounded, the tax is the rest.
func taxed(name, unit, quantity string, gross rmb.Fen, percent int, category string) taxLine {
	net, _ := rmb.Round(new(big.Rat).Quo(big.NewRat(int64(gross), 100), big.NewRat(int64(100+percent), 100)))
	l := taxLine{Name: name, Unit: unit, Quantity: quantity, Amount: net, Tax: gross - net, Rate: percent, Category: category}
	if q, ok := new(big.Rat).SetString(quantity); ok && q.Sign() > 0 {
		each := new(big.Rat).Quo(big.NewRat(int64(net), 100), q)
		l.Price = strings.TrimRight(each.FloatString(6), "0")
		if each.Cmp(mustRat(each.FloatString(2))) == 0 {
			l.Price = each.FloatString(2)
		}
	}
	return l
}

func mustRat(s string) *big.Rat {
	x, _ := new(big.Rat).SetString(s)
	return x
}

// finish adds up the lines and writes the QR payload.
func (f invoice) finish(r *rand.Rand) invoice {
	f.Amount, f.Tax = 0, 0
	for _, l := range f.Lines {
		f.Amount += l.Amount
		f.Tax += l.Tax
	}
	f.Total = f.Amount + f.Tax
	f.Words = f.Total
	f.QR = f.payload(fmt.Sprintf("%04X", r.IntN(1<<16)))
	return f
}

// payload is the QR code's text: the old forms carry the net, the 数电票 the total.
func (f invoice) payload(crc string) string {
	date := strings.ReplaceAll(f.Issued.String(), "-", "")
	switch f.Form {
	case "digital_special":
		return fmt.Sprintf("01,31,,%s,%s,%s,,%s", f.Number, f.Total, date, crc)
	case "digital_ordinary":
		return fmt.Sprintf("01,32,,%s,%s,%s,,%s", f.Number, f.Total, date, crc)
	}
	kind := map[string]string{"vat_special": "01", "vat_ordinary": "04", "e_special": "08", "e_ordinary": "10"}[f.Form]
	return fmt.Sprintf("01,%s,%s,%s,%s,%s,%s,%s", kind, f.Code, f.Number, f.Amount, date, f.CheckCode, crc)
}

// serviceInvoice bills settled use at 6 %.
func (w *world) serviceInvoice(r *rand.Rand, issued day.Day, items []use) invoice {
	f := w.newInvoice(r, pick(r, "digital_special", "digital_special", "digital_ordinary", "digital_special", "e_ordinary", "e_special"), issued)
	kind := pick(r, "*信息技术服务*", "*信息系统服务*", "*信息技术服务*")
	for _, u := range items {
		name := kind + u.Model + pick(r, "模型接口调用费", "大模型推理服务费", "模型服务费")
		f.Lines = append(f.Lines, taxed(name, pick(r, "项", "次", ""), "1", u.Amount, 6, "model"))
		if f.Lines[len(f.Lines)-1].Unit == "" {
			f.Lines[len(f.Lines)-1].Quantity, f.Lines[len(f.Lines)-1].Price = "", ""
		}
	}
	return f.finish(r)
}

// goodsInvoice bills software and hardware at 13 %.
func (w *world) goodsInvoice(r *rand.Rand, issued day.Day, items []line) invoice {
	f := w.newInvoice(r, pick(r, "vat_special", "digital_special", "digital_special", "vat_ordinary", "e_ordinary", "e_special"), issued)
	for _, l := range items {
		kind := "*软件*"
		if l.Category == "hardware" {
			kind = "*计算机*"
		}
		f.Lines = append(f.Lines, taxed(kind+l.Name, l.Unit, fmt.Sprint(l.Quantity), l.Amount, 13, l.Category))
	}
	return f.finish(r)
}

// servicesInvoice bills computing, data and labour at 6 %.
func (w *world) servicesInvoice(r *rand.Rand, issued day.Day, items []line) invoice {
	f := w.newInvoice(r, "digital_special", issued)
	for _, l := range items {
		kind := "*信息技术服务*"
		if l.Category == "labor" {
			kind = "*研发和技术服务*"
		}
		f.Lines = append(f.Lines, taxed(kind+l.Name, l.Unit, fmt.Sprint(l.Quantity), l.Amount, 6, l.Category))
	}
	return f.finish(r)
}
