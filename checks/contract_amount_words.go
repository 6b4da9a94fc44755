package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/rmb"
)

var contractAmountWords = &Rule{
	ID: "contract.amount_words", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同大写金额与小写一致",
	Doc:   "大写 and 小写 amounts agree to the fen. Where one of the two is not stated there is nothing to compare.",
	Needs: []Need{{hequan.KindContract, "amount"}, {hequan.KindContract, "amount_words"}},
	Applies: func(p *Pass) string {
		if !p.Has(p.Doc, "amount") || !p.Has(p.Doc, "amount_words") {
			return "合同没有同时写明大写和小写金额"
		}
		return ""
	},
	Run: func(p *Pass) { p.wordsAgree("amount", "amount_words") },
}

// wordsAgree compares an amount in digits with the same in words.
func (p *Pass) wordsAgree(digits, words string) {
	d, dAt, ok1 := p.Money(p.Doc, digits)
	w, wAt, ok2 := p.Money(p.Doc, words)
	if _, exact, read := rmb.ParseWords(wAt.Text); read && !exact && !wAt.firm {
		wAt.doubt = unproven // characters were replaced by what they look like
	}
	if ok1 && ok2 && !p.sameSum("大写金额", w, "小写金额", d, wAt, dAt) {
		p.Fail(fmt.Sprintf("%s的大写金额“%s”合 %s 元，小写为 %s 元，相差 %s 元", label(p.Doc), wAt.Text, w.Grouped(), d.Grouped(), (w-d).Abs().Grouped()),
			"请说明大小写金额不一致的原因，提交更正后的"+p.Doc.Kind.Chinese(), wAt, dAt)
	}
	p.Passed("大小写金额均为 %s 元", d.Grouped())
}
