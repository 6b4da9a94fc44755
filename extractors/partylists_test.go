package extractors

import (
	"strings"
	"testing"

	"hequan"
)

var partyFactsWanted = map[string]string{"party_a_legal": "阎军志", "party_a_address": "北京经济技术开发区地盛北街2号5层", "party_a_phone": "010-68401443",
	"party_b_legal": "潘嘉", "party_b_address": "西安市高新区锦业一路109号9幢", "party_b_phone": "029-20308605"}

// TestPartyListsWhereTheySign: in two columns below the names, one of which wraps and one of which is misread, with
// lines that wrap.
func TestPartyListsWhereTheySign(t *testing.T) {
	rows := append(rowsOf("服务合同", "甲方：北京晴川政务信息科技有限公司", "乙方：西安衡鉴科技有限公司"),
		placedRow{0.200, []placedWord{{0.12, "甲方（盖章）:北京晴川政务信息科技有"}, {0.52, "乙方(盖章)西安储鉴科技有限公司"}}},
		placedRow{0.222, []placedWord{{0.12, "限公司"}, {0.52, "法定代表人:潘嘉"}}},
		placedRow{0.246, []placedWord{{0.12, "法定代表人:阎军志"}, {0.52, "注册地址;西安市高新区锦业一"}}},
		placedRow{0.268, []placedWord{{0.12, "注册地址:北京经济技术开发区地"}, {0.52, "路109号9幢。"}}},
		placedRow{0.292, []placedWord{{0.12, "盛北街2号5层"}, {0.52, "联系电话:029-20308605"}}},
		placedRow{0.316, []placedWord{{0.12, "联系电话:010-68401443"}, {0.52, "传真:/"}}})
	wantFields(t, Extract(hequan.KindContract, laid(rows...), nil), partyFactsWanted)
	// Two labels are enough to tell where the right column begins.
	short := append(rowsOf("服务合同", "甲方：北京晴川政务信息科技有限公司", "乙方：西安衡鉴科技有限公司"),
		placedRow{0.200, []placedWord{{0.12, "甲方（盖章）:北京晴川政务信息科技有限公司"}, {0.62, "乙方(盖章)西安衡鉴科技有限公司"}}},
		placedRow{0.230, []placedWord{{0.12, "注册地址:北京经济技术开发区地"}, {0.62, "注册地址:西安市高新区锦业一"}}},
		placedRow{0.252, []placedWord{{0.12, "盛北街2号5层"}, {0.62, "路109号9幢"}}},
		placedRow{0.276, []placedWord{{0.12, "联系电话:010-68401443"}, {0.62, "联系电话:029-20308605"}}})
	wantFields(t, Extract(hequan.KindContract, laid(short...), nil), map[string]string{"party_a_address": partyFactsWanted["party_a_address"], "party_b_address": partyFactsWanted["party_b_address"],
		"party_a_phone": partyFactsWanted["party_a_phone"], "party_b_phone": partyFactsWanted["party_b_phone"]})
	// Without a name or role in the columns the buyer's is the left one, and nobody is sure.
	rows[3] = placedRow{0.200, []placedWord{{0.12, "（盖章）"}, {0.52, "（盖章）"}}}
	rows[4].words = rows[4].words[1:]
	c := Extract(hequan.KindContract, laid(rows...), nil)
	wantFields(t, c, map[string]string{"party_a_phone": "010-68401443", "party_b_phone": "029-20308605"})
	if f := c.field("party_a_phone"); f.Confidence > 0.5 || f.Proven() {
		t.Errorf("the side is not sure: %+v", f)
	}
}

// TestPartiesAsColumns: what is said of both stands below their names, its label once.
func TestPartiesAsColumns(t *testing.T) {
	xs := []float64{0.12, 0.26, 0.60}
	rows := append(rowsOf("服务合同"),
		at(0.100, xs, "事项", "采购方", "供应商"),
		at(0.130, xs, "单位名称", "北京晴川政务信息科技有限公司", "西安衡鉴科技有限公司"),
		at(0.160, xs, "单位负责人", "阎军志", "潘嘉"),
		at(0.172, xs, "", "", "大宇"), // of a seal
		at(0.185, xs, "", "北京经济技术开发区地盛北街2", "西安市高新区锦业一路109号"),
		at(0.195, xs, "联系地址"),
		at(0.205, xs, "", "号5层", "9幢友-"),
		at(0.230, xs, "电话", "010-68401443", "029-20308605"),
		placedRow{0.260, []placedWord{{0.12, "双方在平等自愿的基础上协商一致，签订本合同。"}}})
	wantFields(t, Extract(hequan.KindContract, laid(rows...), nil), partyFactsWanted)
}

