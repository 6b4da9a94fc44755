package extractors

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hequan"
)

// drawn is a paper drawn cell by cell: words of a text layer where a renderer
// would put them. Columns are given by their left edges, in fractions of the
// page's width; a column of numbers is set flush right.
type drawn struct {
	pages  []hequan.Page
	left   []float64 // of the columns, and the right edge of the last
	right  []bool    // flush right
	height float64   // of a row
	y      float64
	size   float64 // of a letter, in millimetres
	ruled  bool
	grid   *hequan.Grid
}

// paper begins a paper whose columns stand at left; right are the indexes of
// those flush right.
func draw(left []float64, right ...int) *drawn {
	d := &drawn{left: left, right: make([]bool, len(left)), height: 0.022, size: 3.2}
	for _, c := range right {
		d.right[c] = true
	}
	return d.page(210, 297)
}

func (d *drawn) page(width, height float64) *drawn {
	d.closeGrid()
	d.pages = append(d.pages, hequan.Page{Info: hequan.PageInfo{Page: len(d.pages) + 1, Source: hequan.SourceDigital, WidthMM: width, HeightMM: height}})
	d.y = 0.07
	return d
}

func (d *drawn) next() *drawn {
	i := d.pages[len(d.pages)-1].Info
	return d.page(i.WidthMM, i.HeightMM)
}

func (d *drawn) closeGrid() {
	if d.grid != nil {
		p := &d.pages[len(d.pages)-1]
		p.Grids = append(p.Grids, *d.grid)
		d.grid = nil
	}
}

// width of a text: a Latin letter is half a Chinese one.
func (d *drawn) width(text string) float64 {
	n := 0.0
	for _, r := range text {
		if r < 0x250 {
			n += 0.55
		} else {
			n++
		}
	}
	return n * d.size / d.pages[len(d.pages)-1].Info.WidthMM
}

