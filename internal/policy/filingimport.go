package policy

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"hequan/internal/day"
	"hequan/internal/name"
)

// Import gathers rows of the official tables, which come as increments with
// defects of their own, into one list.
type Import struct {
	Rows  []Filing
	Notes []string // what was mended, skipped or looks wrong, in Chinese, in order

	at map[string]int // index in Rows, by what makes a row the same
}

// heading says which field of a row a heading of an official table stands for.
func heading(text string) (column string, ok bool) {
	t := strings.NewReplacer(" ", "", "（", "(", "）", ")").Replace(norm.NFKC.String(text))
	if i := strings.IndexByte(t, '('); i > 0 {
		t = t[:i]
	}
	for _, h := range headings {
		if slices.Contains(h.texts, t) {
			return h.column, true
		}
	}
	return "", false
}

var headings = []struct {
	column string
	texts  []string
}{
	{"track", []string{"track", "类型", "类别", "备案类型"}},
	{"seq", []string{"seq", "序号", "编号序号", "No.", "No"}},
	{"territory", []string{"territory", "属地", "地区", "省份", "所在地"}},
	{"model", []string{"model", "model_name", "模型名称", "大模型名称", "服务名称", "应用名称", "应用/功能名称", "应用或功能名称", "功能名称"}},
	{"entity", []string{"entity", "filing_entity", "备案单位", "登记单位", "单位名称", "备案主体", "登记主体", "主体名称", "企业名称"}},
	{"number", []string{"number", "filing_number", "备案编号", "备案号", "上线编号", "登记编号", "模型备案号"}},
	{"date", []string{"date", "filing_date", "备案时间", "备案日期", "登记时间", "登记日期", "上线时间", "时间", "日期"}},
	{"note", []string{"note", "备注", "说明"}},
}

// Start takes in the rows of a list that is there already.
func (m *Import) Start(rows []Filing) {
	for _, f := range rows {
		m.put(f)
	}
}

// Add takes in one table. track is what its rows are where the table does not
// say: 备案, 登记, or empty to tell by its headings. A row that is there already
// is replaced: later tables correct earlier ones.
func (m *Import) Add(source string, rows [][]string, track string) error {
	head, at := headRow(rows)
	if head < 0 {
		return fmt.Errorf("%s: no row of headings with 模型名称 (or 服务名称, 应用名称) and 备案单位 or 备案编号 within its first 20 rows", source)
	}
	if track == "" {
		track = "备案"
		if slices.ContainsFunc(rows[head], func(h string) bool { return strings.Contains(h, "登记") || strings.Contains(h, "上线编号") }) {
			track = "登记"
		}
	}
	added, replaced, same := 0, 0, 0
	for n, cells := range rows[head+1:] {
		where := fmt.Sprintf("%s 第 %d 行", source, head+n+2)
		f, ok := m.row(where, cells, at, track)
		if !ok {
			continue
		}
		switch was := m.put(f); {
		case was == nil:
			added++
		case *was == f:
			same++
		default:
			replaced++
			m.note("%s：%s 更正了此前的记录", where, f.Model)
		}
	}
	m.note("%s：新增 %d 条，更正 %d 条，重复 %d 条", source, added, replaced, same)
	return nil
}

func (m *Import) note(format string, args ...any) {
	m.Notes = append(m.Notes, fmt.Sprintf(format, args...))
}

// headRow finds the row of headings: titles may stand above it.
func headRow(rows [][]string) (int, map[string]int) {
	for i, row := range rows[:min(20, len(rows))] {
		at := map[string]int{}
		for x, cell := range row {
			if c, ok := heading(cell); ok {
				if _, twice := at[c]; !twice {
					at[c] = x
				}
			}
		}
		_, model := at["model"]
		_, entity := at["entity"]
		_, number := at["number"]
		if model && (entity || number) {
			return i, at
		}
	}
	return -1, nil
}