// TestPartiesUnderSeals: where no name can be read the roles before the seals tell whose the columns are; names that
// stand against each other in one piece have a column each; what one line of facts has no room for goes on in the next.
func TestPartiesUnderSeals(t *testing.T) {
	rows := append(rowsOf("服务合同", "甲方：北京晴川政务信息科技有限公司", "乙方：西安衡鉴科技有限公司"),
		placedRow{0.200, []placedWord{{0.12, "乙方(章):2融科BS"}, {0.55, "甲方(公章):"}}},
		placedRow{0.230, []placedWord{{0.12, "法定代表人:潘嘉"}, {0.55, "法定代表人:阎军志"}}},
		placedRow{0.260, []placedWord{{0.12, "联系电话:029-20308605"}, {0.55, "联系电话:010-68401443"}}})
	wantFields(t, Extract(hequan.KindContract, laid(rows...), nil), map[string]string{"party_a_legal": "阎军志", "party_b_legal": "潘嘉", "party_a_phone": "010-68401443", "party_b_phone": "029-20308605"})

	xs := []float64{0.12, 0.26, 0.425}
	glued := append(rowsOf("服务合同"), at(0.100, xs, "内容", "甲方", "乙方"),
		placedRow{0.130, []placedWord{{0.12, "单位名称"}, {0.26, "北京晴川政务信息科技有限公司“西安衡鉴科技有限公司"}}},
		at(0.160, xs, "法人代表", "阎军志", "潘嘉"), at(0.190, xs, "电话号码", "010-68401443", "029-20308605"))
	wantFields(t, Extract(hequan.KindContract, laid(glued...), nil), map[string]string{"party_a_legal": "阎军志", "party_b_legal": "潘嘉", "party_a_phone": "010-68401443", "party_b_phone": "029-20308605"})

	line := append(rowsOf("服务合同"),
		placedRow{0.10, []placedWord{{0.12, "甲方：北京晴川政务信息科技有限公司"}, {0.36, "法定代表人：阎军志"}, {0.52, "地址：北京经济技术开发区"}}},
		placedRow{0.13, []placedWord{{0.12, "地盛北街2号5层"}, {0.36, "电话：010-68401443"}}},
		placedRow{0.16, []placedWord{{0.12, "乙方：西安衡鉴科技有限公司"}, {0.36, "法定代表人：潘嘉"}}})
	wantFields(t, Extract(hequan.KindContract, laid(line...), nil), map[string]string{"party_a_address": "北京经济技术开发区地盛北街2号5层", "party_a_phone": "010-68401443"})
}

// TestPartiesInBrackets: facts without marks behind their labels, one of several in brackets behind the name.
func TestPartiesInBrackets(t *testing.T) {
	rows := rowsOf("服务合同", "定作人：北京晴川政务信息科技有限公司（负责人为阎军志；法定地址北京经济技术开发区地盛北街2号5层；电话010-68401443）",
		"承揽人：西安衡鉴科技有限公司（负责人潘嘉，地址西安市高新区锦业一路109号9幢，电话：029-20308605）")
	c := Extract(hequan.KindContract, laid(rows...), nil)
	wantFields(t, c, partyFactsWanted)
	wantFields(t, c, map[string]string{"party_a": "北京晴川政务信息科技有限公司", "party_b": "西安衡鉴科技有限公司"})
}

// TestPartyOfMostMentions: a name that a seal lies over is misread; the others agree.
func TestPartyOfMostMentions(t *testing.T) {
	rows := rowsOf("服务合同", "委托人信息", "名称：北京晴川政务信息科技有限公司", "委托人：北京量川政务信息科技有限公司", "受托人：西安衡鉴科技有限公司")
	pages := laid(rows...)
	pages[0].Seals = []hequan.Seal{{Box: hequan.Box{0.15, 0.135, 0.35, 0.17}}}
	wantFields(t, Extract(hequan.KindContract, pages, nil), map[string]string{"party_a": "北京晴川政务信息科技有限公司", "party_b": "西安衡鉴科技有限公司"})
}

// TestNoticesAreNoDelivery: how a notice reaches the other party is not how the goods do; the role of the other party that
// stands inside of a wrapped name is none of it.
func TestNoticesAreNoDelivery(t *testing.T) {
	got := fieldsOf(hequan.KindContract, rowsOf("采购合同", "九、一方变更联系方式的，应在2日内通知对方，否则按原地址送达指定机房。")...)
	compare(t, got, map[string]string{"delivery_method": ""})
	got = fieldsOf(hequan.KindContract, rowsOf("采购合同", "八、乙方将产品运送至甲方指定机房并现场安装。")...)
	compare(t, got, map[string]string{"delivery_method": "八、乙方将产品运送至甲方指定机房并现场安装。"})
	got = fieldsOf(hequan.KindContract, placedRow{0.05, []placedWord{{0.4, "采购合同"}}}, placedRow{0.20, []placedWord{{0.12, "服务内容"}}}, placedRow{0.23, []placedWord{{0.12, "类别"}, {0.30, "单位"}, {0.45, "数量"}, {0.60, "备注"}}},
		placedRow{0.30, []placedWord{{0.12, "甲方向乙方采购云岫大模型私有化部署及配套软件。"}}})
	if strings.Contains(got["subject"], "单位") {
		t.Errorf("headings are no subject: %q", got["subject"])
	}
	compare(t, fieldsOf(hequan.KindContract, rowsOf("采购合同", "被许可方：北京天枢里智能交通技许可方术有限公司")...), map[string]string{"party_a": "北京天枢里智能交通技术有限公司"})
}
