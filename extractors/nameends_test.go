package extractors

import (
	"testing"

	"hequan"
)

// TestNamesEndBelow: a name that its column cuts off goes on in the row below, whatever stands beside it; what is
// whole, or a name of its own, stays.
func TestNamesEndBelow(t *testing.T) {
	for _, c := range []struct{ right, below, want string }{
		{"出具单位（公章）：西安知微子智能技术有", "限公司", "西安知微子智能技术有限公司"},
		{"出具单位（公章）：西安知微子智能技术有限公", "司", "西安知微子智能技术有限公司"},
		{"出具单位（公章）：西安知微子智能技术", "有限公司", "西安知微子智能技术有限公司"},
		{"出具单位（公章）：西安知微子智能科", "技有限公司", "西安知微子智能科技有限公司"},
		{"出具单位（公章）：西安知微子智能技术有限公司", "云岫数智科技有限公司", "西安知微子智能技术有限公司"},
	} {
		got := Extract(hequan.KindSettlement, laid(placedRow{0.1, []placedWord{{0.4, "结算单"}}}, placedRow{0.2, []placedWord{{0.1, "甲方：北京晴川装备制造技术有限公司"}}},
			placedRow{0.70, []placedWord{{0.1, "经办人："}, {0.5, c.right}}}, placedRow{0.725, []placedWord{{0.1, "签字：敏兰"}, {0.5, c.below}}}), nil)
		holdsFields(t, &got, map[string]string{"provider": c.want, "customer": "北京晴川装备制造技术有限公司"})
	}
}

// TestWholeNameElsewhere: of a name whose end the page has lost the whole one that stands elsewhere is taken.
func TestWholeNameElsewhere(t *testing.T) {
	got := Extract(hequan.KindSettlement, typed("服务费用核对单", "甲方：北京晴川装备制造技术有限公司", "我方即上海云岫科技有限公司已提供服务。", "服务方：上海云岫科技有限公"), nil)
	holdsFields(t, &got, map[string]string{"provider": "上海云岫科技有限公司"})
}

// TestNumberedLabelsWithoutColon: 四、开始日期为… says what 四、开始日期：… says.
func TestNumberedLabelsWithoutColon(t *testing.T) {
	got := Extract(hequan.KindSettlement, typed("费用账单", "一、结束日期：2026.04.30；", "二、上期结余：0.00元。", "三、付款方：北京京畿金融科技有限公司", "四、开始日期为2026.01.01；"), nil)
	holdsFields(t, &got, map[string]string{"period_start": "2026-01-01", "period_end": "2026-04-30"})
}

// TestStatementsBehindOtherNumbers: the numbers of two statements part them, whatever number of a contract stands above one; a clause on
// late payment and a 服务终止日期 make no contract of a statement.
func TestStatementsBehindOtherNumbers(t *testing.T) {
	pages := append(typed("服务费用核对单", "文件编号：JS202512602293", "客户全称：北京某甲信息技术有限公司", "使用期间：2025-09-01~2025-12-31", "知微子-Max  20650038  千tokens  0.02  413,000.76", "上述费用合计¥413,000.76（大写：肆拾壹万叁仟元柒角陆分）。"),
		typed("服务使用确认书", "付款方：北京某甲信息技术有限公司", "合同编号：DLZF2025081749", "服务起始日期：2026/1/1", "服务终止日期：2026/5/31", "账单号：JS202605655963", "知微子-Max  13529070.5  千tokens  0.02  270,581.41", "以上共计金额：270,581.41，金额大写：人民币贰拾柒万零伍佰捌拾壹元肆角壹分。", "逾期付款的，按日加收应付款万分之五的违约金。", "深圳知微子人工智能有限公司（盖章）")...)
	pages[1].Info.Page = 2
	parts := Split(pages)
	if len(parts) != 2 || parts[0].Kind != hequan.KindSettlement || parts[1].Kind != hequan.KindSettlement {
		t.Errorf("%+v", parts)
	}
}

// TestNamesThatRunIntoLabels: the label of the next column is no part of a name.
func TestNamesThatRunIntoLabels(t *testing.T) {
	got := Extract(hequan.KindSettlement, typed("对账确认函", "租户名称  北京同舟精密制造有限公司账期开始日  2026年1月1日", "账期截止日  2026年4月30日"), nil)
	holdsFields(t, &got, map[string]string{"customer": "北京同舟精密制造有限公司"})
}

// TestAddressesInRunningLists: an address that goes on in the next row ends where the next label begins.
func TestAddressesInRunningLists(t *testing.T) {
	got := Extract(hequan.KindContract, closeLines(typed("推理服务合同", "甲方（全称）：北京弘毅金融科技有限公司  法定代表人：唐超怡  住所：北京市大兴", "区北京经济技术开发区荣华南路29号院7号楼9层916  联系方式：010-83511984",
		"乙方（全称）：杭州星槎人工智能有限公司  法定代表人：常勇  住所：杭州市余杭区", "文一西路52号6幢904室  联系方式：0571-30678950", "一、服务内容")), nil)
	holdsFields(t, &got, map[string]string{"party_a_address": "北京市大兴区北京经济技术开发区荣华南路29号院7号楼9层916", "party_b_address": "杭州市余杭区文一西路52号6幢904室"})
}

// TestCategoriesReadTwice: the end of an invoice line's category that two crops have is there once.
func TestCategoriesReadTwice(t *testing.T) {
	for text, want := range map[string]string{"*软件*件*模型应用管理平台软件": "*软件*模型应用管理平台软件", "*软件*软件*砚池-14B-Chat模型软件授权": "*软件*砚池-14B-Chat模型软件授权",
		"*软件*软件授权": "*软件*软件授权", "*信息技术服务*云岫-Pro模型接口调用费": "*信息技术服务*云岫-Pro模型接口调用费"} {
		if got := cellItem(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
