package extractors

// bankAccount reads 银行账户信息.
func bankAccount(d *doc) Content {
	return Content{Fields: gather(d, []wanted{
		{"account_name", readCompany, []string{"账户名称", "户名", "开户名称", "开户名", "单位名称", "收款单位", "账户户名", "存款人名称"}},
		{"bank", readText, []string{"开户银行", "开户行", "开户银行名称", "开户网点", "收款银行", "开户机构"}},
		{"account", readDigits, []string{"银行账号", "账号", "账户号码", "银行账户", "收款账号", "帐号"}},
	}, "联行号", "行号", "统一社会信用代码", "联系人", "联系电话", "基本存款账户")}
}
