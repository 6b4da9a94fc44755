package extractors

// applicationForm reads a printed 申报表.
func applicationForm(d *doc) Content {
	return Content{Fields: gather(d, []wanted{
		{"applicant", readCompany, []string{"申报单位", "单位名称", "企业名称", "申报主体"}},
		{"uscc", readUSCC, []string{"统一社会信用代码"}},
		{"project", readText, []string{"项目名称"}},
		{"mode", readMode, []string{"申报类型", "应用方式", "类型", "调用方式"}},
		{"domain", readText, []string{"应用方向", "应用领域"}},
		{"claimed_amount", readMoney, []string{"申报金额", "申请金额", "拟申请金额"}},
	}, "法定代表人", "联系人", "联系电话", "成立日期")}
}
