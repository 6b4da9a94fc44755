package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"hequan"
	"hequan/internal/rmb"
	"hequan/internal/store"
)

// overviewView is a window, or everything, at a glance.
type overviewView struct {
	Person       visitor
	Upload       string // "" for everything
	Intakes      []intakeView
	Applications int
	Claimed      string
	Payable      string
	Open         int
	Verdicts     []barView
	Stages       []barView
	Defects      []barView
	Accuracy     []accuracyView
	Blind        []accuracyView
	Arrivals     arrivalsView
	Saved        savedView
}

type intakeView struct {
	ID, Name, Time string
	Applications   int
	Current        bool
}

// barView is a bar of a chart, in the units of its drawing. More is a second part
// behind the first, of another class.
type barView struct {
	Name, Note, Class string
	N, Width          int
	More, MoreWidth   int
}

// The charts' measures: a bar is at most barSpan wide.
const (
	barSpan = 300
	maxBars = 12
)

func (s *Server) overviewPage(w http.ResponseWriter, r *http.Request) {
	v, err := s.overview(r.Context(), r.URL.Query().Get("upload"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Saved.reckon(r.URL.Query())
	v.Person = person(r)
	s.show(w, "overview.html", v)
}

func (s *Server) overview(ctx context.Context, upload string) (*overviewView, error) {
	v := &overviewView{Upload: upload}
	var err error
	if v.Intakes, err = s.intakes(ctx, upload); err != nil {
		return nil, err
	}
	list, err := s.Ledger.List(ctx, upload, listLimit)
	if err != nil {
		return nil, err
	}
	var claimed, payable rmb.Fen
	verdicts, reached := map[string]int{}, map[store.Stage]int{}
	for _, sum := range list {
		v.Applications++
		v.Open += sum.Open
		claimed += rmb.Fen(max(sum.Claimed, 0))
		payable += wan(sum.Payable)
		reached[sum.Stage]++
		if sum.Run > 0 {
			verdicts[sum.Verdict]++
			v.Saved.Pages += sum.PagesDone
			v.Saved.Items += sum.Fails + sum.Reviews
		}
	}
	v.Arrivals = arrivals(list)
	v.Claimed, v.Payable = claimed.Grouped(), payable.Grouped()
	for _, verdict := range []hequan.Status{hequan.Fail, hequan.Review, hequan.Pass} {
		v.Verdicts = append(v.Verdicts, barView{Name: verdict.Chinese(), Class: string(verdict), N: verdicts[string(verdict)]})
	}
	for _, st := range stages {
		if n := reached[st.Code]; n > 0 {
			v.Stages = append(v.Stages, barView{Name: st.Word, Class: st.Class, N: n})
		}
	}
	if v.Defects, err = s.defects(ctx, upload); err != nil {
		return nil, err
	}
	if v.Accuracy, err = s.accuracy(ctx, upload); err != nil {
		return nil, err
	}
	if v.Blind, err = s.blindAccuracy(ctx, upload); err != nil {
		return nil, err
	}
	for _, chart := range [][]barView{v.Verdicts, v.Stages, v.Defects} {
		layOut(chart)
	}
	return v, nil
}

// defects are the rules that most applications break or leave open.
func (s *Server) defects(ctx context.Context, upload string) ([]barView, error) {
	found, err := s.Ledger.Grave(ctx, upload)
	if err != nil {
		return nil, err
	}
	type defect struct {
		rule, clause string
		all, fails   map[string]bool // applications
	}
	by := map[string]*defect{}
	var order []*defect
	for _, f := range found {
		d := by[f.Rule]
		if d == nil {
			d = &defect{f.Rule, f.Clause, map[string]bool{}, map[string]bool{}}
			by[f.Rule] = d
			order = append(order, d)
		}
		d.all[f.ApplicationID] = true
		if f.Status == hequan.Fail {
			d.fails[f.ApplicationID] = true
		}
	}
	slices.SortFunc(order, func(a, b *defect) int {
		return cmp.Or(cmp.Compare(len(b.all), len(a.all)), cmp.Compare(len(b.fails), len(a.fails)), cmp.Compare(a.rule, b.rule))
	})
	var out []barView
	for _, d := range order[:min(len(order), maxBars)] {
		bar := barView{Name: s.Rules[d.rule], Class: "fail", N: len(d.all), More: len(d.all) - len(d.fails), Note: "条款 " + d.clause}
		if bar.Name == "" {
			bar.Name = d.rule
		}
		if n := len(d.fails); n > 0 {
			bar.Note += fmt.Sprintf("　不符合 %d 份", n)
		}
		if bar.More > 0 {
			bar.Note += fmt.Sprintf("　存疑 %d 份", bar.More)
		}
		out = append(out, bar)
	}
	return out, nil
}

// layOut gives the bars their length: the longest fills the span.
func layOut(bars []barView) {
	most := 1
	for _, b := range bars {
		most = max(most, b.N)
	}
	for i := range bars {
		bars[i].Width = (bars[i].N - bars[i].More) * barSpan / most
		bars[i].MoreWidth = bars[i].N*barSpan/most - bars[i].Width
	}
}

// intakes are the uploads that brought applications.
func (s *Server) intakes(ctx context.Context, current string) ([]intakeView, error) {
	list, err := s.Ledger.Intakes(ctx, listLimit)
	out := make([]intakeView, len(list))
	for i, in := range list {
		out[i] = intakeView{in.ID, in.Name, deskTime(in.CreatedAt), in.Applications, in.ID == current}
	}
	return out, err
}

var _ Ledger = (*store.Store)(nil)
