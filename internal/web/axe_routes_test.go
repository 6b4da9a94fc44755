package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// notPages are the GET routes that show no page of their own.
var notPages = map[string]string{
	"GET /summary.xlsx":                   "workbook",
	"GET /applications/{id}/crop":         "picture",
	"GET /applications/{id}/page":         "picture",
	"GET /applications/{id}/report.html":  "kept by the browser; TestAccessible looks at it as a file",
	"GET /applications/{id}/summary.xlsx": "workbook",
	"GET /applications/{id}/notice.docx":  "Word file",
	"GET /applications/{id}/notice.pdf":   "PDF",
	"GET /applications/{id}/report.pdf":   "PDF",
	"GET /applications/{id}/reviewed.pdf": "PDF",
	"GET /events":                         "stream",
	"GET /api/openapi.json":               "JSON",
	"GET /api/applications":               "JSON",
	"GET /api/applications/{id}":          "JSON",
	"GET /api/applications/{id}/report":   "JSON",
	"GET /api/applications/{id}/trail":    "JSON",
	"GET /api/uploads/{id}":               "JSON",
	"GET /api/dead":                       "JSON",
	"GET /api/transfers/{id}":             "JSON",
	"GET /oidc":                           "leads to the sign-in service",
	"GET /oidc/callback":                  "leads back from it",
	"GET /healthz":                        "text",
	"GET /static/signin.css":              "style",
	"GET /static/icon.svg":                "picture",
	"GET /static/report.css":              "style",
	"GET /static/{file...}":               "styles and scripts",
}

// TestEveryPageIsLookedAt holds the accessibility tests against the table of
// routes: a page that neither of them looks at fails here, and so does an entry
// among those that are no pages which answers with one.
func TestEveryPageIsLookedAt(t *testing.T) {
	server, paths := everyPage(t)
	s := &Server{}
	s.sessions = s.newSessions()
	table := s.mux()
	looked := map[string]bool{"GET /setup": true, "GET /accounts/{id}/windows": true} // by their ids, see TestAccountPagesAccessible
	for _, path := range paths {
		looked[pattern(table, path)] = true
	}
	for _, list := range [][]string{strangersPages, adminsPages, auditorsPages} {
		for _, path := range list {
			looked[pattern(table, path)] = true
		}
	}
	app := strings.TrimPrefix(paths["application"], "/applications/")
	for _, r := range routes {
		if r.Method != http.MethodGet {
			continue
		}
		name := r.Method + " " + r.Pattern
		what, excused := notPages[name]
		switch {
		case looked[name] && excused:
			t.Errorf("%s is looked at and said to be no page (%s)", name, what)
		case !looked[name] && !excused:
			t.Errorf("%s is looked at by no test of accessibility: add an address of it to everyPage, or to notPages what it is", name)
		case excused && !strings.HasPrefix(r.Pattern, "/events") && r.Pattern != "/applications/{id}/report.html":
			resp, err := http.Get(server.URL + strings.NewReplacer("{id}", app, "{file...}", "app.css").Replace(r.Pattern))
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s answers with a page", name)
			}
		}
	}
}

// pattern is the pattern of the route that serves an address.
func pattern(mux *http.ServeMux, path string) string {
	_, p := mux.Handler(httptest.NewRequest(http.MethodGet, path, nil))
	return p
}
