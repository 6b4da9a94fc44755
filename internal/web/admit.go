package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"hequan/internal/people"
	"hequan/internal/store"
)

// peopleLedger keeps accounts and tokens.
type peopleLedger interface {
	HasAccounts(ctx context.Context) (bool, error)
	Accounts(ctx context.Context) ([]store.Account, error)
	Account(ctx context.Context, id string) (*store.Account, error)
	AccountByLogin(ctx context.Context, login string) (*store.Account, error)
	AccountBySetup(ctx context.Context, hash string) (*store.Account, error)
	AccountBySubject(ctx context.Context, subject string) (*store.Account, error)
	AccountByToken(ctx context.Context, hash string) (*store.Account, error)
	AddAccount(ctx context.Context, a store.Account) (*store.Account, error)
	ChangeAccount(ctx context.Context, id, what string, fn func(*store.Account) error) (*store.Account, error)
	AddToken(ctx context.Context, t store.Token) error
	Tokens(ctx context.Context, account string) ([]store.Token, error)
	RevokeToken(ctx context.Context, account, id string) error
}

// streamTime is how long a live stream lasts before the browser must ask, and
// so be admitted, again.
const streamTime = 5 * time.Minute

// admitted is the way of every request to its route: who is it, may they, and
// the audit trail knows of it before they see anything.
func (s *Server) admitted(rt route) http.Handler {
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visitorOf(r)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		r = s.as(r, v)
		if !s.allowed(w, r, rt, v) {
			return
		}
		if rt.Seen != "" {
			if err := s.saw(r, v, rt.Seen); err != nil {
				s.broken(w, r, err)
				return
			}
		}
		rt.Handle(s, w, r)
	})
	if rt.Pattern != "/events" {
		return s.sessions.LoadAndSave(inner)
	}
	// A stream keeps no session alive: who leaves a page open is signed out all the same.
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), streamTime)
		defer cancel()
		token := ""
		if c, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
			token = c.Value
		}
		ctx, err := s.sessions.Load(ctx, token)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		inner(w, r.WithContext(ctx))
	})
}

// allowed answers for requests that are not.
func (s *Server) allowed(w http.ResponseWriter, r *http.Request, rt route, v visitor) bool {
	switch {
	case rt.Right == people.Open:
		return true
	case v.Role == "" && !v.Alone:
		if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return false
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="hequan"`)
		s.fail(w, r, http.StatusUnauthorized, "请先登录", "打开 /login 登录；程序请在 Authorization 头中使用令牌")
	case v.program && (rt.Right == people.Govern || rt.Right == people.Signed):
		s.fail(w, r, http.StatusForbidden, "令牌不能用于账号管理", "请登录后在页面上操作")
	case !v.May(rt.Right):
		s.Log.Warn("refused", "account", v.account(), "role", v.Role, "path", r.URL.Path)
		s.fail(w, r, http.StatusForbidden, "您的角色没有这项权限", "当前角色为“"+string(v.Role)+"”；如需办理，请联系管理员")
	case v.Account != nil && !v.program && s.mustEnrol(v.Account) && rt.Right != people.Signed:
		if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
			http.Redirect(w, r, "/account/second", http.StatusSeeOther)
			return false
		}
		s.fail(w, r, http.StatusForbidden, "请先设置动态码", "打开 /account/second 设置")
	default:
		return true
	}
	return false
}

// mustEnrol says whether an account has to set up its second factor first.
// Who comes by a sign-in service has that service's.
func (s *Server) mustEnrol(a *store.Account) bool {
	return !s.PasswordOnly && a.TOTP == "" && a.Password != ""
}

// settled says whether there are accounts. It never goes back.
func (s *Server) settled(ctx context.Context) (bool, error) {
	if s.accounts.Load() {
		return true, nil
	}
	has, err := s.Ledger.HasAccounts(ctx)
	if has {
		s.accounts.Store(true)
	}
	return has, err
}

// visitorOf finds out who a request comes from: by token, by session, or, while
// there are no accounts, by the name that was typed.
func (s *Server) visitorOf(r *http.Request) (visitor, error) {
	has, err := s.settled(r.Context())
	if err != nil {
		return visitor{}, err
	}
	if !has {
		return visitor{Alone: s.LocalOnly, Name: typed(r)}, nil
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		a, err := s.Ledger.AccountByToken(r.Context(), people.HashSecret(strings.TrimSpace(token)))
		return admittedAs(a, err, true)
	}
	id := s.sessions.GetString(r.Context(), "account")
	if id == "" {
		return visitor{}, nil
	}
	a, err := s.Ledger.Account(r.Context(), id)
	if err == nil && s.sessions.GetString(r.Context(), "epoch") != epoch(a) {
		return visitor{}, nil // signed in before the account was reset
	}
	return admittedAs(a, err, false)
}

func admittedAs(a *store.Account, err error, program bool) (visitor, error) {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return visitor{}, nil
	case err != nil:
		return visitor{}, err
	case a.Disabled:
		return visitor{}, nil
	}
	return visitor{Account: a, Name: a.Name, Role: people.Role(a.Role), program: program}, nil
}

// lookGrain is how long a second look of the same person at the same thing is
// the same look: a page asks for its pictures one by one, and scripts poll.
const lookGrain = time.Minute

// looks remembers looks for a while.
type looks struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// fresh says whether a look is a new one.
func (l *looks) fresh(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at, ok := l.last[key]; ok && now.Sub(at) < lookGrain {
		return false
	}
	if l.last == nil || len(l.last) > 10000 {
		l.last = map[string]time.Time{}
	}
	l.last[key] = now
	return true
}

// saw tells the audit trail of a look. What is taken away is always told.
func (s *Server) saw(r *http.Request, v visitor, what string) error {
	e := store.Event{Name: "view." + what}
	if strings.HasPrefix(r.URL.Path, "/applications/") || strings.HasPrefix(r.URL.Path, "/api/applications/") {
		e.Application = r.PathValue("id")
	} else {
		e.Subject = r.PathValue("id")
	}
	if what == "page" {
		e.Subject = clip(r.URL.Query().Get("file"), 64) + "#" + clip(r.URL.Query().Get("page"), 6)
	}
	key := strings.Join([]string{v.account(), v.Name, e.Name, e.Application, e.Subject}, "\x00")
	if !strings.HasSuffix(what, ".export") && !s.looks.fresh(key, time.Now()) {
		return nil
	}
	return s.Ledger.Record(r.Context(), e)
}

func clip(text string, n int) string {
	if len(text) > n {
		return text[:n]
	}
	return text
}
