package extractors

import (
	"maps"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

// witnesses adds what the machine-readable parts of an invoice say: its QR
// code, and the values inside an XML, OFD or PDF. A field that was not read on
// the page is taken from them; one that agrees is proven; one that differs
// stays as printed: the difference is for a rule to find.
func witnesses(c Content, pages []hequan.Page, data map[string]string) Content {
	repairTotal(&c)
	repairSigns(&c)
	for _, p := range pages {
		for _, code := range p.Codes {
			c.set(hequan.Field{Name: "qr", Value: code.Payload, Text: code.Payload, Page: p.Info.Page, Box: code.Box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofQR}})
			qr, ok := parseQR(code.Payload)
			if !ok {
				continue
			}
			at := hequan.Field{Page: p.Info.Page, Box: code.Box, Text: code.Payload, Confidence: 0.99, Proof: []hequan.Proof{hequan.ProofQR}}
			if f := formOfQR[qr.kind]; f != "" {
				if old := c.field("form"); old == nil || sameSort(old.Value, f) && !old.Proven() { // 电子普通发票 of which 增值税 was misread
					form := at
					form.Name, form.Value = "form", f
					c.set(form)
				}
			}
			c.witness("code", qr.code, at)
			if f := c.field("number"); f != nil && len(f.Value) == 20 && len(qr.number) == 8 {
				c.drop("number") // the check code, taken for it
			}
			if f := c.field("number"); f != nil && len(f.Value) == 8 && len(qr.number) > 8 && strings.HasPrefix(qr.number, f.Value) {
				c.drop("number") // the first group of a longer one
			}
			c.witness("number", qr.number, at)
			c.witness("issue_date", qr.date, at)
			totalOfCode(&c, qr)
			settleTotals(&c, p, qr.amount)
			netOfCode(&c, qr.amount)
			// The codes of older forms hold the amount without tax, those of 数电票 the total.
			if name := map[string]string{"01": "amount", "04": "amount", "08": "amount", "10": "amount", "31": "total", "32": "total"}[qr.kind]; name != "" {
				if f := c.field(name); f == nil || f.Value == "" {
					c.witness(name, qr.amount, at)
				}
			}
			c.agree(qr.amount, hequan.ProofQR, "total", "amount")
			if len(qr.check) == 20 {
				c.witness("check_code", qr.check, at)
			}
		}
	}
	if len(data) == 0 {
		return c
	}
	at := hequan.Field{Confidence: 1, Proof: []hequan.Proof{hequan.ProofXML}}
	if len(pages) > 0 {
		at.Page = pages[0].Info.Page
	}
	for _, source := range dataSources(data) {
		for _, d := range dataNames {
			for _, name := range d.names {
				text := data[source+name]
				if v := normalData(d.field, text); v != "" {
					f := at
					f.Text = text
					c.witness(d.field, v, f)
					if name != "RequestTime" { // may be a day earlier than the invoice
						c.contradict(d.field, v, f)
					}
					break
				}
			}
		}
	}
	return c
}

// dataSources returns where the data of a file come from: "" for its own, then
// its attachments, each with a slash, by name.
func dataSources(data map[string]string) []string {
	attached := map[string]bool{}
	for key := range data {
		if i := strings.LastIndexByte(key, '/'); i >= 0 {
			attached[key[:i+1]] = true
		}
	}
	return append([]string{""}, slices.Sorted(maps.Keys(attached))...)
}

// dataNames are the names under which e-invoice XML (of 2019 and of 数电票), XBRL
// instances, OFD custom data and PDF Info keys hold a field.
var dataNames = []struct {
	field string
	names []string
}{
	{"code", []string{"发票代码", "InvoiceCode"}},
	{"number", []string{"发票号码", "InvoiceNumber", "EIid", "InvoiceNo"}},
	{"issue_date", []string{"开票日期", "IssueTime", "RequestTime", "IssueDate"}},
	{"buyer", []string{"购买方名称", "BuyerName", "NameOfPurchaser"}},
	{"buyer_tax_id", []string{"购买方纳税人识别号", "BuyerIdNum", "BuyerTaxID", "UnifiedSocialCreditCodeOfPurchaser"}},
	{"seller", []string{"销售方名称", "SellerName", "NameOfSeller"}},
	{"seller_tax_id", []string{"销售方纳税人识别号", "SellerIdNum", "SellerTaxID", "UnifiedSocialCreditCodeOfSeller"}},
	{"amount", []string{"合计金额", "TotalAmWithoutTax", "TaxExclusiveTotalAmount"}},
	{"tax", []string{"合计税额", "TotalTaxAm", "TaxTotalAmount"}},
	{"total", []string{"价税合计", "TotalTax-includedAmount", "TaxInclusiveTotalAmount"}},
	{"check_code", []string{"校验码", "InvoiceCheckCode"}},
}

