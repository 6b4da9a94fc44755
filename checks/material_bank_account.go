package checks

import (
	"hequan"
)

var materialBankAccount = &Rule{
	ID: "material.bank_account", Clause: "五.4", Scope: PerApplication,
	Title: "已提交银行账户信息",
	Doc:   "A bank account sheet is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindBankAccount) },
}
