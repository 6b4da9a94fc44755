package store

import (
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
	if err := s.Assign(t.Context(), []string{due[1].ID, due[2].ID}, "甲", "乙"); err != nil {
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
	if err := s.Assign(t.Context(), []string{app}, "甲", "乙"); err != nil {
		t.Fatal(err)
	}
	if err := s.Assign(t.Context(), []string{app}, "", "丙"); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Assignments(t.Context(), app)
	if err != nil || len(rows) != 2 || rows[0].Assignee != "甲" || rows[1].Person != "丙" || rows[1].Number != 2 {
		t.Errorf("%+v, %v", rows, err)
	}
	if a, err := s.Application(t.Context(), app); err != nil || a.Assignee != "" {
		t.Errorf("%+v, %v", a, err)
	}
	if err := s.Assign(t.Context(), []string{app, "none"}, "丁", "乙"); err == nil {
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
