package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
)

// material judges whether a kind of document was handed in. Where a file that
// may be it could not be opened or told, its absence is not certain.
func (p *Pass) material(kinds ...hequan.Kind) {
	docs := p.Docs(kinds...)
	if len(docs) > 0 {
		for _, d := range docs {
			p.Looked(whole(d))
		}
		p.Passed("已提交%s %d 份", kinds[0].Chinese(), len(docs))
		return
	}
	what := kinds[0].Chinese()
	action := "请补交" + what
	for i := range p.Files {
		f := &p.Files[i]
		if f.Problem == nil {
			continue
		}
		slot, known := p.slotOf(f.File)
		if !known || slices.Contains(kinds, slot) {
			p.Review(fmt.Sprintf("没有找到%s，但文件“%s”无法打开，可能就是它", what, f.File), action, At{Evidence: hequan.Evidence{File: f.File}})
			return
		}
	}
	for _, d := range p.docs {
		if slices.Contains(kinds, d.Slot) && d.KindConfidence < p.Policy.Thresholds.Kind.Value {
			p.Review(fmt.Sprintf("没有找到%s，文件“%s”像是%s，未能确认", what, d.File, d.Kind.Chinese()), action, whole(d))
			return
		}
	}
	p.Fail(fmt.Sprintf("没有提交%s", what), action, At{Evidence: hequan.Evidence{Note: fmt.Sprintf("已查看全部 %d 个文件、%d 份材料", len(p.Files), len(p.docs))}})
}

// slotOf returns the slot of a file that gave no document: the form's, or the
// one whose name the file bears.
func (f *facts) slotOf(file string) (hequan.Kind, bool) {
	if k, ok := f.Form.SlotOf(file); ok {
		return k, true
	}
	for _, w := range slotWords {
		if strings.Contains(file, w.word) {
			return w.kind, true
		}
	}
	return "", false
}

var slotWords = []struct {
	word string
	kind hequan.Kind
}{
	{"营业执照", hequan.KindBusinessLicense}, {"承诺书", hequan.KindCommitment}, {"银行", hequan.KindBankAccount}, {"开户", hequan.KindBankAccount}, {"审计", hequan.KindAuditReport},
	{"合同", hequan.KindContract}, {"协议", hequan.KindContract}, {"发票", hequan.KindInvoice}, {"用量", hequan.KindUsage}, {"明细", hequan.KindUsage}, {"结算", hequan.KindSettlement},
	{"验收", hequan.KindAcceptance}, {"交付", hequan.KindAcceptance}, {"备案", hequan.KindFilingProof}, {"申报表", hequan.KindApplicationForm},
}
