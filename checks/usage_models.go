package checks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/policy"
)

var usageModels = &Rule{
	ID: "usage.models", Clause: "五.8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindUsage, hequan.KindSettlement},
	Title: "使用的模型均为合同所列",
	Doc:   "The models of the usage rows (else of the settlements) are those of the contract: the same name, or the same family but for version and size; another edition than those that the contract names is a review. Names without proof that differ are a review.",
	Needs: []Need{{hequan.KindUsage, "rows"}, {hequan.KindSettlement, "items"}, {hequan.KindContract, "models"}},
	Run: func(p *Pass) {
		agreed := p.models()
		if len(agreed) == 0 {
			p.Unread("合同的模型名称未能读取", hequan.Evidence{Field: "models", Note: "合同与申报表"})
			return
		}
		used := p.usedModels()
		if len(used) == 0 {
			p.Unread("用量明细中的模型名称未能读取", hequan.Evidence{Field: "rows", Note: "用量明细、结算单"})
			return
		}
		for _, u := range used {
			p.Looked(u.At)
			if slices.ContainsFunc(agreed, func(n named) bool { return policy.SameModel(n.Name, u.Name) }) {
				if !agreedEdition(u.Name, agreed) {
					p.Review(fmt.Sprintf("使用的模型“%s”与合同所列模型（%s）同系列而版本不同", u.Name, listNames(agreed)), "请说明所用版本的合同依据，或提交补充协议", u.At, agreed[0].At)
				}
				continue
			}
			if !surelyRead(u) || slices.ContainsFunc(agreed, func(n named) bool { return !surelyRead(n) }) {
				p.Review(fmt.Sprintf("使用的模型“%s”与合同所列模型（%s）不同，可能是识别误差", u.Name, listNames(agreed)), "请说明合同外模型的使用依据，或提交补充协议", u.At, agreed[0].At)
			} else {
				p.Fail(fmt.Sprintf("使用的模型“%s”不在合同所列模型（%s）之中", u.Name, listNames(agreed)), "请说明合同外模型的使用依据，或提交补充协议", u.At, agreed[0].At)
			}
		}
		p.Passed("使用的模型（%s）均为合同所列", listNames(used))
	},
}

// agreedEdition says whether a model is of an edition (Max, Lite-32k …) that
// the contract names. Where the contract names its family alone, or the name
// tells no edition, or one differs by a character that may be misread, it is.
func agreedEdition(used string, agreed []named) bool {
	edition := func(s string) (string, string) {
		core := policy.ModelCore(s)
		return core, strings.Map(func(r rune) rune {
			if r < unicode.MaxASCII {
				return r
			}
			return -1 // 大模型 and the like tell no edition
		}, strings.TrimPrefix(modelKey(s), core))
	}
	core, own := edition(used)
	others := 0
	for _, n := range agreed {
		c, e := edition(n.Name)
		if c != core { // of another core, or one that its family ties to it
			if policy.SameModel(n.Name, used) {
				return true
			}
			continue
		}
		if e == "" || own == "" || name.Similarity(e, own) >= 0.6 {
			return true
		}
		others++
	}
	return others == 0
}

// surelyRead says whether a model's name can be relied on: it carries a proof,
// or it is of a family that is known by name.
func surelyRead(n named) bool {
	_, known := policy.FamilyOf(n.Name)
	return n.At.Proven || known
}

// usedModels returns each model that was used, once, with its first place.
func (p *Pass) usedModels() []named {
	var out []named
	add := func(r row) {
		if v, at, ok := r.Peek("model"); ok && !slices.ContainsFunc(out, func(n named) bool { return modelKey(n.Name) == modelKey(v) }) {
			out = append(out, named{v, at, r.doc})
		}
	}
	for _, r := range p.usageRows() {
		add(r)
	}
	if len(out) == 0 {
		for _, d := range p.Docs(hequan.KindSettlement) {
			for _, r := range p.Rows(d, "items") {
				add(r)
			}
		}
	}
	return out
}

func listNames(list []named) string {
	var out []string
	for _, n := range list {
		out = append(out, n.Name)
	}
	return join(out)
}
