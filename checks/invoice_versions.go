package checks

import (
	"fmt"
	"path"
	"strings"

	"hequan"
	"hequan/internal/name"
)

// An electronic invoice is one invoice in several forms: the XML, the OFD and
// the PDF that the tax bureau delivers, and what is printed of them.

// invoiceFile is the form a document has: xml, ofd or pdf where it is an
// electronic original, scan where it is a picture.
func invoiceFile(d *hequan.Document) string {
	for _, i := range d.PageInfo {
		if i.Source != hequan.SourceDigital {
			return "scan"
		}
	}
	return strings.TrimPrefix(strings.ToLower(path.Ext(d.File)), ".")
}

// sameInvoice says whether two documents are one electronic invoice in two of
// its electronic forms.
func sameInvoice(p *Pass, a, b *hequan.Document) bool {
	fa, fb := invoiceFile(a), invoiceFile(b)
	return fa != fb && fa != "scan" && fb != "scan" && invoiceKey(p, a) != "" && invoiceKey(p, a) == invoiceKey(p, b)
}

// compared are the fields in which all forms of one invoice agree.
var compared = []string{"issue_date", "buyer", "buyer_tax_id", "seller", "seller_tax_id", "amount", "tax", "total"}

// compareWitnesses holds what the other forms of an invoice say, and the data
// inside its own file, against what stands on the page.
func (p *Pass) compareWitnesses(action string) {
	for _, w := range p.All(p.Doc, "witness") {
		field, value, _ := strings.Cut(w.Value, "=")
		if printed, at, ok := p.Peek(p.Doc, field); ok {
			w.doubt = ""
			p.sameWitness(field, "票面", printed, "文件内电子数据", value, action, at, w)
		}
	}
	for _, d := range p.Docs(hequan.KindInvoice) {
		if d == p.Doc || compareDocuments(*d, *p.Doc) > 0 || !sameInvoice(p, d, p.Doc) {
			continue
		}
		for _, field := range compared {
			a, aAt, ok1 := p.Peek(d, field)
			b, bAt, ok2 := p.Peek(p.Doc, field)
			if ok1 && ok2 {
				p.sameWitness(field, "“"+p.Doc.File+"”", b, "“"+d.File+"”", a, action, bAt, aAt)
			}
		}
	}
}

func (p *Pass) sameWitness(field, here, a, there, b, action string, at ...At) {
	word := fieldName(hequan.KindInvoice, field)
	ok := a == b
	if field == "buyer" || field == "seller" {
		ok = name.Equal(a, b)
	}
	if !p.Holds(ok, fmt.Sprintf("%s的%s %s = %s的 %s", here, word, a, there, b), at...) {
		p.Fail(fmt.Sprintf("%s的%s %s 与%s的 %s 不一致", here, word, a, there, b), action, at...)
	}
}
