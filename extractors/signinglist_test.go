package extractors

import (
	"testing"

	"hequan"
)

// TestSigningTable reads a table where both parties sign: labels in columns of their own that wrap, values that wrap beside
// them, in rows that run into each other.
func TestSigningTable(t *testing.T) {
	rows := append(rowsOf("服务合同", "甲方：北京晴川政务信息科技有限公司", "乙方：西安衡鉴科技有限公司"),
		placedRow{0.300, []placedWord{{0.12, "甲方(盖"}, {0.22, "北京晴川政务信息科技有"}, {0.52, "乙方(公"}, {0.62, "西安衡鉴科技有限公司"}}},
		placedRow{0.320, []placedWord{{0.12, "章)"}, {0.22, "限公司"}, {0.52, "章)"}}},
		placedRow{0.346, []placedWord{{0.12, "法定代表"}, {0.52, "法定代表"}}},
		placedRow{0.356, []placedWord{{0.22, "阎军志"}, {0.62, "潘嘉"}}},
		placedRow{0.366, []placedWord{{0.12, "人"}, {0.52, "人"}}},
		placedRow{0.390, []placedWord{{0.12, "通讯地址"}, {0.22, "北京经济技术开发区地盛北街"}, {0.363, "2"}, {0.52, "通讯地址"}, {0.62, "西安市高新区锦业一路109"}}},
		placedRow{0.410, []placedWord{{0.22, "号5层以儿"}, {0.62, "号9幢"}}},
		placedRow{0.434, []placedWord{{0.12, "电话"}, {0.22, "010-68401443"}, {0.52, "电话"}, {0.62, "029-20308605"}}},
		placedRow{0.458, []placedWord{{0.12, "联系人"}, {0.22, "王敏"}, {0.52, "联系人"}, {0.62, "/"}}})
	wantFields(t, Extract(hequan.KindContract, laid(rows...), nil), partyFactsWanted)
}

// TestSeamsOfPieces: what two pieces of a line both read stands once.
func TestSeamsOfPieces(t *testing.T) {
	a, b := hequan.Field{Value: "北京经济技术开发", Box: hequan.Box{0.1, 0.2, 0.3, 0.22}}, hequan.Field{Value: "术开发区经海四路1号", Box: hequan.Box{0.28, 0.202, 0.5, 0.222}}
	if got := a.Value + withoutSeam(a, b).Value; got != "北京经济技术开发区经海四路1号" {
		t.Errorf("joined: %s", got)
	}
}

// TestOneListOfTwoFactsARow: rows of a label and a value each twice are one party's, then the other's.
func TestOneListOfTwoFactsARow(t *testing.T) {
	rows := append(rowsOf("服务合同"),
		placedRow{0.20, []placedWord{{0.12, "甲方：北京晴川政务信息科技有限公司"}}},
		placedRow{0.23, []placedWord{{0.12, "住所"}, {0.18, "北京经济技术开发区地盛北街2号5层"}, {0.60, "电话"}, {0.68, "010-68401443"}}},
		placedRow{0.26, []placedWord{{0.12, "乙方：西安衡鉴科技有限公司"}}},
		placedRow{0.29, []placedWord{{0.12, "住所"}, {0.18, "西安市高新区锦业一路109号9幢"}, {0.60, "电话"}, {0.68, "029-20308605"}}})
	wantFields(t, Extract(hequan.KindContract, laid(rows...), nil), map[string]string{"party_a_address": partyFactsWanted["party_a_address"], "party_b_address": partyFactsWanted["party_b_address"],
		"party_a_phone": partyFactsWanted["party_a_phone"], "party_b_phone": partyFactsWanted["party_b_phone"]})
}

// TestAddressesOfParties: without a label, with what is said besides, and where the role follows the name or the sentence.
func TestAddressesOfParties(t *testing.T) {
	a, b := "北京市大兴区宏达北路33号3幢1层103室", "西安市高新区锦业一路510号6幢1901室"
	for _, rows := range [][]string{
		{"甲方：北京某甲科技有限公司", a, "乙方：西安某乙数智科技有限公司", b},
		{"甲方：北京某甲科技有限公司", "营业地址：" + a, "乙方：西安某乙数智科技有限公司", "营业地址：" + b},
		{"甲方：北京某甲科技有限公司", "地址及邮编：" + a + "（100176）", "乙方：西安某乙数智科技有限公司", "地址及邮编：" + b + "（710065）"},
		{"甲方：北京某甲科技有限公司", "（住所地：" + a + "）", "乙方：西安某乙数智科技有限公司", "（住所地：" + b + "）"},
		{"北京某甲科技有限公司（甲方），住所：" + a, "西安某乙数智科技有限公司（乙方），住所：" + b},
		{"（1）北京某甲科技有限公司，一家依法设立的公司，其注册地址为" + a + "（“甲方”）；", "（2）西安某乙数智科技有限公司，一家依法设立的公司，其注册地址为" + b + "（“乙方”）。"},
	} {
		got := Extract(hequan.KindContract, closeLines(typed(append([]string{"模型服务采购合同"}, append(rows, "双方在平等自愿的基础上经友好协商一致，就乙方向甲方提供大模型服务订立本合同，共同遵守执行。")...)...)), nil)
		wantFields(t, got, map[string]string{"party_a": "北京某甲科技有限公司", "party_b": "西安某乙数智科技有限公司", "party_a_address": a, "party_b_address": b})
	}
}

// TestTermsUnderOtherNames: the term of a licence under other labels, in lines that wrap, and without a label.
func TestTermsUnderOtherNames(t *testing.T) {
	for row, want := range map[string]string{
		"存续期限：长期": "long", "营业(经营)期限：2017年11月30日至2047年11月29日": "2047-11-29", "营业截止日期：2047年11月29日": "2047-11-29", "营业期限（长期）": "long",
		"营业期限自：2017年11月30日": "", "2017年11月30日至2047年11月29日": "2047-11-29", "营业期限  自  2017年11月30日  至  长期": "long",
	} {
		got := Extract(hequan.KindBusinessLicense, closeLines(typed("营业执照", "名称  北京某甲软件技术有限公司", row, "住所  北京市大兴区荣华南路34号院3号楼8层210")), nil)
		wantFields(t, got, map[string]string{"valid_until": want})
	}
	wrapped := laid(placedRow{0.1, []placedWord{{0.4, "营业执照"}}}, placedRow{0.200, []placedWord{{0.12, "成立日期  2014年1月31日"}, {0.5, "营业期限"}, {0.6, "2014年1月31日至"}}}, placedRow{0.218, []placedWord{{0.6, "2044年1月30日"}}})
	wantFields(t, Extract(hequan.KindBusinessLicense, wrapped, nil), map[string]string{"valid_until": "2044-01-30"})
}
