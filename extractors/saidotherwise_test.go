package extractors

import (
	"testing"

	"hequan"
)

// TestSaidOtherwise are values in forms that papers have besides the usual ones, each of which was once read as another value.
func TestSaidOtherwise(t *testing.T) {
	a, b := "北京某甲科技有限公司", "西安某乙数智科技有限公司"
	contract := []string{"模型服务采购合同", "甲方：" + a, "乙方：" + b}
	for _, c := range []struct {
		kind hequan.Kind
		rows []string
		want map[string]string
	}{
		{hequan.KindContract, append(contract, "总费用预计不超过1,200,000元"), map[string]string{"amount": "1200000.00"}},
		{hequan.KindContract, append(contract, "合同总价 人民币（大写）壹佰贰拾万元整（¥1200000.00）"), map[string]string{"amount": "1200000.00", "amount_words": "1200000.00"}},
		{hequan.KindContract, append(contract, "合同总价（万元）：120"), map[string]string{"amount": "1200000.00"}},
		{hequan.KindContract, append(contract, "本合同有效期为一年，自2025年10月1日起计算。"), map[string]string{"term_start": "2025-10-01", "term_end": "2026-09-30"}},
		{hequan.KindContract, append(contract, "服务开始日：2025年10月1日，服务期9个月"), map[string]string{"term_start": "2025-10-01", "term_end": "2026-06-30"}},
		{hequan.KindContract, append(contract, "本协议自2025年10月1日生效，有效期至2026年6月30日。"), map[string]string{"term_end": "2026-06-30"}},
		{hequan.KindContract, append(contract, "编号：（2025）京采字第018号"), map[string]string{"number": "（2025）京采字第018号"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注册资本 2500.00（万元）"}, map[string]string{"capital": "25000000.00"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注册资本（万元）：2500"}, map[string]string{"capital": "25000000.00"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "结算起止：2025-10-01 / 2025-12-31"}, map[string]string{"period_start": "2025-10-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "结算周期 2025年第四季度"}, map[string]string{"period_start": "2025-10-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "结算时间：2025年10月1日00:00至2025年12月31日24:00"}, map[string]string{"period_start": "2025-10-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "账期：2025年9-12月"}, map[string]string{"period_start": "2025-09-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "服务期间：2025-09-012025-12-31"}, map[string]string{"period_start": "2025-09-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "服务期间：2025年9月全12月"}, map[string]string{"period_start": "2025-09-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "结算区间：2025年9月1日12月31日"}, map[string]string{"period_start": "2025-09-01", "period_end": "2025-12-31"}},
		{hequan.KindSettlement, []string{"模型服务结算单", "客户：" + a, "结算区间：2025年Q3、Q4"}, map[string]string{"period_start": "2025-07-01", "period_end": "2025-12-31"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注\t册资，本：1000万元整"}, map[string]string{"capital": "10000000.00"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "二千五百万元"}, map[string]string{"capital": ""}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注册资本 二千五百万元"}, map[string]string{"capital": "25000000.00"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注册资本 2500方元"}, map[string]string{"capital": "25000000.00"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "注册资本 贰仟伍佰万元整成立日期2018年11月19日"}, map[string]string{"capital": ""}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "500万元人民币"}, map[string]string{"capital": "5000000.00"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "法定代表人(负\t金某", "责人)"}, map[string]string{"legal_representative": "金某"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "法定代表人（负责周某英", "人)"}, map[string]string{"legal_representative": "周某英"}},
		{hequan.KindBusinessLicense, []string{"营业执照", "名称 " + a, "法定代表人(负责人):刘某"}, map[string]string{"legal_representative": "刘某"}},
		{hequan.KindAcceptance, []string{"项目验收报告", "综合评定：合格☑ 不合格□"}, map[string]string{"outcome": "passed"}},
		{hequan.KindAcceptance, []string{"项目验收报告", "结论：☑不通过 □通过"}, map[string]string{"outcome": "failed"}},
		{hequan.KindAcceptance, []string{"项目验收报告", "结论：□不通过 □通过"}, map[string]string{"outcome": ""}},
		{hequan.KindAcceptance, []string{"项目验收报告", "交付日期 2026年3月9日 验收日期 2026年3月15日"}, map[string]string{"date": "2026-03-15"}},
		{hequan.KindBankAccount, []string{"收款账户信息", "银行名称：北京银行经济技术开发区支行 行号：313100001234"}, map[string]string{"account": ""}},
		{hequan.KindAuditReport, []string{"审计报告", "我们审计了" + a + "（以下简称“贵公司”）财务报表"}, map[string]string{"entity": a}},
		{hequan.KindFilingProof, []string{"算法备案", "网信算备110108345678901230012号"}, map[string]string{"number": "网信算备110108345678901230012号"}},
	} {
		wantFields(t, Extract(c.kind, closeLines(typed(c.rows...)), nil), c.want)
	}
}

// TestAMisreadUnitProvesNothing: 万 of a capital that was read as 方 is taken for it, unproven.
func TestAMisreadUnitProvesNothing(t *testing.T) {
	for unit, proven := range map[string]bool{"万": true, "方": false} {
		c := Extract(hequan.KindBusinessLicense, typed("营业执照", "名称  北京某甲科技有限公司", "注册资本  2500"+unit+"元"), nil)
		f := c.field("capital")
		if f == nil || f.Value != "25000000.00" || f.Proven() != proven {
			t.Errorf("2500%s元 is %+v", unit, f)
		}
	}
}
