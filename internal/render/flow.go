package render

import (
	"io"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// flow is a drawing of where the money goes: what was agreed, used and billed,
// what is taken off, and what is paid in the end.
type flow struct {
	Width, Height int
	Bars          []flowBar
}

// flowBar is one sum; its parts are the papers that make it up.
type flowBar struct {
	Name, Amount string
	Y            int
	Parts        []flowPart
	Class        string
	Diff         string // to the bar before, "" when there is none
	DiffClass    string
	X            int // end of the bar
}

type flowPart struct {
	X, W  int
	Title string
}

// The measures of the drawing.
const (
	flowLeft = 190
	flowSpan = 470 // of the longest bar
	flowRow  = 34
)

// WriteFlow draws the money of a report as inline SVG; nothing when no sum is known.
func WriteFlow(w io.Writer, r *hequan.Report) error {
	f := newFlow(r.Subsidy.Steps)
	if f == nil {
		return nil
	}
	return document.ExecuteTemplate(w, "flow", f)
}

func newFlow(steps []hequan.Step) *flow {
	type sum struct {
		name  string
		fen   rmb.Fen
		parts []hequan.Step
		class string
	}
	var sums, first []sum
	var parts []hequan.Step
	most := rmb.Fen(1)
	for _, s := range steps {
		fen, ok := rmb.ParseValue(s.Amount)
		if !ok {
			continue
		}
		switch s.Kind {
		case "part":
			parts = append(parts, s)
			continue
		case "sum":
			one := sum{strings.TrimSuffix(s.Name, "合计"), fen, parts, ""}
			if strings.Contains(s.Name, "合同") { // the money begins there
				first = append(first, one)
			} else {
				sums = append(sums, one)
			}
			parts = nil
		case "base", "payable":
			sums = append(sums, sum{s.Name, fen, nil, s.Kind})
		default:
			continue
		}
		most = max(most, fen)
	}
	if len(sums)+len(first) == 0 {
		return nil
	}
	f := &flow{Width: drawWidth}
	wide := func(fen rmb.Fen) int { return int(int64(flowSpan) * int64(max(fen, 0)) / int64(most)) }
	for i, s := range append(first, sums...) {
		bar := flowBar{Name: s.name, Amount: s.fen.Grouped(), Y: 8 + i*flowRow, Class: s.class, X: flowLeft + wide(s.fen)}
		x := flowLeft
		for _, p := range s.parts {
			fen, _ := rmb.ParseValue(p.Amount) // it was read before
			w := wide(fen)
			bar.Parts = append(bar.Parts, flowPart{x, max(1, w-1), p.Name + " " + fen.Grouped()})
			x += w
		}
		if len(bar.Parts) == 0 {
			bar.Parts = []flowPart{{flowLeft, max(1, wide(s.fen)), s.name + " " + bar.Amount}}
		}
		if i > 0 && s.class != "payable" {
			bar.Diff, bar.DiffClass = difference(f.Bars[i-1], s.fen)
		}
		f.Bars = append(f.Bars, bar)
	}
	f.Height = 12 + len(f.Bars)*flowRow
	return f
}

// difference says how a sum differs from the one before it.
func difference(before flowBar, now rmb.Fen) (text, class string) {
	was, ok := rmb.ParseValue(strings.ReplaceAll(before.Amount, ",", ""))
	switch d := now - was; {
	case !ok:
		return "", ""
	case d == 0:
		return "与上一项一致", "same"
	case d > 0:
		return "较上一项多 " + d.Grouped(), "more"
	default:
		return "较上一项少 " + d.Abs().Grouped(), "less"
	}
}
