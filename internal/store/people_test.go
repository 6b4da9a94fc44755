package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun/dialect"

	"hequan/internal/audit"
)

func init() {
	conformance["Accounts"] = testAccounts
	conformance["Sessions"] = testSessions
	conformance["A dismissed fail waits for a second person"] = testEndorse
	conformance["The audit trail tells of tampering"] = testTampering
	conformance["The audit trail is one chain however many write"] = testOneChain
	conformance["A change that fails leaves no line"] = testNoLine
}

func testAccounts(t *testing.T, s *Store) {
	ctx := t.Context()
	if has, err := s.HasAccounts(ctx); has || err != nil {
		t.Fatal(has, err)
	}
	a, err := s.AddAccount(ctx, Account{Login: "li", Name: "李", Role: adminRole, Setup: "h", SetupUntil: now() + 60000})
	if err != nil {
		t.Fatal(err)
	}
	if has, err := s.HasAccounts(ctx); !has || err != nil {
		t.Error("an account that is not set up yet is none", err)
	}
	if _, err := s.AddAccount(ctx, Account{Login: "li", Name: "另一个李", Role: "初审"}); !errors.Is(err, ErrTaken) {
		t.Errorf("the login twice: %v", err)
	}
	if b, err := s.AccountBySetup(ctx, "h"); err != nil || b.ID != a.ID {
		t.Errorf("%+v, %v", b, err)
	}
	for _, hash := range []string{"", "other"} {
		if _, err := s.AccountBySetup(ctx, hash); !errors.Is(err, ErrNotFound) {
			t.Errorf("link %q: %v", hash, err)
		}
	}
	if _, err := s.ChangeAccount(ctx, a.ID, "account.disable", func(a *Account) error { a.Disabled = true; return nil }); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last of 管理 was disabled: %v", err)
	}
	if _, err := s.ChangeAccount(ctx, a.ID, "account.role", func(a *Account) error { a.Role = "初审"; return nil }); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last of 管理 lost its role: %v", err)
	}
	var wg sync.WaitGroup
	for range 8 { // tries at the same time are counted one by one
		wg.Go(func() {
			if _, err := s.ChangeAccount(context.Background(), a.ID, "", func(a *Account) error { a.Failures++; return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if b, err := s.AccountByLogin(ctx, "li"); err != nil || b.Failures != 8 || b.Disabled {
		t.Errorf("%+v, %v", b, err)
	}
	if err := s.AddToken(ctx, Token{AccountID: a.ID, Label: "x", Hash: "th", ExpiresAt: now() + 60000}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddToken(ctx, Token{AccountID: a.ID, Label: "old", Hash: "old", ExpiresAt: now() - 1}); err != nil {
		t.Fatal(err)
	}
	if b, err := s.AccountByToken(ctx, "th"); err != nil || b.ID != a.ID {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := s.AccountByToken(ctx, "old"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a token that has ended: %v", err)
	}
	if _, err := s.AddAccount(ctx, Account{Login: "wu", Name: "吴", Role: adminRole}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangeAccount(ctx, a.ID, "account.disable", func(a *Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AccountByToken(ctx, "th"); !errors.Is(err, ErrNotFound) {
		t.Errorf("the token of a disabled account: %v", err)
	}
	lines, err := s.AuditLines(ctx, AuditFilter{Event: "account"}, 10)
	if err != nil || len(lines) != 3 || lines[0].Event != "account.disable" || !strings.Contains(string(lines[0].Detail), `"disabled":["false","true"]`) {
		t.Errorf("%+v, %v", lines, err)
	}
}

func testSessions(t *testing.T, s *Store) {
	keep, ctx := Sessions{s}, t.Context()
	end := time.Now().Add(time.Hour)
	if err := keep.CommitCtx(ctx, "t", []byte(`{"a":1}`), end); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		data  string
		later time.Duration
		moved bool
	}{{`{"a":1}`, time.Second, false}, {`{"a":1}`, 2 * time.Minute, true}, {`{"a":1}`, time.Minute, true}, {`{"a":2}`, 2 * time.Minute, true}} {
		if err := keep.CommitCtx(ctx, "t", []byte(c.data), end.Add(c.later)); err != nil {
			t.Fatal(err)
		}
		var expiry int64
		if err := s.db.NewRaw(`SELECT expiry FROM sessions WHERE token = 't'`).Scan(ctx, &expiry); err != nil || (expiry == end.Add(c.later).UnixMilli()) != c.moved {
			t.Errorf("%+v: ends at %d, %v", c, expiry, err)
		}
	}
	if data, found, err := keep.FindCtx(ctx, "t"); !found || err != nil || string(data) != `{"a":2}` {
		t.Errorf("%s %v %v", data, found, err)
	}
	if err := keep.CommitCtx(ctx, "over", []byte(`{}`), time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"over", "none"} {
		if _, found, err := keep.FindCtx(ctx, token); found || err != nil {
			t.Errorf("%s: %v %v", token, found, err)
		}
	}
	if err := keep.DeleteCtx(ctx, "t"); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.db.NewRaw(`SELECT count(*) FROM sessions`).Scan(ctx, &left); err != nil || left != 0 {
		t.Errorf("%d sessions are left, %v", left, err)
	}
}

func testEndorse(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late, doubt)
	decide := func(account string, action Action, f string) error {
		return s.Decide(t.Context(), app, []Decision{{Finding: f, Action: action, Reason: "x", Person: account, Account: account}})
	}
	open := func(want int) {
		t.Helper()
		if sum, err := s.Summary(t.Context(), app); err != nil || sum.Open != want {
			t.Errorf("%d open, want %d, %v", sum.Open, want, err)
		}
	}
	if err := decide("a", Endorse, FindingKey(late)); !errors.Is(err, ErrNotDismissed) {
		t.Errorf("nothing was dismissed: %v", err)
	}
	if err := errors.Join(decide("a", Dismiss, FindingKey(late)), decide("a", Dismiss, FindingKey(doubt))); err != nil {
		t.Fatal(err)
	}
	open(1) // a doubt needs one person only
	if err := decide("a", Endorse, FindingKey(late)); !errors.Is(err, ErrSamePerson) {
		t.Errorf("the same person: %v", err)
	}
	open(1)
	if err := decide("b", Endorse, FindingKey(late)); err != nil {
		t.Fatal(err)
	}
	open(0)
	if err := decide("", Dismiss, FindingKey(late)); err != nil { // while there are no accounts one person is enough
		t.Fatal(err)
	}
	open(0)
}

// trail writes a few lines as somebody.
func trail(t *testing.T, s *Store, n int) {
	t.Helper()
	ctx := audit.With(t.Context(), audit.Actor{Account: "a", Person: "王\x00某", Role: "初审", Address: "192.0.2.1"})
	for i := range n {
		if err := s.Record(ctx, Event{Name: "view.application", Application: fmt.Sprint("app", i), Detail: map[string]string{"中": "<&>"}}); err != nil {
			t.Fatal(err)
		}
	}
}

func problems(t *testing.T, s *Store, kept audit.Head) string {
	t.Helper()
	v, err := s.VerifyAudit(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(v.Problems, "；")
}

func testTampering(t *testing.T, s *Store) {
	ctx := t.Context()
	trail(t, s, 6)
	kept, err := s.AuditHead(ctx)
	if err != nil || problems(t, s, kept) != "" || kept.Number != 6 {
		t.Fatalf("%v, %v, %s", kept, err, problems(t, s, kept))
	}
	for _, q := range []string{"UPDATE audit SET person = 'x' WHERE number = 3", "DELETE FROM audit WHERE number = 3"} {
		if _, err := s.db.ExecContext(ctx, q); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", q, err)
		}
	}
	// Who may change tables takes the refusal off: the chain tells all the same.
	off := []string{"DROP TRIGGER audit_kept_update", "DROP TRIGGER audit_kept_delete"}
	if s.db.Dialect().Name() == dialect.PG {
		off = []string{"DROP TRIGGER audit_kept ON audit"}
	}
	for _, q := range append(off, "CREATE TABLE spare AS SELECT * FROM audit", "CREATE TABLE spare_head AS SELECT * FROM audit_head") {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			t.Fatal(q, err)
		}
	}
	for name, c := range map[string]struct {
		do   []string
		says string
	}{
		"altered":        {[]string{"UPDATE audit SET person = '李某' WHERE number = 3"}, "第 3 行的内容与其散列不符"},
		"detail altered": {[]string{`UPDATE audit SET detail = '{}' WHERE number = 3`}, "第 3 行的内容与其散列不符"},
		"deleted":        {[]string{"DELETE FROM audit WHERE number IN (3, 4)"}, "第 3 至 4 行缺失"},
		"cut off":        {[]string{"DELETE FROM audit WHERE number = 6"}, "末尾被截去"},
		"reordered":      {[]string{"UPDATE audit SET number = 100 WHERE number = 3", "UPDATE audit SET number = 3 WHERE number = 4", "UPDATE audit SET number = 4 WHERE number = 100"}, "第 3 行不接在第 2 行之后"},
		"inserted":       {[]string{"UPDATE audit SET number = number + 100 WHERE number > 3", "UPDATE audit SET number = number - 99 WHERE number > 100", "INSERT INTO audit SELECT 4, at, account, person, role, address, event, application, subject, detail, previous, hash FROM audit WHERE number = 2"}, "第 4 行不接在第 3 行之后"},
		"added at the end": {[]string{"INSERT INTO audit SELECT 7, at, account, person, role, address, event, application, subject, detail, hash, hash FROM audit WHERE number = 6"},
			"绕过程序添加"},
		"head set back": {[]string{"DELETE FROM audit WHERE number = 6", "UPDATE audit_head SET number = 5, hash = (SELECT hash FROM audit WHERE number = 5)"}, "另存的散列属于第 6 行"},
	} {
		for _, q := range c.do {
			if _, err := s.db.ExecContext(ctx, q); err != nil {
				t.Fatal(q, err)
			}
		}
		if got := problems(t, s, kept); !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
		for _, q := range []string{"DELETE FROM audit", "INSERT INTO audit SELECT * FROM spare", "DELETE FROM audit_head", "INSERT INTO audit_head SELECT * FROM spare_head"} {
			if _, err := s.db.ExecContext(ctx, q); err != nil {
				t.Fatal(q, err)
			}
		}
		if got := problems(t, s, kept); got != "" {
			t.Fatalf("put back: %s", got)
		}
	}
	// Written anew as a whole it is sound in itself; the end that was kept elsewhere tells.
	for _, q := range []string{"DELETE FROM audit", "UPDATE audit_head SET number = 0, hash = ''"} {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	trail(t, s, 7)
	if got := problems(t, s, audit.Head{}); got != "" {
		t.Errorf("a chain written anew: %s", got)
	}
	if got := problems(t, s, kept); !strings.Contains(got, "整条链被改写") {
		t.Errorf("a chain written anew, with its end kept elsewhere: %q", got)
	}
}

func testOneChain(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			ctx := audit.With(context.Background(), audit.Actor{Person: fmt.Sprint(i)})
			if err := errors.Join(s.Record(ctx, Event{Name: "view.list"}), s.Decide(ctx, app, []Decision{{Finding: FindingKey(late), Action: Confirm, Person: fmt.Sprint(i)}})); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := problems(t, s, audit.Head{}); got != "" {
		t.Error(got)
	}
	lines, err := s.AuditLines(t.Context(), AuditFilter{Application: app, Event: "decision"}, 20)
	if err != nil || len(lines) != 8 || !strings.Contains(string(lines[0].Detail), `"before":"confirm"`) {
		t.Errorf("%+v, %v", lines, err)
	}
	runs, err := s.AuditLines(t.Context(), AuditFilter{Application: app, Event: "run"}, 20)
	if err != nil || len(runs) != 1 || runs[0].Person != "hequan" {
		t.Errorf("%+v, %v", runs, err)
	}
}

func testNoLine(t *testing.T, s *Store) {
	before, err := s.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), "none", []Decision{{Action: Confirm}}); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	if after, err := s.AuditHead(t.Context()); err != nil || after != before {
		t.Errorf("%v became %v, %v", before, after, err)
	}
}
