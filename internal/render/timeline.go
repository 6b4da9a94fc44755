package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"hequan"
	"hequan/internal/day"
)

// Span is a window of the policy that a timeline shows.
type Span struct {
	Key      string // usage, invoice, submission
	Name     string
	From, To day.Day
}

// Page gives the address of a page of a document; "" for none.
type Page func(d *hequan.Document, page int) string

// The measures of the drawings, in the units of their own frame.
const (
	drawWidth  = 1000
	drawLeft   = 110 // where the rows begin: their names stand before
	drawRight  = 980
	rowHeight  = 30
	labelWidth = 66 // of a date
)

// timeline is a drawing of the dates of an application: a row a kind of paper.
type timeline struct {
	Width, Height, Top, Bottom int
	Bands                      []band
	Ticks                      []tick
	Rows                       []timeRow
	Outside                    int // dates outside their window
}

// band is a window of the policy.
type band struct {
	Name  string
	X, W  int
	Y     int // of its name
	NameX int
	Right bool // the name ends at NameX
	Title string
}

type tick struct {
	X    int
	Name string
}

type timeRow struct {
	Name  string
	Y     int
	Marks []mark
}

// mark is a date, or a span of days.
type mark struct {
	X, W    int // W is 0 for a date
	Label   string
	LabelX  int
	Before  bool // the label stands before the mark, where none fits behind it
	Title   string
	Outside bool
	Href    string
}

// dated is a date or a span that a document states.
type dated struct {
	row      string
	from, to day.Day
	window   string // key of the span it must lie in, "" for none
	title    string
	href     string
}

// rowsOfTime are the rows from top to bottom.
var rowsOfTime = []string{"合同签订", "合同期限", "使用结算", "发票", "交付验收", "模型备案", "承诺书", "提交申报"}

// WriteTimeline draws the dates of a report as inline SVG; nothing when it has none.
func WriteTimeline(w io.Writer, r *hequan.Report, spans []Span, page Page) error {
	t := newTimeline(r, spans, page)
	if t == nil {
		return nil
	}
	return document.ExecuteTemplate(w, "timeline", t)
}

func newTimeline(r *hequan.Report, spans []Span, page Page) *timeline {
	all := datesOf(r, page)
	if len(all) == 0 {
		return nil
	}
	from, to := extent(all, spans)
	x := func(d day.Day) int {
		return drawLeft + (drawRight-drawLeft)*from.DaysUntil(d)/max(1, from.DaysUntil(to))
	}
	t := &timeline{Width: drawWidth, Top: 10 + 16*len(spans)}
	windows := map[string]day.Window{}
	for i, s := range spans {
		windows[s.Key] = day.Window{From: s.From, To: s.To}
		b := band{Name: s.Name, X: x(s.From), W: x(s.To.AddDays(1)) - x(s.From), Y: 14 + 16*i, Title: s.Name + " " + windows[s.Key].String()}
		b.NameX = b.X
		if b.X > drawWidth*2/3 {
			b.NameX, b.Right = b.X-6, true
		}
		t.Bands = append(t.Bands, b)
	}
	y := t.Top
	for _, name := range rowsOfTime {
		row := timeRow{Name: name, Y: y + rowHeight/2}
		free := 0
		for _, d := range all {
			if d.row != name {
				continue
			}
			m := mark{X: x(d.from), Title: d.title, Href: d.href}
			span := day.Window{From: d.from, To: d.to}
			if d.from != d.to {
				m.W = max(4, x(d.to.AddDays(1))-m.X)
			}
			if win, ok := windows[d.window]; ok && !win.Covers(span) {
				m.Outside = true
				t.Outside++
			}
			switch end := m.X + m.W + 8; {
			case end < free:
			case end+labelWidth <= drawWidth:
				m.Label, m.LabelX, free = d.to.String(), end, end+labelWidth
			case m.X-8-labelWidth >= free:
				m.Label, m.LabelX, m.Before, free = d.from.String(), m.X-8, true, end
			}
			row.Marks = append(row.Marks, m)
		}
		if len(row.Marks) > 0 {
			t.Rows = append(t.Rows, row)
			y += rowHeight
		}
	}
	t.Bottom, t.Height = y, y+22
	t.Ticks = ticks(from, to, x)
	return t
}

// datesOf collects what a report says of dates, in the order of time.
func datesOf(r *hequan.Report, page Page) []dated {
	var out []dated
	for i := range r.Documents {
		d := &r.Documents[i]
		at := func(row, window, first, last, what string) {
			from, to := fieldDay(d, first), fieldDay(d, last)
			if from.IsZero() || to.Before(from) {
				return
			}
			f := d.Field(first)
			out = append(out, dated{row, from, to, window, fmt.Sprintf("%s %s（%s）", what, day.Window{From: from, To: to}, d.File), page(d, f.Page)})
		}
		switch d.Kind {
		case hequan.KindContract:
			at("合同签订", "", "sign_date", "sign_date", "合同签订")
			at("合同期限", "", "term_start", "term_end", "合同期限")
		case hequan.KindSettlement, hequan.KindUsage:
			at("使用结算", "usage", "period_start", "period_end", d.Kind.Chinese())
		case hequan.KindInvoice:
			at("发票", "invoice", "issue_date", "issue_date", "发票开具")
		case hequan.KindAcceptance:
			at("交付验收", "usage", "date", "date", "交付验收")
		case hequan.KindFilingProof:
			at("模型备案", "", "date", "date", "模型备案")
		case hequan.KindCommitment:
			at("承诺书", "", "date", "date", "承诺书落款")
		}
	}
	if d, ok := day.Parse(r.Application.SubmittedAt); ok {
		out = append(out, dated{"提交申报", d, d, "submission", "提交申报 " + d.String(), ""})
	}
	slices.SortStableFunc(out, func(a, b dated) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	return out
}

func fieldDay(d *hequan.Document, name string) day.Day {
	f := d.Field(name)
	if f == nil {
		return day.Day{}
	}
	at, _ := day.Parse(f.Value) // the zero day when there is none
	return at
}

// extent is what a drawing spans: the windows and all dates at most a year and
// a half away from them, for a misread century must not press the rest together.
func extent(all []dated, spans []Span) (from, to day.Day) {
	for _, s := range spans {
		if from.IsZero() || s.From.Before(from) {
			from = s.From
		}
		if to.IsZero() || s.To.After(to) {
			to = s.To
		}
	}
	if from.IsZero() {
		from, to = all[0].from, all[0].to
	}
	low, high := from.AddMonths(-18), to.AddMonths(18)
	for _, d := range all {
		if d.from.Before(from) && d.from.After(low) {
			from = d.from
		}
		if d.to.After(to) && d.to.Before(high) {
			to = d.to
		}
	}
	return from.AddDays(-10), to.AddDays(10)
}

// ticks are the beginnings of the quarters.
func ticks(from, to day.Day, x func(day.Day) int) []tick {
	var out []tick
	d, _ := day.New(from.Year, (from.Month-1)/3*3+1, 1) // the calendar has it
	for ; d.Before(to); d = d.AddMonths(3) {
		if !d.Before(from) {
			out = append(out, tick{x(d), strconv.Itoa(d.Year) + "-" + fmt.Sprintf("%02d", d.Month)})
		}
	}
	return out
}
