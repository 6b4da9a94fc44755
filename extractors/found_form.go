package extractors

import (
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// fields of use that the guide names.
var fieldsOfUse = []string{"政务服务", "政务", "医疗", "教育", "文旅", "制造", "金融", "交通"}

func isFieldOfUse(v string) bool {
	return len([]rune(v)) <= 20 && containsAny(v, fieldsOfUse) && !looksLikeCompany(v)
}

func notLabel(v string) bool { return !labelLike(v) && !looksLikeCompany(v) }

var formHints = []hint{
	{"applicant.name", readCompany, []string{"申报单位", "申请单位", "申报主体", "申请主体", "申请人", "申报人", "企业名", "单位名", "主体", "单位", "企业", "公司名", "机构", "法人"}, []string{"提供", "供应", "服务商", "银行", "开户", "主管", "地址", "法定", "代表", "代码"}, isOrganisation},
	{"applicant.uscc", readUSCC, []string{"信用代码", "代码", "注册号"}, []string{"提供", "供应"}, nil},
	{"applicant.established", readDay, []string{"成立", "设立", "创立", "创建", "注册日", "注册时", "登记日"}, nil, nil},
	{"applicant.address", readAddress, []string{"注册地", "经营地", "办公地", "住所", "地址", "场所"}, []string{"提供", "部署", "邮箱", "网址"}, func(v string) bool { return len([]rune(v)) >= 6 }},
	{"project.name", readText, []string{"项目名", "项目全", "应用项目", "申报项目", "应用名", "场景名", "项目", "场景", "课题"}, []string{"类型", "方式", "编号", "负责", "时间", "日期", "起", "止", "金额", "经理", "领域", "单位", "简介", "内容", "概况"}, notLabel},
	{"project.mode", readMode, []string{"类型", "方式", "模式", "类别", "形式", "方向"}, nil, nil},
	{"project.domain", readPhrase, []string{"领域", "行业", "方向", "场景", "赛道", "类别"}, []string{"名称", "项目"}, isFieldOfUse},
	{"project.started", readDay, []string{"开始", "起始", "启用", "启动", "起", "始", "上线"}, []string{"结束", "截止", "终止", "成立"}, nil},
	{"project.ended", readDay, []string{"结束", "截止", "终止", "完成", "止", "终", "截"}, []string{"开始", "起始", "申报截止"}, nil},
	{"submitted_at", readDay, []string{"填报", "填表", "填写", "提交", "申报日", "申报时", "申请日", "申请时", "申领日", "递交", "报送"}, nil, nil},
	{"claimed_amount", readMoney, []string{"申报金额", "申请金额", "申领", "申请", "申报", "补贴", "支持金", "兑现", "额度", "资金", "金额", "券"}, []string{"合同", "发票", "结算", "已", "注册", "实缴", "单位", "主体", "类型", "日期", "时间", "项目"}, nil},
}

// foundForm completes a printed form.
func foundForm(d *doc, c *Content) {
	for _, x := range []struct {
		field string
		fits  func(string) bool
	}{{"applicant.name", isOrganisation}, {"project.name", notLabel}, {"project.domain", notLabel}} {
		if v := c.field(x.field); v != nil && !x.fits(v.Value) {
			c.drop(x.field)
		}
	}
	byHint(d, c, formHints)
	list := d.pairs()
	if c.field("project.mode") == nil { // whatever its label: a mode is known by its words
		for _, p := range list {
			if f, ok := readMode(d, "project.mode", p.at); ok && p.at.to-p.at.from <= 14 && !strings.Contains(p.label, "名称") {
				c.set(f)
				break
			}
		}
	}
	if c.field("project.domain") == nil {
		for _, p := range list {
			if f, ok := readPhrase(d, "project.domain", p.at); ok && oneOf(f.Value, fieldsOfUse) {
				c.set(f)
				break
			}
		}
	}
	if f := c.field("claimed_amount"); f == nil || f.Value == "" {
		onlySum(d, c, list)
	}
	valuesByForm(d, c)
}

// valuesByForm takes values whose labels were lost: a mode alone in its piece, what stands beside it for the project, the only
// name of a company and code, the only address. What stands behind a label is that label's.
func valuesByForm(d *doc, c *Content) {
	found := map[string][]hequan.Field{}
	for i, r := range d.rows {
		list := tabbed(r)
		for k, p := range list {
			at := d.trim(span{i, p[0], p[1]}, "")
			text := foldSpaces(d.text(at))
			labelled := k > 0 && labelLike(string(r.text[list[k-1][0]:list[k-1][1]]))
			if labelled || labelLike(text) || strings.ContainsAny(text, ":：。；“”《》") {
				continue
			}
			if f, ok := readMode(d, "project.mode", at); ok && len([]rune(text)) <= 10 {
				found["project.mode"] = append(found["project.mode"], f)
				if other := 1 - k; len(list) == 2 {
					beside := d.trim(span{i, list[other][0], list[other][1]}, "")
					if x, ok := readText(d, "project.name", beside); ok && notLabel(x.Value) && allHan([]rune(x.Value)) && modeOf(x.Value) == "" {
						found["project.name"] = append(found["project.name"], x)
					}
				}
			}
			if f, ok := readCompany(d, "applicant.name", at); ok && isOrganisation(f.Value) && f.Value == normalName(text) {
				found["applicant.name"] = append(found["applicant.name"], f)
			}
			if f, ok := readUSCC(d, "applicant.uscc", at); ok && f.Value != "" && has(f.Proof, hequan.ProofCheckDigit) {
				found["applicant.uscc"] = append(found["applicant.uscc"], f)
			}
			if address.MatchString(text) && !looksLikeCompany(text) {
				if f, ok := readAddress(d, "applicant.address", at); ok {
					found["applicant.address"] = append(found["applicant.address"], f)
				}
			}
		}
	}
	for _, name := range []string{"applicant.name", "applicant.uscc", "applicant.address", "project.name", "project.mode"} {
		list := found[name]
		if x := c.field(name); len(list) == 1 && (x == nil || x.Value == "") {
			list[0].Confidence, list[0].Proof = min(list[0].Confidence, 0.7), withoutReadings(list[0].Proof)
			c.set(list[0])
		}
	}
}

func oneOf(v string, list []string) bool {
	for _, x := range list {
		if v == x {
			return true
		}
	}
	return false
}

// onlySum takes the only marked amount of a form for what is claimed.
func onlySum(d *doc, c *Content, list []pair) {
	var only *hequan.Field
	for _, p := range list {
		found := amounts(d.text(p.at))
		if len(found) != 1 || !found[0].Marked || found[0].Fen < 1000*rmb.Yuan {
			continue
		}
		if only != nil && only.Value != found[0].Fen.String() {
			return
		}
		f := d.field("claimed_amount", found[0].Fen.String(), sub(p.at, found[0].Start, found[0].End))
		only = &f
	}
	if only != nil {
		c.set(*only)
	}
}
