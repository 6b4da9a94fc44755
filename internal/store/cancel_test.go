package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/uptrace/bun"
)

func init() {
	conformance["A cancelled application is given up and taken up again"] = testCancel
	conformance["Outlook"] = testOutlook
	conformance["Work is given to accounts"] = testGivenToAccounts
}

func testCancel(t *testing.T, s *Store) {
	ctx := t.Context()
	app, files := seed(t, s, 3)
	first := claim(t, s, KindFile, files[0])
	if _, err := s.FinishFile(ctx, files[0], first, FileResult{Reading: "r", Pictures: []string{"p"}}); err != nil {
		t.Fatal(err)
	}
	held := claim(t, s, KindFile, files[1])
	if err := s.Cancel(ctx, app, "王"); err != nil {
		t.Fatal(err)
	}
	if err := s.Beat(ctx, KindFile, files[1], held, lease); !errors.Is(err, ErrFenced) {
		t.Errorf("the worker at it may go on: %v", err)
	}
	if _, err := s.FinishFile(ctx, files[1], held, FileResult{}); !errors.Is(err, ErrFenced) {
		t.Errorf("what it read is taken: %v", err)
	}
	if due, err := s.Due(ctx, 10); err != nil || len(due) != 0 {
		t.Errorf("due: %v %v", due, err)
	}
	a, err := s.Application(ctx, app)
	if err != nil || a.State != Dead || !strings.HasPrefix(a.Error, Cancelled) || !strings.Contains(a.Error, "王") {
		t.Errorf("%+v %v", a, err)
	}
	if err := s.Cancel(ctx, app, "王"); !errors.Is(err, ErrNotFound) {
		t.Errorf("cancelled twice: %v", err)
	}
	if err := s.Retry(ctx, KindApplication, app); err != nil {
		t.Fatal(err)
	}
	if letters, err := s.DeadLetters(ctx, 10); err != nil || len(letters) != 0 {
		t.Errorf("%v %v", letters, err)
	}
	if a, err = s.Application(ctx, app); err != nil || a.State != Waiting {
		t.Errorf("retried it is %s %v", a.State, err)
	}
	due, err := s.Due(ctx, 10)
	if err != nil || len(due) != 2 {
		t.Errorf("the two files that were not read are to be: %v %v", due, err)
	}
	for _, f := range files[1:] {
		if due, err = s.FinishFile(ctx, f, claim(t, s, KindFile, f), FileResult{Reading: "r"}); err != nil {
			t.Fatal(err)
		}
	}
	if len(due) != 1 || due[0].Kind != KindApplication {
		t.Errorf("it is not judged then: %v", due)
	}
	if err := s.Cancel(ctx, app, "王"); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is read can be cancelled: %v", err)
	}
}

func testOutlook(t *testing.T, s *Store) {
	ctx := t.Context()
	if o, err := s.Outlook(ctx); err != nil || len(o.Ahead) != 0 || o.PerSecond != 0 {
		t.Fatalf("%+v %v", o, err)
	}
	app, files := seed(t, s, 3)
	later, _ := seed(t, s, 1)
	attempt := claim(t, s, KindFile, files[0])
	if _, err := s.FinishFile(ctx, files[0], attempt, FileResult{Pictures: []string{"p", "p", "p", "p"}}); err != nil {
		t.Fatal(err)
	}
	attempt = claim(t, s, KindFile, files[1])
	if err := s.Progress(ctx, files[1], attempt, 2, 10); err != nil {
		t.Fatal(err)
	}
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE files SET created_at = created_at - 60000") // a minute ago
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o, err := s.Outlook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	// 6 pages in a minute; left are 8 of the second file and 3, the mean, of the third, then 3 of the other application.
	if o.PerSecond < 0.09 || o.PerSecond > 0.101 || o.Ahead[app] != 11 || o.Ahead[later] != 14 {
		t.Errorf("%+v", o)
	}
	if err := s.Cancel(ctx, app, ""); err != nil {
		t.Fatal(err)
	}
	if o, err = s.Outlook(ctx); err != nil || len(o.Ahead) != 1 {
		t.Errorf("a cancelled application is waited for: %+v %v", o, err)
	}
}

func testGivenToAccounts(t *testing.T, s *Store) {
	ctx := t.Context()
	app, _ := seed(t, s, 1)
	other, _ := seed(t, s, 1)
	for id, to := range map[string]Assignee{app: {"王芳", "k1"}, other: {"王芳", "k2"}} { // two of one name
		if err := s.Assign(ctx, []string{id}, to, "李"); err != nil {
			t.Fatal(err)
		}
	}
	p, err := s.Search(ctx, Query{Account: "k1", Limit: 10})
	if err != nil || len(p.Rows) != 1 || p.Rows[0].ID != app {
		t.Errorf("%+v %v", p, err)
	}
	rows, err := s.Assignments(ctx, app)
	if err != nil || len(rows) != 1 || rows[0].Account != "k1" {
		t.Errorf("%+v %v", rows, err)
	}
}
