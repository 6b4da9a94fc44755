package extractors

import (
	"regexp"
	"strings"
)

var acceptanceHints = []hint{
	{"project", readText, []string{"项目名", "工程名", "验收项目", "项目", "工程", "系统名", "合同名"}, []string{"编号", "经理", "负责", "地点", "时间", "日期", "概况", "内容", "序号", "金额"}, isTitle},
	{"date", readDay, []string{"验收日", "验收时", "交付日", "交付时", "确认日", "完成日", "完成时", "签收", "移交", "收货", "到货", "终验", "时间", "日期"}, []string{"合同", "签订", "质保", "开工", "到期", "起", "止", "有效"}, nil},
	{"place", readPlace, []string{"验收地", "交付地", "实施地", "部署地", "安装地", "收货地", "地点", "地址", "场所", "位置", "机房"}, []string{"注册", "单位地址", "联系", "邮箱", "网址"}, isPlace},
	{"conclusion", readText, []string{"验收结论", "验收意见", "结论", "意见", "评定", "评价", "验收结果", "确认内容", "结果"}, []string{"时间", "日期", "序号"}, func(v string) bool { return outcome(v) != "" && len([]rune(v)) >= 4 }},
}

func isTitle(v string) bool {
	return len([]rune(v)) >= 2 && len([]rune(v)) <= 60 && !labelLike(v) && !strings.ContainsAny(v, "。；") && balanced(v) && !strings.Contains(v, "已于") && !paperOfAcceptance.MatchString(v) &&
		sideOfLabel(v) == "" && !address.MatchString(v)
}

// paperOfAcceptance is how the paper itself is called behind 项目: no project is 验收报告.
var paperOfAcceptance = regexp.MustCompile(`^(?:[初终]?验收?|交付|移交|签收|完工|竣工|上线|到货)\p{Han}{0,4}(?:报告|单|证明|书|表|纪要|意见|函|凭证)$`)

