package checks

import (
	"cmp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

// Case is what is judged. Form is never nil; its Present tells whether there
// was one.
type Case struct {
	Form      *hequan.Application
	Documents []hequan.Document
	Files     []hequan.FileInfo
	Policy    *policy.Policy
	Filings   *policy.Filings
	Awards    []policy.Award
}

// facts is a case in one fixed order, whatever order it came in.
type facts struct {
	Case
	docs []*hequan.Document
	Mode hequan.Mode // of the form; empty where it names none of the four

	computed *computation                    // once, see computation
	sums     map[*hequan.Document]bool       // once for each document, see summed
	periods  map[*hequan.Document]day.Window // likewise, see period; zero where not known
}

func newFacts(c Case) *facts {
	f := &facts{Case: c}
	if f.Form == nil {
		f.Form = &hequan.Application{}
	}
	for i := range c.Documents {
		d := c.Documents[i] // a copy: the case is not ours to reorder
		d.Fields = slices.Clone(d.Fields)
		slices.SortStableFunc(d.Fields, compareFields)
		d.Tables = slices.Clone(d.Tables)
		slices.SortStableFunc(d.Tables, func(a, b hequan.Table) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Page, b.Page))
		})
		d.Seals = slices.Clone(d.Seals)
		slices.SortStableFunc(d.Seals, func(a, b hequan.Seal) int {
			return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Box[1], b.Box[1]), cmp.Compare(a.Box[0], b.Box[0]), cmp.Compare(a.Text, b.Text))
		})
		f.docs = append(f.docs, &d)
	}
	slices.SortStableFunc(f.docs, func(a, b *hequan.Document) int { return compareDocuments(*a, *b) })
	f.Files = slices.Clone(c.Files)
	slices.SortStableFunc(f.Files, func(a, b hequan.FileInfo) int { return cmp.Compare(a.File, b.File) })
	if v, _, ok := f.form("project.mode"); ok && slices.Contains(hequan.Modes, hequan.Mode(v)) {
		f.Mode = hequan.Mode(v)
	}
	return f
}

func compareFields(a, b hequan.Field) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Box[1], b.Box[1]), cmp.Compare(a.Box[0], b.Box[0]),
		cmp.Compare(a.Value, b.Value), cmp.Compare(a.Text, b.Text))
}

func compareDocuments(a, b hequan.Document) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Pages[0], b.Pages[0]), cmp.Compare(a.Pages[1], b.Pages[1]), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind))
}

// Docs returns the documents of the kinds, in order.
func (f *facts) Docs(kinds ...hequan.Kind) []*hequan.Document {
	var out []*hequan.Document
	for _, d := range f.docs {
		if slices.Contains(kinds, d.Kind) {
			out = append(out, d)
		}
	}
	return out
}

// formNames are the form's values that rules read, by their path in
// application.json, with the staff's words. A document of kind
// application_form carries fields of the same names.
var formNames = map[string]string{
	"applicant.name": "申报单位", "applicant.uscc": "统一社会信用代码", "applicant.established": "成立日期", "applicant.address": "单位地址",
	"applicant.legal_representative": "法定代表人", "applicant.phone": "联系电话",
	"project.name": "项目名称", "project.mode": "申报类型", "project.domain": "应用方向", "project.started": "应用起始日期", "project.ended": "应用截止日期",
	"claimed_amount": "申报金额", "submitted_at": "提交日期", "bank.account_name": "户名", "bank.bank": "开户银行", "bank.account": "账号",
}

func (f *facts) formValue(name string) string {
	a := f.Form
	switch name {
	case "applicant.name":
		return a.Applicant.Name
	case "applicant.uscc":
		return a.Applicant.USCC
	case "applicant.established":
		return a.Applicant.Established
	case "applicant.address":
		return a.Applicant.Address
	case "applicant.legal_representative":
		return a.Applicant.LegalRepresentative
	case "applicant.phone":
		return a.Applicant.Phone
	case "project.name":
		return a.Project.Name
	case "project.mode":
		return string(a.Project.Mode)
	case "project.domain":
		return a.Project.Domain
	case "project.started":
		return a.Project.Started
	case "project.ended":
		return a.Project.Ended
	case "claimed_amount":
		return string(a.ClaimedAmount)
	case "submitted_at":
		return a.SubmittedAt
	case "bank.account_name":
		return a.Bank.AccountName
	case "bank.bank":
		return a.Bank.Bank
	case "bank.account":
		return a.Bank.Account
	}
	return ""
}

// form returns a value of the form: application.json, else a document of kind
// application_form.
func (f *facts) form(name string) (string, At, bool) {
	if v := strings.TrimSpace(f.formValue(name)); v != "" {
		return v, At{Evidence: hequan.Evidence{Field: name, Value: v, Text: v, Note: "申报表"}, Proven: true, firm: true, sure: true}, true
	}
	for _, d := range f.Docs(hequan.KindApplicationForm) {
		if x := d.Field(name); x != nil && x.Value != "" {
			p := &Pass{facts: f}
			return x.Value, p.at(d, x, false), true
		}
	}
	return "", At{Evidence: hequan.Evidence{Field: name, Note: "申报表"}}, false
}

// FormText returns a value of the form and notes where it is absent.
func (p *Pass) FormText(name string) (string, At, bool) {
	v, at, ok := p.form(name)
	if !ok {
		p.Unread("申报表未填"+formNames[name], at.Evidence)
		return "", at, false
	}
	return v, p.use(at), true
}

// FormDay is FormText for a date.
func (p *Pass) FormDay(name string) (day.Day, At, bool) {
	v, at, ok := p.FormText(name)
	if !ok {
		return day.Day{}, at, false
	}
	d, ok := day.Parse(v)
	if !ok {
		if d, ok = day.Of(v); !ok {
			p.Unread("申报表的"+formNames[name]+"“"+v+"”不是日期", at.Evidence)
		}
	}
	return d, at, ok
}

// FormMoney is FormText for a sum in yuan.
func (p *Pass) FormMoney(name string) (rmb.Fen, At, bool) {
	v, at, ok := p.FormText(name)
	if !ok {
		return 0, at, false
	}
	m, ok := money(v)
	if !ok {
		p.Unread("申报表的"+formNames[name]+"“"+v+"”不是金额", at.Evidence)
	}
	return m, at, ok
}

// submitted returns the day of submission without noting its absence.
func (f *facts) submitted() (day.Day, bool) {
	v, _, ok := f.form("submitted_at")
	if !ok {
		return day.Day{}, false
	}
	if len(v) > 10 { // a time of day may follow
		v = v[:10]
	}
	return day.Parse(v)
}

// year returns the natural year of the application: of its submission, else
// that in which the policy takes applications.
func (f *facts) year() int {
	if d, ok := f.submitted(); ok {
		return d.Year
	}
	return f.Policy.Windows.Submission.From.Year
}