// row makes a filing of a row and mends what is known to go wrong; ok is false
// for what is no row of the list: a repeated heading, a remark, an empty one.
func (m *Import) row(where string, cells []string, at map[string]int, track string) (Filing, bool) {
	cell := func(column string) string {
		if x, ok := at[column]; ok && x < len(cells) {
			return strings.TrimSpace(cells[x])
		}
		return ""
	}
	f := Filing{Track: cmp.Or(cell("track"), track), Seq: strings.TrimSuffix(cell("seq"), ".0"), Territory: cell("territory"), Model: cell("model"), Entity: cell("entity"), Number: cell("number"), Note: cell("note")}
	if f.Model == "" && f.Entity == "" && f.Number == "" {
		if text := strings.Join(cells, ""); strings.TrimSpace(text) != "" {
			m.note("%s：不是名单内容，略过：%s", where, text)
		}
		return f, false
	}
	if c, ok := heading(f.Model); ok && c == "model" {
		return f, false // the heading once more, at the top of a page
	}
	if name.Organisation(f.Model) && !name.Organisation(f.Entity) && f.Entity != "" {
		m.note("%s：模型名称与备案单位两栏对调，已更正：%s、%s", where, f.Entity, f.Model)
		f.Model, f.Entity = f.Entity, f.Model
	}
	if mended := withoutStray(f.Entity); mended != f.Entity {
		m.note("%s：备案单位多出的字已删去：%s → %s", where, f.Entity, mended)
		f.Entity = mended
	}
	if f.Model == "" {
		m.note("%s：没有模型名称，略过", where)
		return f, false
	}
	if f.Number != "" && !NumberPattern.MatchString(NormalNumber(f.Number)) && !RegistrationPattern.MatchString(NormalNumber(f.Number)) {
		m.note("%s：备案编号“%s”不是已知的写法，照录", where, f.Number)
	}
	if text := cell("date"); text != "" {
		if d, ok := day.Of(text); ok {
			f.Date = d.String()
		} else {
			m.note("%s：备案时间“%s”不是日期，留空", where, text)
		}
	}
	return f, true
}

// stray is what the tables are known to have before a company's place: the end
// of another's name.
var stray = regexp.MustCompile(`^[\p{P}\p{S}\s]+|^(?:公司|司|限公司)`)

// withoutStray drops stray characters before a name that starts with a place,
// and marks of footnotes behind it.
func withoutStray(entity string) string {
	out := strings.TrimRight(entity, "*＊①②③④⑤⑥⑦⑧⑨ ")
	startsWithPlace := func(s string) bool {
		return slices.ContainsFunc(name.Places(), func(p string) bool { return strings.HasPrefix(s, p) })
	}
	if cut := stray.ReplaceAllString(out, ""); cut != out && !startsWithPlace(out) && startsWithPlace(cut) {
		return cut
	}
	return out
}

// put keeps a filing and returns what it took the place of: the row of the same
// number, of the same name and entity, or of the same place in the track where
// one of the two is alike, for some tables count from one again.
func (m *Import) put(f Filing) *Filing {
	if m.at == nil {
		m.at = map[string]int{}
	}
	bySeq := f.Track + "/序/" + f.Seq
	keys := []string{f.Track + "/名/" + name.Key(f.Model) + "/" + name.Key(f.Entity)}
	if f.Number != "" {
		keys = append([]string{"号/" + NormalNumber(f.Number)}, keys...)
	} else {
		keys[0] += "/" + f.Date
	}
	at := -1
	for _, key := range keys {
		if k, ok := m.at[key]; ok && (f.Number == "" || m.Rows[k].Number == "" || NormalNumber(m.Rows[k].Number) == NormalNumber(f.Number)) {
			at = k
			break
		}
	}
	if k, ok := m.at[bySeq]; at < 0 && ok && f.Seq != "" {
		if was := m.Rows[k]; name.Compare(was.Model, f.Model) != name.Other || f.Entity != "" && name.Key(was.Entity) == name.Key(f.Entity) {
			at = k
		} else {
			m.note("%s序号 %s 有两条不同的记录，都保留：%s、%s", f.Track, f.Seq, was.Model, f.Model)
		}
	}
	var replaced *Filing
	if at < 0 {
		m.Rows = append(m.Rows, f)
		at = len(m.Rows) - 1
	} else {
		was := m.Rows[at]
		m.Rows[at], replaced = f, &was
	}
	for _, key := range keys {
		m.at[key] = at
	}
	if f.Seq != "" {
		m.at[bySeq] = at
	}
	return replaced
}

// Finish sorts the rows by track and number in the list, and says which
// numbers are missing: an increment may not have been taken in.
func (m *Import) Finish() {
	seq := func(f Filing) int {
		n, err := strconv.Atoi(f.Seq)
		if err != nil {
			return 1 << 30
		}
		return n
	}
	slices.SortStableFunc(m.Rows, func(a, b Filing) int {
		return cmp.Or(cmp.Compare(a.Track, b.Track), cmp.Compare(seq(a), seq(b)), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Entity, b.Entity))
	})
	for _, track := range []string{"备案", "登记"} {
		have, most := map[int]bool{}, 0
		for _, f := range m.Rows {
			if n := seq(f); f.Track == track && n < 1<<30 {
				have[n] = true
				most = max(most, n)
			}
		}
		var missing []string
		for n := 1; n <= most; n++ {
			if have[n] {
				continue
			}
			from := n
			for n < most && !have[n+1] {
				n++
			}
			missing = append(missing, span(from, n))
		}
		if len(missing) > 0 {
			m.note("%s名单最大序号 %d，缺 %d 处：%s。名单可能不全", track, most, len(missing), strings.Join(missing[:min(10, len(missing))], "、"))
		}
	}
	m.at = nil // the rows moved
}

func span(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}
