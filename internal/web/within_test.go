package web

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"hequan/internal/people"
	"hequan/internal/store"
)

// harmless are the methods of Ledger that show or change nothing of an
// application, or that only a right opens which nobody has who is limited.
var harmless = map[string]string{
	"Accept": "what is handed in is given to who hands it in", "Ping": "", "Changed": "", "Pulse": "a sum of times", "Outlook": "how much is waited for, without what; shown beside what is seen",
	"People": "names of colleagues", "KeepFilter": "one's own", "SavedFilters": "one's own", "Begin": "one's own", "End": "one's own",
	"HasAccounts": "accounts", "Accounts": "accounts", "Account": "accounts", "AccountByLogin": "accounts", "AccountBySetup": "accounts", "AccountBySubject": "accounts",
	"AccountByToken": "accounts", "AddAccount": "accounts", "ChangeAccount": "accounts", "AddToken": "one's own", "Tokens": "one's own", "RevokeToken": "one's own",
	"Record": "the trail is written", "AuditHead": "of 审计", "Granted": "of 管理", "MayEnter": "the question itself",
}

// TestEveryLookIsWithinWindows: a method of the ledger either stands in
// within.go or is known to be harmless.
func TestEveryLookIsWithinWindows(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "within.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	guarded := map[string]bool{}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
			if name, ok := f.Recv.List[0].Type.(*ast.Ident); ok && name.Name == "within" {
				guarded[f.Name.Name] = true
			}
		}
	}
	ledger := reflect.TypeFor[Ledger]()
	for i := range ledger.NumMethod() {
		name := ledger.Method(i).Name
		if _, ok := harmless[name]; ok == guarded[name] {
			t.Errorf("Ledger.%s: guarded in within.go %v, named as harmless %v: it must be one of them", name, guarded[name], ok)
		}
	}
}

