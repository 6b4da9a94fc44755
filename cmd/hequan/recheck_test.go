package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hequan"
	"hequan/checks"
	"hequan/internal/policy"
	"hequan/internal/recheck"
	"hequan/internal/store"
)

// judgedUpload makes a data folder with an upload of two judged applications
// and one that is not judged yet.
func judgedUpload(t *testing.T) (dir string, db *store.Store) {
	t.Helper()
	ctx := t.Context()
	dir = t.TempDir()
	db, err := store.Open(ctx, filepath.Join(dir, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	up, err := db.Accept(ctx, "2026H1第一批", []store.Incoming{{Name: "a.zip", SHA256: "aa", Bytes: 3}})
	if err != nil {
		t.Fatal(err)
	}
	claim := func(k store.Kind, id string) int64 {
		attempt, ok, err := db.Claim(ctx, k, id, "test", time.Minute, 3)
		if err != nil || !ok {
			t.Fatalf("claim of %s %s: %v %v", k, id, ok, err)
		}
		return attempt
	}
	var taken []store.Taken
	forms := map[string]*hequan.Application{}
	for _, id := range []string{"A-1", "A-2", "A-3"} {
		form := &hequan.Application{ID: id, SubmittedAt: "2026-07-10", Present: true, Applicant: hequan.Party{Name: "北京" + id + "科技有限公司"}, Project: hequan.Project{Name: id, Mode: hequan.ModeAPI}}
		forms[id] = form
		data, err := json.Marshal(map[string]any{"form": form, "present": true})
		if err != nil {
			t.Fatal(err)
		}
		taken = append(taken, store.Taken{Application: store.Application{Name: id, Form: string(data), Problems: "[]"}})
	}
	if _, err := db.FinishUpload(ctx, up.ID, claim(store.KindUpload, up.ID), taken); err != nil {
		t.Fatal(err)
	}
	apps, err := db.List(ctx, up.ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, app := range apps[:2] {
		data, err := json.Marshal(checks.Judge(checks.Case{Form: forms[app.Name], Policy: policy.Default()}))
		if err != nil {
			t.Fatal(err)
		}
		run := store.Run{Policy: "2026H1", Version: hequan.Version, Verdict: "fail", Report: string(data)}
		if err := db.FinishApplication(ctx, app.ID, claim(store.KindApplication, app.ID), run); err != nil {
			t.Fatal(err)
		}
	}
	return dir, db
}

// TestRecheckDatabase judges an upload of a database again: nothing is written
// by a dry run, one run is added for each application, and a second re-check
// finds nothing more to change.
func TestRecheckDatabase(t *testing.T) {
	dir, db := judgedUpload(t)
	next := "../../internal/policy/testdata/2026H2.yaml"
	run := func(c RecheckCmd) *recheck.Difference {
		t.Helper()
		c.Data, c.Window, c.Format, c.Output = dir, "2026H1第一批", "json", filepath.Join(t.TempDir(), "difference.json")
		err := c.Run(context.Background())
		if exit, ok := err.(*exitError); !ok || exit.status != exitFailed || exit.err != nil { // A-3 is not judged yet
			t.Fatalf("%v", err)
		}
		data, err := os.ReadFile(c.Output)
		if err != nil {
			t.Fatal(err)
		}
		d := new(recheck.Difference)
		if err := json.Unmarshal(data, d); err != nil {
			t.Fatal(err)
		}
		return d
	}
	runs := func() (numbers []int) {
		for _, app := range applications(t, db) {
			numbers = append(numbers, app.Run)
		}
		return numbers
	}
	d := run(RecheckCmd{Policy: next, DryRun: true})
	if d.Compared != 2 || len(d.Applications) != 2 || d.PolicyAfter != "2026H2" {
		t.Errorf("%+v", d)
	}
	if got := runs(); got[0] != 1 || got[1] != 1 {
		t.Errorf("a dry run wrote runs: %v", got)
	}
	run(RecheckCmd{Policy: next})
	if got := runs(); got[0] != 2 || got[1] != 2 || got[2] != 0 {
		t.Errorf("runs %v, want one more for each judged application", got)
	}
	latest, err := db.LatestRun(t.Context(), applications(t, db)[0].ID)
	if err != nil || latest.Policy != "2026H2" || !strings.Contains(latest.Report, "2027-04-26") {
		t.Errorf("the latest run is %+v, %v", latest, err)
	}
	if d = run(RecheckCmd{Policy: next}); len(d.Applications) != 0 {
		t.Errorf("judged once more: %+v", d)
	}
	if got := runs(); got[0] != 2 {
		t.Errorf("a run was added for nothing: %v", got)
	}
	err = (&RecheckCmd{Data: dir, Window: "nowhere"}).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "2026H1第一批") {
		t.Errorf("an unknown window: %v", err)
	}
}

func applications(t *testing.T, db *store.Store) []store.Summary {
	t.Helper()
	apps, err := db.List(t.Context(), "", 10)
	if err != nil || len(apps) != 3 {
		t.Fatalf("%d applications, %v", len(apps), err)
	}
	for i, a := range apps { // the list of all is newest first, within an upload in its order
		if a.Ordinal != i {
			t.Fatalf("application %d stands at %d", a.Ordinal, i)
		}
	}
	return apps
}

// TestNewerRunStands asserts that a re-check does not write over a run that
// was made meanwhile.
func TestNewerRunStands(t *testing.T) {
	_, db := judgedUpload(t)
	app := applications(t, db)[0]
	old, err := db.LatestRun(t.Context(), app.ID)
	if err != nil {
		t.Fatal(err)
	}
	var report hequan.Report
	if err := json.Unmarshal([]byte(old.Report), &report); err != nil {
		t.Fatal(err)
	}
	report.Subsidy.PayableWan = "1.0"
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	old.Report = string(data)
	if left, err := db.AddRuns(t.Context(), []store.Run{*old}); err != nil || len(left) != 0 {
		t.Fatalf("%v %v", left, err)
	}
	left, err := db.AddRuns(t.Context(), []store.Run{*old}) // of run 1, and 2 is there
	if err != nil || len(left) != 1 || left[0] != app.ID {
		t.Errorf("left %v, %v", left, err)
	}
	if got := applications(t, db)[0]; got.Run != 2 || got.Payable != "1.0" {
		t.Errorf("run %d, payable %s", got.Run, got.Payable)
	}
}
