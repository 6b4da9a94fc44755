package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"hequan"
	"hequan/internal/store"
)

// personCookie holds the name under which a browser's decisions are kept while
// there are no accounts. It is what the person says, not proof of who it is.
const personCookie = "hequan_person"

// maxName is the length of a person's name in characters.
const maxName = 30

// typed is the name that was typed at the browser; "" before one was given.
func typed(r *http.Request) string {
	c, err := r.Cookie(personCookie)
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(c.Value)
	if err != nil || !properName(name) {
		return ""
	}
	return name
}

func properName(name string) bool {
	return name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxName && strings.TrimSpace(name) == name && !strings.ContainsFunc(name, unicode.IsControl)
}

// apiPerson takes the name of who sits at the browser: {"name": "…"}.
func (s *Server) apiPerson(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name string `json:"name"`
	}
	if person(r).Signed() {
		s.fail(w, r, http.StatusConflict, "已登录，姓名以账号为准", "如需更改，请联系管理员")
		return
	}
	if !s.body(w, r, &in) {
		return
	}
	in.Name = strings.TrimSpace(in.Name)
	if !properName(in.Name) {
		s.fail(w, r, http.StatusBadRequest, "姓名不能使用", "请填写 1 至 30 个字的姓名")
		return
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // the page of one machine is served without TLS; the name is no secret
		Name: personCookie, Value: url.QueryEscape(in.Name), Path: "/", MaxAge: 180 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	s.writeJSON(w, http.StatusOK, in)
}

// named is the name that a change is kept under; without one the request is
// refused, and the page asks for it.
func (s *Server) named(w http.ResponseWriter, r *http.Request) (string, bool) {
	name := person(r).Name
	if name == "" {
		s.fail(w, r, http.StatusPreconditionRequired, "还没有填写经办人", "请先在页面右上角填写您的姓名，决定和更正会记在该姓名下")
	}
	return name, name != ""
}

// maxBody bounds what a page sends as JSON.
const maxBody = 1 << 20

// body reads a request's JSON; a refusal is answered and false returned. The
// media type is asked for, because other sites' forms cannot send it.
func (s *Server) body(w http.ResponseWriter, r *http.Request, into any) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		s.fail(w, r, http.StatusUnsupportedMediaType, "请求的格式不正确", "请以 application/json 提交")
		return false
	}
	defer s.hurry(w)()
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	dec.DisallowUnknownFields()
	err = dec.Decode(into)
	if err == nil && dec.Decode(&struct{}{}) != io.EOF {
		err = errors.New("more than one value")
	}
	if err != nil {
		s.Log.Info("a request was not understood", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusBadRequest, "请求的内容不正确", "请刷新页面后重试")
		return false
	}
	return true
}

// acting reads what a person does to an application: who it is, the request's
// JSON, and the latest run that it is about; a refusal is answered and false
// returned.
func (s *Server) acting(w http.ResponseWriter, r *http.Request, into any) (who string, run *store.Run, report *hequan.Report, ok bool) {
	if who, ok = s.named(w, r); !ok || !s.body(w, r, into) {
		return "", nil, nil, false
	}
	run, report, err := s.latest(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return "", nil, nil, false
	}
	return who, run, report, true
}
