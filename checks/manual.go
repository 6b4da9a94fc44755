package checks

import (
	"hequan"
)

// manual lists what no document can tell, with where to look. It never changes
// the verdict.
func manual(f *facts) []hequan.Manual {
	who, _, _ := f.form("applicant.name")
	if who == "" {
		who = "申报单位"
	}
	out := []hequan.Manual{
		{Rule: "conditions.declared", Clause: "三.1", What: who + "近三年有无重大行政处罚、刑事犯罪记录，是否列入严重违法失信主体名单", Where: "信用中国、国家企业信用信息公示系统、中国执行信息公开网"},
		{Rule: "conditions.declared", Clause: "三.4", What: who + "是否已获得经开区其他财政资金（如算力券）支持", Where: "经开区政策兑现综合服务平台台账"},
		{Rule: "applicant.region", Clause: "三.1", What: who + "是否在亦庄新城225平方公里内实际经营", Where: "租赁合同、纳税与社保记录，必要时现场查看"},
		{Rule: "parties.unrelated", Clause: "三.3", What: "申报单位与模型服务提供方有无股权、控制或重大影响关系", Where: "国家企业信用信息公示系统、审计报告关联方附注"},
		{Rule: "business_license.valid", Clause: "三.1", What: who + "的登记状态（存续、吊销、注销）", Where: "国家企业信用信息公示系统"},
	}
	if len(f.Docs(hequan.KindInvoice)) > 0 {
		out = append(out, hequan.Manual{Rule: "invoice.number", Clause: "五.7", What: "发票真伪及开具后是否红冲、作废", Where: "国家税务总局全国增值税发票查验平台"})
	}
	if len(f.Docs(hequan.KindAuditReport)) > 0 {
		out = append(out, hequan.Manual{Rule: "audit_report.structure", Clause: "五.5", What: "审计报告是否已报备", Where: "注册会计师行业统一监管平台（扫描报告二维码）"})
	}
	out = append(out,
		hequan.Manual{Rule: "filing.listed", Clause: "三.5", What: "模型服务在最新备案公告中的记录", Where: "中央网信办官网“生成式人工智能服务已备案信息”"},
		hequan.Manual{Rule: "application.domain", Clause: "三.2", What: "应用成效是否显著，能否在行业复制推广", Where: "专家评审"},
	)
	return out
}
