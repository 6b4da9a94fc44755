package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Pass is one run of a rule on one subject. Its accessors hand out a value
// together with its evidence, and note what was missing or not good enough, so
// that no rule passes on what it could not read.
type Pass struct {
	*facts
	Rule *Rule
	Doc  *hequan.Document // PerDocument
	File *hequan.FileInfo // PerFile

	found  []hequan.Finding
	gaps   []gap
	seen   []hequan.Evidence
	passed string
	used   []At        // as seen, with what is known of each value
	tested []Condition // for hequan explain
}

// gap is something that could not be read.
type gap struct {
	what string
	at   hequan.Evidence
}

// At is where a value stands and how far it can be relied on.
type At struct {
	hequan.Evidence
	Proven bool   // carries a proof beyond its confidence
	firm   bool   // a proof that does not come from recognition alone
	sure   bool   // proven, or of a confidence from which a quite other name contradicts
	doubt  string // why nothing can be held against the applicant on its account
}

// use notes that a value was used.
func (p *Pass) use(at At) At {
	p.seen = append(p.seen, at.Evidence)
	p.used = append(p.used, at)
	return at
}

// Unread notes that something which the rule needs could not be read.
func (p *Pass) Unread(what string, at hequan.Evidence) {
	p.gaps = append(p.gaps, gap{what, at})
}

// Fail records that the rule is broken. Where one of the places is a reading
// without proof and of low confidence, it is a review instead.
func (p *Pass) Fail(message, action string, at ...At) {
	status := hequan.Fail
	for _, a := range at {
		if a.doubt != "" {
			status = hequan.Review
			message += "（" + a.doubt + "，请人工核对原件）"
			break
		}
	}
	p.record(status, message, action, at)
}

// Review records that a person must look.
func (p *Pass) Review(message, action string, at ...At) {
	p.record(hequan.Review, message, action, at)
}

func (p *Pass) record(status hequan.Status, message, action string, at []At) {
	f := hequan.Finding{Rule: p.Rule.ID, Clause: p.Rule.Clause, Status: status, Subject: p.subject(), Message: message, Action: action, Evidence: []hequan.Evidence{}}
	for _, a := range at {
		f.Evidence = appendEvidence(f.Evidence, a.Evidence)
	}
	p.found = append(p.found, f)
}

// Passed sets what a pass is told as; without it the rule's title is.
func (p *Pass) Passed(format string, args ...any) { p.passed = fmt.Sprintf(format, args...) }

// Looked notes a place that the rule judged without reading a value from it.
func (p *Pass) Looked(at At) { p.use(at) }

func (p *Pass) subject() string {
	switch {
	case p.Doc != nil:
		return p.Doc.ID
	case p.File != nil:
		return p.File.File
	}
	return ""
}

func appendEvidence(list []hequan.Evidence, e hequan.Evidence) []hequan.Evidence {
	for _, x := range list {
		if x == e {
			return list
		}
	}
	return append(list, e)
}

// field returns a field as evidence when it is there and was understood;
// otherwise it notes the gap.
func (p *Pass) field(d *hequan.Document, name string, number bool) (string, At, bool) {
	f := d.Field(name)
	label := d.Kind.Chinese() + "的" + fieldName(d.Kind, name)
	if f == nil {
		p.Unread(label+"未找到", lookedAt(d, name))
		return "", At{}, false
	}
	at := p.at(d, f, number)
	if f.Value == "" {
		p.Unread(label+"未能读取", at.Evidence)
		return "", at, false
	}
	p.use(at)
	if !f.Proven() && f.Confidence < p.Policy.Thresholds.Field.Value {
		p.Unread(fmt.Sprintf("%s“%s”识别置信度低", label, f.Value), at.Evidence)
	}
	return f.Value, at, true
}

// at describes a field as evidence; number says that digits decide.
func (p *Pass) at(d *hequan.Document, f *hequan.Field, number bool) At {
	return p.place(hequan.Evidence{Document: d.ID, Field: f.Name, Value: f.Value, Text: f.Text, Page: f.Page, Box: f.Box}, f.Proof, f.Confidence, number)
}

