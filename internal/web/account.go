package web

import (
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"hequan/internal/people"
	"hequan/internal/store"
)

// setupUntil is when a one-time link made now ends.
func setupUntil() int64 { return time.Now().Add(people.LinkTime).UnixMilli() }

// accountView is a person's own page.
type accountView struct {
	Person    visitor
	Login     string
	Second    bool // has a second factor
	Tokens    []tokenView
	NewToken  string // shown once
	Trouble   string
	Done      string
	Passwords bool // signs in by password
}

type tokenView struct{ ID, Label, Created, Used, Until string }

// own is the account of the signed-in person; a page for those without is
// answered with the list.
func (s *Server) own(w http.ResponseWriter, r *http.Request) (*store.Account, bool) {
	v := person(r)
	if v.Account == nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
	return v.Account, v.Account != nil
}

func (s *Server) accountPage(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.own(w, r); ok {
		s.showAccount(w, r, http.StatusOK, accountView{})
	}
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request, status int, v accountView) {
	a := person(r).Account
	v.Person, v.Login, v.Second, v.Passwords = person(r), a.Login, a.TOTP != "", a.Password != ""
	tokens, err := s.Ledger.Tokens(r.Context(), a.ID)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, t := range tokens {
		view := tokenView{t.ID, t.Label, deskTime(t.CreatedAt), "从未使用", deskTime(t.ExpiresAt)}
		if t.UsedAt > 0 {
			view.Used = deskTime(t.UsedAt)
		}
		v.Tokens = append(v.Tokens, view)
	}
	s.showStatus(w, status, "account.html", v)
}

// again proves once more who sits there, before something that outlives the session.
func (s *Server) again(w http.ResponseWriter, r *http.Request) (*store.Account, bool) {
	a, ok := s.own(w, r)
	if !ok {
		return nil, false
	}
	s.form(w, r)
	if a.Password == "" {
		return a, true // the sign-in service proved it
	}
	if !s.tries.may(s.address(r)) || !people.RightPassword(r.PostFormValue("current"), a.Password) {
		s.showAccount(w, r, http.StatusBadRequest, accountView{Trouble: "当前口令不正确，或尝试过于频繁"})
		return nil, false
	}
	return a, true
}

// changePassword ends every other session.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) {
	a, ok := s.again(w, r)
	if !ok {
		return
	}
	hash, err := newPassword(r, a.Login, a.Name)
	if err != nil {
		s.showAccount(w, r, http.StatusBadRequest, accountView{Trouble: err.Error()})
		return
	}
	a, err = s.Ledger.ChangeAccount(r.Context(), a.ID, "account.password", func(a *store.Account) error {
		a.Password = hash
		a.Epoch++
		return nil
	})
	if err == nil {
		err = s.signIn(r, a, "signin")
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.showAccount(w, r, http.StatusOK, accountView{Done: "口令已修改，其他设备上的登录已失效"})
}

// secondView is the page on which the second factor is set up.
type secondView struct {
	Person  visitor
	QR      template.URL
	Secret  string
	Must    bool
	Trouble string
}

// secondPage shows a new secret. It counts only once a code of it was typed.
func (s *Server) secondPage(w http.ResponseWriter, r *http.Request) {
	a, ok := s.own(w, r)
	if !ok {
		return
	}
	if a.TOTP != "" {
		http.Redirect(w, r, "/account", http.StatusSeeOther)
		return
	}
	s.showSecond(w, r, http.StatusOK, "")
}

func (s *Server) showSecond(w http.ResponseWriter, r *http.Request, status int, trouble string) {
	a := person(r).Account
	secret, address, err := people.NewTOTP(a.Login)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	png, err := qrcode.Encode(address, qrcode.Medium, 220)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.sessions.Put(r.Context(), "secret", secret)
	picture := template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)) // made above
	s.showStatus(w, status, "second.html", secondView{person(r), picture, secret, s.mustEnrol(a), trouble})
}

func (s *Server) second(w http.ResponseWriter, r *http.Request) {
	a, ok := s.own(w, r)
	if !ok {
		return
	}
	s.form(w, r)
	secret := s.sessions.GetString(r.Context(), "secret")
	step, right := people.RightCode(secret, r.PostFormValue("code"), 0, time.Now())
	if secret == "" || a.TOTP != "" || !right || !s.tries.may(s.address(r)) {
		s.showSecond(w, r, http.StatusBadRequest, "动态码不正确，请用新的二维码重新添加")
		return
	}
	_, err := s.Ledger.ChangeAccount(r.Context(), a.ID, "account.second", func(a *store.Account) error {
		a.TOTP, a.TOTPStep = secret, step
		return nil
	})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.sessions.Remove(r.Context(), "secret")
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// tokenTime is how long a token holds.
const tokenTime = 90 * 24 * time.Hour

// addToken makes a token and shows it, once.
func (s *Server) addToken(w http.ResponseWriter, r *http.Request) {
	a, ok := s.again(w, r)
	if !ok {
		return
	}
	label := strings.TrimSpace(r.PostFormValue("label"))
	if !properName(label) {
		s.showAccount(w, r, http.StatusBadRequest, accountView{Trouble: "请写明令牌的用途，1 至 30 个字"})
		return
	}
	token := people.NewToken()
	err := s.Ledger.AddToken(r.Context(), store.Token{AccountID: a.ID, Label: label, Hash: people.HashSecret(token), ExpiresAt: time.Now().Add(tokenTime).UnixMilli()})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.showAccount(w, r, http.StatusOK, accountView{NewToken: token})
}

func (s *Server) revokeToken(w http.ResponseWriter, r *http.Request) {
	a, ok := s.own(w, r)
	if !ok {
		return
	}
	if err := s.Ledger.RevokeToken(r.Context(), a.ID, r.PathValue("id")); err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, "/account", http.StatusSeeOther)
}