func normalData(field, text string) string {
	text = strings.TrimSpace(text)
	switch field {
	case "issue_date":
		for _, f := range day.Find(text) {
			return f.Window.From.String()
		}
		return ""
	case "amount", "tax", "total":
		if f, ok := rmb.Parse(text); ok {
			return f.String()
		}
		return ""
	case "check_code", "number", "code":
		return strings.ReplaceAll(text, " ", "")
	}
	return text
}

// sameSort says whether two forms of invoice differ, and both are special, or both ordinary.
func sameSort(a, b string) bool {
	_, x, _ := strings.Cut(a, "_")
	_, y, _ := strings.Cut(b, "_")
	return a != b && x == y
}

// witness compares a value with the printed one of that name.
func (c *Content) witness(name, value string, at hequan.Field) {
	if value == "" {
		return
	}
	f := c.field(name)
	if f != nil && f.Value == value || f != nil && name == "buyer" && sameCompany(f.Value, value) || f != nil && name == "seller" && sameCompany(f.Value, value) {
		for _, p := range at.Proof {
			f.AddProof(p)
		}
		return
	}
	if f == nil || f.Value == "" || !f.Proven() && misread(f.Value, value) {
		repaired := ""
		if f != nil && f.Value != "" {
			repaired = f.Value
			if !f.Box.IsZero() {
				at.Page, at.Box, at.Text = f.Page, f.Box, f.Text
			}
		}
		at.Name, at.Value, at.Repaired = name, value, repaired
		if (name == "buyer_tax_id" || name == "seller_tax_id") && uscc.Valid(value) {
			at.AddProof(hequan.ProofCheckDigit)
		}
		c.set(at)
	}
}

// contradict keeps what the data inside a file say where another value is
// printed: as the field witness, "total=113.00", beside the printed one.
func (c *Content) contradict(name, value string, at hequan.Field) {
	f := c.field(name)
	if f == nil || f.Value == "" || f.Value == value || (name == "buyer" || name == "seller") && sameCompany(f.Value, value) {
		return
	}
	at.Name, at.Value = "witness", name+"="+value
	c.Fields = append(c.Fields, at)
}

// misread says whether an unproven reading looks like a bad reading of the
// witness's value rather than like another value: of other length. One that
// differs in a character is left as printed: it may be a forgery.
func misread(read, witness string) bool {
	return len([]rune(read)) != len([]rune(witness))
}

// agree proves the first of the named amounts that equals the value.
func (c *Content) agree(value string, p hequan.Proof, names ...string) {
	for _, n := range names {
		if f := c.field(n); f != nil && value != "" && f.Value == value {
			f.AddProof(p)
			return
		}
	}
}

// qrPayload is the text of an invoice's QR code:
// version, kind, code, number, amount, date, check code, checksum.
type qrPayload struct{ kind, code, number, amount, date, check string }

func parseQR(payload string) (qrPayload, bool) {
	parts := strings.Split(payload, ",")
	if len(parts) < 6 || strings.Contains(parts[0], ":") {
		return qrPayload{}, false
	}
	q := qrPayload{kind: parts[1], code: parts[2], number: parts[3]}
	if f, ok := rmb.Parse(parts[4]); ok {
		q.amount = f.String()
	}
	if d, ok := day.Of(parts[5]); ok {
		q.date = d.String()
	}
	if len(parts) > 6 {
		q.check = parts[6]
	}
	return q, q.number != ""
}
