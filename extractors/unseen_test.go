package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// TestContractsByTheirBargain: what two parties agree on is a contract, though it names a sum in words, a term, tokens
// and bank accounts, as statements and account sheets do.
func TestContractsByTheirBargain(t *testing.T) {
	for name, page := range map[string]hequan.Page{
		"a framework with a sum in words": typed("协议编号:MACM-2025-1083", "模型API调用服务合同", "签署日期:2025年9月24日", "采购单位:北京某甲科技有限公司", "供应单位:合肥某乙智能技术有限公司",
			"为明确双方权利义务，现就“货运调度问答”项目约定如下：", "供货范围：漱石-Pro模型的API接口调用服务。", "序号  单位  服务项目  结算单价", "1  万tokens  漱石-Pro  0.08", "最高限额为1280000.00（大写人民币壹佰贰拾捌万元整）。",
			"服务期限自2025年10月1日起至2026年6月30日止。", "使用量：合同期内预计使用量不超过120亿tokens，以实际调用量结算。", "结算与付款：双方按季度对账，采购单位于对账确认后30日内向供应单位支付当期费用。",
			"本合同一式肆份，双方各执贰份，自双方盖章之日起生效。", "采购单位（公章）：北京某甲科技有限公司  供应单位（公章）：合肥某乙智能技术有限公司")[0],
		"parties with their accounts": typed("采购合同编号:YL-HT-252775", "云上大模型部署及推理服务合同", "购买方:北京某甲科技有限公司", "负责人:杨轩刚", "开户银行:北京银行股份有限公司经济技术开发区支行", "账号:5460460707512246", "注册资本:1600万元",
			"销售方:合肥某乙科技有限公司", "账号:5460460707512253", "为明确双方权利义务，现就“设备故障诊断助手”项目约定如下：", "1、标的与范围", "1.1销售方向购买方提供星槎-Turbo模型的云化部署及推理服务。")[0],
	} {
		if got := Split([]hequan.Page{page}); len(got) != 1 || got[0].Kind != hequan.KindContract || got[0].Confidence < 0.6 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestTitlesEndInTheirKind: what stands before the kind in a title may be long, and 本合同 at the end of a line is no title.
func TestTitlesEndInTheirKind(t *testing.T) {
	h := heading{text: "某某市人工智能公共服务平台大模型采购合同", large: 1.5}
	if h.weight("合同") != 1 {
		t.Errorf("a long title weighs %v", h.weight("合同"))
	}
	if h.text = "双方本着平等自愿的原则经协商一致订立本合同"; h.weight("合同") == 1 {
		t.Error("a sentence is a title")
	}
}

// TestBundlesAreNoModels: an appliance under one price is none of the categories that are paid for, whatever its
// name says is in it; beside a line for the model it is the hardware.
func TestBundlesAreNoModels(t *testing.T) {
	whole := []string{"云岫大模型一体机（含云岫-14B-Instruct模型软件）", "一体机"}
	for _, x := range []struct {
		rows [][]string
		want []string
	}{
		{[][]string{whole}, []string{"other"}},
		{[][]string{{whole[0], ""}}, []string{"other"}},
		{[][]string{{"云岫大模型一体机", ""}, {"云岫-14B模型软件授权", "模型"}}, []string{"hardware", "model"}},
		{[][]string{{"云岫大模型一体机主机（8卡推理服务器）", "硬件"}, {"云岫大模型一体机模型软件授权", "模型"}}, []string{"hardware", "model"}},
	} {
		table := hequan.Table{Name: "items", Columns: []string{"name", "category"}}
		for _, r := range x.rows {
			table.Rows = append(table.Rows, []hequan.Cell{{Text: r[0], Value: r[0]}, {Text: r[1], Value: category(r[1] + strings.Repeat(r[0], 1-min(1, len(r[1]))))}})
		}
		bundles(&table)
		for i, r := range table.Rows {
			if r[1].Value != x.want[i] {
				t.Errorf("%v: %q, want %q", x.rows[i], r[1].Value, x.want[i])
			}
		}
	}
}

// TestUnseenWordings are fields in places where labels, seals and line ends lie about them.
func TestUnseenWordings(t *testing.T) {
	for _, c := range []struct {
		name string
		kind hequan.Kind
		rows []string
		want map[string]string
	}{
		{"labels without a mark behind", hequan.KindContract, []string{"大模型专属云服务合同", "甲方信息", "名称北京某甲科技有限公司", "负责人侯伟", "办公地址北京市大兴区宏达北路33号3幢1层103室", "Tel 010-83496705",
			"乙方信息", "名称西安某乙数智科技有限公司", "负责人刘波", "办公地址西安市高新区锦业一路510号6幢1901室", "Tel 029-24802455", "账号2809956270120697002"},
			map[string]string{"party_a": "北京某甲科技有限公司", "party_b": "西安某乙数智科技有限公司", "party_b_legal": "刘波", "party_b_address": "西安市高新区锦业一路510号6幢1901室"}},
		{"a model named behind what it is in", hequan.KindContract, []string{"一体机采购合同", "1  一体机云岫大模型一体机（含云岫-14B-Instruct模型软件）  1,247,000.00"}, map[string]string{"models": "云岫大模型"}},
		{"a day whose 日 is under a seal", hequan.KindCommitment, []string{"承诺函", "现承诺如下：", "时间：2026年7月15"}, map[string]string{"date": "2026-07-15"}},
		{"a day that may go on", hequan.KindCommitment, []string{"承诺函", "现承诺如下：", "时间：2026年7月1"}, map[string]string{"date": ""}},
		{"characters of a seal before 日", hequan.KindAuditReport, []string{"审计报告", "某某会计师事务所（普通合伙）", "二〇二六年四月二十四印日杰"}, map[string]string{"report_date": "2026-04-24"}},
		{"a label of two persons without a name", hequan.KindCommitment, []string{"承诺函", "现承诺如下：", "法定代表人或授权代表："}, map[string]string{"signature": "-"}},
		{"a title that begins as a label", hequan.KindAcceptance, []string{"项目验收报告", "合肥某乙智能技术有限公司：", "我单位“热线工单智能分派”项目（合同编号：LLM-2025-1123）已于2026.03.09在北京市大兴区某街29号院12号楼完成交付。"},
			map[string]string{"project": "热线工单智能分派"}},
		{"a place in a sentence that goes on", hequan.KindAcceptance, []string{"软硬件交付验收单", "确认日期：2026年3月23日，验收地点位于北京市大兴区某街3号院5号楼5层", "915会议室。"}, map[string]string{"place": "北京市大兴区某街3号院5号楼5层915会议室"}},
		{"a name that goes on before another label", hequan.KindAcceptance, []string{"软硬件交付验收单", "建设单位（盖章）：北京某甲医药信息技术", "有限公司代表签字：康某"}, map[string]string{"acceptor": "北京某甲医药信息技术有限公司"}},
		{"a person who is to be paid", hequan.KindBankAccount, []string{"开户信息", "请将补贴资金拨付至：熊某琪，开户银行：宁波银行股份有限公司北京亦庄支行，银行账号：9493970329083070527。"}, map[string]string{"account_name": "熊某琪"}},
		{"those below are no payee", hequan.KindBankAccount, []string{"开户信息", "请将补贴资金拨付至：下列账户，开户银行：宁波银行股份有限公司北京亦庄支行，银行账号：9493970329083070527。"}, map[string]string{"account_name": "-"}},
		{"an address whose label was lost", hequan.KindBusinessLicense, []string{"营业执照", "名称  北京某甲软件技术有限公司", "住  ”所", "北京市大兴区荣华南路34号院3号楼8层210"}, map[string]string{"address": "北京市大兴区荣华南路34号院3号楼8层210"}},
		{"a street that goes on under the label", hequan.KindBusinessLicense, []string{"营业执照", "名称：北京某甲文化科技有限公司", "企业住所：北京市大兴区北京经济技术开发区", "科创十四街36号院12号楼5层317"}, map[string]string{"address": "北京市大兴区北京经济技术开发区科创十四街36号院12号楼5层317"}},
		{"a term whose last day goes on", hequan.KindBusinessLicense, []string{"营业执照", "名称：北京某甲文化科技有限公司", "营业期限：2017年11月30日至2047年11月29", "日"}, map[string]string{"valid_until": "2047-11-29"}},
		{"a role between the lines of a name", hequan.KindContract, []string{"模型服务合同", "购买方：北京某甲智慧医疗科销售方技有限公司"}, map[string]string{"party_a": "北京某甲智慧医疗科技有限公司"}},
		{"licensors in brackets", hequan.KindContract, []string{"大模型接口服务合同", "〔被许可方〕", "单位名称北京某甲金融科技有限公司", "法定代表人何雨", "法定地址北京市大兴区经海四路5号院1号楼6层610室", "电话010-88622829", "〔许可方〕", "单位名称成都某乙数智科技有限公司", "法定代表人雷欣", "电话028-66107780"},
			map[string]string{"party_a": "北京某甲金融科技有限公司", "party_b": "成都某乙数智科技有限公司", "party_a_legal": "何雨", "party_a_phone": "010-88622829"}},
		{"a party defined in a sentence", hequan.KindContract, []string{"模型采购合同", "北京某甲智慧医疗科技有限公司（“购买方”），法人代表为武某燕，杭州某乙数智科技有限公司（“销售方”），法人代表为郝某。", "购买方：北京某甲智慧医疗科销售方技有限公司"},
			map[string]string{"party_a": "北京某甲智慧医疗科技有限公司", "party_b": "杭州某乙数智科技有限公司"}},
		{"a name that a seal ate", hequan.KindAcceptance, []string{"交付确认书", "供货单位：和呈SN限公司"}, map[string]string{"supplier": "-"}},
		{"a number of a contract beside the total", hequan.KindUsage, []string{"费用明细", "应付费用合计  人民币491,275.04元  合同编号  CGHT2025082339"}, map[string]string{"total": "491275.04"}},
		{"an address that goes on under its label", hequan.KindBusinessLicense, []string{"营业执照", "名称：北京某甲城市服务技术有限公司", "注册地址：北京市大兴区荣华南路29号院", "12号楼6层313"}, map[string]string{"address": "北京市大兴区荣华南路29号院12号楼6层313"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Extract(c.kind, closeLines(typed(c.rows...)), nil)
			holdsFields(t, &got, c.want)
		})
	}
}

// closeLines sets the lines of a page as near as those of a paragraph.
func closeLines(pages []hequan.Page) []hequan.Page {
	for i := range pages[0].Lines {
		l := &pages[0].Lines[i]
		y := 0.08 + 0.021*float64(i)
		for k := range l.Words {
			l.Words[k].Box[1], l.Words[k].Box[3] = y, y+0.014
		}
		l.Box[1], l.Box[3] = y, y+0.014
	}
	return pages
}

// TestTurnedTableWithEmptyCells: a row of remarks that has lost its empty cells does not end a table on its side.
func TestTurnedTableWithEmptyCells(t *testing.T) {
	got := Extract(hequan.KindSettlement, tabled("对账确认函", "模型名称 甲-Lite 甲-Turbo", "备注 —", "计费量 11368.85 17114.69", "用量单位 百万tokens 百万tokens", "含税单价/元 4 2", "费用 45,475.40 34,229.38"), nil)
	if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
		t.Fatalf("tables %+v", got.Tables)
	}
	table := got.Tables[0]
	if a, m := table.Column("amount"), table.Column("model"); a < 0 || m < 0 || table.Rows[1][a].Value != "34229.38" || table.Rows[1][m].Value != "甲-Turbo" {
		t.Errorf("the table is %+v", table)
	}
}

// TestPricesUnderOtherNames are price lists whose headings name the model 规格 and the price 协议价.
func TestPricesUnderOtherNames(t *testing.T) {
	for _, rows := range [][]string{{"规格 计量方式 结算单价（元）", "1、璞石-Lite-32k 万tokens 0.02"}, {"产品 协议价[元] 单位", "璞石-Lite-32k 0.02 万tokens"}} {
		got := Extract(hequan.KindContract, tabled("大模型专属云服务合同", rows...), nil)
		if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 1 {
			t.Errorf("%v: tables %+v", rows, got.Tables)
			continue
		}
		table := got.Tables[0]
		for column, want := range map[string]string{"model": "璞石-Lite-32k", "unit": "万tokens", "unit_price": "0.02"} {
			if k := table.Column(column); k < 0 || table.Rows[0][k].Value != want {
				t.Errorf("%v: no %s %s in %+v", rows, column, want, table)
			}
		}
		for _, f := range got.Fields {
			if f.Name == "models" && f.Value != "璞石-Lite-32k" {
				t.Errorf("%v: a model %q", rows, f.Value)
			}
		}
	}
}

// TestPeriodsAreNoRows: the parts of a period above a table are no row of it.
func TestPeriodsAreNoRows(t *testing.T) {
	cells := func(list ...string) (out []hequan.Cell) {
		for _, v := range list {
			out = append(out, hequan.Cell{Value: v, Text: v})
		}
		return out
	}
	columns := []string{"quantity", "unit", "amount", "unit_price"}
	got := withoutPeriods([]hequan.Table{{Columns: columns, Rows: [][]hequan.Cell{cells("2026", "年", "1.00", "5")}}, {Columns: columns, Rows: [][]hequan.Cell{cells("2026", "次", "2026.00", "1")}}})
	if len(got) != 1 || got[0].Rows[0][1].Value != "次" {
		t.Errorf("the tables are %+v", got)
	}
}

// TestTurnedTableOfCallsAndTokens: of two counts the one that the amounts follow from is the quantity.
func TestTurnedTableOfCallsAndTokens(t *testing.T) {
	got := Extract(hequan.KindSettlement, tabled("服务费结算单", "项次 1 2", "计费模型 甲-Max 甲-Turbo", "计费金额（元） 41,744.14 31,644.16", "计量单位 百万tokens 百万tokens", "请求次数 950,767 907,709", "资费（人民币元） 2 4", "数量 20872.07 7911.04"), nil)
	if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
		t.Fatalf("tables %+v", got.Tables)
	}
	if q := got.Tables[0].Column("quantity"); q < 0 || got.Tables[0].Rows[0][q].Value != "20872.07" {
		t.Errorf("the table is %+v", got.Tables[0])
	}
}

