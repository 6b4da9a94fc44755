// Package ownrule holds rules that staff write themselves, in CEL: the words
// that their conditions may use, their compilation with places of what is
// wrong, and their evaluation. What a document says is asked for through
// [Source], so that whoever judges knows what was used and what was unread.
package ownrule

import (
	"slices"

	"cel.dev/cel-go/cel"

	"hequan"
)

// Type is what a field holds.
type Type int

// The types, with what they are in CEL.
const (
	Text   Type = iota // string
	Date               // timestamp
	Money              // int: fen
	Number             // double
	Flag               // bool
)

func (t Type) cel() *cel.Type {
	return [...]*cel.Type{cel.StringType, cel.TimestampType, cel.IntType, cel.DoubleType, cel.BoolType}[t]
}

// Chinese says what a field holds, for the listing of words.
func (t Type) Chinese() string {
	return [...]string{"文字", "日期", "金额（分）", "数", "真假"}[t]
}

// Field is a field of a kind of document, or a column of a table.
type Field struct {
	Name string
	Type Type
	List bool // a list of texts: one entry for each field of that name
}

// FormFields are the fields of form: the online form's values, by their paths
// in application.json with the dots as underscores.
var FormFields = []Field{
	{Name: "applicant_name"}, {Name: "applicant_uscc"}, {Name: "applicant_established", Type: Date}, {Name: "applicant_address"},
	{Name: "applicant_legal_representative"}, {Name: "applicant_phone"}, {Name: "project_name"}, {Name: "project_mode"}, {Name: "project_domain"},
	{Name: "project_started", Type: Date}, {Name: "project_ended", Type: Date}, {Name: "claimed_amount", Type: Money}, {Name: "submitted_at", Type: Date},
	{Name: "bank_account_name"}, {Name: "bank_bank"}, {Name: "bank_account"},
}

// SubsidyFields are the fields of subsidy: the computed amounts.
var SubsidyFields = []Field{{Name: "gross", Type: Money}, {Name: "base", Type: Money}, {Name: "capped", Type: Money}, {Name: "payable", Type: Money}}

// SealFields are the fields of an entry of seals.
var SealFields = []Field{{Name: "kind"}, {Name: "party"}, {Name: "text"}, {Name: "shape"}, {Name: "color"}}

func texts(names ...string) []Field {
	var out []Field
	for _, n := range names {
		out = append(out, Field{Name: n})
	}
	return out
}

func of(t Type, names ...string) []Field {
	out := texts(names...)
	for i := range out {
		out[i].Type = t
	}
	return out
}

// KindFields are the single fields of each kind of document.
var KindFields = map[hequan.Kind][]Field{
	hequan.KindBusinessLicense: slices.Concat(texts("name", "uscc", "legal_representative", "address"), of(Date, "established"), of(Money, "capital")),
	hequan.KindCommitment:      slices.Concat(texts("applicant", "signature"), of(Date, "date")),
	hequan.KindBankAccount:     texts("account_name", "bank", "account"),
	hequan.KindAuditReport:     slices.Concat(texts("entity", "year", "firm", "report_number"), of(Date, "report_date")),
	hequan.KindContract: slices.Concat(texts("title", "number", "party_a", "party_b", "calling_method", "subject", "payment_terms", "delivery_method", "usage_quota", "resale", "instalments"),
		of(Date, "sign_date", "term_start", "term_end"), of(Money, "amount", "amount_words"), of(Flag, "is_framework"), []Field{{Name: "models", List: true}}),
	hequan.KindInvoice: slices.Concat(texts("form", "code", "number", "buyer", "buyer_tax_id", "seller", "seller_tax_id", "check_code", "qr"),
		of(Date, "issue_date"), of(Money, "amount", "tax", "total", "total_words")),
	hequan.KindSettlement:  slices.Concat(texts("number", "customer", "provider"), of(Date, "period_start", "period_end", "date"), of(Money, "total", "total_words")),
	hequan.KindUsage:       slices.Concat(texts("customer", "provider"), of(Date, "period_start", "period_end"), of(Money, "total")),
	hequan.KindAcceptance:  slices.Concat(texts("project", "supplier", "acceptor", "place", "conclusion", "outcome"), of(Date, "date")),
	hequan.KindFilingProof: slices.Concat(texts("model", "entity", "number", "territory", "register"), of(Date, "date")),
	hequan.KindOther:       nil,
}

// TableFields are the columns of the tables, by kind and name.
var TableFields = map[hequan.Kind]map[string][]Field{
	hequan.KindContract: {
		"items":  slices.Concat(texts("name", "category", "unit"), of(Number, "quantity", "unit_price"), of(Money, "amount")),
		"prices": slices.Concat(texts("model", "unit"), of(Number, "unit_price")),
	},
	hequan.KindInvoice:    {"items": slices.Concat(texts("name", "spec", "unit", "tax_rate"), of(Number, "quantity", "unit_price"), of(Money, "amount", "tax"))},
	hequan.KindSettlement: {"items": slices.Concat(texts("model", "unit", "price_unit"), of(Number, "quantity", "unit_price"), of(Money, "amount"))},
	hequan.KindUsage:      {"rows": slices.Concat(texts("date", "model", "unit", "price_unit"), of(Number, "quantity", "unit_price"), of(Money, "amount"))},
	hequan.KindAcceptance: {"items": slices.Concat(texts("name", "result"), of(Number, "quantity"))},
}
