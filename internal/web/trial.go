package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"hequan"
	"hequan/internal/recheck"
	"hequan/internal/rmb"
	"hequan/internal/store"
)

// trialView is a trial in a list, or at the head of its page.
type trialView struct {
	ID, Window, Person, Time string
	Word, Class              string
	Total, Done              int
	Busy, Open               bool
	Error                    string
}

// Percent is how much of it is judged.
func (v trialView) Percent() int {
	if v.Total == 0 {
		return 100
	}
	return min(100, v.Done*100/v.Total)
}

func newTrialView(t *store.Trial, window string, done int) trialView {
	v := trialView{ID: t.ID, Window: window, Person: t.Person, Time: deskTime(t.CreatedAt), Total: t.Total, Done: done, Error: t.Error}
	switch {
	case t.Outcome == store.TrialAccepted:
		v.Word, v.Class = "已采纳", "pass"
	case t.Outcome == store.TrialDropped:
		v.Word = "已放弃"
	case t.State == store.Dead:
		v.Word, v.Class = "复查失败", "dead"
	case t.State == store.Done:
		v.Word, v.Class, v.Open = "待采纳", "review", true
	default:
		v.Word, v.Class, v.Busy = "复查中", "busy", true
	}
	return v
}

// trialsView is the page from which a window is checked again.
type trialsView struct {
	Person  visitor
	Intakes []intakeView
	Trials  []trialView
	Chosen  *previewView
}

// previewView says what a trial of a window would do.
type previewView struct {
	intakeView
	Judged, Busy, Corrected int
	Policies                string // of the reports as they are
}

func (s *Server) trialsPage(w http.ResponseWriter, r *http.Request) {
	v := trialsView{Person: person(r)}
	chosen := r.URL.Query().Get("upload")
	var err error
	if v.Intakes, err = s.intakes(r.Context(), chosen); err != nil {
		s.broken(w, r, err)
		return
	}
	names := map[string]string{}
	for _, in := range v.Intakes {
		names[in.ID] = in.Name
		if in.Current {
			if v.Chosen, err = s.preview(r.Context(), in); err != nil {
				s.broken(w, r, err)
				return
			}
		}
	}
	trials, err := s.Ledger.Trials(r.Context(), 50)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for i := range trials {
		v.Trials = append(v.Trials, newTrialView(&trials[i], names[trials[i].UploadID], 0))
	}
	s.show(w, "trials.html", v)
}

func (s *Server) preview(ctx context.Context, in intakeView) (*previewView, error) {
	list, err := s.Ledger.List(ctx, in.ID, listLimit)
	if err != nil {
		return nil, err
	}
	p := &previewView{intakeView: in}
	policies := map[string]bool{}
	for _, sum := range list {
		if sum.State != store.Done {
			p.Busy++
			continue
		}
		p.Judged++
		rows, err := s.Ledger.Corrections(ctx, sum.ID)
		if err != nil {
			return nil, err
		}
		p.Corrected += len(store.Standing(rows))
		run, err := s.Ledger.LatestRun(ctx, sum.ID)
		if err != nil {
			return nil, err
		}
		if key := fmt.Sprintf("政策 %s，程序 %s", run.Policy, run.Version); !policies[key] {
			policies[key] = true
			if p.Policies != "" {
				p.Policies += "；"
			}
			p.Policies += key
		}
	}
	return p, nil
}

// trialPage shows a trial: its progress, then the difference.
type trialPageView struct {
	Person visitor
	Trial  trialView
	Diff   *differenceView
}

// differenceView is what a trial would change.
type differenceView struct {
	Same                        int
	Verdicts, Gone, New         int
	Altered                     int
	PayableBefore, PayableAfter string // yuan
	Changed                     []changedView
}

// changedView is an application that the trial sees differently.
type changedView struct {
	ID, Name, Applicant string
	stepView
	Stale bool // it has been judged again meanwhile: the trial is not taken over for it
}