// TestAPersonSeesTheirWindowsOnly: two windows, of which a reviewer was given
// one. Whatever id they use, the other one is not there; the one that was given
// is as it is for everybody.
func TestAPersonSeesTheirWindowsOnly(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	mine, _ := fixture(t, s)
	theirs, _ := fixture(t, s)
	window := func(app string) string {
		a, err := db.Application(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		return a.UploadID
	}
	trialOf := func(app string) string {
		trial, err := db.StartTrial(t.Context(), window(app), "x")
		if err != nil {
			t.Fatal(err)
		}
		return trial.ID
	}
	trials := map[string]string{mine: trialOf(mine), theirs: trialOf(theirs)}
	files := map[string]string{}
	for _, app := range []string{mine, theirs} {
		list, err := db.Files(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		files[app] = list[0].ID
	}
	boss := signedIn(t, server, member(t, s, "boss", people.Admin))
	limited, free := member(t, s, "li", people.SecondReview), member(t, s, "wu", people.SecondReview)
	if status, to, _ := submit(t, boss, server.URL+"/accounts/"+limited.ID+"/windows", "scope", "given", "window", window(mine)); status != http.StatusSeeOther || to != "/accounts" {
		t.Fatal(status, to)
	}
	if status, _, _ := submit(t, boss, server.URL+"/accounts/"+limited.ID+"/windows", "scope", "given", "window", "none"); status != http.StatusNotFound {
		t.Error("a window that there is not was given", status)
	}
	li, wu := signedIn(t, server, limited), signedIn(t, server, free)

	// Every route that names something of an application.
	asked := 0
	for _, r := range routes {
		of := ""
		switch {
		case strings.Contains(r.Pattern, "/applications/{id}"):
			of = "{id}"
		case strings.Contains(r.Pattern, "/uploads/{id}"), strings.Contains(r.Pattern, "/trials/{id}"), strings.Contains(r.Pattern, "/dead/"):
			of = "other"
		default:
			continue
		}
		path := func(app string) string {
			id := app
			switch {
			case of == "{id}":
			case strings.Contains(r.Pattern, "/uploads/"):
				id = window(app)
			case strings.Contains(r.Pattern, "/trials/"):
				id = trials[app]
			default:
				id = files[app]
			}
			q := fmt.Sprintf("?file=%s&page=1&left=%s&right=%s", strings.Repeat("a", 64), "1.pdf%231", "1.pdf%231")
			return server.URL + strings.NewReplacer("{id}", id, "{number}", "1", "{kind}", "file", "{what}", "drop").Replace(r.Pattern) + q
		}
		asked++
		if r.Method == http.MethodPost && strings.Contains(r.Pattern, "/trials/") {
			if status := ask(t, li, path(theirs), r.Method); status != http.StatusNotFound {
				t.Errorf("%s %s of another window: %d", r.Method, r.Pattern, status)
			}
			continue // it ends the trial
		}
		bodies := map[string]string{"/decisions": `{"decisions":[{"finding":"x","action":"confirm"}]}`, "/corrections": `{"sha256":"aa","page":1,"field":"issue_date","nth":0,"value":"2026-01-01"}`,
			"/notice": `{"title":"x"}`, "/ticks": `{"item":"x","ticked":true}`}
		body := "{}"
		for end, b := range bodies {
			if strings.HasSuffix(r.Pattern, end) {
				body = b
			}
		}
		foreign, none := asks(t, li, r.Method, path(theirs), body), asks(t, li, r.Method, strings.ReplaceAll(strings.ReplaceAll(path(theirs), theirs, "none"), window(theirs), "none"), body)
		if foreign < 400 || foreign == http.StatusForbidden || foreign >= 500 {
			t.Errorf("%s %s of another window: %d", r.Method, r.Pattern, foreign)
		}
		if of == "{id}" && foreign != none {
			t.Errorf("%s %s: %d of another window, %d of none: that tells them apart", r.Method, r.Pattern, foreign, none)
		}
		if r.Method == http.MethodGet {
			if got, want := asks(t, li, r.Method, path(mine), body), asks(t, wu, r.Method, path(mine), body); got != want {
				t.Errorf("%s %s of the own window: %d, others %d", r.Method, r.Pattern, got, want)
			}
		}
	}
	if asked < 25 {
		t.Errorf("%d routes were asked for only", asked)
	}

	// What comes in bodies and queries.
	for _, c := range []struct{ method, path, body string }{
		{"POST", "/api/bulk/assign", `{"applications":["` + theirs + `"],"account":"wu"}`},
		{"POST", "/api/trials", `{"upload":"` + window(theirs) + `"}`},
		{"GET", "/api/applications?upload=" + window(theirs), ""},
		{"GET", "/?upload=" + window(theirs), ""},
		{"GET", "/overview?upload=" + window(theirs), ""},
		{"GET", "/overview/blind?upload=" + window(theirs), ""},
		{"GET", "/trials?upload=" + window(theirs), ""},
		{"GET", "/summary.xlsx?upload=" + window(theirs), ""},
		{"GET", "/events?application=" + theirs, ""},
		{"GET", "/events?trial=" + trials[theirs], ""},
		{"GET", "/", ""}, {"GET", "/api/applications", ""}, {"GET", "/overview", ""}, {"GET", "/trials", ""}, {"GET", "/api/dead", ""}, {"GET", "/overview/blind", ""},
	} {
		status, text := answerOf(t, li, c.method, server.URL+c.path, c.body)
		if strings.Contains(text, theirs) || strings.Contains(text, trials[theirs]) || strings.Contains(text, files[theirs]) || status >= 500 {
			t.Errorf("%s %s: %d tells of another window", c.method, c.path, status)
		}
		if c.method == "POST" && status != http.StatusNotFound {
			t.Errorf("%s %s: %d", c.method, c.path, status)
		}
	}
	for _, id := range []string{theirs, files[theirs]} {
		if status, _ := answerOf(t, li, "POST", server.URL+"/api/bulk/recheck", `{"applications":["`+id+`"]}`); status != http.StatusAccepted {
			t.Error(status)
		}
	}
	if a, err := db.Application(t.Context(), theirs); err != nil || a.State != store.Done {
		t.Errorf("an application of another window was rechecked: %v, %v", a.State, err)
	}
	if _, text := answerOf(t, li, "GET", server.URL+"/api/applications", ""); !strings.Contains(text, mine) || !strings.Contains(text, `"total": 1`) {
		t.Errorf("the own window is not in the list: %s", text)
	}

	// The live stream of the list is not shared with who sees more.
	if first := firstNews(t, wu, server.URL+"/events"); !strings.Contains(first, theirs) {
		t.Errorf("the list of who sees all: %s", first)
	}
	if first := firstNews(t, li, server.URL+"/events"); strings.Contains(first, theirs) || !strings.Contains(first, mine) {
		t.Errorf("the list of who sees one window: %s", first)
	}

	// What one hands in oneself is given.
	media, body := form(t, part{"x/a.pdf", "%PDF-1.4"})
	resp, err := li.Post(server.URL+"/api/applications", media, body)
	if err != nil || resp.StatusCode != http.StatusAccepted {
		t.Fatal(resp.StatusCode, err)
	}
	resp.Body.Close()
	own := resp.Header.Get("Location")
	if status, _ := answerOf(t, li, "GET", server.URL+own, ""); status != http.StatusOK {
		t.Errorf("one's own upload: %d", status)
	}
	if resp, err = wu.Post(server.URL+"/api/applications", "application/zip", bytes.NewReader([]byte("PK"))); err == nil {
		resp.Body.Close()
	}
	// A new account may begin with none.
	if status, _, page := submit(t, boss, server.URL+"/accounts", "login", "neu", "name", "新", "role", string(people.FirstReview), "limited", "1"); status != http.StatusOK {
		t.Errorf("%d %s", status, page)
	}
	if a, err := db.AccountByLogin(t.Context(), "neu"); err != nil || !a.Limited {
		t.Errorf("%+v, %v", a, err)
	}
	// Taken again, it is gone at once.
	if status, _, _ := submit(t, boss, server.URL+"/accounts/"+limited.ID+"/windows", "scope", "given"); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	if status, _ := answerOf(t, li, "GET", server.URL+"/api/applications/"+mine, ""); status != http.StatusNotFound {
		t.Errorf("after it was taken: %d", status)
	}
	if status, _, _ := submit(t, boss, server.URL+"/accounts/"+limited.ID+"/windows", "scope", "all"); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	if status, _ := answerOf(t, li, "GET", server.URL+"/api/applications/"+theirs, ""); status != http.StatusOK {
		t.Errorf("after all were given: %d", status)
	}
	lines, err := db.AuditLines(t.Context(), store.AuditFilter{Event: "account.windows"}, 10)
	if err != nil || len(lines) != 3 || !strings.Contains(string(lines[2].Detail), window(mine)) || lines[2].Person != "boss某" {
		t.Errorf("%+v, %v", lines, err)
	}
}

// answerOf returns status and text of an answer.
func answerOf(t *testing.T, c *http.Client, method, address, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		return resp.StatusCode, "a stream of what is not theirs"
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func asks(t *testing.T, c *http.Client, method, address, body string) int {
	t.Helper()
	status, _ := answerOf(t, c, method, address, body)
	return status
}

// firstNews is what a stream begins with, a second of it.
func firstNews(t *testing.T, c *http.Client, address string) string {
	t.Helper()
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Second, func() { resp.Body.Close() })
	defer timer.Stop()
	text, _ := io.ReadAll(resp.Body) // it is cut off
	return string(text)
}
