package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"hequan/internal/store"
)

// Service is a sign-in service of the organisation (OpenID Connect). It proves
// who somebody is; who may do what stays with the accounts.
type Service struct {
	Name   string // as people know it
	issuer string
	oauth  oauth2.Config
	verify *oidc.IDTokenVerifier
}

// ServiceConfig is what the service calls us.
type ServiceConfig struct {
	Name, Issuer, Client, Secret string
	Redirect                     string // our address, of /oidc/callback
}

// OpenService asks the service how it works.
func OpenService(ctx context.Context, c ServiceConfig) (*Service, error) {
	provider, err := oidc.NewProvider(ctx, c.Issuer)
	if err != nil {
		return nil, fmt.Errorf("the sign-in service %s does not answer as one (is --oidc-issuer right, can it be reached from here?): %w", c.Issuer, err)
	}
	return &Service{Name: c.Name, issuer: c.Issuer, verify: provider.Verifier(&oidc.Config{ClientID: c.Client}),
		oauth: oauth2.Config{ClientID: c.Client, ClientSecret: c.Secret, Endpoint: provider.Endpoint(), RedirectURL: c.Redirect, Scopes: []string{oidc.ScopeOpenID}}}, nil
}

// Subject is how an identity of a service is kept with an account.
func Subject(issuer, subject string) string { return issuer + " " + subject }

// service is the name of the sign-in service, "" where there is none.
func (s *Server) service() string {
	if s.OIDC == nil {
		return ""
	}
	return s.OIDC.Name
}

// oidcStart sends the browser to the service. What comes back must fit to what
// its session keeps: state, nonce, and the secret of PKCE.
func (s *Server) oidcStart(w http.ResponseWriter, r *http.Request) {
	if s.OIDC == nil {
		s.nothing(w, r)
		return
	}
	state, nonce, secret := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		s.broken(w, r, err)
		return
	}
	s.sessions.Put(r.Context(), "state", state)
	s.sessions.Put(r.Context(), "nonce", nonce)
	s.sessions.Put(r.Context(), "pkce", secret)
	http.Redirect(w, r, s.OIDC.oauth.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(secret)), http.StatusSeeOther)
}

// oidcBack is where the service sends the browser to.
func (s *Server) oidcBack(w http.ResponseWriter, r *http.Request) {
	if s.OIDC == nil {
		s.nothing(w, r)
		return
	}
	if !s.tries.may(s.address(r)) {
		s.fail(w, r, http.StatusTooManyRequests, "尝试过于频繁", "请稍后再试")
		return
	}
	token, err := s.idToken(r)
	if err != nil {
		s.Log.Warn("a sign-in by the service failed", "error", err)
		s.fail(w, r, http.StatusBadRequest, "统一登录没有完成", "请返回登录页重试；如再次出现，请将服务日志交给管理员")
		return
	}
	a, err := s.Ledger.AccountBySubject(r.Context(), Subject(s.OIDC.issuer, token.Subject))
	if errors.Is(err, store.ErrNotFound) || err == nil && a.Disabled {
		if err := s.Ledger.Record(r.Context(), store.Event{Name: "signin.unknown", Subject: clip(token.Subject, 100)}); err != nil {
			s.broken(w, r, err)
			return
		}
		s.fail(w, r, http.StatusForbidden, "没有与您的身份绑定的账号", "请将此标识交给管理员绑定："+clip(token.Subject, 100))
		return
	}
	if err == nil {
		a, err = s.Ledger.ChangeAccount(r.Context(), a.ID, "", func(a *store.Account) error { a.SeenAt = time.Now().UnixMilli(); return nil })
	}
	if err == nil {
		err = s.signIn(r, a, "signin")
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// idToken proves that the answer belongs to this browser's question, and who it
// speaks of. What the session kept of the question is used up.
func (s *Server) idToken(r *http.Request) (*oidc.IDToken, error) {
	ctx := r.Context()
	state, nonce, secret := s.sessions.PopString(ctx, "state"), s.sessions.PopString(ctx, "nonce"), s.sessions.PopString(ctx, "pkce")
	q := r.URL.Query()
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(q.Get("state"))) != 1 {
		return nil, errors.New("the state is not that of this browser")
	}
	if told := q.Get("error"); told != "" {
		return nil, fmt.Errorf("the service says %q", clip(told, 200))
	}
	got, err := s.OIDC.oauth.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(secret))
	if err != nil {
		return nil, err
	}
	raw, ok := got.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("the service sent no id_token")
	}
	token, err := s.OIDC.verify.Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 {
		return nil, errors.New("the nonce is not that of this browser")
	}
	if token.Subject == "" || strings.ContainsAny(token.Subject, " \x00") {
		return nil, errors.New("the subject is empty or odd")
	}
	return token, nil
}

// errSubject says that one identity would be two people.
var errSubject = errors.New("the identity is that of another account already")

// Bind ties an identity of a sign-in service to an account; "" unties it.
func Bind(ctx context.Context, db interface {
	AccountBySubject(ctx context.Context, subject string) (*store.Account, error)
	ChangeAccount(ctx context.Context, id, what string, fn func(*store.Account) error) (*store.Account, error)
}, id, subject string) error {
	if other, err := db.AccountBySubject(ctx, subject); err == nil && other.ID != id {
		return errSubject
	} else if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	_, err := db.ChangeAccount(ctx, id, "account.bind", func(a *store.Account) error {
		a.Subject, a.Setup, a.SetupUntil = subject, "", 0
		a.Epoch++
		return nil
	})
	return err
}