func (d *drawn) word(x float64, text string) hequan.Line {
	p := &d.pages[len(d.pages)-1]
	l := hequan.Line{}
	for _, part := range strings.Fields(text) {
		w := d.width(part)
		word := hequan.Word{Text: part, Box: hequan.Box{x, d.y, x + w, d.y + d.size/p.Info.HeightMM}, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
		l.Words = append(l.Words, word)
		l.Box = l.Box.Union(word.Box)
		x += w + d.width("a")
	}
	p.Lines = append(p.Lines, l)
	return l
}

// text draws a line of its own at the left margin.
func (d *drawn) text(lines ...string) *drawn {
	d.closeGrid()
	for _, t := range lines {
		x := d.left[0]
		for _, part := range strings.Split(t, "\t") {
			d.word(x, part)
			x += d.width(part) + 0.06
		}
		d.y += 1.2 * d.height
	}
	return d
}

// row draws cells, parted by |; one that begins with ^ spans all columns to the next that is not empty.
func (d *drawn) row(cells string) *drawn {
	if d.ruled && d.grid == nil {
		d.grid = &hequan.Grid{Box: hequan.Box{d.left[0], d.y, d.left[len(d.left)-1], d.y}, Cols: len(d.left) - 1}
	}
	list := strings.Split(cells, "|")
	for c, text := range list {
		span := 1
		if t, ok := strings.CutPrefix(text, "^"); ok {
			text = t
			for c+span < len(list) && list[c+span] == "" {
				span++
			}
		}
		var lines []hequan.Line
		if text != "" {
			x := d.left[c] + 0.006
			if d.right[c] {
				x = d.left[c+span] - 0.006 - d.width(text)
			}
			lines = []hequan.Line{d.word(x, text)}
		}
		if d.grid != nil && !(text == "" && c > 0 && strings.HasPrefix(spanning(list, c), "^")) {
			box := hequan.Box{d.left[c], d.y - 0.2*d.height, d.left[c+span], d.y + 0.8*d.height}
			d.grid.Cells = append(d.grid.Cells, hequan.GridCell{Row: d.grid.Rows, Col: c, ColSpan: span, Box: box, Lines: lines})
			d.grid.Box = d.grid.Box.Union(box)
		}
	}
	if d.grid != nil {
		d.grid.Rows++
	}
	d.y += d.height
	return d
}

// spanning is the text that an empty cell belongs to if one before it spans.
func spanning(list []string, c int) string {
	for c > 0 && list[c] == "" {
		c--
	}
	return list[c]
}

func (d *drawn) done() []hequan.Page {
	d.closeGrid()
	return d.pages
}

// used is one row of a list of use.
type used struct{ date, model, quantity, unit, price, amount string }

// months and days are lists of use that hold: quantity × price = amount.
var months = []used{
	{"2025-09", "星海-Max", "1200.5", "千tokens", "0.02", "24.01"},
	{"2025-09", "星海-Lite-32k", "98765", "千tokens", "0.002", "197.53"},
	{"2025-10", "星海-Max", "45321", "千tokens", "0.02", "906.42"},
	{"2025-10", "星海-Lite-32k", "180000", "千tokens", "0.002", "360.00"},
	{"2025-11", "星海-Max", "63210.5", "千tokens", "0.02", "1264.21"},
	{"2025-11", "星海-Lite-32k", "200500", "千tokens", "0.002", "401.00"},
	{"2025-12", "星海-Max", "77125", "千tokens", "0.02", "1542.50"},
	{"2025-12", "星海-Lite-32k", "211000", "千tokens", "0.002", "422.00"},
}

func dayRows(n int) (out []used) {
	for i := range n {
		q := 12340 + 517*i%4200
		out = append(out, used{fmt.Sprintf("2026-03-%02d", i%31+1), "qwen-plus", fmt.Sprint(q * 50), "千tokens", "0.004", fmt.Sprintf("%d.%02d", q*50*4/1000, q*50*4%1000/10)})
	}
	return out
}

// rowsOf renders rows by a pattern: D M Q U P A for date, model, quantity, unit, price, amount.
func (d *drawn) rowsOf(list []used, pattern string) *drawn {
	for i, u := range list {
		d.row(u.in(pattern, i))
	}
	return d
}

func (u used) in(pattern string, i int) string {
	return strings.NewReplacer("D", u.date, "M", u.model, "Q", u.quantity, "U", u.unit, "P", u.price, "A", u.amount, "N", fmt.Sprint(i+1)).Replace(pattern)
}

// read is the rows of the tables of that name, the wanted columns only, and
// the columns that the tables have besides.
func readRows(c Content, name string, columns []string) (rows []string, extra []string) {
	for _, t := range c.Tables {
		if t.Name != name {
			continue
		}
		for _, have := range t.Columns {
			if !slices.Contains(columns, have) && !slices.Contains(extra, have) {
				extra = append(extra, have)
			}
		}
		for _, r := range t.Rows {
			var cells []string
			for _, want := range columns {
				k := t.Column(want)
				if k < 0 {
					cells = append(cells, "–")
					continue
				}
				cells = append(cells, r[k].Value)
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
	}
	return rows, extra
}

func wantRows(list []used, columns []string) (out []string) {
	for _, u := range list {
		var cells []string
		for _, c := range columns {
			cells = append(cells, map[string]string{"date": u.date, "model": u.model, "quantity": u.quantity, "unit": u.unit, "unit_price": u.price, "price_unit": "元/" + u.unit, "amount": u.amount}[c])
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return out
}

// exhibit is one shape that tables of figures have.
type exhibit struct {
	name    string
	kind    hequan.Kind // usage unless given
	pages   []hequan.Page
	columns string // wanted, by blanks
	want    []used
}

// TestGallery: shapes that tables of vendors have. Every wanted cell must come
// out right, and no column that is not there.
func TestGallery(t *testing.T) {
	for _, e := range slices.Concat(exhibits(), groupedExhibits(), otherExhibits(), hardExhibits(), moreExhibits()) {
		t.Run(e.name, func(t *testing.T) {
			kind, table := e.kind, "rows"
			switch e.kind {
			case "":
				kind = hequan.KindUsage
			case hequan.KindSettlement:
				table = "items"
			case hequan.KindContract:
				table = "prices"
			}
			columns := strings.Fields(e.columns)
			got, extra := readRows(Extract(kind, e.pages, nil), table, columns)
			want := wantRows(e.want, columns)
			if !slices.Equal(got, want) {
				t.Errorf("got %d rows, want %d\n got: %s\nwant: %s", len(got), len(want), strings.Join(got[:min(len(got), 12)], "\n      "), strings.Join(want[:min(len(want), 12)], "\n      "))
			}
			if len(extra) > 0 {
				t.Errorf("columns that are not there: %v", extra)
			}
		})
	}
}

const five = "date model quantity unit_price amount"

func with(list []used, change func(u *used)) []used {
	out := slices.Clone(list)
	for i := range out {
		change(&out[i])
	}
	return out
}

var six = []float64{0.08, 0.2, 0.4, 0.55, 0.68, 0.8, 0.92}
var fiveWide = []float64{0.08, 0.2, 0.34, 0.54, 0.78, 0.92}
var fiveLeft = []float64{0.08, 0.24, 0.46, 0.62, 0.76, 0.92}

func exhibits() []exhibit {
	var out []exhibit
	add := func(name, columns string, want []used, d *drawn) {
		out = append(out, exhibit{name: name, pages: d.done(), columns: columns, want: want})
	}
	title := func(left []float64, right ...int) *drawn { return draw(left, right...).text("调用清单") }
	ruled := func(d *drawn) *drawn { d.ruled = true; return d }

	add("known words", five+" unit", months, title(six, 2, 4, 5).row("日期|模型|用量|单位|单价|金额").rowsOf(months, "D|M|Q|U|P|A"))
	add("nonsense words", five+" unit", months, title(six, 2, 4, 5).row("子丑|寅卯|辰巳|午未|申酉|戌亥").rowsOf(months, "D|M|Q|U|P|A"))
	add("nonsense words, ruled", five+" unit", months, ruled(title(six, 2, 4, 5)).row("子丑|寅卯|辰巳|午未|申酉|戌亥").rowsOf(months, "D|M|Q|U|P|A"))
	add("no heading at all", five+" unit", months, title(six, 2, 4, 5).rowsOf(months, "D|M|Q|U|P|A"))
	add("one word unknown", five+" unit", months, title(six, 2, 4, 5).row("日期|模型|辰巳|单位|单价|金额").rowsOf(months, "D|M|Q|U|P|A"))
	add("date unknown", five+" unit", months, title(six, 2, 4, 5).row("辰巳|模型|用量|单位|单价|金额").rowsOf(months, "D|M|Q|U|P|A"))
	add("model unknown", five+" unit", months, title(six, 2, 4, 5).row("日期|辰巳|用量|单位|单价|金额").rowsOf(months, "D|M|Q|U|P|A"))
	add("three words unknown", five+" unit", months, title(six, 2, 4, 5).row("日期|寅卯|辰巳|单位|午未|申酉").rowsOf(months, "D|M|Q|U|P|A"))
	add("columns in another order", five, months, title(fiveLeft, 0, 1, 2).row("戌亥|申酉|辰巳|寅卯|子丑").rowsOf(months, "A|P|Q|M|D"))
	add("units in the headings", five+" unit price_unit", months, title(fiveWide, 2, 3, 4).row("子丑|寅卯|辰巳(千tokens)|单价 元/千tokens|申酉").rowsOf(months, "D|M|Q|P|A"))
	add("known words with units behind a blank", five+" unit price_unit", months, title(fiveWide, 2, 3, 4).row("日期|模型|用量 千tokens|单价 元/千tokens|金额 元").rowsOf(months, "D|M|Q|P|A"))
	add("heading of two lines", five+" unit price_unit", months, title(fiveLeft, 2, 3, 4).row("调用|模型|调用量|结算单价|应付金额").row("日期|名称|(千tokens)|(元/千tokens)|(元)").rowsOf(months, "D|M|Q|P|A"))
	add("heading of three lines", five+" unit price_unit", months, title(fiveLeft, 2, 3, 4).row("统计|大模型|计费|合同|本期").row("日期|服务|用量|单价|费用").row("||(千tokens)|(元/千tokens)|(元)").rowsOf(months, "D|M|Q|P|A"))
	add("English", five+" unit", months, title(six, 2, 4, 5).row("Date|Model|Usage|Unit|Unit Price|Amount").rowsOf(months, "D|M|Q|U|P|A"))
	add("English in capitals", five+" unit", months, title(six, 2, 4, 5).row("DATE|MODEL NAME|USAGE|UNIT|UNIT PRICE|COST (CNY)").rowsOf(months, "D|M|Q|U|P|A"))
	add("dates of eight digits", five, with(months, func(u *used) { u.date += "-01" }), title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(with(months, func(u *used) { u.date = strings.ReplaceAll(u.date, "-", "") + "01" }), "D|M|Q|P|A"))
	add("dates with hours", five, dayRows(12), title(fiveLeft, 2, 3, 4).row("账单时间|寅卯|辰巳|午未|申酉").rowsOf(with(dayRows(12), func(u *used) { u.date = strings.ReplaceAll(u.date, "-0", "/") + " 00:00" }), "D|M|Q|P|A"))
	add("days without a year", five, dayRows(12), title(fiveLeft, 2, 3, 4).text("统计周期：2026年3月1日至2026年3月31日").row("日期|寅卯|辰巳|午未|申酉").rowsOf(with(dayRows(12), func(u *used) { u.date = u.date[5:] }), "D|M|Q|P|A"))
	add("days without a year, in characters", five, dayRows(12), title(fiveLeft, 2, 3, 4).text("统计周期：2026年3月1日至2026年3月31日").row("子丑|寅卯|辰巳|午未|申酉").rowsOf(with(dayRows(12), func(u *used) { u.date = "3月" + strings.TrimLeft(u.date[8:], "0") + "日" }), "D|M|Q|P|A"))
	add("no price", "date model quantity unit amount", months, title(fiveLeft, 2, 4).row("日期|模型|用量|单位|金额").rowsOf(months, "D|M|Q|U|A"))
	add("no price, one word unknown", "date model quantity unit amount", months, title(fiveLeft, 2, 4).row("日期|模型|用量|单位|申酉").rowsOf(months, "D|M|Q|U|A").row("合计||||5117.67"))
	add("no money", "date model quantity unit", months, title(fiveLeft, 2).row("日期|模型|用量|单位").rowsOf(months, "D|M|Q|U"))
	add("quantities with their units", five+" unit", months, title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(months, "D|M|QU|P|A"))
	add("prices with their units", five+" price_unit", months, title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(months, "D|M|Q|P元/U|A"))
	add("amounts with a sign of money", five, months, title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(months, "D|M|Q|¥P|¥A"))
	refunds := append(slices.Clone(months), used{"2025-12", "星海-Max", "-1000", "千tokens", "0.02", "-20.00"})
	add("a refund", five, refunds, title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(refunds, "D|M|Q|P|A"))
	add("a list price and a discount", five, months, title([]float64{0.06, 0.17, 0.33, 0.45, 0.55, 0.67, 0.79, 0.92}, 2, 3, 4, 5, 6).row("子丑|寅卯|辰巳|午未|申酉|优惠|应付").rowsOf(months, "D|M|Q|P|A|0.00|A"))
	add("numbers of rows and a remark", five, months, title([]float64{0.06, 0.1, 0.24, 0.46, 0.6, 0.72, 0.84, 0.95}, 3, 4, 5).row("甲|子丑|寅卯|辰巳|午未|申酉|备注").rowsOf(months, "N|D|M|Q|P|A|正常"))
	add("columns set tight", five, dayRows(20), title([]float64{0.08, 0.2, 0.34, 0.46, 0.54, 0.64}, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(dayRows(20), "D|M|Q|P|A"))
	add("amounts finer than a fen", five, months, title(fiveLeft, 2, 3, 4).row("日期|模型|用量|单价|金额").rowsOf(with(months, func(u *used) { u.amount += "000000" }), "D|M|Q|P|A"))

	long := dayRows(90)
	pages := func(d *drawn, head string, again bool, running ...string) *drawn {
		for i := 0; i < len(long); i += 30 {
			if i > 0 {
				d.next().text(running...)
			}
			if head != "" && (i == 0 || again) {
				d.row(head)
			}
			for k, u := range long[i : i+30] {
				d.row(u.in("D|M|Q|P|A", i+k))
			}
		}
		return d
	}
	add("heading on each page", five, long, pages(title(fiveLeft, 2, 3, 4), "子丑|寅卯|辰巳|午未|申酉", true))
	add("heading on the first page only", five, long, pages(title(fiveLeft, 2, 3, 4), "日期|模型|用量|单价|金额", false))
	add("nonsense heading on the first page only", five, long, pages(title(fiveLeft, 2, 3, 4), "子丑|寅卯|辰巳|午未|申酉", false))
	add("running title", five, long, pages(title(fiveLeft, 2, 3, 4), "日期|模型|用量|单价|金额", false, "某某云计算有限公司 大模型服务调用清单"))
	add("running title, nonsense heading", five, long, pages(title(fiveLeft, 2, 3, 4), "子丑|寅卯|辰巳|午未|申酉", true, "某某云计算有限公司 大模型服务调用清单", "账单编号：20260401001\t第2页"))
	add("ruled, heading on the first page only", five, long, pages(ruled(title(fiveLeft, 2, 3, 4)), "子丑|寅卯|辰巳|午未|申酉", false))
	add("landscape", five, months, draw(fiveLeft, 2, 3, 4).page(297, 210).text("调用清单").row("子丑|寅卯|辰巳|午未|申酉").rowsOf(months, "D|M|Q|P|A"))

	carried := title(fiveLeft, 2, 3, 4).row("日期|模型|用量|单价|金额").rowsOf(long[:30], "D|M|Q|P|A").row("过次页||||78000.00")
	carried.next().row("承前页||||78000.00").rowsOf(long[30:60], "D|M|Q|P|A").row("本页小计||||78000.00").row("合计||||156000.00")
	add("carried over", five, long[:60], carried)
	carried = title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(long[:30], "D|M|Q|P|A").row("过次页||||78000.00")
	carried.next().row("子丑|寅卯|辰巳|午未|申酉").row("承前页||||78000.00").rowsOf(long[30:60], "D|M|Q|P|A").row("本页小计||||78000.00").row("合计||||156000.00")
	add("carried over, nonsense heading", five, long[:60], carried)

	summed := title(fiveLeft, 2, 3, 4).row("日期|模型|用量|单价|金额")
	for i := 0; i < 8; i += 2 {
		summed.rowsOf(months[i:i+2], "D|M|Q|P|A").row("小计||||100.00")
	}
	add("subtotals", five, months, summed.row("总计||||5117.67"))
	return out
}

func groupedExhibits() []exhibit {
	var out []exhibit
	add := func(name, columns string, want []used, d *drawn) {
		out = append(out, exhibit{name: name, pages: d.done(), columns: columns, want: want})
	}
	byModel := slices.Clone(months)
	slices.SortStableFunc(byModel, func(a, b used) int { return strings.Compare(a.model, b.model) })
	four := []float64{0.08, 0.3, 0.5, 0.7, 0.92}

	d := draw(four, 1, 2, 3).text("调用清单").row("子丑|辰巳|午未|申酉")
	d.row("^模型：星海-Lite-32k|||").rowsOf(byModel[:4], "D|Q|P|A").row("^模型：星海-Max|||").rowsOf(byModel[4:], "D|Q|P|A")
	add("a model heads a group", five, byModel, d)
	d = draw(four, 1, 2, 3).text("调用清单").row("日期|用量|单价|金额")
	d.row("^模型：星海-Lite-32k|||").rowsOf(byModel[:4], "D|Q|P|A").row("小计|||1380.53").row("^模型：星海-Max|||").rowsOf(byModel[4:], "D|Q|P|A").row("小计|||3737.14")
	add("a model heads a group, known words", five, byModel, d)
	d = draw(four, 1, 2, 3).text("调用清单").row("模型|用量|单价|金额")
	for i := 0; i < 8; i += 2 {
		d.row("^"+months[i].date+"|||").rowsOf(months[i:i+2], "M|Q|P|A")
	}
	add("a date heads a group", five, months, d)
	d = draw(four, 1, 2, 3).text("调用清单").row("寅卯|辰巳|午未|申酉")
	for i := 0; i < 8; i += 2 {
		d.row("^"+months[i].date[:4]+"年"+months[i].date[5:]+"月|||").rowsOf(months[i:i+2], "M|Q|P|A")
	}
	add("a month heads a group, nonsense words", five, months, d)
	d = draw(fiveLeft, 2, 3, 4).text("调用清单").row("日期|模型|用量|单价|金额")
	for i := 0; i < 8; i += 2 {
		d.rowsOf(months[i:i+1], "D|M|Q|P|A").rowsOf(months[i+1:i+2], "|M|Q|P|A")
	}
	add("a date given once", five, months, d)
	d = draw(fiveLeft, 2, 3, 4).text("调用清单").row("寅卯|子丑|辰巳|午未|申酉")
	d.rowsOf(byModel[:1], "M|D|Q|P|A").rowsOf(byModel[1:4], "|D|Q|P|A").rowsOf(byModel[4:5], "M|D|Q|P|A").rowsOf(byModel[5:], "|D|Q|P|A")
	add("a model given once, nonsense words", five, byModel, d)
	return out
}

func otherExhibits() []exhibit {
	var out []exhibit
	add := func(kind hequan.Kind, name, columns string, want []used, d *drawn) {
		out = append(out, exhibit{name: name, kind: kind, pages: d.done(), columns: columns, want: want})
	}
	halves := []float64{0.06, 0.18, 0.34, 0.46, 0.56, 0.66, 0.76, 0.86, 0.96}

	d := draw(halves, 2, 3, 4, 5, 6, 7).text("调用清单").row("日期|模型|输入tokens|输出tokens|总tokens|单价|金额")
	for _, u := range dayRows(12) {
		d.row(u.in("D|M|1000|2000|Q|P|A", 0))
	}
	add("", "tokens in, out and together", five, dayRows(12), d)
	split := []used{{"2026-03-01", "qwen-plus", "500000", "", "", "1.20"}, {"2026-03-02", "qwen-plus", "730000", "", "", "1.61"}, {"2026-03-03", "qwen-max", "90500", "", "", "3.45"}}
	d = draw(fiveLeft, 2, 3, 4).text("Usage").row("Date|Model|Input tokens|Output tokens|Cost").row("2026-03-01|qwen-plus|400,000|100,000|1.20").row("2026-03-02|qwen-plus|600,000|130,000|1.61").row("2026-03-03|qwen-max|80,000|10,500|3.45")
	add("", "tokens in and out", "date model quantity amount", split, d)

	two := []float64{0.05, 0.17, 0.28, 0.38, 0.47, 0.53, 0.65, 0.76, 0.86, 0.95}
	d = draw(two, 2, 3, 7, 8).text("调用清单").row("日期|模型|用量|金额||日期|模型|用量|金额")
	rows := dayRows(20)
	for i := range 10 {
		d.row(rows[i].in("D|M|Q|A|", i) + "|" + rows[i+10].in("D|M|Q|A", i))
	}
	add("", "two tables side by side", "date model quantity amount", rows, d)

	items := []used{{"", "星海-Max", "63210.5", "千tokens", "0.02", "1264.21"}, {"", "星海-Lite-32k", "200500", "千tokens", "0.002", "401.00"}}
	d = draw(fiveLeft, 1, 3, 4).text("结算单", "结算周期：2025年9月1日至2025年12月31日").row("寅卯|辰巳|午未|申酉|戌亥").rowsOf(items, "M|Q|U|P|A").row("合计||||1665.21")
	add(hequan.KindSettlement, "a settlement in nonsense words", "model quantity unit unit_price amount", items, d)
	d = draw(fiveLeft, 1, 3, 4).text("结算单").row("模型|用量|单位|单价|结算价款").rowsOf(items[:1], "M|Q|U|P|A").row("合计||||1264.21")
	add(hequan.KindSettlement, "a settlement of one row", "model quantity unit unit_price amount", items[:1], d)
	d = draw(fiveLeft, 1, 3, 4).text("结算单").row("寅卯|辰巳|午未|申酉|戌亥").rowsOf(items[:1], "M|Q|U|P|A").row("合计||||1264.21")
	add(hequan.KindSettlement, "a settlement of one row, nonsense words", "model quantity unit unit_price amount", items[:1], d)

	prices := []used{{"", "星海-Max", "", "元/千tokens", "0.02", ""}, {"", "星海-Lite-32k", "", "元/千tokens", "0.002", ""}}
	contract := func() *drawn {
		return draw([]float64{0.1, 0.4, 0.6, 0.9}, 2).text("大模型服务合同", "甲方：北京某甲科技有限公司", "乙方：上海某乙智能技术有限公司")
	}
	d = contract().row("模型名称|计价单位|单价").rowsOf(prices, "M|U|P")
	add(hequan.KindContract, "a price list", "model unit unit_price", prices, d)
	d = contract().row("寅卯|辰巳|午未").rowsOf(prices, "M|U|P")
	add(hequan.KindContract, "a price list in nonsense words", "model unit unit_price", prices, d)
	return out
}

func hardExhibits() []exhibit {
	var out []exhibit
	add := func(name, columns string, want []used, d *drawn) {
		out = append(out, exhibit{name: name, pages: d.done(), columns: columns, want: want})
	}
	title := func(left []float64, right ...int) *drawn { return draw(left, right...).text("调用清单") }
	seven := []float64{0.06, 0.17, 0.33, 0.45, 0.55, 0.67, 0.79, 0.92}

	d := title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉")
	for _, u := range months {
		d.row("|" + u.model[:6] + "|||")
		d.y -= 0.009
		d.row(u.date + "||" + u.quantity + "|" + u.price + "|" + u.amount)
		d.y -= 0.013
		d.row("|" + u.model[6:] + "|||")
		d.y += 0.008
	}
	add("wrapped names", five, months, d)

	voucher := append(slices.Clone(months), used{"2025-12", "代金券", "", "", "", "-20.00"})
	add("a voucher", five, voucher, title(fiveLeft, 2, 3, 4).row("日期|寅卯|用量|午未|金额").rowsOf(voucher, "D|M|Q|P|A").row("合计||||5097.67"))
	add("a voucher between", five, append(voucher, months[7]), title(fiveLeft, 2, 3, 4).row("日期|寅卯|用量|午未|金额").rowsOf(append(voucher, months[7]), "D|M|Q|P|A").row("合计||||5519.67"))

	large := []used{{"2025-09", "星海-Max", "1500000", "", "0.02", "30000.00"}, {"2025-10", "星海-Max", "2250000", "", "0.02", "45000.00"}, {"2025-11", "星海-Max", "1712500", "", "0.02", "34250.00"}}
	add("amounts in ten thousands", five, large, title(fiveLeft, 2, 3, 4).row("日期|模型|用量|单价(元)|金额(万元)").rowsOf(large[:1], "D|M|Q|P|3").rowsOf(large[1:2], "D|M|Q|P|4.5").rowsOf(large[2:], "D|M|Q|P|3.425"))

	add("a cell with a colon in each row", five, months, title(seven, 3, 4, 5).row("甲|子丑|寅卯|辰巳|午未|申酉|备注").rowsOf(months, "N|D|M|Q|P|A|渠道:API"))
	add("product, region and model", five, months, title([]float64{0.04, 0.13, 0.3, 0.42, 0.58, 0.7, 0.8, 0.94}, 4, 5, 6).row("子丑|寅卯|辰巳|午未|申酉|戌亥|甲乙").rowsOf(months, "D|大模型推理服务|华北2|M|Q|P|A"))
	add("no column of models", five, dayRows(15), draw([]float64{0.08, 0.3, 0.5, 0.7, 0.92}, 1, 2, 3).text("调用清单", "模型：qwen-plus").row("子丑|辰巳|午未|申酉").rowsOf(dayRows(15), "D|Q|P|A"))
	add("days and quantities alone", "date model quantity", dayRows(15), draw([]float64{0.2, 0.5, 0.8}, 1).text("调用清单", "模型：qwen-plus").row("日期|用量").rowsOf(dayRows(15), "D|Q"))
	add("from and to", five, months[2:6], title(seven, 3, 4, 5).row("开始|结束|寅卯|辰巳|午未|申酉|备注").rowsOf(months[2:4], "D-01|D-31|M|Q|P|A|").rowsOf(months[4:6], "D-01|D-30|M|Q|P|A|"))
	add("a month as a range", five, months[:2], title([]float64{0.06, 0.34, 0.52, 0.66, 0.78, 0.92}, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(months[:2], "2025-09-01至2025-09-30|M|Q|P|A"))

	single := []used{{"2026-01", "qwen-plus", "12500000", "", "0.8", "10.00"}, {"2026-02", "qwen-plus", "37512500", "", "0.8", "30.01"}, {"2026-03", "qwen-max", "5000000", "", "2.4", "12.00"}}
	add("tokens counted singly", five, single, title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(single, "D|M|Q|P|A"))
	calls := []used{{"2026-01", "星海-识图", "12500", "次", "0.02", "250.00"}, {"2026-02", "星海-识图", "9800", "次", "0.02", "196.00"}, {"2026-03", "星海-识图", "10050", "次", "0.02", "201.00"}}
	add("calls", five+" unit", calls, title(six, 2, 4, 5).row("子丑|寅卯|辰巳|午未|申酉|戌亥").rowsOf(calls, "D|M|Q|U|P|A"))
	hours := []used{{"2026-01", "星海-72B部署", "720", "小时", "12.5", "9000.00"}, {"2026-02", "星海-72B部署", "672", "小时", "12.5", "8400.00"}, {"2026-03", "星海-72B部署", "744", "小时", "12.5", "9300.00"}}
	add("hours", five+" unit", hours, title(six, 2, 4, 5).row("子丑|寅卯|辰巳|午未|申酉|戌亥").rowsOf(hours, "D|M|Q|U|P|A"))

	d = title(seven, 1, 2, 3, 4, 5)
	d.ruled = true
	d.row("子丑|^用量(千tokens)|||单价|费用|备注").row("|输入|输出|合计|||").rowsOf(dayRows(10), "D|1000|2000|Q|P|A|")
	add("headings over headings", "date quantity unit unit_price amount", dayRows(10), d)

	d = title(fiveLeft, 2, 3, 4).row("寅卯|辰巳|午未").row("qwen-plus|22222|1").text("明细如下").row("子丑|寅卯|辰巳|午未|申酉").rowsOf(dayRows(12), "D|M|Q|P|A")
	add("another table above", five, dayRows(12), d)
	d = title(fiveLeft, 1, 2, 3, 4).row("模型|用量|金额||").rowsOf([]used{{"", "星海-Max", "187157", "", "", "3737.14"}, {"", "星海-Lite-32k", "690265", "", "", "1380.53"}}, "M|Q|A||").text("明细如下：").row("日期|模型|用量|单价|金额").rowsOf(months, "D|M|Q|P|A")
	add("a summary above", five, months, d)

	d = title(fiveLeft, 2, 3, 4)
	byModel := slices.Clone(months)
	slices.SortStableFunc(byModel, func(a, b used) int { return strings.Compare(a.model, b.model) })
	for i := 0; i < 8; i += 4 {
		d.text("模型："+byModel[i].model).row("子丑||辰巳|午未|申酉").rowsOf(byModel[i:i+4], "D||Q|P|A").row("小计||||1380.53")
	}
	add("headings again below each group's", five, byModel, d)

	ids := []float64{0.04, 0.14, 0.27, 0.42, 0.58, 0.7, 0.8, 0.95}
	add("numbers of accounts and orders", five, months, title(ids, 4, 5, 6).row("子丑|寅卯|辰巳|午未|申酉|戌亥|甲乙").rowsOf(months, "D|100012345678|2026030100N|M|Q|P|A"))
	add("nothing used", five, append(slices.Clone(months), used{"2026-01", "星海-Max", "0", "", "0.02", "0.00"}), title(fiveLeft, 2, 3, 4).row("子丑|寅卯|辰巳|午未|申酉").rowsOf(append(slices.Clone(months), used{"2026-01", "星海-Max", "0", "", "0.02", "0.00"}), "D|M|Q|P|A"))

	discounted := with(months[2:], func(u *used) { u.price = "" })
	list := []string{"1133.03", "450.00", "1580.26", "501.25", "1928.13", "527.50"}
	d = title(seven, 2, 3, 4, 5, 6).row("日期|模型|用量|目录价|目录总价|折扣|应付金额")
	for i, u := range discounted {
		d.row(u.in("D|M|Q|"+[]string{"0.025", "0.0025"}[i%2]+"|", i) + list[i] + "|80%|" + u.amount)
	}
	add("a discount in per cent", "date model quantity amount", discounted, d)
	long := dayRows(200)
	d = draw(fiveLeft, 2, 3, 4)
	for i, u := range long {
		if i%33 == 0 {
			if i > 0 {
				d.row("本页合计||||1234.00").next()
			}
			d.text("上海某乙智能技术有限公司\t大模型服务费用清单").text("日 期 范 围\t全 部").row("消费时段|计费对象|使用情况|资费标准|应缴数额")
		}
		d.row(u.in("D|M|Q|P|A", i))
	}
	add("two hundred rows", five, long, d)
	return out
}

// moreExhibits are settlements, price lists and lists of a contract's items.
func moreExhibits() []exhibit {
	var out []exhibit
	add := func(kind hequan.Kind, name, columns string, want []used, d *drawn) {
		out = append(out, exhibit{name: name, kind: kind, pages: d.done(), columns: columns, want: want})
	}
	items := []used{{"", "星海-Max", "63210.5", "千tokens", "0.02", "1264.21"}, {"", "星海-Lite-32k", "200500", "千tokens", "0.002", "401.00"}}
	settled := func(left []float64, right ...int) *drawn {
		return draw(left, right...).text("结算单", "甲方：北京某甲科技有限公司", "乙方：上海某乙智能技术有限公司", "结算周期：2025年9月1日至2025年12月31日")
	}
	add(hequan.KindSettlement, "settled with its units in the headings", "model quantity unit unit_price price_unit amount", items, settled(fiveWide, 2, 3, 4).row("甲|服务内容|使用量（千tokens）|协议价 元/千tokens|应结费用（元）").rowsOf(items, "N|M|Q|P|A").row("合计||||1665.21"))
	add(hequan.KindSettlement, "settled without prices", "model quantity unit amount", items, settled(fiveLeft, 1, 3).row("寅卯|辰巳|午未|申酉|").rowsOf(items, "M|Q|U|A|").row("合计|||1665.21|"))
	add(hequan.KindSettlement, "settled in Chinese characters below", "model quantity unit unit_price amount", items, settled(fiveLeft, 1, 3, 4).row("寅卯|辰巳|午未|申酉|戌亥").rowsOf(items, "M|Q|U|P|A").text("合计（大写）：壹仟陆佰陆拾伍元贰角壹分", "小写：¥1,665.21"))
	d := settled([]float64{0.06, 0.24, 0.38, 0.5, 0.6, 0.7, 0.8, 0.94}, 1, 3, 4, 5, 6)
	d.ruled = true
	add(hequan.KindSettlement, "settled with tax", "model quantity unit amount", []used{{"", "星海-Max", "63210.5", "千tokens", "", "1340.06"}, {"", "星海-Lite-32k", "200500", "千tokens", "", "425.06"}}, d.row("模型|用量|单位|不含税单价|甲|乙|丙").row("星海-Max|63210.5|千tokens|0.02|1264.21|75.85|1340.06").row("星海-Lite-32k|200500|千tokens|0.002|401.00|24.06|425.06"))

	prices := []used{{"", "qwen-max", "", "元/千tokens", "0.02", ""}, {"", "deepseek-v3", "", "元/千tokens", "0.002", ""}, {"", "豆包-Pro-32k", "", "元/千tokens", "0.008", ""}}
	contract := func(left ...float64) *drawn {
		return draw(left, len(left)-2).text("大模型服务合同", "甲方：北京某甲科技有限公司", "乙方：上海某乙智能技术有限公司", "一、服务内容与价格")
	}
	add(hequan.KindContract, "prices numbered", "model unit unit_price", prices, contract(0.1, 0.2, 0.4, 0.6, 0.9).row("甲|寅卯|辰巳|午未").rowsOf(prices, "N|M|U|P"))
	add(hequan.KindContract, "prices, known words", "model unit unit_price", prices, contract(0.1, 0.2, 0.4, 0.6, 0.9).row("序号|模型服务|计价方式|含税价").rowsOf(prices, "N|M|U|P"))
	return out
}
