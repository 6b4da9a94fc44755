package extractors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"hequan"
	"hequan/internal/name"
)

// A contract says of each party where it sits, who represents it and how to
// call it, in any form: in a block under its name, beside the other's, in
// a sentence. What stands nearest behind a party's name, in its column, is the party's.

// partFact is something that a contract says of a party, before it is known of which.
var partFact = []struct {
	field string
	label *regexp.Regexp // of its label, before the value
	value *regexp.Regexp // of the value, at the beginning of what follows
}{
	{"address", regexp.MustCompile(`(?:[Aa]ddress|住所地?|住址|地址|所在地址?|注册地址?|营业地[址点]?|办公地点|(?:经营|营业|办公)场所)(?:[/、及和与](?:邮编|邮政编码|联系电话|电话|联系方式))?(?:\([^()\n]{1,8}\))?(?:[】\]]|[】\]]?(?:[:\n]+|为|是|位于|在)\n?)?`), regexp.MustCompile(`^[^，。；,;:|\n]{5,60}`)},
	{"legal", regexp.MustCompile(`(?:法定代表人|法人代表|负责人|法人代表人)(?:/负责人)?(?:姓名)?(?:\([^()\n]{1,8}\))?(?:[】\]]|[】\]]?(?:[:\n]+|为|是)\n?)?`), regexp.MustCompile(`^\p{Han}{2,4}(?:·\p{Han}{1,6})?`)},
	{"phone", regexp.MustCompile(`(?:电话号码|电话|手机号码?|手机|座机|联系方式|[Tt][Ee][Ll1I]\.?)(?:/传真)?(?:\([^()\n]{1,8}\))?[】\]]?(?:[:,\n]+|为|是|[】\]])?\n?`), regexp.MustCompile(`^` + phone.String())},
}

// notOfParty are beginnings of labels of something else: 收货地址, 授权代表.
var notOfParty = regexp.MustCompile(`(?:收货|交货|交付|送货|安装|部署|施工|签订|邮箱|邮件|网站?|IP|开户行|银行|项目|技术|授权|委托|商务|业务|财务|监督|投诉|客服|紧急)$`)

// mention is where a party's name stands.
type mention struct {
	side string
	row  int
	at   int // in the flow
	x0   float64
}

// partyFactsOf reads what a contract says of its parties: as columns of a table, in blocks and sentences, in lists where they sign.
func partyFactsOf(d *doc, c *Content) {
	f := d.flow()
	list := partyMentions(d, f, c)
	partyColumns(d, list, c)
	partyBlocks(d, f, list, c)
	partyLists(d, c)
	bareAddresses(d, list, c)
	for _, side := range []string{"party_a_address", "party_b_address"} {
		if x := c.field(side); x != nil {
			x.Value = cleanFact("address", x.Value)
		}
	}
}

// partyBlocks reads legal representative, address and telephone of the parties
// by where they stand. What was read before stays, but for an address that was cut off.
func partyBlocks(d *doc, f *flow, list []mention, c *Content) {
	if len(list) == 0 {
		return
	}
	text := string(f.text)
	for _, fact := range partFact {
		for _, loc := range fact.label.FindAllStringIndex(text, -1) {
			v := fact.value.FindString(text[loc[1]:])
			if v == "" || notOfParty.MatchString(text[:loc[0]]) || fact.field == "address" && labelLike(v) || fact.field == "legal" && isLabelWord(v) {
				continue
			}
			from := len([]rune(text[:loc[1]]))
			unmarked := !strings.ContainsAny(text[loc[0]:loc[1]], ":\n】]为是在")
			if unmarked && fact.field != "phone" && !inMarks(text, loc[0], loc[1], v, fact.field) &&
				(f.row[from] < 0 || f.at[from] == 0 || !d.rows[f.row[from]].parted(f.at[from]) && !gluedLabel(d, f, text[:loc[0]], v, from, fact.field)) {
				continue
			}
			v = cutLabel(f, v, from)
			for _, m := range list {
				if n := m.at - from; n > 0 && n < len([]rune(v)) {
					v = string([]rune(v)[:n]) // the other party's name, in the next line
				}
			}
			if fact.field == "address" {
				if v = cutBehind(f.wholeInRow(v, from)); !placed.MatchString(v) {
					continue // 所在地并现场安装
				}
			}
			m := ownerOf(d, f, list, from)
			if m == nil {
				continue
			}
			field := f.field(m.side+fact.field, v, from, from+len([]rune(v)))
			if fact.field == "address" {
				field = f.wrapsOn(field, from+len([]rune(v)))
			}
			if fact.field == "phone" {
				field.Value = v
			}
			old := c.field(field.Name)
			if old == nil || old.Value == "" || fact.field == "address" && len(field.Value) > len(old.Value) && strings.HasPrefix(field.Value, old.Value) {
				c.set(field)
			}
		}
	}
}

// placed is a character of what an address consists of.
var placed = regexp.MustCompile(`[省市区县州旗镇乡村路街道巷弄号栋幢楼层室座园厦\d]`)

