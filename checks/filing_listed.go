package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/policy"
)

var filingListed = &Rule{
	ID: "filing.listed", Clause: "三.5", Scope: PerApplication,
	Title: "所用模型服务已经中央网信办备案",
	Doc: "Each model used belongs to a service on the filing list, filed before it was used. A foreign model is certainly not filed, and so is what a complete list does " +
		"not hold. Against an incomplete list, a proof that names the model and is well-formed in itself is believed in form (docs/decisions/0020).",
	Needs: []Need{{hequan.KindContract, "models"}, {hequan.KindUsage, "rows"}, {"", "models"}, {hequan.KindFilingProof, "model"}},
	Run: func(p *Pass) {
		models := p.everyModel()
		if len(models) == 0 {
			p.Unread("没有读到所用模型的名称", hequan.Evidence{Field: "models", Note: "合同、用量明细、申报表"})
			return
		}
		var told []string
		for _, m := range models {
			p.Looked(m.At)
			told = append(told, p.listed(m))
		}
		p.Passed("%s", strings.Join(told, "；"))
	},
}

const filingAction = "请提交所用模型服务经中央网信办备案的证明材料"

// listed judges one model and says what it found.
func (p *Pass) listed(m named) string {
	family, known := policy.FamilyOf(m.Name)
	if known && family.Status == "foreign" {
		p.Fail(fmt.Sprintf("模型“%s”为境外模型，未经中央网信办备案", m.Name), filingAction, m.At)
		return ""
	}
	if known && family.Status == "tool" {
		p.Review(fmt.Sprintf("“%s”属于向量、语音等工具模型，是否须备案请人工判断", m.Name), filingAction, m.At)
		return ""
	}
	rows := slices.DeleteFunc(p.Filings.ByModel(m.Name), func(r policy.Filing) bool { return r.Track != "备案" })
	if len(rows) > 0 {
		return p.filedInTime(m, rows)
	}
	if registered := p.Filings.ByModel(m.Name); len(registered) > 0 {
		p.Review(fmt.Sprintf("模型“%s”在清单上是登记（%s），不是备案", m.Name, registered[0].Number), filingAction, m.At)
		return ""
	}
	if p.Filings.Complete {
		if !surelyRead(m) {
			p.Review(fmt.Sprintf("模型“%s”不在%s的备案清单上，名称可能是识别误差", m.Name, p.listDate()), filingAction, m.At)
		} else if near, ok := p.Filings.NearModel(m.Name); ok {
			p.Review(fmt.Sprintf("模型“%s”不在%s的备案清单上，清单中有名称相近的“%s”", m.Name, p.listDate(), near.Model), filingAction, m.At)
		} else {
			p.Fail(fmt.Sprintf("模型“%s”不在%s的备案清单上", m.Name, p.listDate()), filingAction, m.At)
		}
		return ""
	}
	proof, why := p.formalProof(m)
	if proof == nil {
		p.Review(fmt.Sprintf("模型“%s”不在%s的备案清单摘录中，%s", m.Name, p.listDate(), why), filingAction, m.At)
		return ""
	}
	return fmt.Sprintf("模型“%s”不在%s的备案清单摘录中（清单不完整），备案证明编号 %s 与模型、单位、日期相符，形式上予以认可，请按人工核验清单所列网址核对", m.Name, p.listDate(), proof.number)
}

func (p *Pass) listDate() string {
	if p.Filings.AsOf == "" {
		return "所用"
	}
	return "截至 " + p.Filings.AsOf + " "
}

// filedInTime judges the date of a model that is on the list.
func (p *Pass) filedInTime(m named, rows []policy.Filing) string {
	first := p.firstUse()
	for _, r := range rows {
		date, ok := day.Parse(r.Date)
		if !ok || first.IsZero() || !date.After(first) {
			return fmt.Sprintf("模型“%s”属已备案的“%s”（%s）", m.Name, r.Model, strings.TrimSpace(r.Entity+" "+r.Date))
		}
	}
	p.Review(fmt.Sprintf("模型“%s”于 %s 备案，晚于首次使用 %s", m.Name, rows[0].Date, first), "请说明备案之前的使用情况", m.At)
	return ""
}

// firstUse returns the first day of use that form or papers name.
func (p *Pass) firstUse() day.Day {
	var first day.Day
	take := func(d day.Day, ok bool) {
		if ok && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	if v, _, ok := p.form("project.started"); ok {
		take(day.Parse(v))
	}
	for _, d := range p.Docs(hequan.KindSettlement) {
		v, _, ok := p.PeekDay(d, "period_start")
		take(v, ok)
	}
	return first
}

// everyModel returns the models used, those of the contract where no use is listed.
func (p *Pass) everyModel() []named {
	if used := p.usedModels(); len(used) > 0 {
		return used
	}
	var out []named
	for _, n := range p.models() {
		if !slices.ContainsFunc(out, func(o named) bool { return modelKey(o.Name) == modelKey(n.Name) }) {
			out = append(out, n)
		}
	}
	return out
}
