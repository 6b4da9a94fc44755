package web

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hequan/internal/people"
	"hequan/internal/store"
)

// setupView is the page behind a one-time link: the password of an account, or
// the first account.
type setupView struct {
	Token       string
	First       bool
	Login, Name string
	Trouble     string
}

// FirstLink makes the link by which the first account is set up, while there
// is none. It holds as long as the process; a new one ends the old.
func (s *Server) FirstLink() string {
	token := people.NewLink()
	hash := people.HashSecret(token)
	s.first.Store(&hash)
	return "/setup?token=" + token
}

// isFirst says whether a token is that of the first account.
func (s *Server) isFirst(r *http.Request, token string) (bool, error) {
	hash := s.first.Load()
	if hash == nil || subtle.ConstantTimeCompare([]byte(*hash), []byte(people.HashSecret(token))) != 1 {
		return false, nil
	}
	has, err := s.settled(r.Context())
	return !has && err == nil, err
}

// setupOf finds what a one-time link is for.
func (s *Server) setupOf(r *http.Request, token string) (*setupView, *store.Account, error) {
	first, err := s.isFirst(r, token)
	if err != nil {
		return nil, nil, err
	}
	if first {
		return &setupView{Token: token, First: true}, nil, nil
	}
	a, err := s.Ledger.AccountBySetup(r.Context(), people.HashSecret(token))
	if err != nil {
		return nil, nil, err
	}
	return &setupView{Token: token, Login: a.Login, Name: a.Name}, a, nil
}

func (s *Server) setupPage(w http.ResponseWriter, r *http.Request) {
	v, _, err := s.setupOf(r, r.URL.Query().Get("token"))
	if err != nil {
		s.noSuchLink(w, r, err)
		return
	}
	s.show(w, "setup.html", v)
}

func (s *Server) noSuchLink(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, store.ErrNotFound) {
		s.fail(w, r, http.StatusNotFound, "链接无效或已过期", "每个链接只能使用一次；请向管理员索取新的链接")
		return
	}
	s.broken(w, r, err)
}

// setup sets the password of an account by its one-time link, and signs in.
func (s *Server) setup(w http.ResponseWriter, r *http.Request) {
	s.form(w, r)
	if !s.tries.may(s.address(r)) {
		s.fail(w, r, http.StatusTooManyRequests, "尝试过于频繁", "请稍后再试")
		return
	}
	v, a, err := s.setupOf(r, r.PostFormValue("token"))
	if err != nil {
		s.noSuchLink(w, r, err)
		return
	}
	if v.First {
		v.Login, v.Name = strings.TrimSpace(r.PostFormValue("login")), strings.TrimSpace(r.PostFormValue("name"))
	}
	hash, err := newPassword(r, v.Login, v.Name)
	if err == nil {
		err = ProperAccount(v.Login, v.Name, people.Admin)
	}
	if err != nil {
		v.Trouble = err.Error()
		s.showStatus(w, http.StatusBadRequest, "setup.html", v)
		return
	}
	if a, err = s.takeLink(r, v, a, hash); err == nil {
		err = s.signIn(r, a, "signin")
	}
	if err != nil {
		s.noSuchLink(w, r, err)
		return
	}
	http.Redirect(w, r, "/account/second", http.StatusSeeOther)
}

// takeLink uses a link up. Only one of two that come at once gets it.
func (s *Server) takeLink(r *http.Request, v *setupView, a *store.Account, hash string) (*store.Account, error) {
	token := people.HashSecret(v.Token)
	if v.First {
		if !s.first.CompareAndSwap(s.first.Load(), nil) {
			return nil, store.ErrNotFound
		}
		var err error
		if a, err = s.Ledger.AddAccount(r.Context(), store.Account{Login: v.Login, Name: v.Name, Role: string(people.Admin), Setup: token, SetupUntil: setupUntil()}); err != nil {
			return nil, err
		}
	}
	return s.Ledger.ChangeAccount(r.Context(), a.ID, "account.setup", func(a *store.Account) error {
		if a.Setup != token {
			return store.ErrNotFound
		}
		a.Password, a.Setup, a.SetupUntil, a.Failures, a.LockedUntil, a.SeenAt = hash, "", 0, 0, 0, time.Now().UnixMilli()
		a.Epoch++
		return nil
	})
}

// newPassword reads a password that was typed twice and returns its hash.
func newPassword(r *http.Request, login, name string) (string, error) {
	password := r.PostFormValue("password")
	if password != r.PostFormValue("again") {
		return "", errors.New("两次输入的口令不同")
	}
	if err := people.CheckPassword(password, login, name); err != nil {
		return "", err
	}
	return people.HashPassword(password)
}

// maxLogin is the length of a login in characters.
const maxLogin = 64

// ProperAccount says in Chinese what is wrong with a login, a name or a role.
func ProperAccount(login, name string, role people.Role) error {
	bad := func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }
	switch {
	case login == "" || utf8.RuneCountInString(login) > maxLogin || !utf8.ValidString(login) || strings.ContainsFunc(login, bad):
		return errors.New("账号为 1 至 64 个字符，不含空格")
	case !properName(name):
		return errors.New("姓名为 1 至 30 个字")
	case !role.May(people.Signed):
		return errors.New("角色为 初审、复核、管理 或 审计")
	}
	return nil
}