// enumerated is how one of several facts in a sentence begins: ，法定, （.
var enumerated = regexp.MustCompile(`[(,;，；、](?:办公|通[讯信]|注册|经营|单位|法定|联系|公司|企业)?$`)

// inMarks says whether a label without a mark behind it, and its value, are one of several in brackets or between marks:
// （负责人刘波；地址北京市…）.
func inMarks(text string, from, to int, v, field string) bool {
	rest := text[to+len(v):]
	if !enumerated.MatchString(text[:from]) || rest == "" || !strings.ContainsRune(",;)，；、。", []rune(rest)[0]) {
		return false
	}
	return field != "address" || address.MatchString(v)
}

// nextFact is the label of what is said next of a party, behind a value: …9层916联系方式：010-….
var nextFact = regexp.MustCompile(`(?:法定代表人|负责人|联系人|联系方式|联系电话|电话|手机|传真|邮编|邮政编码|开户银?行|账号|统一社会信用代码|税号)(?:姓名|号码?)?\s?[:：]`)

// gluedLabel says whether a label begins a row that its value fills, without a mark between, as
// the rows round it do: 名称某某公司 / 负责人刘波 / 办公地址西安市….
func gluedLabel(d *doc, f *flow, before, v string, from int, field string) bool {
	row, to := f.row[from], from+len([]rune(v))
	start := strings.TrimRight(before, "办公通讯信注册经营单位法定联系") // 通讯地址
	if row < 0 || start != "" && !strings.HasSuffix(start, "\n") && f.row[len([]rune(start))-1] == row || to < len(f.text) && f.row[to] == row && f.text[to] != '\n' {
		return false
	}
	if field == "address" && !address.MatchString(v) {
		return false
	}
	labelled := func(k int) bool {
		return k >= 0 && k < len(d.rows) && d.rows[k].page == d.rows[row].page && blockLabel.MatchString(strings.Map(dropSpace, string(d.rows[k].text)))
	}
	return labelled(row-1) && labelled(row+1)
}

// blockLabel begins a row of what is said of a party.
var blockLabel = regexp.MustCompile(`^(?:(?:单位|公司|企业)?(?:名称|全称)|(?:法定代表|负责|联系|委托代理)人|(?:办公|通[讯信]|注册|单位|联系|经营|法定)?(?:地址|住所|电话)|手机|座机|传真|[Tt][Ee][Ll1I]|账号|开户|邮政编码|邮编|邮箱|注册资本|统一社会)`)

// innerLabel is a label that stands in the value of another: that of the column beside, which begins without a gap.
var innerLabel = regexp.MustCompile(`(?:办公|通[讯信]|注册|经营|单位|法定|联系|公司|企业)?(?:地址|住所)|法定代表人|法人代表|授权代表|(?:单位)?负责人|(?:联系|固定|办公)?电话|联系方式|[Tt][Ee][Ll1I][:.]`)

// cutLabel takes the label of the next line, or of the next column, off a value that fills its own.
func cutLabel(f *flow, v string, from int) string {
	if loc := innerLabel.FindStringIndex(v); loc != nil && loc[0] > 0 {
		v = v[:loc[0]]
	}
	n := len([]rune(v))
	for k := from + 1; k < from+n; k++ {
		if r := f.row[k]; r >= 0 && r != f.row[k-1] && blockLabel.MatchString(strings.Map(dropSpace, string(f.d.rows[r].text))) {
			return string(f.text[from:k])
		}
	}
	if from+n >= len(f.text) || f.text[from+n] != ':' {
		return v
	}
	for k := from + n - 1; k > from; k-- {
		if f.row[k] != f.row[k-1] {
			return string(f.text[from:k])
		}
	}
	return v
}

// isLabelWord says whether two to four characters are the next label, no name.
func isLabelWord(v string) bool {
	return labelLike(v) || containsAny(v, []string{"姓名", "电话", "地址", "住所", "账号", "开户", "日期", "签字", "盖章", "联系"})
}

// partyMentions lists where the names of the parties stand, whole, cut by the end of a line or misread in a character or two.
func partyMentions(d *doc, f *flow, c *Content) (out []mention) {
	text := string(f.text)
	values := map[string]string{}
	seen := map[int]bool{}
	add := func(side string, at int) {
		if !seen[at] && f.row[at] >= 0 {
			seen[at] = true
			out = append(out, mention{side: side + "_", row: f.row[at], at: at, x0: columnStart(d, f.row[at], f.at[at])})
		}
	}
	for _, side := range []string{"party_a", "party_b"} {
		x := c.field(side)
		if x == nil || len([]rune(x.Value)) < 4 {
			continue
		}
		values[side] = x.Value
		begin := string([]rune(x.Value)[:max(4, len([]rune(x.Value))-3)])
		for i := 0; ; {
			k := strings.Index(text[i:], begin)
			if k < 0 {
				break
			}
			if rest := text[i+k:]; strings.HasPrefix(rest, x.Value) || wrapsWithin(rest, x.Value) {
				add(side, len([]rune(text[:i+k])))
			}
			i += k + len(begin)
		}
	}
	if len(values) < 2 {
		return apartInRow(d, f, out)
	}
	for _, m := range f.matches(companyName) {
		name := f.string(m[0], m[1])
		from := m[0] + companyStart(name)
		name = normalName(f.string(from, m[1]))
		a, b := levenshtein.ComputeDistance(name, values["party_a"]), levenshtein.ComputeDistance(name, values["party_b"])
		if n := len([]rune(name)); n < 8 || a == b || min(a, b) > n/6 {
			continue
		}
		add(map[bool]string{true: "party_a", false: "party_b"}[a < b], from)
	}
	return apartInRow(d, f, out)
}