func (s *Server) trialPage(w http.ResponseWriter, r *http.Request) {
	v := trialPageView{Person: person(r)}
	var err error
	if v.Trial, err = s.trial(r.Context(), r.PathValue("id")); err != nil {
		s.broken(w, r, err)
		return
	}
	if v.Trial.Open {
		if v.Diff, err = s.difference(r.Context(), v.Trial.ID); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	s.show(w, "trial.html", v)
}

func (s *Server) trial(ctx context.Context, id string) (trialView, error) {
	t, err := s.Ledger.Trial(ctx, id)
	if err != nil {
		return trialView{}, err
	}
	up, err := s.Ledger.Upload(ctx, t.UploadID)
	if err != nil {
		return trialView{}, err
	}
	done, err := s.Ledger.TrialDone(ctx, id)
	return newTrialView(t, up.Name, done), err
}

// difference compares a trial's reports with the runs that they were made beside.
func (s *Server) difference(ctx context.Context, id string) (*differenceView, error) {
	rows, err := s.Ledger.TrialReports(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &differenceView{}
	var before, after rmb.Fen
	for _, row := range rows {
		app, err := s.Ledger.Application(ctx, row.ApplicationID)
		if err != nil {
			return nil, err
		}
		run, err := s.Ledger.RunOf(ctx, row.ApplicationID, row.Run)
		if err != nil {
			return nil, err
		}
		was, now := new(hequan.Report), new(hequan.Report)
		if err := json.Unmarshal([]byte(run.Report), was); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(row.Report), now); err != nil {
			return nil, err
		}
		step := recheck.Follow(was, now, nil)
		before, after = before+wan(step.PayableBefore), after+wan(step.PayableAfter)
		if !step.Changed() {
			d.Same++
			continue
		}
		if step.Before != step.After {
			d.Verdicts++
		}
		d.Gone, d.New, d.Altered = d.Gone+len(step.Gone), d.New+len(step.New), d.Altered+len(step.Altered)
		d.Changed = append(d.Changed, changedView{ID: app.ID, Name: app.Name, Applicant: app.Applicant, Stale: app.Run != row.Run || app.State != store.Done,
			stepView: stepView{Step: step, Before: step.Before.Chinese(), After: step.After.Chinese()}})
	}
	d.PayableBefore, d.PayableAfter = before.Grouped(), after.Grouped()
	return d, nil
}

// wan reads 万元 with one decimal; what is none counts nothing.
func wan(text string) rmb.Fen {
	fen, _ := rmb.ParseValue(text + "0")
	return fen * 10000
}

// apiTrial starts a trial: {"upload": ID}.
func (s *Server) apiTrial(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Upload string `json:"upload"`
	}
	who, ok := s.named(w, r)
	if !ok || !s.body(w, r, &in) {
		return
	}
	t, err := s.Ledger.StartTrial(r.Context(), in.Upload, who)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.Wake(r.Context(), store.Task{Kind: store.KindTrial, ID: t.ID})
	s.writeJSON(w, http.StatusAccepted, struct {
		ID string `json:"id"`
	}{t.ID})
}

// apiSettleTrial accepts or drops a trial.
func (s *Server) apiSettleTrial(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.named(w, r); !ok {
		return
	}
	var answer struct {
		Taken   int `json:"taken"`
		Skipped int `json:"skipped"`
	}
	var err error
	switch r.PathValue("what") {
	case "accept":
		answer.Taken, answer.Skipped, err = s.Ledger.AcceptTrial(r.Context(), r.PathValue("id"))
	case "drop":
		err = s.Ledger.DropTrial(r.Context(), r.PathValue("id"))
	default:
		s.nothing(w, r)
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, answer)
}

// trialNews is the progress of a trial; its end makes the page out of date.
func (s *Server) trialNews(ctx context.Context, id string) (map[string]event, []string, error) {
	t, err := s.trial(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	e, err := piece("trialhead", "trialhead", t)
	run := event{ID: "run-" + t.Word, Done: !t.Busy}
	return map[string]event{"trialhead": e, run.ID: run}, []string{"trialhead", run.ID}, err
}
