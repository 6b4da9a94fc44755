package extractors

import (
	"testing"

	"hequan"
)

// TestHeadingsWithUnits: units in brackets say nothing against a heading, and
// headings may be English.
func TestHeadingsWithUnits(t *testing.T) {
	at := []float64{0.05, 0.2, 0.34, 0.58, 0.85}
	row := func(y float64, cells ...string) placedRow {
		r := placedRow{y: y}
		for i, c := range cells {
			r.words = append(r.words, placedWord{at[i], c})
		}
		return r
	}
	for name, c := range map[string]struct {
		heads []string
		want  string
	}{
		"long units": {[]string{"日期", "模型名称", "用量（千tokens）", "单价（元/千tokens）", "费用（元）"}, "2025-10-01|星海-Max|1200|0.02|24.00|千tokens|元/千tokens"},
		"English":    {[]string{"Date", "Model", "Usage(1Ktokens)", "UnitPrice", "Cost"}, "2025-10-01|星海-Max|1200|0.02|24.00|千tokens"},
	} {
		got := Extract(hequan.KindUsage, laid(row(0.1, c.heads...), row(0.15, "2025-10-01", "星海-Max", "1,200", "0.02", "24.00"), row(0.2, "2025-10-02", "星海-Max", "2,400", "0.02", "48.00")), nil)
		if len(got.Tables) != 1 || len(got.Tables[0].Rows) != 2 {
			t.Errorf("%s: %+v", name, got.Tables)
			continue
		}
		text := ""
		for i, c := range got.Tables[0].Rows[0] {
			if i > 0 {
				text += "|"
			}
			text += c.Value
		}
		if text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}

// TestContinued: a name goes on in the row below, under itself or at the margin;
// of two names without a gap the one under the label counts.
func TestContinued(t *testing.T) {
	got := Extract(hequan.KindAcceptance, laid(
		placedRow{0.10, []placedWord{{0.4, "验收确认函"}}},
		placedRow{0.43, []placedWord{{0.12, "确认单位：北京嘉禾云智能交通技术有限"}, {0.55, "交付单位（章）"}}},
		placedRow{0.455, []placedWord{{0.12, "公司"}}},
	), nil)
	if f := got.field("acceptor"); f == nil || f.Value != "北京嘉禾云智能交通技术有限公司" || f.Box[3] < 0.46 {
		t.Errorf("acceptor %+v", f)
	}
	got = Extract(hequan.KindSettlement, laid(
		placedRow{0.10, []placedWord{{0.08, "单据编号"}, {0.30, "付款方"}, {0.46, "收款方"}}},
		placedRow{0.125, []placedWord{{0.08, "JS202512517617"}, {0.30, "北京明序文旅数字技术有限公司西安云岫智能技术有限公司"}}},
	), nil)
	if f := got.field("provider"); f == nil || f.Value != "西安云岫智能技术有限公司" {
		t.Errorf("provider %+v", f)
	}
	if f := got.field("customer"); f == nil || f.Value != "北京明序文旅数字技术有限公司" {
		t.Errorf("customer %+v", f)
	}
}

// TestNoModels: a project's name and a verb before 大模型 name no model.
func TestNoModels(t *testing.T) {
	got := Extract(hequan.KindContract, typed("人工智能模型采购合同", "采购标的：星槎-72B大模型私有化部署，用于“客服质检大模型”项目。", "使用方式：采购大模型一体机。", "安装调试完成后10日内验收，并按指定方式签署验收报告。", "法定代表人：史阳电话：010-66355543"), nil)
	for _, f := range got.Fields {
		if f.Name == "models" && f.Value != "星槎-72B" {
			t.Errorf("model %q", f.Value)
		}
		if f.Name == "delivery_method" {
			t.Errorf("delivery %q", f.Value)
		}
	}
}

// TestOwnPlaces: what stands beside belongs to others.
func TestOwnPlaces(t *testing.T) {
	for _, c := range []struct {
		name string
		kind hequan.Kind
		rows []string
		want map[string]string
	}{
		{"each party's own", hequan.KindContract, []string{"大模型服务合同", "甲方  北京北辰谷教育科技有限公司", "甲方地址  北京市北京经济技术开发区同济南路18号", "甲方代表  高宁", "乙方  上海听泉智能技术有限公司", "乙方地址  上海市浦东新区张江路365号", "乙方代表  曾欣", "付款时间与方式", "服务提供方出具结算单，采购方收到合规发票后15个工作日内结清全部费用。"},
			map[string]string{"party_a_legal": "高宁", "party_b_legal": "曾欣", "party_b_address": "上海市浦东新区张江路365号", "payment_terms": "服务提供方出具结算单，采购方收到合规发票后15个工作日内结清全部费用。"}},
		{"an account's number without a gap", hequan.KindBankAccount, []string{"账户信息", "户名：北京晴川健康数据技术有限公司", "开户银行：交通银行北京经济技术开发区支行8241896293130456106"},
			map[string]string{"bank": "交通银行北京经济技术开发区支行"}},
		{"settled after the period", hequan.KindSettlement, []string{"使用结算单", "乙方：成都漱石科技有限公司  使用日期：2025年10月01日至2025年12月31日", "出具单位：", "2026年1月4日"},
			map[string]string{"date": "2026-01-04"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Extract(c.kind, typed(c.rows...), nil)
			for name, want := range c.want {
				if f := got.field(name); f == nil || f.Value != want {
					t.Errorf("%s: %+v, want %q", name, f, want)
				}
			}
		})
	}
	licence := Extract(hequan.KindBusinessLicense, laid(
		placedRow{0.10, []placedWord{{0.40, "营业执照"}}},
		placedRow{0.40, []placedWord{{0.05, "经营范围"}, {0.20, "技术开发、技术咨询、技术转让；软件开"}, {0.60, "住所"}, {0.70, "北京市同济南路18号5号楼9层"}}},
		placedRow{0.425, []placedWord{{0.20, "发；数据处理；销售计算机、软件"}, {0.70, "615室"}}},
	), nil)
	if f := licence.field("address"); f == nil || f.Value != "北京市同济南路18号5号楼9层615室" {
		t.Errorf("address %+v", f)
	}
}

// TestAccountGoesOn: the end of an account's number stands below its beginning, in its own column.
func TestAccountGoesOn(t *testing.T) {
	got := Extract(hequan.KindBankAccount, laid(
		placedRow{0.10, []placedWord{{0.40, "账户信息登记"}}},
		placedRow{0.20, []placedWord{{0.10, "收款单位"}, {0.40, "收款银行"}, {0.70, "收款账号"}}},
		placedRow{0.225, []placedWord{{0.10, "北京甲乙科技有限公"}, {0.40, "招商银行北京亦庄支"}, {0.70, "7173154917755055"}}},
		placedRow{0.245, []placedWord{{0.10, "司"}, {0.40, "行"}, {0.70, "344"}}},
	), nil)
	for name, want := range map[string]string{"account": "7173154917755055344", "account_name": "北京甲乙科技有限公司", "bank": "招商银行北京亦庄支行"} {
		if f := got.field(name); f == nil || f.Value != want {
			t.Errorf("%s: %+v, want %q", name, f, want)
		}
	}
}

// TestReadingsDontProveExtents: two readings prove what stands in a line, not where an address ends, nor that a name has no character that neither knows.
func TestReadingsDontProveExtents(t *testing.T) {
	read := []hequan.Proof{hequan.ProofTwoReadings}
	c := Content{Fields: []hequan.Field{
		{Name: "address", Value: "北京市同济南路18号", Proof: read},
		{Name: "party_a", Value: "北京甲乙科技有限公司", Proof: read},
		{Name: "sign_date", Value: "2026-01-02", Proof: read},
		{Name: "place", Value: "北京", Proof: []hequan.Proof{hequan.ProofTextLayer}},
	}, Tables: []hequan.Table{{Columns: []string{"name", "amount"}, Rows: [][]hequan.Cell{{{Value: "软件", Proof: read}, {Value: "1.00", Proof: read}}}}}}
	withoutOpenProofs(&c)
	for i, want := range []bool{false, false, true, true} {
		if f := c.Fields[i]; f.Proven() != want {
			t.Errorf("%s %q proven: %v", f.Name, f.Value, f.Proven())
		}
	}
	if row := c.Tables[0].Rows[0]; len(row[0].Proof) != 0 || len(row[1].Proof) != 1 || len(read) != 1 {
		t.Errorf("cells %+v", row)
	}
	c = Content{Fields: []hequan.Field{{Name: "total", Value: "33246.10", Text: "33,246.1", Proof: read}, {Name: "total", Value: "33246.10", Text: "33,246.10", Proof: read}},
		Tables: []hequan.Table{{Columns: []string{"amount", "unit_price"}, Rows: [][]hequan.Cell{{{Value: "33246.10", Text: "33,246.1元", Proof: read}, {Value: "0.5", Text: "0.5", Proof: read}}}}}}
	withoutOpenProofs(&c) // of an amount with one digit behind its point the second may be lost
	if row := c.Tables[0].Rows[0]; c.Fields[0].Proven() || !c.Fields[1].Proven() || len(row[0].Proof) != 0 || len(row[1].Proof) != 1 {
		t.Errorf("%+v %+v", c.Fields, row)
	}
}

// TestLicenceRunTogether: the code behind other print, the day behind another label's value, 圆 misread.
func TestLicenceRunTogether(t *testing.T) {
	got := Extract(hequan.KindBusinessLicense, typed("营业执照", "(副lalRAZ91500118592281247L91500118592281247L", "名称 泊头市震东压瓦机厂", "组成形式个人经营注册日期2016年05月10日", "注册资本 壹亿捌仟万轩整"), nil)
	for name, want := range map[string]string{"uscc": "91500118592281247L", "established": "2016-05-10", "capital": "180000000.00"} {
		if f := got.field(name); f == nil || f.Value != want {
			t.Errorf("%s: %+v, want %q", name, f, want)
		}
	}
	behind := Extract(hequan.KindBusinessLicense, typed("营业执照", "名称 北京甲乙科技有限公司", "注册资本壹亿捌仟万元人民币"), nil)
	if f := behind.field("capital"); f == nil || f.Value != "180000000.00" {
		t.Errorf("capital %+v", f)
	}
}

// TestPricesBelowAFen: a column of 价格 whose values are below a fen holds prices of tokens, no amounts.
func TestPricesBelowAFen(t *testing.T) {
	got := Extract(hequan.KindContract, laid(
		placedRow{0.05, []placedWord{{0.40, "大模型服务合同"}}},
		placedRow{0.20, []placedWord{{0.12, "序号"}, {0.30, "模型名称"}, {0.52, "计费单位"}, {0.75, "价格（元）"}}},
		placedRow{0.23, []placedWord{{0.12, "1"}, {0.30, "衡鉴-Turbo"}, {0.52, "千tokens"}, {0.75, "0.002"}}},
		placedRow{0.30, []placedWord{{0.12, "本框架合同金额上限为：89万元。"}}},
	), nil)
	if len(got.Tables) != 1 || got.Tables[0].Name != "prices" || len(got.Tables[0].Rows) != 1 {
		t.Fatalf("%+v", got.Tables)
	}
	table := got.Tables[0]
	if v := table.Rows[0][table.Column("unit_price")].Value; v != "0.002" {
		t.Errorf("price %q", v)
	}
}
