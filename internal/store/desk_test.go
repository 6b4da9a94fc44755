package store

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"hequan"
)

func init() {
	conformance["Decisions are counted by the latest"] = testDecisions
	conformance["A correction fences off a judgement"] = testCorrection
	conformance["A round replaces and joins files"] = testRound
	conformance["A round without news is judged again"] = testRoundWithoutNews
	conformance["Notices"] = testNotices
	conformance["A trial changes nothing until it is accepted"] = testTrial
}

// judged finishes an application's check with a report of these findings.
func judged(t *testing.T, s *Store, app string, findings ...hequan.Finding) {
	t.Helper()
	report := hequan.Report{Findings: findings, Application: hequan.ReportApplication{ClaimedAmount: "615000.00"}, Subsidy: hequan.Subsidy{PayableWan: "61.5"}}
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.FinishApplication(t.Context(), app, claim(t, s, KindApplication, app), Run{Verdict: "fail", Report: string(data)}); err != nil {
		t.Fatal(err)
	}
}

// readAll reads the files of an application.
func readAll(t *testing.T, s *Store, files []string) {
	t.Helper()
	for _, id := range files {
		if _, err := s.FinishFile(t.Context(), id, claim(t, s, KindFile, id), FileResult{Reading: "r", Pictures: []string{"p-" + id}}); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	late   = hequan.Finding{Rule: "invoice.date_window", Clause: "五.7", Status: hequan.Fail, Subject: "7.pdf#1", Message: "晚于"}
	doubt  = hequan.Finding{Rule: "scan.legible", Clause: "五", Status: hequan.Review, Subject: "3.pdf#1", Message: "不清"}
	passed = hequan.Finding{Rule: "contract.subject", Status: hequan.Pass}
)

func testDecisions(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late, doubt, passed)
	var wg sync.WaitGroup
	for range 4 { // the numbers of concurrent decisions differ
		wg.Go(func() {
			if err := s.Decide(context.Background(), app, []Decision{{Finding: FindingKey(late), Action: Dismiss, Reason: "x", Person: "甲"}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := s.Decide(t.Context(), app, []Decision{{Finding: FindingKey(late), Action: Confirm, Person: "乙"}, {Finding: FindingKey(doubt), Action: Confirm, Person: "乙"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), app, []Decision{{Finding: FindingKey(doubt), Action: Reopen, Person: "乙"}}); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Decisions(t.Context(), app)
	if err != nil || len(rows) != 7 || rows[6].Number != 7 || rows[4].Person != "乙" || rows[0].CreatedAt == 0 {
		t.Fatalf("%+v, %v", rows, err)
	}
	sum, err := s.Summary(t.Context(), app)
	if err != nil || sum.Fails != 1 || sum.Reviews != 1 || sum.Open != 1 || sum.Confirmed != 1 || sum.Claimed != 61500000 || sum.Payable != "61.5" || sum.FilesDone != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	// A finding that says something else was never decided.
	if err := s.Recheck(t.Context(), app); err != nil {
		t.Fatal(err)
	}
	other := late
	other.Message = "早于"
	judged(t, s, app, other)
	if sum, err = s.Summary(t.Context(), app); err != nil || sum.Open != 1 || sum.Confirmed != 0 || sum.Reviews != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	if err := s.Decide(t.Context(), "none", []Decision{{Action: Confirm}}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a decision on nothing: %v", err)
	}
	if found, err := s.Grave(t.Context(), sum.UploadID); err != nil || len(found) != 1 || found[0].Rule != late.Rule {
		t.Errorf("%+v, %v", found, err)
	}
	if in, err := s.Intakes(t.Context(), 5); err != nil || len(in) != 1 || in[0].Applications != 1 {
		t.Errorf("%+v, %v", in, err)
	}
}

func testCorrection(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	one := Correction{ApplicationID: app, SHA256: "aa", Page: 1, Field: "issue_date", Before: "2026-07-03", Value: "2026-06-03", Person: "甲"}
	if due, err := s.Correct(t.Context(), one); err != nil || len(due) != 0 {
		t.Errorf("while files are being read: due %v, %v", due, err)
	}
	readAll(t, s, files)
	attempt := claim(t, s, KindApplication, app)
	two := one
	two.Value = "2026-06-04"
	due, err := s.Correct(t.Context(), two)
	if err != nil || len(due) != 1 || due[0].ID != app || due[0].Kind != KindApplication {
		t.Fatalf("due %v, %v", due, err)
	}
	if err := s.FinishApplication(t.Context(), app, attempt, Run{Verdict: "pass", Report: "{}"}); !errors.Is(err, ErrFenced) {
		t.Errorf("a judgement that does not know the correction: %v", err)
	}
	judged(t, s, app, late)
	gone := two
	gone.Withdrawn = true
	rows, err := s.Corrections(t.Context(), app)
	if err != nil || len(rows) != 2 || rows[1].Value != "2026-06-04" || rows[1].Withdrawn {
		t.Fatalf("%+v, %v", rows, err)
	}
	if st := Standing(rows); len(st) != 1 || st[0].Value != "2026-06-04" {
		t.Errorf("standing %+v", st)
	}
	if _, err := s.Correct(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	if rows, err = s.Corrections(t.Context(), app); err != nil || len(rows) != 3 || !rows[2].Withdrawn || len(Standing(rows)) != 0 {
		t.Errorf("%+v, %v", rows, err)
	}
	if a, err := s.Application(t.Context(), app); err != nil || a.State != Queued {
		t.Errorf("the application is %s, %v", a.State, err)
	}
}

// supplement hands files in for an application and takes them apart.
func supplement(t *testing.T, s *Store, app string, replaces map[string]string, hasForm bool, files ...Incoming) []Task {
	t.Helper()
	up, err := s.AcceptRound(t.Context(), "补正", files, Supplement{Application: app, Replaces: replaces, Person: "甲"})
	if err != nil {
		t.Fatal(err)
	}
	taken := Taken{Application: Application{Form: `{"new": 1}`, Applicant: "新名", Problems: `[{"file": "坏.zip", "sha256": "", "bytes": 0, "type": "", "pages": 0}]`}, Files: files}
	due, err := s.FinishRound(t.Context(), up.ID, claim(t, s, KindUpload, up.ID), taken, hasForm)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func testRound(t *testing.T, s *Store) {
	app, files := seed(t, s, 3) // 0.pdf 1.pdf 2.pdf
	readAll(t, s, files)
	judged(t, s, app, late)
	due := supplement(t, s, app, map[string]string{"1-新.pdf": "1.pdf"}, true,
		Incoming{"1-新.pdf", "n1", 3}, Incoming{"2.pdf", "n2", 3}, Incoming{"3.pdf", "n3", 3}, Incoming{"0.pdf", "00", 3})
	if len(due) != 3 {
		t.Fatalf("to be read: %v", due)
	}
	live, err := s.Files(t.Context(), app)
	if err != nil || len(live) != 4 || live[0].Name != "0.pdf" || live[0].ID != files[0] || live[1].Name != "1-新.pdf" || live[1].Round != 1 || live[3].Name != "3.pdf" {
		t.Fatalf("%+v, %v", live, err)
	}
	if old, err := s.Replaced(t.Context(), app); err != nil || len(old) != 2 || old[0].ReplacedIn != 1 {
		t.Errorf("replaced %+v, %v", old, err)
	}
	if p, err := s.Picture(t.Context(), app, "01", 1); err != nil || p != "p-"+files[1] {
		t.Errorf("the picture of a replaced file: %q, %v", p, err)
	}
	rounds, err := s.Rounds(t.Context(), app)
	if err != nil || len(rounds) != 1 || rounds[0].Run != 1 || rounds[0].Added != 3 || rounds[0].Replaced != 2 || rounds[0].Person != "甲" {
		t.Errorf("%+v, %v", rounds, err)
	}
	a, err := s.Application(t.Context(), app)
	if err != nil || a.State != Waiting || a.Applicant != "新名" || a.Form != `{"new": 1}` {
		t.Errorf("%+v, %v", a, err)
	}
	for i, task := range due {
		next, err := s.FinishFile(t.Context(), task.ID, claim(t, s, KindFile, task.ID), FileResult{Reading: "r"})
		if err != nil || (len(next) == 1) != (i == 2) {
			t.Errorf("after file %d: %v, %v", i, next, err)
		}
	}
	judged(t, s, app)
	sum, err := s.Summary(t.Context(), app)
	if err != nil || sum.Rounds != 1 || sum.Files != 4 || sum.FilesDone != 4 || sum.Run != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
	if run, err := s.RunOf(t.Context(), app, 1); err != nil || run.Number != 1 {
		t.Errorf("the run before the round: %+v, %v", run, err)
	}
	if _, err := s.AcceptRound(t.Context(), "x", []Incoming{{"a", "b", 1}}, Supplement{Application: "none"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a round of nothing: %v", err)
	}
}

func testRoundWithoutNews(t *testing.T, s *Store) {
	app, files := seed(t, s, 2)
	if _, err := s.FinishFile(t.Context(), files[0], claim(t, s, KindFile, files[0]), FileResult{Reading: "r"}); err != nil {
		t.Fatal(err)
	}
	// The second file still waits to be read, and its place is taken.
	due := supplement(t, s, app, nil, false, Incoming{"1.pdf", "n1", 3})
	if len(due) != 1 || due[0].Kind != KindFile {
		t.Fatalf("due %v", due)
	}
	if _, ok, err := s.Claim(t.Context(), KindFile, files[1], "w", lease, 3); ok || err != nil {
		t.Errorf("a file whose place was taken is read: %v, %v", ok, err)
	}
	readAll(t, s, []string{due[0].ID})
	judged(t, s, app)
	due = supplement(t, s, app, nil, false, Incoming{"1.pdf", "n1", 3})
	if len(due) != 1 || due[0].Kind != KindApplication {
		t.Errorf("due %v", due)
	}
	judged(t, s, app)
}

func testNotices(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late)
	keep := func(body string, issue bool) int {
		t.Helper()
		n, err := s.KeepNotice(t.Context(), Notice{ApplicationID: app, Body: body, Run: 1, Person: "甲"}, issue)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if a, b := keep("draft", false), keep("draft 2", false); a != 1 || b != 1 {
		t.Errorf("drafts %d and %d", a, b)
	}
	if n := keep("issued", true); n != 1 {
		t.Errorf("issued as %d", n)
	}
	if n := keep("another", false); n != 2 {
		t.Errorf("the next draft is %d", n)
	}
	rows, err := s.Notices(t.Context(), app)
	if err != nil || len(rows) != 2 || rows[0].Body != "another" || rows[0].IssuedAt != 0 || rows[1].Body != "issued" || rows[1].IssuedAt == 0 {
		t.Errorf("%+v, %v", rows, err)
	}
	if sum, err := s.Summary(t.Context(), app); err != nil || sum.Notices != 1 || sum.IssuedAt != rows[1].IssuedAt {
		t.Errorf("%+v, %v", sum, err)
	}
}

func testTrial(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	ctx := t.Context()
	a, err := s.Application(ctx, app)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.StartTrial(ctx, a.UploadID, "甲"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a trial of nothing that is judged: %v", err)
	}
	readAll(t, s, files)
	judged(t, s, app, late)
	try := func(run int, report string) string {
		t.Helper()
		trial, err := s.StartTrial(ctx, a.UploadID, "甲")
		if err != nil || trial.Total != 1 {
			t.Fatalf("%+v, %v", trial, err)
		}
		if _, _, err := s.AcceptTrial(ctx, trial.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("a trial that has not ended was accepted: %v", err)
		}
		attempt := claim(t, s, KindTrial, trial.ID)
		row := TrialReport{TrialID: trial.ID, ApplicationID: app, Run: run, Verdict: "pass", Report: "{}"}
		if err := s.KeepTrialReport(ctx, attempt, row); err != nil {
			t.Fatal(err)
		}
		row.Report = report // twice is once
		if err := s.KeepTrialReport(ctx, attempt, row); err != nil {
			t.Fatal(err)
		}
		if err := s.KeepTrialReport(ctx, attempt-1, row); !errors.Is(err, ErrFenced) {
			t.Errorf("a report of an older attempt: %v", err)
		}
		if err := s.FinishTrial(ctx, trial.ID, attempt); err != nil {
			t.Fatal(err)
		}
		if n, err := s.TrialDone(ctx, trial.ID); n != 1 || err != nil {
			t.Errorf("%d reports, %v", n, err)
		}
		return trial.ID
	}
	first := try(1, `{"version": "dropped"}`)
	if run, err := s.LatestRun(ctx, app); err != nil || run.Number != 1 {
		t.Errorf("a trial changed the report: %+v, %v", run, err)
	}
	second := try(1, `{"version": "new", "subsidy": {"payable_wan": "1.5"}}`)
	if tr, err := s.Trial(ctx, first); err != nil || tr.Outcome != TrialDropped {
		t.Errorf("the trial before: %+v, %v", tr, err)
	}
	if taken, skipped, err := s.AcceptTrial(ctx, second); taken != 1 || skipped != 0 || err != nil {
		t.Fatalf("taken %d, skipped %d, %v", taken, skipped, err)
	}
	sum, err := s.Summary(ctx, app)
	if err != nil || sum.Run != 2 || sum.Payable != "1.5" || sum.Verdict != "pass" || sum.Fails != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	if rows, err := s.TrialReports(ctx, second); err != nil || len(rows) != 0 {
		t.Errorf("reports are left: %+v, %v", rows, err)
	}
	// One that knows an older run is not taken over, nor one that says the same.
	if taken, skipped, err := s.AcceptTrial(ctx, try(1, `{"version": "late"}`)); taken != 0 || skipped != 1 || err != nil {
		t.Errorf("taken %d, skipped %d, %v", taken, skipped, err)
	}
	if _, skipped, err := s.AcceptTrial(ctx, try(2, `{"version": "new", "subsidy": {"payable_wan": "1.5"}}`)); skipped != 0 || err != nil {
		t.Errorf("the same report was skipped: %d, %v", skipped, err)
	}
	if run, err := s.LatestRun(ctx, app); err != nil || run.Number != 2 {
		t.Errorf("the same report is a new run: %+v, %v", run, err)
	}
	third := try(2, `{}`)
	if err := s.DropTrial(ctx, third); err != nil {
		t.Fatal(err)
	}
	if err := s.DropTrial(ctx, third); !errors.Is(err, ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	if all, err := s.Trials(ctx, 10); err != nil || len(all) != 5 {
		t.Errorf("%d trials, %v", len(all), err)
	}
}

// TestRunsOfAnOlderVersionAreDigested opens a database whose runs were recorded
// before findings were counted.
func TestRunsOfAnOlderVersionAreDigested(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hequan.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late, doubt)
	err = s.change(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM findings"); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE applications SET digested = 0, claimed_fen = -1")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if sum, err := s.Summary(t.Context(), app); err != nil || sum.Fails != 1 || sum.Reviews != 1 || sum.Claimed != 61500000 {
		t.Errorf("%+v, %v", sum, err)
	}
}
