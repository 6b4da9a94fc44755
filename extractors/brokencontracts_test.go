package extractors

import (
	"testing"

	"hequan"
)

// TestPartiesUnderTheirRoles: the parties' roles head the columns of a table whose second row has their names; an address of two
// lines in each column is read line by line.
func TestPartiesUnderTheirRoles(t *testing.T) {
	xs := []float64{0.10, 0.25, 0.60}
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.06, []placedWord{{0.40, "人工智能模型采购合同"}}},
		at(0.14, xs, "项目", "用户方", "平台方"),
		at(0.17, xs, "公司名称", "北京望潮金融科技有限公司", "上海衡鉴智能技术有限公司"),
		at(0.20, xs, "法定代表人", "黎轩远", "熊怡阳"),
		at(0.230, xs, "", "北京市大兴区同济南路28号10号楼", "上海市浦东新区张江路426号4幢"),
		at(0.240, xs, "办公地址", "", ""),
		at(0.250, xs, "", "1层708室", "1509室"),
		at(0.29, xs, "固定电话", "010-76071549", "021-57910992"),
		placedRow{0.34, []placedWord{{0.10, "鉴于用户方有意使用平台方的人工智能服务，双方就有关事宜达成如下约定。"}}},
	), map[string]string{"party_a": "北京望潮金融科技有限公司", "party_b": "上海衡鉴智能技术有限公司", "party_a_legal": "黎轩远", "party_b_legal": "熊怡阳",
		"party_a_address": "北京市大兴区同济南路28号10号楼1层708室", "party_b_address": "上海市浦东新区张江路426号4幢1509室", "party_a_phone": "010-76071549", "party_b_phone": "021-57910992"})
}

// TestAPartyWhoseSigningIsCut: the end of a name that is left of it under a seal is no name; the one below the role's heading is, with dirt
// of a seal behind the heading.
func TestAPartyWhoseSigningIsCut(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.06, []placedWord{{0.40, "大模型专属云服务合同"}}},
		placedRow{0.12, []placedWord{{0.10, "采购单位"}}},
		placedRow{0.15, []placedWord{{0.10, "名称:北京嘉禾云信用服务科技有限公司"}}},
		placedRow{0.18, []placedWord{{0.10, "〔供应单位〕"}, {0.60, "1人ay"}}},
		placedRow{0.21, []placedWord{{0.10, "单位名称合肥璞石数智科技有限公司"}}},
		placedRow{0.24, []placedWord{{0.10, "住所为合肥市高新区望江西路37号，固定电话，0551-21029879。"}}},
		placedRow{0.60, []placedWord{{0.10, "供应单位(盖章):科技有限公司"}}},
	), map[string]string{"party_a": "北京嘉禾云信用服务科技有限公司", "party_b": "合肥璞石数智科技有限公司", "party_b_phone": "0551-21029879"})
	for v, want := range map[string]bool{"科技有限公司": true, "信息技术有限公司": true, "合肥璞石数智科技有限公司": false, "璞石科技有限公司": false, "北京科技有限公司": false} {
		if endOfName(v) != want {
			t.Errorf("%s: %v", v, !want)
		}
	}
}

// TestALabelThatEndsAnother: 编号 behind a gap is the end of 合同编号 still.
func TestALabelThatEndsAnother(t *testing.T) {
	compare(t, fieldsOf(hequan.KindSettlement,
		placedRow{0.06, []placedWord{{0.40, "费用账单"}}},
		placedRow{0.12, []placedWord{{0.10, "用量期间"}, {0.22, "2025.10.01~2025.12.31"}, {0.60, "合同"}, {0.634, "编号"}, {0.70, "YL-HT-253805"}}},
		placedRow{0.16, []placedWord{{0.10, "单据编号"}, {0.22, "JS202512190727"}}},
	), map[string]string{"number": "JS202512190727"})
}

// TestWordsThatGoOnBelow: an amount in words breaks off at the end of its line.
func TestWordsThatGoOnBelow(t *testing.T) {
	compare(t, fieldsOf(hequan.KindSettlement,
		placedRow{0.06, []placedWord{{0.40, "月度对账单"}}},
		placedRow{0.20, []placedWord{{0.10, "经核算，贵方应向我方支付服务费用242,661.03元(人民币贰拾肆万贰仟陆佰陆拾壹"}}},
		placedRow{0.23, []placedWord{{0.10, "元零参分），请按约定支付。"}}},
	), map[string]string{"total": "242661.03", "total_words": "242661.03"})
}

// TestFormOfAFirmCutOff: of （普通合伙） the end may be lost.
func TestFormOfAFirmCutOff(t *testing.T) {
	for behind, want := range map[string]string{"(普通合": "(普通合伙)", "（特殊普通合": "(特殊普通合伙)", "普通": ""} {
		if got := partnershipIn(behind); got != want {
			t.Errorf("%s: %q", behind, got)
		}
	}
}
