package web

import (
	"io/fs"
	"net/http"
	"strings"

	"hequan/internal/people"
)

// route is one thing that can be asked for. The mux is built from the table
// below and from nothing else: what is not in it cannot be reached, and what is
// in it names the right that it needs.
type route struct {
	Method, Pattern string
	Right           people.Right
	Seen            string // what the audit trail calls a look at it; "" where nothing of an application is shown, or where the change itself is recorded
	Handle          func(*Server, http.ResponseWriter, *http.Request)
}

// routes lists every route.
var routes = []route{
	{"GET", "/{$}", people.Look, "list", (*Server).listPage},
	{"GET", "/summary.xlsx", people.Look, "list.export", (*Server).summaryXLSX},
	{"GET", "/overview", people.Look, "overview", (*Server).overviewPage},
	{"GET", "/applications/{id}", people.Look, "application", (*Server).applicationPage},
	{"GET", "/applications/{id}/crop", people.Look, "passages", (*Server).crop},
	{"GET", "/applications/{id}/page", people.Look, "page", (*Server).page},
	{"GET", "/applications/{id}/view", people.Look, "page", (*Server).viewPage},
	{"GET", "/applications/{id}/compare", people.Look, "page", (*Server).comparePage},
	{"GET", "/applications/{id}/report.html", people.Look, "report.export", (*Server).reportHTML},
	{"GET", "/applications/{id}/summary.xlsx", people.Look, "summary.export", (*Server).applicationXLSX},
	{"GET", "/applications/{id}/notice", people.Look, "notice", (*Server).noticePage},
	{"GET", "/applications/{id}/notice.docx", people.Look, "notice.export", (*Server).noticeDocx},
	{"GET", "/applications/{id}/notice.pdf", people.Look, "notice.export", (*Server).noticePDF},
	{"GET", "/applications/{id}/report.pdf", people.Look, "report.export", (*Server).reportPDF},
	{"GET", "/applications/{id}/reviewed.pdf", people.Look, "pages.export", (*Server).reviewedPDF},
	{"GET", "/overview/blind", people.Handle, "passages", (*Server).blindPage},
	{"POST", "/api/blind", people.Handle, "", (*Server).apiBlind},
	{"GET", "/trials", people.Look, "trials", (*Server).trialsPage},
	{"GET", "/trials/{id}", people.Look, "trial", (*Server).trialPage},
	{"GET", "/events", people.Look, "", (*Server).events},

	{"GET", "/api", people.Signed, "", (*Server).apiPage},
	{"GET", "/api/openapi.json", people.Signed, "", (*Server).apiDescription},
	{"GET", "/api/applications", people.Look, "list", (*Server).apiList},
	{"GET", "/api/applications/{id}", people.Look, "application", (*Server).apiApplication},
	{"GET", "/api/applications/{id}/report", people.Look, "report.export", (*Server).apiReport},
	{"GET", "/api/applications/{id}/trail", people.Look, "trail", (*Server).apiTrail},
	{"GET", "/api/uploads/{id}", people.Look, "list", (*Server).apiUpload},
	{"GET", "/api/dead", people.Look, "list", (*Server).apiDead},

	{"POST", "/api/applications", people.Handle, "", (*Server).upload},
	{"POST", "/api/transfers", people.Handle, "", (*Server).apiTransfer},
	{"POST", "/api/transfers/finish", people.Handle, "", (*Server).apiTransferred},
	{"GET", "/api/transfers/{id}", people.Handle, "", (*Server).apiTransferState},
	{"PUT", "/api/transfers/{id}", people.Handle, "", (*Server).apiTransferPiece},
	{"DELETE", "/api/transfers/{id}", people.Handle, "", (*Server).apiTransferDrop},
	{"POST", "/api/applications/{id}/files", people.Handle, "", (*Server).round},
	{"POST", "/api/applications/{id}/decisions", people.Handle, "", (*Server).apiDecide},
	{"POST", "/api/applications/{id}/corrections", people.Handle, "", (*Server).apiCorrect},
	{"POST", "/api/applications/{id}/corrections/{number}/withdraw", people.Handle, "", (*Server).apiWithdraw},
	{"POST", "/api/applications/{id}/notice", people.Handle, "", (*Server).apiNotice},
	{"POST", "/api/applications/{id}/recheck", people.Tend, "", (*Server).apiRecheck},
	{"POST", "/api/applications/{id}/cancel", people.Tend, "", (*Server).apiCancel},
	{"POST", "/api/dead/{kind}/{id}/retry", people.Tend, "", (*Server).apiRetry},
	{"POST", "/api/trials", people.Tend, "", (*Server).apiTrial},
	{"POST", "/api/trials/{id}/{what}", people.Endorse, "", (*Server).apiSettleTrial},
	{"POST", "/api/applications/{id}/ticks", people.Handle, "", (*Server).apiTick},
	{"POST", "/api/bulk/assign", people.Handle, "", (*Server).apiAssign},
	{"POST", "/api/bulk/recheck", people.Tend, "", (*Server).apiBulkRecheck},
	{"POST", "/api/bulk/retry", people.Tend, "", (*Server).apiBulkRetry},
	{"POST", "/api/bulk/cancel", people.Tend, "", (*Server).apiBulkCancel},
	{"POST", "/api/filters", people.Signed, "", (*Server).apiFilter},
	{"POST", "/api/person", people.Signed, "", (*Server).apiPerson},

	{"GET", "/login", people.Open, "", (*Server).loginPage},
	{"POST", "/login", people.Open, "", (*Server).login},
	{"POST", "/logout", people.Open, "", (*Server).logout},
	{"GET", "/oidc", people.Open, "", (*Server).oidcStart},
	{"GET", "/oidc/callback", people.Open, "", (*Server).oidcBack},
	{"GET", "/setup", people.Open, "", (*Server).setupPage},
	{"POST", "/setup", people.Open, "", (*Server).setup},
	{"GET", "/account", people.Signed, "", (*Server).accountPage},
	{"POST", "/account/password", people.Signed, "", (*Server).changePassword},
	{"GET", "/account/second", people.Signed, "", (*Server).secondPage},
	{"POST", "/account/second", people.Signed, "", (*Server).second},
	{"POST", "/account/tokens", people.Signed, "", (*Server).addToken},
	{"POST", "/account/tokens/{id}/revoke", people.Signed, "", (*Server).revokeToken},
	{"GET", "/accounts", people.Govern, "", (*Server).accountsPage},
	{"POST", "/accounts", people.Govern, "", (*Server).addAccount},
	{"POST", "/accounts/{id}/{what}", people.Govern, "", (*Server).changeAccount},
	{"GET", "/accounts/{id}/windows", people.Govern, "", (*Server).windowsPage},
	{"POST", "/accounts/{id}/windows", people.Govern, "", (*Server).giveWindows},
	{"GET", "/audit", people.Inspect, "audit", (*Server).auditPage},

	{"GET", "/healthz", people.Open, "", (*Server).health},
	{"GET", "/static/signin.css", people.Open, "", (*Server).asset},
	{"GET", "/static/icon.svg", people.Open, "", (*Server).asset},
	{"GET", "/static/report.css", people.Signed, "", (*Server).reportStyle},
	{"GET", "/static/{file...}", people.Signed, "", (*Server).asset},
	{"", "/", people.Open, "", (*Server).nothing},
}

// mux serves the routes.
func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		if r.Method == http.MethodPost && strings.HasPrefix(r.Pattern, "/api/") {
			r.Handle = once(r.Handle)
		}
		pattern := r.Pattern
		if r.Method != "" {
			pattern = r.Method + " " + pattern
		}
		mux.Handle(pattern, s.admitted(r))
	}
	return mux
}

// static are the pages' assets.
var static = func() http.Handler {
	files, err := fs.Sub(assets, "static")
	if err != nil {
		panic(err) // embedded: cannot be absent
	}
	return cached(http.StripPrefix("/static/", http.FileServerFS(files)))
}()

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/") { // no lists of files
		s.nothing(w, r)
		return
	}
	static.ServeHTTP(w, r)
}