func (p *Pass) place(e hequan.Evidence, proof []hequan.Proof, confidence float64, number bool) At {
	a := At{Evidence: e, Proven: len(proof) > 0}
	a.firm = slices.ContainsFunc(proof, func(x hequan.Proof) bool { return x != hequan.ProofTwoReadings })
	a.sure = a.Proven || confidence >= p.Policy.Thresholds.Name.Value
	limit := p.Policy.Thresholds.Field.Value
	if number {
		limit = p.Policy.Thresholds.Contradict.Value
	}
	if !a.Proven && confidence < limit {
		a.doubt = unproven
	}
	return a
}

const unproven = "识别结果未经印证"

// Text returns a field's value.
func (p *Pass) Text(d *hequan.Document, name string) (string, At, bool) {
	return p.field(d, name, false)
}

// Code returns a field's value where every character counts: a number, a
// code. One wrong character makes another, so that nothing is held against
// the applicant on account of a code that no proof bears out.
func (p *Pass) Code(d *hequan.Document, name string) (string, At, bool) {
	v, at, ok := p.field(d, name, true)
	if ok && !at.Proven {
		at.doubt = unproven
	}
	return v, at, ok
}

// Day returns a field as a date.
func (p *Pass) Day(d *hequan.Document, name string) (day.Day, At, bool) {
	v, at, ok := p.field(d, name, true)
	if !ok {
		return day.Day{}, at, false
	}
	dd, ok := day.Parse(v)
	if !ok {
		p.Unread(fmt.Sprintf("%s的%s“%s”不是日期", d.Kind.Chinese(), fieldName(d.Kind, name), v), at.Evidence)
	}
	return dd, at, ok
}

// Money returns a field as a sum.
func (p *Pass) Money(d *hequan.Document, name string) (rmb.Fen, At, bool) {
	v, at, ok := p.field(d, name, true)
	if !ok {
		return 0, at, false
	}
	m, ok := money(v)
	if !ok {
		p.Unread(fmt.Sprintf("%s的%s“%s”不是金额", d.Kind.Chinese(), fieldName(d.Kind, name), v), at.Evidence)
	}
	return m, at, ok
}

// money reads a normal form, or the words where a reader kept them.
func money(v string) (rmb.Fen, bool) {
	if m, ok := rmb.ParseValue(v); ok {
		return m, true
	}
	if m, _, ok := rmb.ParseWords(v); ok {
		return m, true
	}
	return rmb.Parse(v)
}

// Has says whether a field is there, understood or not. It notes nothing.
func (p *Pass) Has(d *hequan.Document, name string) bool { return d.Field(name) != nil }

// Peek returns a field's value if it is there and understood. It notes
// nothing: for what a rule can do without.
func (p *Pass) Peek(d *hequan.Document, name string) (string, At, bool) {
	f := d.Field(name)
	if f == nil || f.Value == "" {
		return "", At{}, false
	}
	return f.Value, p.at(d, f, false), true
}

// PeekDay is Peek for a date.
func (p *Pass) PeekDay(d *hequan.Document, name string) (day.Day, At, bool) {
	f := d.Field(name)
	if f == nil {
		return day.Day{}, At{}, false
	}
	dd, ok := day.Parse(f.Value)
	return dd, p.at(d, f, true), ok
}

// PeekMoney is Peek for a sum.
func (p *Pass) PeekMoney(d *hequan.Document, name string) (rmb.Fen, At, bool) {
	f := d.Field(name)
	if f == nil || f.Value == "" {
		return 0, At{}, false
	}
	m, ok := money(f.Value)
	return m, p.at(d, f, true), ok
}

// All returns every field of a name.
func (p *Pass) All(d *hequan.Document, name string) []At {
	var out []At
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Name == name && f.Value != "" {
			out = append(out, p.at(d, f, false))
		}
	}
	return out
}

