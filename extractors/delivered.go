package extractors

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/day"
)

// What was delivered stands in a table mostly, but in lines as well, one a thing
// (1. 管理软件，1套，验收合格), in a paragraph of such, or in blocks of labels.
// A line is known by a number of things behind a name, and what goes on in the
// same way; words at the end are the result of the check.

var (
	thingsCounted = regexp.MustCompile(`^(.{2,60}?)[\s,，;；:(（×*xX—–\-|]*(?:(?:交付|验收|到货|实收)?数量|总?计|共[计有]?|合计)?[\s:×*xX—–\-|(（]*([0-9]+(?:\.[0-9]+)?)\s*(套|台|项|个月|个|次|月|年|人天|人月|人日|组|件|批|天|张|份|户|路|块|节点|辆|册|部)(.*)$`)
	itemNumber    = regexp.MustCompile(`^(?:\(?[0-9]{1,2}[.、):]+|第[0-9一二三四五六七八九十]{1,3}项[:、.]?|[①-⑳]|[·●■◆▪•*\-–—○◎★]+)`)
	resultLabel   = regexp.MustCompile(`^(?:(?:现场|外观|功能)?(?:验收|检查|检验|测试|核验|确认|核对|签收)?(?:结果|结论|情况|意见|状态)[:;为是]*|经[\p{Han}]{0,4}?(?:验收|检验|测试|核验|检查|确认)[,:]?|(?:验收|检查|检验|测试|核验|确认):)`)
	edgeMarks     = " ,，;；:。.、()（）[]【】—–-|×*/"
)

// deliveredItem is a thing and what became of its check; stretches of the flow.
type deliveredItem struct {
	name, quantity, result [2]int
	numbered               bool
}

// deliveredItems finds what was delivered outside of tables.
func deliveredItems(d *doc) []hequan.Table {
	list := d.itemLines()
	blocks := d.itemBlocks()
	if len(blocks) > 0 && len(blocks[0].Rows) >= len(list) {
		return blocks
	}
	if len(list) == 0 {
		return nil
	}
	f := d.flow()
	t := hequan.Table{Name: "items", Columns: []string{"name", "quantity", "result"}}
	cell := func(at [2]int, read func(string) string) hequan.Cell {
		if at[1] <= at[0] {
			return hequan.Cell{}
		}
		return cellOfField(f.field("", "", at[0], at[1]), read)
	}
	results, marked := false, 0
	for _, x := range list {
		marked += boolInt(x.numbered)
	}
	for n, x := range list {
		if digits := strconv.Itoa(n + 1); !x.numbered && marked*2 >= len(list) && strings.HasPrefix(f.string(x.name[0], x.name[1]), digits) {
			x.name = f.trimmed(x.name[0]+len(digits), x.name[1]) // 2知识库软件 between 1. and 3.
		}
		results = results || x.result[1] > x.result[0]
		row := []hequan.Cell{cell(x.name, cellName), cell(x.quantity, countCell), cell(x.result, cellResult)}
		if t.Page == 0 {
			t.Page = row[0].Page
		}
		t.Rows = append(t.Rows, row)
	}
	if !results {
		t = without(t, "result")
	}
	return []hequan.Table{t}
}

// cellOfField is a field's stretch as a cell.
func cellOfField(x hequan.Field, read func(string) string) hequan.Cell {
	return hequan.Cell{Value: read(x.Text), Text: x.Text, Box: x.Box, Page: x.Page, Confidence: x.Confidence, Proof: x.Proof}
}

// itemLines finds lines, or parts of a paragraph, that name a thing, how many, and the result.
func (d *doc) itemLines() (out []deliveredItem) {
	f := d.flow()
	for from := 0; from < len(f.text); {
		to, depth, next := from, 0, f.numberAt(from)+1
		for to < len(f.text) && f.text[to] != '\n' && !(depth == 0 && strings.ContainsRune(";；。", f.text[to])) {
			if to > from && (f.row[to] > f.row[to-1] && f.nextItem(from, to) || next > 1 && strings.ContainsRune(",，;；。", f.text[to-1]) && f.numberAt(to) == next) {
				break
			}
			switch {
			case opens(f.text[to]) && f.closesBy(to, from+80):
				depth++
			case closes(f.text[to]):
				depth = max(0, depth-1)
			}
			to++
		}
		if x, ok := f.itemIn(from, to); ok {
			out = append(out, x)
		}
		if from = to; from < len(f.text) && strings.ContainsRune("\n;；。", f.text[from]) {
			from++
		}
	}
	if len(out) == 1 && !(out[0].numbered && out[0].result[1] > out[0].result[0]) {
		return nil
	}
	return out
}

// numberAt is the number of an item that begins at a place of the flow, 0 for none.
func (f *flow) numberAt(at int) int {
	m := countedItem.FindStringSubmatch(f.string(at, min(at+6, len(f.text))))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1] + m[2])
	return n
}

var countedItem = regexp.MustCompile(`^(?:\(?([1-9][0-9]?)[)、]|第([1-9][0-9]?)项[:、]?)`)

// closesBy says whether the bracket that opens at a place is closed before another one.
func (f *flow) closesBy(open, last int) bool {
	depth := 0
	for k := open; k < min(last, len(f.text)); k++ {
		switch {
		case opens(f.text[k]):
			depth++
		case closes(f.text[k]):
			if depth--; depth == 0 {
				return true
			}
		}
	}
	return false
}

