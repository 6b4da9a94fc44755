// Package web is the workbench and the HTTP API: a page to hand applications
// in, their list with live progress, the report with the passages it speaks of,
// and the same as JSON.
//
// What was uploaded is shown as JPEGs of our own. The one thing that is made of an
// uploaded file is the review copy of a PDF: rewritten in a child process without
// scripts, actions and attachments, and given as a download, never shown.
package web

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"hequan/internal/blob"
	"hequan/internal/render"
	"hequan/internal/store"
)

// Ledger is what the pages need of the store.
type Ledger interface {
	intakeLedger
	deskLedger
	trialLedger
	peopleLedger
	auditLedger
	windowLedger
	Application(ctx context.Context, id string) (*store.Application, error)
	Summary(ctx context.Context, id string) (*store.Summary, error)
	Files(ctx context.Context, application string) ([]store.File, error)
	Replaced(ctx context.Context, application string) ([]store.File, error)
	LatestRun(ctx context.Context, application string) (*store.Run, error)
	RunOf(ctx context.Context, application string, number int) (*store.Run, error)
	Picture(ctx context.Context, application, sha256 string, page int) (string, error)
	Ping(ctx context.Context) error
}

// intakeLedger is what lists, uploads and their troubles need.
type intakeLedger interface {
	Accept(ctx context.Context, name string, files []store.Incoming) (*store.Upload, error)
	AcceptRound(ctx context.Context, name string, files []store.Incoming, of store.Supplement) (*store.Upload, error)
	Upload(ctx context.Context, id string) (*store.Upload, error)
	OpenUploads(ctx context.Context, limit int) ([]store.Upload, error)
	Intakes(ctx context.Context, limit int) ([]store.Intake, error)
	List(ctx context.Context, upload string, limit int) ([]store.Summary, error)
	Search(ctx context.Context, q store.Query) (*store.Page, error)
	Changed() <-chan struct{}
	Pulse(ctx context.Context) (string, error)
	Grave(ctx context.Context, upload string) ([]store.Found, error)
	DeadLetters(ctx context.Context, limit int) ([]store.DeadLetter, error)
	Retry(ctx context.Context, k store.Kind, id string) error
	Recheck(ctx context.Context, id string) error
	Cancel(ctx context.Context, id, person string) error
	Outlook(ctx context.Context) (store.Outlook, error)
}

// deskLedger keeps what people decide, correct, issue and receive.
type deskLedger interface {
	Decide(ctx context.Context, application string, decisions []store.Decision) error
	Decisions(ctx context.Context, application string) ([]store.Decision, error)
	Correct(ctx context.Context, c store.Correction) ([]store.Task, error)
	Corrections(ctx context.Context, application string) ([]store.Correction, error)
	CorrectionsOf(ctx context.Context, upload string) ([]store.Correction, error)
	KeepNotice(ctx context.Context, n store.Notice, issue bool) (int, error)
	Notices(ctx context.Context, application string) ([]store.Notice, error)
	Rounds(ctx context.Context, application string) ([]store.Round, error)
	Assign(ctx context.Context, applications []string, to store.Assignee, person string) error
	Assignments(ctx context.Context, application string) ([]store.Assignment, error)
	People(ctx context.Context) ([]string, error)
	KeepFilter(ctx context.Context, f store.SavedFilter) error
	SavedFilters(ctx context.Context, person string) ([]store.SavedFilter, error)
	KeepBlindCheck(ctx context.Context, c store.BlindCheck) error
	BlindChecks(ctx context.Context, upload string) ([]store.BlindCheck, error)
	Begin(ctx context.Context, scope, key string) (*store.Answer, error)
	End(ctx context.Context, a store.Answer) error
	Tick(ctx context.Context, c store.HandCheck) error
	HandChecks(ctx context.Context, application string) ([]store.HandCheck, error)
}

