package web

import (
	"net/http"
	"strings"
	"testing"

	"hequan/internal/people"
	"hequan/internal/store"
)

// TestLooksAreRecorded: who saw what, from where; what a page asks for bit by
// bit once, what is taken away each time; a change in its own line.
func TestLooksAreRecorded(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	sha := report.Documents[0].SHA256
	c := signedIn(t, server, member(t, s, "chu", people.FirstReview))
	for _, path := range []string{"/applications/" + app, "/applications/" + app, "/applications/" + app + "/page?file=" + sha + "&page=1", "/applications/" + app + "/page?file=" + sha + "&page=1",
		"/applications/" + app + "/crop?file=" + sha + "&page=1&box=0,0,1,1", "/applications/" + app + "/crop?file=" + sha + "&page=1&box=0,0,0.5,1",
		"/api/applications/" + app + "/report", "/api/applications/" + app + "/report", "/", "/api/applications/" + app} {
		if got := status(t, c, server.URL+path); got != http.StatusOK {
			t.Fatalf("%s: %d", path, got)
		}
	}
	if got := ask(t, c, server.URL+"/api/applications/"+app+"/recheck", "POST"); got != http.StatusAccepted {
		t.Errorf("recheck: %d", got)
	}
	if got := ask(t, c, server.URL+"/audit", "GET"); got != http.StatusForbidden { // a look that is refused shows nothing
		t.Errorf("audit: %d", got)
	}
	lines, err := s.Ledger.AuditLines(t.Context(), store.AuditFilter{Person: "chu某"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		got = append(got, l.Event)
		if l.Role != "初审" || l.Address != "127.0.0.1" || l.Account == "" || strings.HasPrefix(l.Event, "view.") && l.Event != "view.list" && l.Application != app {
			t.Errorf("%+v", l)
		}
	}
	if want := "signin view.application view.page view.passages view.report.export view.report.export view.list recheck"; strings.Join(got, " ") != want {
		t.Errorf("the trail holds %s, want %s", got, want)
	}
	auditor := signedIn(t, server, member(t, s, "shen", people.Auditor))
	for query, want := range map[string]string{"": "重新核对", "?event=view.report.export": "导出报告", "?who=chu%E6%9F%90": "chu某", "?application=" + app: app, "?from=2000-01-01&to=2100-01-01": "重新核对", "?from=junk": "日期写作"} {
		if code, _, page := bodyOf(t, auditor, server.URL+"/audit"+query); code != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: %d, no %s", query, code, want)
		}
	}
	if _, _, page := bodyOf(t, auditor, server.URL+"/"); !strings.Contains(page, "person looker") {
		t.Error("who may only look is offered to do something")
	}
	if _, _, page := bodyOf(t, auditor, server.URL+"/audit?to=2000-01-01"); !strings.Contains(page, "没有符合条件的记录") {
		t.Error("a filter lets everything through")
	}
}
