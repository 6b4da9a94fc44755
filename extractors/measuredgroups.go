package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// grouped is a heading inside a table: what all rows below it have in common.
type grouped struct {
	role string // model or date
	at   span
}

var (
	groupWord = regexp.MustCompile(`模型|服务|产品|实例|资源|[Mm]odel`)
	groupDay  = regexp.MustCompile(`日期|月份|账期|周期|期间|时间|[Dd]ate|[Mm]onth`)
)

// wholeModel is a text that is the name of a model and nothing else.
var wholeModel = regexp.MustCompile(`^(?:` + modelLike.String() + `)$`)

// groupHeads are what a row says of the rows below where it says nothing else:
// 模型：X, 2026-03-01, 账期：2026年3月 模型：X. None for any other row.
func (d *doc) groupHeads(i int) []grouped {
	var out []grouped
	list := tabbed(d.rows[i])
	for _, p := range list {
		g, ok := d.groupHead(span{i, p[0], p[1]}, len(list) > 1)
		if !ok {
			return nil
		}
		out = append(out, g)
	}
	return out
}

// groupHead reads a stretch as the heading of a group; one of several in a row
// must have its label.
func (d *doc) groupHead(s span, labelled bool) (grouped, bool) {
	s = d.trim(s, "")
	t := d.text(s)
	if strings.ContainsAny(t, "。；，") || s.to-s.from < 2 || s.to-s.from > 30 {
		return grouped{}, false
	}
	label := ""
	if k := strings.IndexAny(t, ":：;"); k >= 0 && !strings.Contains(t, "00:00") { // a colon may be read as ;
		label = t[:k]
		s.from += len([]rune(label)) + 1
		s = d.trim(s, ":：; ")
	}
	if s.to <= s.from || labelled && label == "" {
		return grouped{}, false
	}
	rest := d.text(s)
	if wholeDay(rest) && (label == "" || groupDay.MatchString(label)) {
		return grouped{"date", s}, true
	}
	if label != "" {
		return grouped{"model", s}, groupWord.MatchString(label)
	}
	return grouped{"model", s}, wholeModel.MatchString(strings.Map(dropSpace, rest))
}

// headGroups adds to a table the columns that headings of groups hold, where the table
// has none of its own and its first row stands under one. groups are those of each row.
func (d *doc) headGroups(kind tableKind, t *hequan.Table, groups map[int][]grouped) {
	for _, role := range []string{"date", "model"} {
		col, ok := kind.column(role)
		if !ok || len(groups) == 0 || t.Column(role) >= 0 || !hasRole(groups[0], role) {
			continue
		}
		t.Columns = append(t.Columns, role)
		var cell hequan.Cell
		for r := range t.Rows {
			for _, g := range groups[r] {
				if g.role != role {
					continue
				}
				f := d.field("", "", g.at)
				cell = hequan.Cell{Text: f.Text, Value: col.read(f.Text), Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}
				if f.Page != t.Page {
					cell.Page = f.Page
				}
			}
			t.Rows[r] = append(t.Rows[r], cell)
		}
	}
}

func hasRole(list []grouped, role string) bool {
	for _, g := range list {
		if g.role == role {
			return true
		}
	}
	return false
}
