package extractors

import (
	"slices"

	"hequan"
)

// Content is what stands in a document.
type Content struct {
	Fields []hequan.Field
	Tables []hequan.Table
}

// byKind is the extractor of each kind.
var byKind = map[hequan.Kind]func(d *doc) Content{
	hequan.KindBusinessLicense: businessLicense,
	hequan.KindCommitment:      commitment,
	hequan.KindBankAccount:     bankAccount,
	hequan.KindAuditReport:     auditReport,
	hequan.KindContract:        contract,
	hequan.KindInvoice:         invoice,
	hequan.KindSettlement:      settlement,
	hequan.KindUsage:           usage,
	hequan.KindAcceptance:      acceptance,
	hequan.KindFilingProof:     filingProof,
	hequan.KindApplicationForm: applicationForm,
}

// Extract reads the fields and tables of a document of a known kind from its
// pages. data are the file's machine-readable values; they concern a file that
// is one document.
func Extract(kind hequan.Kind, pages []hequan.Page, data map[string]string) Content {
	read := byKind[kind]
	if read == nil {
		return Content{}
	}
	d := layout(pages)
	if kind != hequan.KindInvoice {
		d.joinWrapped()
	}
	c := read(d)
	if kind == hequan.KindInvoice {
		c = witnesses(c, pages, data)
	} else {
		c.Fields = append(c.Fields, stampedVoid(pages)...)
	}
	prove(kind, &c)
	oneName(&c)
	withoutOpenProofs(&c)
	sortTables(c.Tables)
	dropRowNumbers(&c)
	return c
}

// set replaces the field of that name, or adds it.
func (c *Content) set(f hequan.Field) {
	for i := range c.Fields {
		if c.Fields[i].Name == f.Name {
			c.Fields[i] = f
			return
		}
	}
	c.Fields = append(c.Fields, f)
}

// drop takes a field away.
func (c *Content) drop(name string) {
	c.Fields = slices.DeleteFunc(c.Fields, func(f hequan.Field) bool { return f.Name == name })
}

func (c *Content) field(name string) *hequan.Field {
	for i := range c.Fields {
		if c.Fields[i].Name == name {
			return &c.Fields[i]
		}
	}
	return nil
}
