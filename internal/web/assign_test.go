package web

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"hequan/internal/people"
	"hequan/internal/store"
)

// TestWorkIsGivenToAccounts: once there are accounts, a typed name is refused,
// and so are accounts that may not handle applications.
func TestWorkIsGivenToAccounts(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	upload, ids := window(t, db, "0017", "0018")
	accounts := map[string]*store.Account{}
	for login, role := range map[string]people.Role{"wang": people.FirstReview, "zhao": people.SecondReview, "shen": people.Auditor, "gone": people.FirstReview} {
		accounts[login] = member(t, s, login, role)
	}
	if _, err := db.ChangeAccount(t.Context(), accounts["gone"].ID, "account.disable", func(a *store.Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	token := people.NewToken()
	if err := db.AddToken(t.Context(), store.Token{AccountID: accounts["wang"].ID, Label: "t", Hash: people.HashSecret(token), ExpiresAt: setupUntil()}); err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, body string) *http.Response {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { resp.Body.Close() })
		return resp
	}
	give := func(to string) int {
		return ask("POST", "/api/bulk/assign", fmt.Sprintf(`{"applications": [%q]%s}`, ids[0], to)).StatusCode
	}
	for to, want := range map[string]int{`, "assignee": "王五"`: 400, `, "account": "shen"`: 400, `, "account": "gone"`: 400, `, "account": "nobody"`: 400, `, "account": "wang", "assignee": "王五"`: 400} {
		if got := give(to); got != want {
			t.Errorf("%s: %d, want %d", to, got, want)
		}
	}
	if err := db.GiveWindows(t.Context(), accounts["zhao"].ID, false, nil); err != nil {
		t.Fatal(err)
	}
	if got := give(`, "account": "zhao"`); got != http.StatusConflict {
		t.Errorf("to somebody who does not see the window: %d", got)
	}
	if err := db.GiveWindows(t.Context(), accounts["zhao"].ID, false, []string{upload}); err != nil {
		t.Fatal(err)
	}
	if got := give(`, "account": "` + accounts["zhao"].ID + `"`); got != http.StatusAccepted {
		t.Errorf("%d", got)
	}
	if got := give(`, "account": "wang"`); got != http.StatusAccepted {
		t.Errorf("%d", got)
	}
	if a, err := db.Application(t.Context(), ids[0]); err != nil || a.Assignee != "wang某" || a.GivenTo != accounts["wang"].ID {
		t.Errorf("%+v %v", a, err)
	}
	for query, want := range map[string]string{"person=me": `"total": 1`, "person=@" + accounts["zhao"].ID: `"total": 0`, "person=none": `"total": 1`} {
		resp := ask("GET", "/api/applications?"+query, "")
		text := readAll(t, resp)
		if !strings.Contains(text, want) {
			t.Errorf("%s: %s", query, text)
		}
	}
	if got := give(""); got != http.StatusAccepted {
		t.Errorf("%d", got)
	}
	if a, err := db.Application(t.Context(), ids[0]); err != nil || a.Assignee != "" || a.GivenTo != "" {
		t.Errorf("taken back: %+v %v", a, err)
	}
}

// TestReadingIsCancelledAndTakenUpAgain by the requests that the page makes.
func TestReadingIsCancelledAndTakenUpAgain(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	app, files := seed(t, db)
	attempt := claimed(t, db, store.KindFile, files[0].ID)
	if err := db.Progress(t.Context(), files[0].ID, attempt, 2, 4); err != nil {
		t.Fatal(err)
	}
	doc := page(t, server, "/applications/"+app)
	if text := doc.Find("#progress").Text(); !strings.Contains(text, "尚需") || doc.Find(`[data-post$="/cancel"]`).Length() != 1 {
		t.Errorf("the page says %q", text)
	}
	if status, answer := say(t, server, "/api/applications/"+app+"/cancel", "wang", ""); status != http.StatusAccepted {
		t.Fatalf("%d %s", status, answer)
	}
	doc = page(t, server, "/applications/"+app)
	if text := doc.Find("#progress").Text(); !strings.Contains(text, "已取消（wang）") || !strings.Contains(text, "继续识别") || doc.Find(`[data-post$="/cancel"]`).Length() != 0 || doc.Find(`#progress [data-post*="/dead/file/"]`).Length() != 0 {
		t.Errorf("the page says %q", text)
	}
	if text := page(t, server, "/").Find("#rows tr").First().Text(); !strings.Contains(text, "已取消") {
		t.Errorf("the list says %q", text)
	}
	if status, answer := say(t, server, "/api/applications/"+app+"/cancel", "wang", ""); status != http.StatusNotFound {
		t.Errorf("again: %d %s", status, answer)
	}
	if status, answer := say(t, server, "/api/dead/application/"+app+"/retry", "wang", ""); status != http.StatusAccepted {
		t.Fatalf("%d %s", status, answer)
	}
	if due, err := db.Due(t.Context(), 10); err != nil || len(due) != 2 {
		t.Errorf("%v %v", due, err)
	}
}

func readAll(t *testing.T, resp *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
