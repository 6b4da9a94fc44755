package checks

import (
	"fmt"

	"hequan"
)

var materialSlotMatch = &Rule{
	ID: "material.slot_match", Clause: "五", Scope: PerDocument,
	Title: "材料与上传栏目一致",
	Doc: "A file's content is of the kind of its upload slot. 结算单 and 用量明细 share slot 8; slot 11 takes anything; a paper that lies beside one of the " +
		"slot's kind in the same file is an annex. A slot that was only guessed from the file's name never breaks the rule.",
	Applies: func(p *Pass) string {
		if p.Doc.Slot == "" {
			return "未指明上传栏目"
		}
		return ""
	},
	Run: func(p *Pass) {
		d := p.Doc
		p.Looked(whole(d))
		if slotTakes(d.Slot, d.Kind) {
			return
		}
		for _, o := range p.docs {
			if o.File == d.File && slotTakes(d.Slot, o.Kind) {
				p.Passed("随%s一并上传的%s", o.Kind.Chinese(), d.Kind.Chinese())
				return
			}
		}
		message := fmt.Sprintf("“%s”上传在“%s”栏，内容是%s", d.File, d.Slot.Chinese(), d.Kind.Chinese())
		action := fmt.Sprintf("请在“%s”栏上传%s", d.Slot.Chinese(), d.Slot.Chinese())
		if d.SlotGiven && d.Kind != hequan.KindOther && d.KindConfidence >= p.Policy.Thresholds.Kind.Value {
			p.Fail(message, action, whole(d))
			return
		}
		p.Review(message+"，请核对", action, whole(d))
	},
}

func slotTakes(slot, kind hequan.Kind) bool {
	return slot == kind || slot == hequan.KindOther || slot.Info().Slot == kind.Info().Slot
}