// balanced says whether the brackets of a text close what they open.
func balanced(v string) bool {
	depth := 0
	for _, r := range v {
		if opens(r) {
			depth++
		} else if closes(r) {
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

func isPlace(v string) bool { return len([]rune(v)) >= 4 && !labelLike(v) && !looksLikeCompany(v) }

// readPlace reads a place, which may go on below.
var readPlace = readAddress

var (
	quotedProject = regexp.MustCompile(`[“"「『《]([^“”"「」『』《》\n]{2,40})[”"」』》](?:的)?(?:项目|工程|合同|系统)`)
	deliveredOn   = regexp.MustCompile(`(?:于|在)(` + aDay + `)[^。\n]{0,60}?(?:交付|验收|移交|安装|部署|完成|上线|签收|确认)`)
	deliveredAt   = regexp.MustCompile(`(?:(?:` + aDay + `|，|,|并|已|均)在+)([^，。；,;\n]{6,50}?(?:室|号|层|楼|机房|中心|园区|大厦|基地|现场|会议室|数据中心))`)
	placedAt      = regexp.MustCompile(`地点(?:为|是|在|位于|设[于在]|:)+([^，。；,;\n]{6,60})`)
	deliveredFor  = regexp.MustCompile(`(?:` + aDay + `)在+([^，。；,;\n]{4,50}?)(?:交付|验收|移交|安装|部署|完成|进行|组织|对)`)
)

// foundAcceptance completes an acceptance certificate.
func foundAcceptance(d *doc, c *Content) {
	f := d.flow()
	for _, x := range []struct {
		field string
		fits  func(string) bool
	}{{"project", isTitle}, {"place", isPlace}} {
		if v := c.field(x.field); v != nil && !x.fits(v.Value) {
			c.drop(x.field)
		}
	}
	byHint(d, c, acceptanceHints)
	if c.field("project") == nil {
		if x, ok := f.inSentence("project", quotedProject, isTitle); ok {
			c.set(x)
		}
	}
	if x := c.field("date"); x == nil || x.Value == "" {
		if x, ok := f.dayIn("date", deliveredOn); ok {
			c.set(x)
		} else if x, ok := loneDay(d, "date"); ok {
			c.set(x)
		}
	}
	for _, re := range []*regexp.Regexp{placedAt, deliveredFor, deliveredAt} {
		if c.field("place") == nil {
			if x, ok := f.inSentence("place", re, isPlace); ok {
				c.set(x)
			}
		}
	}
	if x := c.field("place"); x != nil {
		c.set(f.restOf(*x))
	}
	placeByItself(d, c)
	deliveredTo(f, c)
	if x := c.field("supplier"); x == nil || !isOrganisation(x.Value) {
		if x, ok := addressee(f, "supplier"); ok { // the buyer writes to who delivered
			c.set(x)
		}
	}
	otherParty(f, c, "acceptor", "supplier")
	concluded(f, c)
}

var (
	address   = regexp.MustCompile(`^[\p{Han}]{2,12}?(?:市|区|县|镇)[\p{Han}\d]{2,20}(?:路|街|道|号|院|楼|园)`)
	placeWord = regexp.MustCompile(`^(?:[\p{Han}]{2}地点|地点)`)
)

// placeByItself takes an address whose label was misread for the place, of low confidence, and notes a place's label of which the
// value was lost: something stands there, so that it is not absent.
func placeByItself(d *doc, c *Content) {
	if c.field("place") != nil {
		return
	}
	label := span{row: -1}
	for i := range d.rows {
		for _, p := range pieces(d.rows[i]) {
			at := d.trim(span{i, p[0], p[1]}, ":： ")
			text := strings.Map(dropSpace, d.text(at))
			if address.MatchString(text) && !looksLikeCompany(text) && !strings.ContainsAny(text, "，。；") {
				x := d.field("place", text, at)
				x.Confidence, x.Proof = min(x.Confidence, 0.7), nil
				c.set(x)
				return
			}
			if placeWord.MatchString(text) {
				label = at
			}
		}
	}
	if label.row >= 0 {
		c.set(d.field("place", "", label))
	}
}

// deliverySentence is the sentence that names who delivered, what for and to whom.
var deliverySentence = regexp.MustCompile(`([\p{Han}()（）]{4,40}?公司)[^。\n公司]{0,12}就[^。“"「『《]{0,6}[“"「『《]([^”"」』》]{2,40})[”"」』》][^。公司]{0,12}向([\p{Han}()（）]{4,40}?公司)`)

// deliveredTo reads the parties and the project of such a sentence.
func deliveredTo(f *flow, c *Content) {
	text := string(f.text)
	m := deliverySentence.FindStringSubmatchIndex(text)
	if m == nil {
		return
	}
	for k, name := range []string{"supplier", "project", "acceptor"} {
		from, to := len([]rune(text[:m[2*k+2]])), len([]rune(text[:m[2*k+3]]))
		if x := c.field(name); x == nil || x.Value == "" || name != "project" && !isOrganisation(x.Value) {
			c.set(f.field(name, f.string(from, to), from, to))
		}
	}
}

// concluding begins the sentence that says how it ended.
var concluding = regexp.MustCompile(`(?:^|[\n。；:])((?:[^\n。；:]{0,50}?)(?:验收合格|验收通过|通过验收|同意验收|予以验收|合格|符合合同|满足合同|同意通过|运行正常|运行稳定)[^\n。；]{0,60}[。]?)`)

// concluded finds the conclusion in a sentence, and what it amounts to.
func concluded(f *flow, c *Content) {
	d := f.d
	x := c.field("conclusion")
	if x == nil || outcome(x.Value) == "" || len([]rune(x.Value)) < 5 {
		for _, m := range f.matches(concluding) {
			if v := f.string(m[0], m[1]); outcome(v) != "" && len([]rune(v)) > 8 && !strings.Contains(v, "验收合格后") && !f.isItem(m[0], m[1]) && !f.inTable(m[0], c) && len(tabbed(d.rows[max(0, f.row[m[0]])])) < 3 {
				c.set(f.field("conclusion", v, m[0], m[1]))
				break
			}
		}
		x = c.field("conclusion")
	}
	if x != nil && c.field("outcome") == nil {
		if o := outcome(x.Value); o != "" {
			g := *x
			g.Name, g.Value = "outcome", o
			c.set(g)
		}
	}
}