// TestSumsBelowPricesAreNoPartOfThem: a sum and the next clause below a price list belong to none of its cells.
func TestSumsBelowPricesAreNoPartOfThem(t *testing.T) {
	got := Extract(hequan.KindContract, closeLines(tabled("大模型专属云服务合同", "计价单位 服务项目 含税单价/元", "1.千tokens 甲-Lite-32k 0.008", "2、千tokens 甲-Max 0.002", "含税总价款：￥990,000.00元大写：玖拾玖万圆整")), nil)
	for _, table := range got.Tables {
		for _, r := range table.Rows {
			for k, c := range r {
				if want := map[string]string{"unit": "千tokens"}[table.Columns[k]]; want != "" && c.Value != want || strings.Contains(c.Value, "大写") {
					t.Errorf("a cell %q in %+v", c.Value, table)
				}
			}
		}
	}
	if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
		t.Errorf("tables %+v", got.Tables)
	}
}

// TestModelsOfRuns: a name in the middle of its months is that of all of them, where the months begin anew for each model.
func TestModelsOfRuns(t *testing.T) {
	for _, x := range []struct{ days, models, want string }{
		{"10 11 12 10 11 12", "- 甲 - - 乙 -", "甲 甲 甲 乙 乙 乙"},
		{"10 10 11 11 12 12", "甲 - - 乙 甲 乙", "甲 - - 乙 甲 乙"},
		{"10 11 12 10 11 12", "- 甲 乙 - 乙 -", "- 甲 乙 - 乙 -"},
		{"10 11 12 10 11", "- 甲 - - 乙", "- 甲 - - 乙"},
	} {
		table := hequan.Table{Columns: []string{"date", "model"}}
		models := strings.Fields(x.models)
		for i, d := range strings.Fields(x.days) {
			table.Rows = append(table.Rows, []hequan.Cell{{Value: "2025-" + d}, {Value: strings.Trim(models[i], "-")}})
		}
		modelsOfRuns(&table)
		for i, want := range strings.Fields(x.want) {
			if got := table.Rows[i][1].Value; got != strings.Trim(want, "-") {
				t.Errorf("%s: row %d is %q, want %q", x.models, i, got, want)
			}
		}
	}
}

