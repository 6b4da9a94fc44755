package extractors

// applicationForm reads a printed 申报表; its fields are named as the keys of
// application.json.
func applicationForm(d *doc) Content {
	return Content{Fields: gather(d, []wanted{
		{"applicant.name", readCompany, []string{"申报单位", "单位名称", "企业名称", "申报主体"}},
		{"applicant.uscc", readUSCC, []string{"统一社会信用代码"}},
		{"project.name", readText, []string{"项目名称"}},
		{"project.mode", readMode, []string{"申报类型", "应用方式", "类型", "调用方式"}},
		{"project.domain", readText, []string{"应用方向", "应用领域"}},
		{"applicant.established", readDay, []string{"成立日期", "成立时间"}},
		{"applicant.address", readText, []string{"注册地址", "单位地址", "地址"}},
		{"project.started", readDay, []string{"应用开始时间", "开始日期", "起始日期"}},
		{"project.ended", readDay, []string{"应用结束时间", "结束日期", "截止日期"}},
		{"submitted_at", readDay, []string{"申报日期", "提交日期", "填表日期"}},
		{"claimed_amount", readMoney, []string{"申报金额", "申请金额", "拟申请金额"}},
	}, "法定代表人", "联系人", "联系电话")}
}
