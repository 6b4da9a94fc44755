package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hequan"
)

func init() {
	conformance["A list is filtered, sorted and paged"] = testSearch
	conformance["Stages follow the work"] = testStages
	conformance["Applications are assigned"] = testAssign
	conformance["Ticks and filters are kept"] = testTicks
	conformance["The pulse beats with every change"] = testPulse
}

func testSearch(t *testing.T, s *Store) {
	up, err := s.Accept(t.Context(), "w", []Incoming{{Name: "w.zip", SHA256: "aa", Bytes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	taken := make([]Taken, 5)
	for i := range taken {
		taken[i].Application = Application{Name: fmt.Sprintf("2026H1-%04d", i), Applicant: "北京Abc_公司", Form: "{}", Problems: "[]"}
	}
	due, err := s.FinishUpload(t.Context(), up.ID, claim(t, s, KindUpload, up.ID), taken)
	if err != nil {
		t.Fatal(err)
	}
	judged(t, s, due[0].ID, late, doubt)
	judged(t, s, due[1].ID, late)
	if err := s.Assign(t.Context(), []string{due[1].ID, due[2].ID}, Assignee{Name: "甲"}, "乙"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		q    Query
		want string // names of the page, then how many there are in all
	}{
		{"all of it", Query{Limit: 2}, "[0000 0001] 5"},
		{"the last page", Query{Limit: 2, Offset: 4}, "[0004] 5"},
		{"beyond it", Query{Limit: 2, Offset: 6}, "[] 5"},
		{"by class", Query{Limit: 9, Class: "fail"}, "[0000 0001] 2"},
		{"by words", Query{Limit: 9, Words: "ABC_ 0003"}, "[0003] 1"},
		{"a sign of the database's own", Query{Limit: 9, Words: "%"}, "[] 0"},
		{"by person", Query{Limit: 9, Assignee: "甲"}, "[0001 0002] 2"},
		{"of nobody", Query{Limit: 9, Nobody: true, Class: "fail"}, "[0000] 1"},
		{"sorted", Query{Limit: 9, Class: "fail", Sort: "open", Down: true}, "[0000 0001] 2"},
		{"sorted the other way", Query{Limit: 9, Class: "fail", Sort: "open"}, "[0001 0000] 2"},
		{"by a sum", Query{Limit: 1, Sort: "payable", Down: true}, "[0000] 5"},
		{"some alone", Query{Limit: 9, IDs: []string{due[4].ID}}, "[0004] 1"},
		{"none", Query{Limit: 9, IDs: []string{}}, "[] 0"},
	} {
		c.q.Upload = up.ID
		p, err := s.Search(t.Context(), c.q)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var names []string
		for _, r := range p.Rows {
			names = append(names, r.Name[7:])
		}
		if got := fmt.Sprint(names, p.Total); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	p, err := s.Search(t.Context(), Query{Limit: 1, Class: "fail"})
	if err != nil || p.Classes["fail"] != 2 || p.Classes["busy"] != 3 {
		t.Errorf("%+v, %v", p, err)
	}
}

func testStages(t *testing.T, s *Store) {
	app, files := seed(t, s, 2)
	stage := func(want Stage) {
		t.Helper()
		sum, err := s.Summary(t.Context(), app)
		if err != nil || sum.Stage != want {
			t.Errorf("stage %q, want %q, %v", sum.Stage, want, err)
		}
		if p, err := s.Search(t.Context(), Query{Limit: 1, Stage: want}); err != nil || p.Total != 1 {
			t.Errorf("%d applications are %s, %v", p.Total, want, err)
		}
	}
	decide := func(f hequan.Finding, a Action) {
		t.Helper()
		if err := s.Decide(t.Context(), app, []Decision{{Finding: FindingKey(f), Action: a, Person: "甲"}}); err != nil {
			t.Fatal(err)
		}
	}
	stage(StageReceived)
	if err := s.Progress(t.Context(), files[0], claim(t, s, KindFile, files[0]), 1, 2); err != nil {
		t.Fatal(err)
	}
	stage(StageJudging)
	if _, err := s.FinishFile(t.Context(), files[0], 1, FileResult{Reading: "r"}); err != nil {
		t.Fatal(err)
	}
	readAll(t, s, files[1:])
	judged(t, s, app, late, doubt)
	stage(StageOpen)
	decide(late, Dismiss)
	decide(doubt, Dismiss)
	stage(StageSettled)
	decide(late, Confirm)
	stage(StageDefective)
	if _, err := s.KeepNotice(t.Context(), Notice{ApplicationID: app, Body: "{}", Person: "甲"}, true); err != nil {
		t.Fatal(err)
	}
	stage(StageAsked)
	time.Sleep(2 * time.Millisecond) // a round is later than its notice
	up, err := s.AcceptRound(t.Context(), "r", []Incoming{{Name: "new.pdf", SHA256: "nn", Bytes: 1}}, Supplement{Application: app})
	if err != nil {
		t.Fatal(err)
	}
	taken := Taken{Application: Application{Form: "{}", Problems: "[]"}, Files: []Incoming{{Name: "new.pdf", SHA256: "nn", Bytes: 1}}}
	due, err := s.FinishRound(t.Context(), up.ID, claim(t, s, KindUpload, up.ID), taken, false)
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, s, []string{due[0].ID})
	judged(t, s, app, hequan.Finding{Rule: "x", Status: hequan.Fail})
	stage(StageMended)
}

func testAssign(t *testing.T, s *Store) {
	app, _ := seed(t, s, 1)
	if err := s.Assign(t.Context(), []string{app}, Assignee{Name: "甲"}, "乙"); err != nil {
		t.Fatal(err)
	}
	if err := s.Assign(t.Context(), []string{app}, Assignee{Name: ""}, "丙"); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Assignments(t.Context(), app)
	if err != nil || len(rows) != 2 || rows[0].Assignee != "甲" || rows[1].Person != "丙" || rows[1].Number != 2 {
		t.Errorf("%+v, %v", rows, err)
	}
	if a, err := s.Application(t.Context(), app); err != nil || a.Assignee != "" {
		t.Errorf("%+v, %v", a, err)
	}
	if err := s.Assign(t.Context(), []string{app, "none"}, Assignee{Name: "丁"}, "乙"); err == nil {
		t.Error("an application that is not there was assigned")
	}
	if a, err := s.Application(t.Context(), app); err != nil || a.Assignee != "" {
		t.Errorf("half of an assignment was kept: %+v, %v", a, err)
	}
	people, err := s.People(t.Context())
	slices.Sort(people)
	if err != nil || fmt.Sprint(people) != "[丙 乙]" {
		t.Errorf("people %v, %v", people, err)
	}
}

func testTicks(t *testing.T, s *Store) {
	app, _ := seed(t, s, 1)
	for _, ticked := range []bool{true, false} {
		if err := s.Tick(t.Context(), HandCheck{ApplicationID: app, Item: "x", Ticked: ticked, Note: "查无", Person: "甲"}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := s.HandChecks(t.Context(), app)
	if err != nil || len(rows) != 2 || !rows[0].Ticked || rows[1].Ticked || rows[1].Number != 2 || rows[0].Note != "查无" {
		t.Errorf("%+v, %v", rows, err)
	}
	for _, query := range []string{"stage=open", "stage=asked"} {
		if err := s.KeepFilter(t.Context(), SavedFilter{Person: "甲", Name: "我的", Query: query}); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := s.SavedFilters(t.Context(), "甲"); err != nil || len(kept) != 1 || kept[0].Query != "stage=asked" {
		t.Errorf("%+v, %v", kept, err)
	}
	if err := s.KeepFilter(t.Context(), SavedFilter{Person: "甲", Name: "我的"}); err != nil {
		t.Fatal(err)
	}
	if kept, err := s.SavedFilters(t.Context(), "甲"); err != nil || len(kept) != 0 {
		t.Errorf("%+v, %v", kept, err)
	}
}

func testPulse(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	last := ""
	beats := func(what string, do func() error) {
		t.Helper()
		heard := s.Changed()
		time.Sleep(2 * time.Millisecond)
		if err := do(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-heard:
		default:
			t.Errorf("nobody is told of %s", what)
		}
		now, err := s.Pulse(t.Context())
		if err != nil || now == last {
			t.Errorf("%s: the pulse is still %s, %v", what, now, err)
		}
		last = now
	}
	attempt := int64(0)
	beats("a claim", func() (err error) { attempt = claim(t, s, KindFile, files[0]); return nil })
	beats("progress", func() error { return s.Progress(t.Context(), files[0], attempt, 1, 2) })
	beats("a file", func() error {
		_, err := s.FinishFile(t.Context(), files[0], attempt, FileResult{Reading: "r"})
		return err
	})
	beats("a report", func() error { judged(t, s, app, late); return nil })
	beats("a decision", func() error {
		return s.Decide(t.Context(), app, []Decision{{Finding: FindingKey(late), Action: Confirm, Person: "甲"}})
	})
	beats("another check", func() error { return s.Recheck(t.Context(), app) })
	again, err := s.Pulse(t.Context())
	if err != nil || again != last {
		t.Errorf("the pulse beats without a change: %s after %s, %v", again, last, err)
	}
}

func init() {
	conformance["Reports are announced once an address"] = testAnnounced
	conformance["Answers are kept for their keys"] = testAnswers
	conformance["What is looked through, watched and read blindly is kept"] = testKept
}

func testAnnounced(t *testing.T, s *Store) {
	s.Webhooks = []string{"https://a.example", "https://b.example"}
	app, files := seed(t, s, 1)
	readAll(t, s, files)
	judged(t, s, app, late)
	due, err := s.WebhooksDue(t.Context(), app)
	if err != nil || len(due) != 2 || due[0].Kind != KindWebhook {
		t.Fatalf("%+v, %v", due, err)
	}
	hook, err := s.Webhook(t.Context(), due[0].ID)
	if err != nil || hook.Run != 1 || hook.ApplicationID != app {
		t.Errorf("%+v, %v", hook, err)
	}
	attempt := claim(t, s, KindWebhook, due[0].ID)
	if err := s.FinishWebhook(t.Context(), due[0].ID, attempt); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishWebhook(t.Context(), due[0].ID, attempt); !errors.Is(err, ErrFenced) {
		t.Errorf("heard twice: %v", err)
	}
	if dead, err := s.Fail(t.Context(), KindWebhook, due[1].ID, claim(t, s, KindWebhook, due[1].ID), "nobody answers", 1, 0); err != nil || !dead {
		t.Fatal(dead, err)
	}
	if err := s.Retry(t.Context(), KindWebhook, due[1].ID); err != nil {
		t.Error(err)
	}
	if due, err = s.WebhooksDue(t.Context(), app); err != nil || len(due) != 1 {
		t.Errorf("%+v, %v", due, err)
	}
}

func testAnswers(t *testing.T, s *Store) {
	for i, want := range []bool{true, false} { // new, then known
		before, err := s.Begin(t.Context(), "甲 POST /x", "k")
		if err != nil || (before == nil) != want || i == 1 && before.Status != 0 {
			t.Fatalf("%+v, %v", before, err)
		}
	}
	if err := s.End(t.Context(), Answer{Scope: "甲 POST /x", Key: "k"}); err != nil { // it failed
		t.Fatal(err)
	}
	if before, err := s.Begin(t.Context(), "甲 POST /x", "k"); err != nil || before != nil {
		t.Fatalf("a failed request keeps its key: %+v, %v", before, err)
	}
	if err := s.End(t.Context(), Answer{Scope: "甲 POST /x", Key: "k", Status: 202, Location: "/y", Body: "{}"}); err != nil {
		t.Fatal(err)
	}
	if before, err := s.Begin(t.Context(), "甲 POST /x", "k"); err != nil || before == nil || before.Status != 202 || before.Location != "/y" || before.Body != "{}" {
		t.Errorf("%+v, %v", before, err)
	}
	if before, err := s.Begin(t.Context(), "乙 POST /x", "k"); err != nil || before != nil {
		t.Errorf("somebody else's key: %+v, %v", before, err)
	}
}

func testKept(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	if err := s.KeepTriage(t.Context(), files[0], []Triage{{2, "空白"}, {2, "需重扫"}, {3, "空白"}}); err != nil {
		t.Fatal(err)
	}
	if sum, err := s.Summary(t.Context(), app); err != nil || sum.Rescan != 2 {
		t.Errorf("%d pages, %v", sum.Rescan, err)
	}
	for i, want := range []bool{true, false} {
		up, err := s.AcceptWatched(t.Context(), "/in/a", "v1", "a", []Incoming{{Name: "a/1.pdf", SHA256: "aa", Bytes: 1}})
		if err != nil || (up != nil) != want {
			t.Errorf("taken in the %d. time: %+v, %v", i+1, up, err)
		}
	}
	if ups, err := s.OpenUploads(t.Context(), 10); err != nil || len(ups) != 1 {
		t.Errorf("%d uploads, %v", len(ups), err)
	}
	for _, agrees := range []bool{true, false} {
		if err := s.KeepBlindCheck(t.Context(), BlindCheck{ApplicationID: app, SHA256: "aa", Page: 1, Field: "total", Machine: "1.00", Human: "1.00", Agrees: agrees, Person: "甲"}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := s.BlindChecks(t.Context(), "")
	if err != nil || len(rows) != 2 || !rows[0].Agrees || rows[1].Agrees || rows[1].Number != 2 {
		t.Errorf("%+v, %v", rows, err)
	}
	if rows, err := s.BlindChecks(t.Context(), "another"); err != nil || len(rows) != 0 {
		t.Errorf("%+v, %v", rows, err)
	}
}
