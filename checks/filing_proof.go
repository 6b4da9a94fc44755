package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/policy"
)

// proof is a filing proof as read.
type proof struct {
	doc                         *hequan.Document
	model, entity, number, date string
}

func (p *Pass) proofs() []proof {
	var out []proof
	for _, d := range p.Docs(hequan.KindFilingProof) {
		x := proof{doc: d}
		x.model, _, _ = p.Peek(d, "model")
		x.entity, _, _ = p.Peek(d, "entity")
		x.number, _, _ = p.Peek(d, "number")
		x.date, _, _ = p.Peek(d, "date")
		out = append(out, x)
	}
	return out
}

// formalProof returns the proof of a model that holds together in itself:
// it names the model and an entity, is of a filing, its number has the form of
// one, the date in the number is not after that of the filing, and the filing
// not after the first use. Otherwise it says what is wrong.
func (p *Pass) formalProof(m named) (*proof, string) {
	why := "也没有交该模型的备案证明"
	for _, x := range p.proofs() {
		if x.model == "" || !policy.SameModel(x.model, m.Name) {
			continue
		}
		if bad := p.formalFault(x); bad != "" {
			why = "备案证明" + bad
			continue
		}
		return &x, ""
	}
	return nil, why
}

func (p *Pass) formalFault(x proof) string {
	for _, name := range []string{"model", "number"} {
		if f := x.doc.Field(name); f == nil || f.Value == "" || !f.Proven() && f.Confidence < p.Policy.Thresholds.Field.Value {
			return "的" + fieldName(hequan.KindFilingProof, name) + "未能可靠读取"
		}
	}
	if v, _, ok := p.Peek(x.doc, "register"); ok && v != "备案" {
		return "是" + v + "，不是备案"
	}
	inNumber, ok := policy.NumberDate(x.number)
	if !ok || !policy.NumberPattern.MatchString(policy.NormalNumber(x.number)) {
		return fmt.Sprintf("的编号“%s”不合备案编号的格式", x.number)
	}
	if x.entity == "" {
		return "没有备案单位"
	}
	filed, ok := day.Parse(x.date)
	if x.date != "" && ok && inNumber.After(filed) {
		return fmt.Sprintf("的编号日期 %s 晚于备案时间 %s", inNumber, filed)
	}
	if !ok {
		filed = inNumber
	}
	if first := p.firstUse(); !first.IsZero() && filed.After(first) {
		return fmt.Sprintf("的备案时间 %s 晚于首次使用 %s", filed, first)
	}
	return ""
}
