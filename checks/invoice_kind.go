package checks

import (
	"fmt"
	"regexp"
	"strings"

	"hequan"
)

var invoiceKind = &Rule{
	ID: "invoice.kind", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "是可以作为凭证的增值税发票",
	Doc:   "It is a VAT invoice that counts: no receipt, pro-forma, bank slip, void or cancelled invoice (field kind_note). Kinds not foreseen are a review.",
	Needs: []Need{{hequan.KindInvoice, "form"}, {hequan.KindInvoice, "kind_note"}},
	Run: func(p *Pass) {
		const action = "请提交有效的增值税发票"
		if note, at, ok := p.Peek(p.Doc, "kind_note"); ok {
			if noInvoice(p, p.Doc) != "" {
				p.Fail(fmt.Sprintf("%s标有“%s”，不能作为凭证", label(p.Doc), note), action, at)
			} else {
				p.Review(fmt.Sprintf("%s标有“%s”，请核对能否作为凭证", label(p.Doc), note), action, at)
			}
			return
		}
		if note := p.Doc.Field("kind_note"); note != nil {
			p.Review(label(p.Doc)+"上盖有大字，未能辨认，请核对是否为“作废”“红冲”等", action, p.at(p.Doc, note, false))
		}
		form, at, ok := p.invoiceForm()
		if !ok {
			return
		}
		if chinese, known := invoiceForms[form]; known {
			p.Passed("%s", chinese)
			return
		}
		p.Review(fmt.Sprintf("票种“%s”不在增值税发票之列", at.Text), action, at)
	},
}

var invoiceForms = map[string]string{
	"vat_special": "增值税专用发票", "vat_ordinary": "增值税普通发票", "e_special": "增值税电子专用发票", "e_ordinary": "增值税电子普通发票",
	"digital_special": "数电票（增值税专用发票）", "digital_ordinary": "数电票（普通发票）",
}

// qrForms are the kinds of the second part of an invoice's QR code.
var qrForms = map[string]string{"01": "vat_special", "04": "vat_ordinary", "08": "e_special", "10": "e_ordinary", "31": "digital_special", "32": "digital_ordinary"}

// qrParts takes the payload of an invoice's QR code apart: 01, form, code, number,
// amount, day …; ok is false where it is another code's.
func qrParts(payload string) (parts []string, ok bool) {
	parts = strings.Split(payload, ",")
	return parts, len(parts) >= 6 && parts[0] == "01"
}

// invoiceForm returns the kind of an invoice: as its title says, else as its QR code does.
func (p *Pass) invoiceForm() (string, At, bool) {
	if f := p.Doc.Field("form"); f == nil || f.Value == "" {
		if payload, at, ok := p.Peek(p.Doc, "qr"); ok {
			if parts, ok := qrParts(payload); ok && qrForms[parts[1]] != "" {
				return qrForms[parts[1]], p.use(at), true
			}
		}
	}
	return p.Text(p.Doc, "form")
}

var noInvoiceWords = regexp.MustCompile(`作废|废票|红冲|冲红|冲销|失效|注销|VOID|CANCELL?ED|SAMPLE|收据|形式发票|[Pp]roforma|对账单|回单|预览|草稿|样本|样品|样票|样张|无效`)

// noInvoice says why a paper that was taken for an invoice is none. That copies do not hold is said of originals.
func noInvoice(p *Pass, d *hequan.Document) string {
	note, _, _ := p.Peek(d, "kind_note")
	return noInvoiceWords.FindString(strings.ReplaceAll(note, "复印无效", ""))
}

// mayBeVoid says that something marks an invoice which was not read for certain.
func mayBeVoid(p *Pass, d *hequan.Document) (At, bool) {
	f := d.Field("kind_note")
	if f == nil {
		return At{}, false
	}
	at := p.at(d, f, false)
	return at, f.Value == "" || at.doubt != "" && noInvoice(p, d) != ""
}