// apartInRow gives the second of two names that stand against each other in one row its own place as where its column begins.
func apartInRow(d *doc, f *flow, list []mention) []mention {
	for i := range list {
		for _, o := range list {
			if m := &list[i]; o.row == m.row && o.at < m.at && o.side != m.side && near(o.x0, m.x0) {
				m.x0 = d.box(span{m.row, f.at[m.at], f.at[m.at] + 1})[0]
			}
		}
	}
	return list
}

// wrapsWithin says whether a text begins with a name that its line is too short for: 某某服务有限公 / 司.
func wrapsWithin(text, name string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return len([]rune(line)) >= 4 && strings.HasPrefix(name, line)
}

// columnStart is where the piece of a row begins that a character stands in.
func columnStart(d *doc, row, at int) float64 {
	for _, p := range tabbed(d.rows[row]) {
		if at >= p[0] && at < p[1] {
			return d.box(span{row, p[0], p[1]})[0]
		}
	}
	return d.rows[row].box[0]
}

// ownerOf is the mention that a place of the flow belongs to: the last one
// before it, or where both parties stand in one row, the one of its column.
func ownerOf(d *doc, f *flow, list []mention, at int) *mention {
	row := f.row[at]
	if row < 0 {
		return nil
	}
	x0 := columnStart(d, row, f.at[at])
	var last *mention
	sides := map[string]bool{}
	for _, m := range list {
		if d.rows[m.row].page == d.rows[row].page {
			sides[m.side] = true
		}
	}
	if len(sides) < 2 {
		return nil // the other party's name was not read: what stands here may be its
	}
	for i := range list {
		m := &list[i]
		if m.at > at || d.rows[m.row].page != d.rows[row].page || row-m.row > 12 {
			continue
		}
		if last == nil || m.at > last.at {
			last = m
		}
	}
	if last == nil || last.row == row {
		return last
	}
	for i := range list {
		m := &list[i]
		if m.row == last.row && m.side != last.side && x0 < last.x0-0.02 {
			return m // the left one of two
		}
	}
	return last
}

// roleHeads are blocks of a party under its role, the name a label of its own:
// 甲方信息 / 企业名称 …. They give the names that no label of a party gave.
func roleHeads(d *doc, c *Content) {
	for _, side := range []struct{ field, side string }{{"party_a", "buyer"}, {"party_b", "seller"}} {
		if x := c.field(side.field); x != nil && isOrganisation(x.Value) && !endOfName(x.Value) {
			continue
		}
		for i, r := range d.rows {
			r = withoutDirt(r)
			text := strings.Trim(strings.Map(dropSpace, string(r.text)), "【】[]〔〕〈〉（）:：、.-—一二三四五()0123456789 ")
			for _, more := range []string{"基本信息", "信息", "情况", "资料"} {
				text = strings.TrimSuffix(text, more)
			}
			if list := tabbed(r); len(list) >= 3 && sideOfLabel(string(r.text[list[0][0]:list[0][1]])) == side.side && labelLike(string(r.text[list[1][0]:list[1][1]])) {
				if f, ok := readCompany(d, side.field, span{i, list[2][0], list[2][1]}); ok && isOrganisation(f.Value) { // 甲方 | 名称 | …
					c.set(f)
					break
				}
			}
			if sideOfLabel(text) != side.side || len(tabbed(r)) > 1 {
				continue
			}
			if f, ok := nameBelow(d, side.field, i); ok {
				c.set(f)
				break
			}
		}
	}
}

// endOfName says whether a text is but what names of companies end with: 科技有限公司.
func endOfName(v string) bool {
	place, own, _ := name.Parts(v)
	return place == "" && !slices.Contains(name.Usual(own), false)
}

// withoutDirt is the first piece of a row whose others are but a few characters: of a seal over the margin.
func withoutDirt(r row) row {
	list := tabbed(r)
	if len(list) > 1 && len(r.text)-list[0][1] <= 6 {
		r.text = r.text[:list[0][1]]
	}
	return r
}

// nameBelow is the company named in one of the two rows below.
func nameBelow(d *doc, field string, i int) (hequan.Field, bool) {
	for k := i + 1; k < len(d.rows) && k <= i+2 && d.rows[k].page == d.rows[i].page; k++ {
		for _, p := range tabbed(d.rows[k]) {
			from := p[0]
			for n := p[0]; n < p[1]; n++ {
				if fold(d.rows[k].text[n]) == ':' {
					from = n + 1
				}
			}
			if f, ok := readCompany(d, field, span{k, from, p[1]}); ok && isOrganisation(f.Value) {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}
