package extractors

// applicationForm reads a printed 申报表; its fields are named as the keys of
// application.json.
func applicationForm(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"applicant.name", readCompany, []string{"申报单位", "申报单位名称", "申请单位", "申请人", "申报企业", "申请企业", "申报单位全称", "单位名称", "企业名称", "申报主体"}},
		{"applicant.uscc", readUSCC, []string{"统一社会信用代码", "信用代码", "社会信用代码"}},
		{"project.name", readText, []string{"项目名称", "申报项目", "应用项目", "项目全称", "应用场景名称", "申报项目名称"}},
		{"project.mode", readMode, []string{"申报类型", "申报模式", "应用模式", "申请类型", "应用类型", "使用方式", "支持方式", "申报方式", "服务方式", "应用方式", "类型", "调用方式"}},
		{"project.domain", readText, []string{"应用方向", "所属领域", "应用行业", "行业领域", "领域", "应用场景领域", "所属行业", "应用领域"}},
		{"applicant.established", readDay, []string{"成立日期", "设立日期", "设立时间", "企业成立日期", "工商登记日期", "登记日期", "注册日期", "注册时间", "成立年月", "成立时间"}},
		{"applicant.address", readAddress, []string{"注册地址", "单位住所", "住所", "经营地址", "办公地址", "通讯地址", "联系地址", "单位地址", "地址"}},
		{"project.started", readDay, []string{"应用开始时间", "使用开始日期", "使用起始日期", "项目开始日期", "实施开始时间", "开始时间", "起始时间", "开始日期", "起始日期"}},
		{"project.ended", readDay, []string{"应用结束时间", "使用结束日期", "使用截止日期", "项目结束日期", "结束时间", "截止时间", "结束日期", "截止日期"}},
		{"submitted_at", readDay, []string{"申报日期", "申请日期", "填报日期", "填表时间", "申报时间", "提交时间", "提交日期", "填表日期"}},
		{"claimed_amount", readMoney, []string{"申报金额", "申请兑现金额", "申请支持金额", "申请补贴金额", "申领金额", "拟申领金额", "申请额度", "申报额度", "兑现金额", "申请金额", "拟申请金额"}},
	}, "法定代表人", "联系人", "联系电话")}
	foundForm(d, &c)
	return c
}