// nextItem says whether a row that begins inside of a paragraph begins another thing: it has a number, or what stands
// before it and the row are a thing each.
func (f *flow) nextItem(from, to int) bool {
	if itemNumber.MatchString(f.string(to, min(to+5, len(f.text)))) {
		return true
	}
	end := to
	for end < len(f.text) && f.row[end] == f.row[to] {
		end++
	}
	_, before := f.itemIn(from, to)
	_, behind := f.itemIn(to, end)
	return before && behind
}

// notDelivered are words of sentences that count something else: what is owed, lasts or is signed.
var notDelivered = regexp.MustCompile(`^(?:交付|验收|到货|实收|实交|收货|采购|合同|设备|产品|货物)$|质保|保修|期限|合同|协议|本[单表书函]|一式|各执|各持|贵公司|我公司|我单位|双方|日内|以内|工作日|[:：].*[:：].*[:：]|元$|^\d+$`)

// itemIn reads a stretch of the flow as a thing that was delivered.
func (f *flow) itemIn(from, to int) (x deliveredItem, ok bool) {
	if mark := itemNumber.FindString(f.string(from, to)); mark != "" {
		from += len([]rune(mark))
		x.numbered = true
	}
	if to-from > 80 {
		return x, false
	}
	text := f.string(from, to)
	m := lastCounted(text)
	if m == nil || len(day.Find(mendDay(text))) > 0 {
		return x, false
	}
	at := func(k int) int { return from + len([]rune(text[:k])) }
	x.name = f.trimmed(at(m[2]), at(m[3]))
	x.quantity = [2]int{at(m[4]), at(m[7])}
	name, rest := f.string(x.name[0], x.name[1]), f.trimmed(at(m[8]), at(m[9]))
	if m := strayCount.FindString(f.string(rest[0], rest[1])); m != "" {
		rest = f.trimmed(rest[0]+len([]rune(m)), rest[1])
	}
	if label := resultLabel.FindString(f.string(rest[0], rest[1])); label != "" {
		rest = f.trimmed(rest[0]+len([]rune(label)), rest[1])
	}
	if n := len([]rune(name)); n < 2 || notDelivered.MatchString(name) || isDay(name) || labelLike(name) && (!x.numbered || x.name[1] < to && f.text[x.name[1]] == ':') {
		return x, false
	}
	if result := f.string(rest[0], rest[1]); len([]rune(result)) > 12 || unitCell.MatchString(result) {
		return x, false
	}
	x.result = rest
	return x, true
}

// strayCount are marks between a number of things and the result, misread: (6月1),合格.
var strayCount = regexp.MustCompile(`^[0-9()]{1,3}[,，;；]`)

// isItem says whether a row, or what follows its label, names a thing that was delivered and its result: no conclusion of the whole.
func (f *flow) isItem(from, to int) bool {
	x, ok := f.itemIn(from, to)
	return ok && x.result[1] > x.result[0]
}

// itemRows are the rows that mostly say what was delivered.
func (d *doc) itemRows() map[int]bool {
	covered, f := map[int]int{}, d.flow() // characters
	for _, x := range d.itemLines() {
		for k := x.name[0]; k < max(x.quantity[1], x.result[1]); k++ {
			covered[f.row[k]]++
		}
	}
	out := map[int]bool{}
	for i, r := range d.rows {
		out[i] = covered[i]*2 > len(r.text) || itemOfRow(d, i)
	}
	return out
}

// within says whether a field stands in one of some rows.
func (d *doc) within(f *hequan.Field, rows map[int]bool) bool {
	for i, r := range d.rows {
		if rows[i] && r.page == f.Page && r.box.Contains(f.Box.CenterX(), f.Box.CenterY()) {
			return true
		}
	}
	return false
}

// itemOfRow says whether a row as a whole is such a thing.
func itemOfRow(d *doc, i int) bool {
	f := &flow{d: d}
	for k, c := range d.rows[i].text {
		if !unicode.IsSpace(c) {
			f.add(fold(c), i, k)
		}
	}
	return f.isItem(0, len(f.text))
}

// lastCounted finds the last number of things of a text: 8卡服务器2台 is two servers.
func lastCounted(text string) []int {
	var best []int
	for from := 0; from < len(text); {
		m := thingsCounted.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		for k := range m {
			m[k] += from
		}
		if best != nil {
			m[2] = best[2]
		}
		m[0] = 0
		best = m
		from = m[7]
		if !strings.ContainsAny(text[from:], "0123456789") {
			break
		}
	}
	return best
}

// trimmed is a stretch without marks and blanks at its ends; brackets that belong together stay.
func (f *flow) trimmed(from, to int) [2]int {
	for from < to && strings.ContainsRune(edgeMarks, f.text[from]) {
		from++
	}
	for to > from && strings.ContainsRune(edgeMarks, f.text[to-1]) && !(closes(f.text[to-1]) && balanced(f.string(from, to))) {
		to--
	}
	return [2]int{from, to}
}

// resultCell says whether a cell holds what became of a check: a word or a tick.
func resultCell(t string) bool {
	return len([]rune(t)) <= 8 && (passedCell.MatchString(t) || tickRead.MatchString(t) || slices.Contains([]string{"是", "否", "OK", "ok", "Ok", "Y", "Yes", "可用", "达标", "无异常", "有效", "已到货", "优", "好"}, t))
}
