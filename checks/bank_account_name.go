package checks

import (
	"fmt"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var bankAccountName = &Rule{
	ID: "bank_account.name", Clause: "五.4", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindBankAccount},
	Title: "账户户名为申报单位，账户信息与申报表一致",
	Doc:   "The account's name is the applicant's; form and sheet agree on name, bank and account number.",
	Needs: []Need{{hequan.KindBankAccount, "account_name"}, {hequan.KindBankAccount, "bank"}, {hequan.KindBankAccount, "account"}, {"", "bank.account"}},
	Run: func(p *Pass) {
		const action = "请提交户名为申报单位、与申报表一致的银行账户信息"
		want, wantAt, ok := p.Applicant()
		for _, d := range p.Docs(hequan.KindBankAccount) {
			if got, at, read := p.Text(d, "account_name"); read && ok {
				p.SameName("银行账户户名", got, at, want, wantAt, action)
			}
			if formBank, formAt, ok := p.form("bank.bank"); ok {
				if got, at, read := p.Text(d, "bank"); read && !sameBank(got, formBank) {
					p.SameName("开户银行", got, at, formBank, formAt, action)
				}
			}
			if account, formAt, ok := p.form("bank.account"); ok {
				if got, at, read := p.Code(d, "account"); read && accountDigits(got) != accountDigits(account) {
					p.Fail(fmt.Sprintf("银行账户信息的账号 %s 与申报表的 %s 不一致", masked(got), masked(account)), action, at, formAt)
				}
			}
		}
		if formName, formAt, given := p.form("bank.account_name"); given && ok {
			p.SameName("申报表的户名", formName, p.use(formAt), want, wantAt, action)
		}
	},
}

func accountDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// masked shows the last four digits of an account.
func masked(account string) string {
	d := accountDigits(account)
	if len(d) <= 4 {
		return "“" + account + "”"
	}
	return "…" + d[len(d)-4:]
}

// sameBank compares banks without 股份有限公司, which is left out as often as not.
func sameBank(a, b string) bool {
	short := func(s string) string {
		return strings.NewReplacer("股份有限公司", "", "有限责任公司", "", "有限公司", "").Replace(name.Normal(s))
	}
	return short(a) == short(b)
}
