package checks

import (
	"slices"

	"hequan"
	"hequan/internal/name"
)

var windowDuplicateDocument = &Rule{
	ID: "window.duplicate_document", Clause: "三.6", Scope: AcrossWindow,
	Title: "材料没有用于其他申报",
	Doc: "No invoice number, contract number, settlement, identical file or near-identical page stands in another application. Numbers of contracts and settlements are those of " +
		"their provider. An applicant may hand in its licence, bank sheet, audit reports and commitment with each application, and several may hand in one provider's filing proof.",
	Needs: []Need{{hequan.KindInvoice, "number"}, {hequan.KindContract, "number"}, {hequan.KindSettlement, "number"}},
	Across: func(w *window) {
		const action = "请说明同一材料用于多份申报的原因"
		var numbers, sums []trace
		for _, x := range w.members {
			files := map[string]bool{}
			for _, d := range x.docs {
				if t, ok := numbered(x, d); ok {
					numbers = append(numbers, t)
				}
				if d.SHA256 != "" && !files[d.SHA256] {
					files[d.SHA256] = true
					sums = append(sums, trace{d.SHA256, d.File, x, whole(d)})
				}
			}
		}
		told := map[string]bool{}
		meet(numbers, func(a, b trace) {
			told[a.at.Document+"\x00"+b.at.Document+"\x00"+a.of.id+"\x00"+b.of.id] = true
			w.both(a, b, hequan.Fail, action, "%s重复使用", a.what)
		})
		meet(sums, func(a, b trace) {
			if told[a.at.Document+"\x00"+b.at.Document+"\x00"+a.of.id+"\x00"+b.of.id] || !ownPaper(a, b) {
				return
			}
			told[a.at.Document+"\x00"+b.at.Document+"\x00"+a.of.id+"\x00"+b.of.id] = true
			w.both(a, b, hequan.Fail, action, "文件“%s”与另一份申报的“%s”完全相同", a.what, b.what)
		})
		w.alike(told, action)
	},
}

// numbered returns a document's number as a trace, noting one that was not read.
func numbered(x *applicant, d *hequan.Document) (trace, bool) {
	switch d.Kind {
	case hequan.KindInvoice:
		if _, at, ok := x.pass.Code(d, "number"); ok {
			return trace{"invoice/" + invoiceKey(x.pass, d), "发票 " + at.Value, x, at}, true
		}
	case hequan.KindContract, hequan.KindSettlement:
		party := map[hequan.Kind]string{hequan.KindContract: "party_b", hequan.KindSettlement: "provider"}[d.Kind]
		if v, at, ok := x.pass.Peek(d, "number"); ok {
			who, _, _ := x.pass.Peek(d, party)
			return trace{string(d.Kind) + "/" + name.Normal(who) + "/" + name.Normal(v), d.Kind.Chinese() + " " + v, x, at}, true
		}
	}
	return trace{}, false
}

// projectKinds are the papers of a project: no two applications share one.
var projectKinds = []hequan.Kind{hequan.KindContract, hequan.KindInvoice, hequan.KindSettlement, hequan.KindUsage, hequan.KindAcceptance}

// ownPaper says whether two identical files should not be.
func ownPaper(a, b trace) bool {
	kind := func(t trace) hequan.Kind {
		for _, d := range t.of.docs {
			if d.ID == t.at.Document {
				return d.Kind
			}
		}
		return hequan.KindOther
	}
	k := kind(a)
	if k == hequan.KindFilingProof || k == hequan.KindOther {
		return false
	}
	return slices.Contains(projectKinds, k) || !sameApplicant(a.of, b.of)
}

// alike tells near-identical pages of projects' papers, once for two documents.
func (w *window) alike(told map[string]bool, action string) {
	type place struct {
		of *applicant
		picture
	}
	seen := map[uint64][]place{}
	for _, x := range w.members {
		for _, p := range x.pictures() {
			if !slices.Contains(projectKinds, p.doc.Kind) {
				continue
			}
			for bit := -1; bit < 64; bit++ {
				h := p.hash
				if bit >= 0 {
					h ^= 1 << bit
				}
				for _, o := range seen[h] {
					key := o.doc.ID + "\x00" + p.doc.ID + "\x00" + o.of.id + "\x00" + x.id
					if o.of == x || told[key] || o.doc.SHA256 != "" && o.doc.SHA256 == p.doc.SHA256 || !nearlySame(o.picture, p) {
						continue
					}
					told[key] = true
					a, b := trace{of: o.of, at: o.at()}, trace{of: x, at: p.at()}
					w.both(a, b, hequan.Review, action, "%s第 %d 页与%s第 %d 页几乎是同一画面", o.doc.File, o.page, p.doc.File, p.page)
				}
			}
			seen[p.hash] = append(seen[p.hash], place{x, p})
		}
	}
}