// trialLedger keeps trials of windows.
type trialLedger interface {
	StartTrial(ctx context.Context, upload, person string) (*store.Trial, error)
	Trial(ctx context.Context, id string) (*store.Trial, error)
	Trials(ctx context.Context, limit int) ([]store.Trial, error)
	TrialDone(ctx context.Context, id string) (int, error)
	TrialReports(ctx context.Context, id string) ([]store.TrialReport, error)
	AcceptTrial(ctx context.Context, id string) (taken, skipped int, err error)
	DropTrial(ctx context.Context, id string) error
}

// Blobs keeps what is uploaded and gives pictures of pages.
type Blobs interface {
	Put(r io.Reader, limit int64) (blob.Info, error)
	Get(sha256 string) ([]byte, error)
}

// Queue wakes the workers; see worker.Queue.
type Queue interface {
	Enqueue(ctx context.Context, t store.Task, delay time.Duration) error
	Ping(ctx context.Context) error
}

// Server answers requests. The fields up to Log must be set.
type Server struct {
	Ledger    Ledger
	Blobs     Blobs
	Queue     Queue
	Copies    Copier // nil: review copies are made of pictures
	Log       *slog.Logger
	Rules     map[string]string // id to title, to name what a rule asks for
	Title     string            // of the policy: 2026年上半年人工智能“模型券”
	Transfers string            // folder of files that come in pieces
	Spans     []render.Span     // windows of the policy, to draw dates against

	Ended     context.Context // when it is done, live streams end
	MaxBytes  int64           // of one upload; default 2 GiB
	MaxFiles  int             // of one upload; default 5,000
	LocalOnly bool            // refuse requests addressed to other than this machine (rebinding)

	Sessions     scs.Store      // where sessions are kept; default in memory
	OIDC         *Service       // sign-in by a service of the organisation; nil: none
	HTTPS        bool           // browsers come by TLS, ours or a proxy's: cookies are bound to it
	HSTS         bool           // tell browsers to come by TLS only, for a year
	PasswordOnly bool           // no second factor is asked of those who have none
	Proxies      []netip.Prefix // whose X-Forwarded-For is believed

	// Room says why nothing more can be taken in now, as an answer; status 0 means that it can.
	Room func(context.Context) (status int, what, remedy string)

	Poll        time.Duration // how soon after the last one live pages look for news; default 400 ms
	cutterLock  sync.Mutex
	cutter      *render.Cutter
	cutterReady sync.Once

	sessions  *scs.SessionManager
	accounts  atomic.Bool            // there are accounts, see settled
	first     atomic.Pointer[string] // sha256 of the link of the first account
	tries     tries
	looks     looks
	hub       hub
	transfers transfers
}

//go:embed templates/*.html static/*
var assets embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"fieldWord": render.FieldWord}).ParseFS(assets, "templates/*.html"))

// Handler returns the server's routes (see routes).
func (s *Server) Handler() http.Handler {
	if s.MaxBytes <= 0 {
		s.MaxBytes = 2 << 30
	}
	if s.MaxFiles <= 0 {
		s.MaxFiles = 5000
	}
	if s.Poll <= 0 {
		s.Poll = 400 * time.Millisecond
	}
	if s.Ended == nil {
		s.Ended = context.Background()
	}
	if _, done := s.Ledger.(within); !done {
		s.Ledger = within{s.Ledger}
	}
	s.hub.server = s
	s.sessions = s.newSessions()
	return s.guard(http.NewCrossOriginProtection().Handler(s.mux()))
}

// show writes a page made from a template.
func (s *Server) show(w http.ResponseWriter, name string, data any) {
	s.showStatus(w, http.StatusOK, name, data)
}

func (s *Server) showStatus(w http.ResponseWriter, status int, name string, data any) {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, data); err != nil {
		s.Log.Error("a page could not be made", "template", name, "error", err)
		http.Error(w, "页面无法生成，请将服务日志交给管理员", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if _, err := w.Write(out.Bytes()); err != nil {
		s.Log.Debug("a client went away", "error", err)
	}
}

func (s *Server) reportStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	if _, err := w.Write(render.CSS()); err != nil {
		s.Log.Debug("a reader went away", "error", err)
	}
}

// cached lets browsers ask again each time: the assets change with the program.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		h.ServeHTTP(w, r)
	})
}