// Missing records that something which a document must hold is not there: a
// fail only if every page was there and legible, and, for a contract, if no
// other proving document was handed in (五.6(4)).
func (p *Pass) Missing(d *hequan.Document, what, action string) {
	p.missing(d, what, action, p.illegible(d))
}

// MissingSeal is Missing for a seal: it stands where the parties sign, on the last page. Where that
// one is there, no other page that is absent can hold it.
func (p *Pass) MissingSeal(d *hequan.Document, what, action string) {
	why := p.unread(d)
	if absent, total := absentPages(d.PageInfo); why == "" && slices.Contains(absent, fmt.Sprint(total)) {
		why = fmt.Sprintf("缺第 %s 页", join(absent))
	}
	p.missing(d, what, action, why)
}

// missing is Missing where, if why is not empty, the document can't be relied on.
func (p *Pass) missing(d *hequan.Document, what, action, why string) {
	at := At{Evidence: lookedAt(d, "")}
	p.Holds(false, d.Kind.Chinese()+"中写有"+what, at)
	if why != "" {
		p.Review(fmt.Sprintf("%s中未找到%s，但%s，不能断定没有", d.Kind.Chinese(), what, why), action, at)
		return
	}
	if d.Kind == hequan.KindContract {
		if others := p.otherProofs(); len(others) > 0 {
			p.Review(fmt.Sprintf("合同中未找到%s，已另交其他证明材料，请依五.6(4)核对是否足以补足", what), action, at, whole(others[0]))
			return
		}
	}
	p.Fail(fmt.Sprintf("%s中没有%s", d.Kind.Chinese(), what), action, at)
}

// otherProofs returns what was handed in as another proving document (slot 11).
func (f *facts) otherProofs() []*hequan.Document {
	var out []*hequan.Document
	for _, d := range f.Docs(hequan.KindOther) {
		if d.Slot == "" || d.Slot == hequan.KindOther {
			out = append(out, d)
		}
	}
	return out
}

// illegible says why a document can't be relied on to hold nothing more than
// what was read.
func (p *Pass) illegible(d *hequan.Document) string {
	if why := p.unread(d); why != "" {
		return why
	}
	if absent, _ := absentPages(d.PageInfo); len(absent) > 0 {
		return fmt.Sprintf("缺第 %s 页", join(absent))
	}
	return ""
}

// unread says which page that is there was not read, or not well.
func (p *Pass) unread(d *hequan.Document) string {
	if why := p.dim(d); why != "" {
		return why
	}
	for _, i := range d.PageInfo {
		if i.Unread {
			return fmt.Sprintf("第 %d 页只读了页眉和页脚", i.Page)
		}
	}
	return ""
}

// dim says why it can't be told what a document looks like, its words aside.
func (p *Pass) dim(d *hequan.Document) string {
	if len(d.PageInfo) < d.Pages[1]-d.Pages[0]+1 {
		return "并非每一页都已读取"
	}
	for _, i := range d.PageInfo {
		switch {
		case i.Problem != "":
			return fmt.Sprintf("第 %d 页未能读取", i.Page)
		case i.Blank:
			continue
		case i.Legibility < p.Policy.Thresholds.Legibility.Value:
			return fmt.Sprintf("第 %d 页不够清晰", i.Page)
		}
	}
	return ""
}

// lookedAt is the evidence for something absent.
func lookedAt(d *hequan.Document, field string) hequan.Evidence {
	return hequan.Evidence{Document: d.ID, Field: field, Note: "已查看" + pageRange(d)}
}

// whole is a document as evidence.
func whole(d *hequan.Document) At {
	return At{Evidence: hequan.Evidence{Document: d.ID, Page: d.Pages[0], Note: d.Kind.Chinese()}}
}

func pageRange(d *hequan.Document) string {
	if d.Pages[0] == d.Pages[1] {
		return fmt.Sprintf("第 %d 页", d.Pages[0])
	}
	return fmt.Sprintf("第 %d–%d 页", d.Pages[0], d.Pages[1])
}

// join lists things in a sentence.
func join(parts []string) string { return strings.Join(parts, "、") }