// accountsView is the page of 管理.
type accountsView struct {
	Person   visitor
	Accounts []accountRow
	Roles    []people.Role
	Link     string // one-time link of the account just made or reset
	For      string
	Trouble  string
}

type accountRow struct {
	ID, Login, Name, Role, Seen, State string
	Second, Disabled, Self, Limited    bool
}

func (s *Server) accountsPage(w http.ResponseWriter, r *http.Request) {
	s.showAccounts(w, r, http.StatusOK, accountsView{})
}

func (s *Server) showAccounts(w http.ResponseWriter, r *http.Request, status int, v accountsView) {
	rows, err := s.Ledger.Accounts(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Person, v.Roles = person(r), people.Roles
	now := time.Now().UnixMilli()
	for i := range rows {
		a := &rows[i]
		row := accountRow{ID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, Second: a.TOTP != "", Disabled: a.Disabled, Self: a.ID == v.Person.account(), Limited: a.Limited, State: AccountState(a, now)}
		if a.SeenAt > 0 {
			row.Seen = deskTime(a.SeenAt)
		}
		v.Accounts = append(v.Accounts, row)
	}
	s.showStatus(w, status, "accounts.html", v)
}

// AccountState is what an account is, in the staff's words; now in milliseconds.
func AccountState(a *store.Account, now int64) string {
	switch {
	case a.Disabled:
		return "已停用"
	case a.LockedUntil > now:
		return "锁定中"
	case a.Setup != "" && a.SetupUntil > now:
		return "待设置"
	case a.Password == "" && a.Subject == "":
		return "链接已过期"
	}
	return "正常"
}

// addAccount makes an account and its one-time link.
func (s *Server) addAccount(w http.ResponseWriter, r *http.Request) {
	s.form(w, r)
	login, name, role := strings.TrimSpace(r.PostFormValue("login")), strings.TrimSpace(r.PostFormValue("name")), people.Role(r.PostFormValue("role"))
	if err := ProperAccount(login, name, role); err != nil {
		s.showAccounts(w, r, http.StatusBadRequest, accountsView{Trouble: err.Error()})
		return
	}
	link := people.NewLink()
	_, err := s.Ledger.AddAccount(r.Context(), store.Account{Login: login, Name: name, Role: string(role), Limited: r.PostFormValue("limited") != "", Setup: people.HashSecret(link), SetupUntil: setupUntil()})
	if errors.Is(err, store.ErrTaken) {
		s.showAccounts(w, r, http.StatusConflict, accountsView{Trouble: "已有同名账号“" + login + "”"})
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.showAccounts(w, r, http.StatusOK, accountsView{Link: s.here(r) + "/setup?token=" + link, For: name})
}

// changeAccount resets, disables or enables an account, or gives it another role.
func (s *Server) changeAccount(w http.ResponseWriter, r *http.Request) {
	s.form(w, r)
	id, what, link := r.PathValue("id"), r.PathValue("what"), ""
	if id == person(r).account() {
		s.showAccounts(w, r, http.StatusConflict, accountsView{Trouble: "不能更改自己的账号，请由另一位管理员办理"})
		return
	}
	var change func(*store.Account) error
	switch what {
	case "reset":
		link = people.NewLink()
		change = func(a *store.Account) error { Reset(a, link); return nil }
	case "disable", "enable":
		change = func(a *store.Account) error { a.Disabled = what == "disable"; a.Epoch++; return nil }
	case "role":
		role := people.Role(r.PostFormValue("role"))
		if !role.May(people.Signed) {
			s.nothing(w, r)
			return
		}
		change = func(a *store.Account) error { a.Role = string(role); a.Epoch++; return nil }
	default:
		s.nothing(w, r)
		return
	}
	a, err := s.Ledger.ChangeAccount(r.Context(), id, "account."+what, change)
	if errors.Is(err, store.ErrLastAdmin) {
		s.showAccounts(w, r, http.StatusConflict, accountsView{Trouble: "这是最后一个管理账号"})
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v := accountsView{}
	if link != "" {
		v.Link, v.For = s.here(r)+"/setup?token="+link, a.Name
	}
	s.showAccounts(w, r, http.StatusOK, v)
}

// here is the address under which the request came.
func (s *Server) here(r *http.Request) string {
	if s.HTTPS {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Reset takes password and second factor off an account, ends its sessions, and
// gives it a one-time link.
func Reset(a *store.Account, link string) {
	a.Password, a.TOTP, a.TOTPStep, a.Failures, a.LockedUntil = "", "", 0, 0, 0
	a.Setup, a.SetupUntil = people.HashSecret(link), setupUntil()
	a.Epoch++
}