// TestUnitsWithTheWayOfCharging: what stands in the column beside a unit is no part of it.
func TestUnitsWithTheWayOfCharging(t *testing.T) {
	for in, want := range map[string]string{"元/万tokens后付费": "元/万tokens", "元/万tokens 按量计费": "元/万tokens", "万tokens": "万tokens", "次": "次"} {
		if got := cellUnit(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// TestAddressRoundTheValueBeside: an address of two lines goes on below the value that stands beside in the middle of its cell.
func TestAddressRoundTheValueBeside(t *testing.T) {
	page := typed("项目申报表")[0]
	for _, w := range []struct {
		text string
		x, y float64
	}{{"成立时间", 0.1, 0.17}, {"经营地址", 0.5, 0.17}, {"北京市大兴区科创十四街33号院6号楼1层", 0.5, 0.19}, {"2019.04.06", 0.1, 0.2}, {"411", 0.65, 0.21}} {
		box := hequan.Box{w.x, w.y, w.x + 0.017*float64(len([]rune(w.text))), w.y + 0.013}
		word := hequan.Word{Text: w.text, Box: box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
		page.Lines = append(page.Lines, hequan.Line{Box: box, Words: []hequan.Word{word}})
	}
	got := Extract(hequan.KindApplicationForm, []hequan.Page{page}, nil)
	if f := got.field("applicant.address"); f == nil || f.Value != "北京市大兴区科创十四街33号院6号楼1层411" {
		t.Errorf("the address is %+v", f)
	}
}
