package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"hequan/internal/people"
	"hequan/internal/store"
)

// Limits of a session: without a request, and at all.
const (
	sessionIdle = 30 * time.Minute
	sessionLife = 12 * time.Hour
)

// newSessions makes the sessions. Their cookie ends with the browser; with TLS
// it is bound to this host and never sent without.
func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.IdleTimeout, m.Lifetime, m.HashTokenInStore, m.Codec = sessionIdle, sessionLife, true, jsonCodec{}
	if s.Sessions != nil {
		m.Store = s.Sessions
	}
	m.Cookie.Name, m.Cookie.Persist, m.Cookie.SameSite, m.Cookie.Secure = "hequan_session", false, http.SameSiteLaxMode, s.HTTPS
	if s.HTTPS {
		m.Cookie.Name = "__Host-hequan"
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.broken(w, r, err) }
	return m
}

// epoch marks the sessions of an account that hold.
func epoch(a *store.Account) string { return strconv.Itoa(a.Epoch) }

// loginView is the page to sign in.
type loginView struct {
	Login, Next, Trouble string
	Service              string // name of the sign-in service, "" where there is none
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) {
	if v := person(r); v.Signed() || v.Alone {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	s.show(w, "login.html", loginView{Next: ownPath(r.URL.Query().Get("next")), Service: s.service()})
}

// ownPath is a path of this server, else its first page: nobody is led
// elsewhere after signing in.
func ownPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// formLimit bounds the forms of the account pages.
const formLimit = 16 << 10

// bodyTime is how long a body that is no upload may take to arrive.
const bodyTime = 30 * time.Second

// form reads a form within its bounds; one that is not understood is empty.
func (s *Server) form(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	defer s.hurry(w)()
	if err := r.ParseForm(); err != nil {
		s.Log.Info("a form was not understood", "path", r.URL.Path, "error", err)
		r.PostForm = url.Values{}
	}
}

// hurry gives a client little time to send its body, until what it returns is called.
func (s *Server) hurry(w http.ResponseWriter) func() {
	c := http.NewResponseController(w)
	if err := c.SetReadDeadline(time.Now().Add(bodyTime)); err != nil {
		return func() {}
	}
	return func() { _ = c.SetReadDeadline(time.Time{}) } // it went the first time
}

// login signs in by password and code. Whatever is wrong, the answer is the
// same, and takes as long.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	s.form(w, r)
	v := loginView{Login: r.PostFormValue("login"), Next: ownPath(r.PostFormValue("next")), Service: s.service()}
	if !s.tries.may(s.address(r)) {
		v.Trouble = "尝试过于频繁，请稍后再试"
		s.showStatus(w, http.StatusTooManyRequests, "login.html", v)
		return
	}
	a, err := s.prove(r.Context(), v.Login, r.PostFormValue("password"), r.PostFormValue("code"))
	if errors.Is(err, errWrong) {
		v.Trouble = fmt.Sprintf("账号、口令或动态码不正确。连续 %d 次不正确，账号锁定 %d 分钟。", people.MaxFailures, int(people.LockTime.Minutes()))
		s.showStatus(w, http.StatusUnauthorized, "login.html", v)
		return
	}
	if err == nil {
		err = s.signIn(r, a, "signin")
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, v.Next, http.StatusSeeOther)
}

// errWrong says that somebody is not who they say, or may not sign in now.
var errWrong = errors.New("login, password or code are wrong")

// prove finds the account of a login and proves that it is theirs. Each try is
// counted before it is looked at, so that trying in parallel gains nothing.
func (s *Server) prove(ctx context.Context, login, password, code string) (*store.Account, error) {
	a, err := s.Ledger.AccountByLogin(ctx, login)
	if errors.Is(err, store.ErrNotFound) {
		people.RightPassword(password, "")
		return nil, errors.Join(errWrong, s.Ledger.Record(ctx, store.Event{Name: "signin.unknown"}))
	}
	if err != nil {
		return nil, err
	}
	locked := false
	now := time.Now()
	a, err = s.Ledger.ChangeAccount(ctx, a.ID, "", func(a *store.Account) error {
		if locked = a.LockedUntil > now.UnixMilli(); locked {
			return nil
		}
		if a.LockedUntil > 0 {
			a.Failures, a.LockedUntil = 0, 0
		}
		if a.Failures++; a.Failures >= people.MaxFailures {
			a.LockedUntil = now.Add(people.LockTime).UnixMilli()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	right := people.RightPassword(password, a.Password) && !locked && !a.Disabled
	if !right {
		return nil, errors.Join(errWrong, s.Ledger.Record(ctx, failedSignIn(a, locked)))
	}
	// The code is used up in the same transaction that clears the failures.
	a, err = s.Ledger.ChangeAccount(ctx, a.ID, "", func(a *store.Account) error {
		if a.TOTP != "" {
			step, ok := people.RightCode(a.TOTP, code, a.TOTPStep, now)
			if !ok {
				return errWrong
			}
			a.TOTPStep = step
		}
		a.Failures, a.LockedUntil, a.SeenAt = 0, 0, now.UnixMilli()
		return nil
	})
	if errors.Is(err, errWrong) {
		return nil, errors.Join(errWrong, s.Ledger.Record(ctx, failedSignIn(a, locked)))
	}
	return a, err
}

func failedSignIn(a *store.Account, locked bool) store.Event {
	return store.Event{Name: "signin.failed", Subject: a.Login, Detail: struct {
		Failures int  `json:"failures"`
		Locked   bool `json:"locked"`
	}{a.Failures, locked || a.LockedUntil > 0}}
}

// signIn begins a session under a new token: one that was there before, by
// whoever it was put there, is worth nothing.
func (s *Server) signIn(r *http.Request, a *store.Account, event string) error {
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), "account", a.ID)
	s.sessions.Put(r.Context(), "epoch", epoch(a))
	in := visitor{Account: a, Name: a.Name, Role: people.Role(a.Role)}
	return s.Ledger.Record(s.as(r, in).Context(), store.Event{Name: event, Subject: a.Login}) //nolint:contextcheck // it is the request's
}

// logout ends the session, and has the browser forget the pictures it keeps.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if v := person(r); v.Signed() {
		if err := s.Ledger.Record(r.Context(), store.Event{Name: "signout", Subject: v.Account.Login}); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.broken(w, r, err)
		return
	}
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}
