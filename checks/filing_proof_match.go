package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/policy"
)

var filingProofMatch = &Rule{
	ID: "filing.proof_match", Clause: "五.10", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindFilingProof},
	Title: "备案证明与所用模型、备案清单相符",
	Doc: "The proof names the model of the contract, and its number, entity and date are those of the list. Where the list is not complete, another filing of the same " +
		"brand may be meant: then a difference is a review.",
	Needs: []Need{{hequan.KindFilingProof, "model"}, {hequan.KindFilingProof, "number"}, {hequan.KindFilingProof, "entity"}, {hequan.KindFilingProof, "date"}, {hequan.KindContract, "models"}},
	Run: func(p *Pass) {
		models := p.everyModel()
		if len(models) == 0 {
			p.Unread("没有读到所用模型的名称", hequan.Evidence{Field: "models", Note: "合同、用量明细、申报表"})
		}
		named := map[string]bool{}
		for _, d := range p.Docs(hequan.KindFilingProof) {
			v, _, ok := p.Text(d, "model")
			p.Text(d, "entity")
			p.Code(d, "number")
			if !ok {
				continue
			}
			for _, m := range models {
				if policy.SameModel(v, m.Name) {
					named[m.Name] = true
				}
			}
			p.matchList(d, v)
		}
		if len(p.gaps) > 0 {
			return
		}
		for _, m := range models {
			if named[m.Name] {
				continue
			}
			d := p.Docs(hequan.KindFilingProof)[0]
			v, at, _ := p.Peek(d, "model")
			_, known := policy.FamilyOf(m.Name)
			_, known2 := policy.FamilyOf(v)
			message := fmt.Sprintf("备案证明的模型“%s”不是所用的“%s”", v, m.Name)
			if known && known2 {
				p.Fail(message, filingAction, at, m.At)
			} else {
				p.Review(message+"，请核对二者是否同一模型服务", filingAction, at, m.At)
			}
		}
	},
}

// matchList compares a proof with the rows of its number, or of its model.
func (p *Pass) matchList(d *hequan.Document, model string) {
	number, numberAt, ok := p.Peek(d, "number")
	rows := p.Filings.ByNumber(number)
	if !ok || len(rows) == 0 {
		rows = p.Filings.ByModel(model)
		if len(rows) == 0 {
			return // filing.listed tells
		}
	}
	entity, entityAt, haveEntity := p.Peek(d, "entity")
	date, dateAt, haveDate := p.Peek(d, "date")
	var best string
	var at []At
	certain := true
	for _, r := range rows {
		var off []string
		var where []At
		if r.Number != "" && ok && policy.NormalNumber(r.Number) != policy.NormalNumber(number) {
			off, where = append(off, fmt.Sprintf("编号 %s（清单 %s）", number, r.Number)), append(where, numberAt)
			certain = certain && (numberAt.Proven || name.Similarity(number, r.Number) < 0.5)
		}
		if r.Entity != "" && haveEntity && name.Similarity(r.Entity, entity) < 0.85 {
			off, where = append(off, fmt.Sprintf("单位“%s”（清单“%s”）", entity, r.Entity)), append(where, entityAt)
			nearly := name.Similarity(r.Entity, entity) >= 0.7 // a character or two, which one reading may get wrong
			certain = certain && entityAt.sure && name.Organisation(entity) && (entityAt.Proven || !nearly)
		}
		if r.Date != "" && haveDate && r.Date != date {
			off, where = append(off, fmt.Sprintf("日期 %s（清单 %s）", date, r.Date)), append(where, dateAt)
		}
		if len(off) == 0 {
			return
		}
		if best == "" {
			best, at = fmt.Sprintf("备案证明与清单上的“%s”不符：%s", r.Model, join(off)), where
		}
	}
	if !certain {
		p.Review(best+"，可能是识别误差", "请提交与中央网信办公告一致的备案证明", at...)
		return
	}
	if p.Filings.Complete || len(p.Filings.ByNumber(number)) > 0 {
		p.Fail(best, "请提交与中央网信办公告一致的备案证明", at...)
		return
	}
	p.Review(best+"；清单不完整，请对照公告核实", "请提交与中央网信办公告一致的备案证明", at...)
}
