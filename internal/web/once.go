package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"hequan/internal/store"
)

// keyHeader names a request: the same key again gives the first answer again,
// and nothing is done twice.
const keyHeader = "Idempotency-Key"

// maxKeptAnswer bounds the answers that are kept; a longer one is given once.
const maxKeptAnswer = 1 << 20

// handler is the way a route is handled.
type handler = func(*Server, http.ResponseWriter, *http.Request)

// once gives the answer of a key again, for a day. Without a key nothing changes.
func once(next handler) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get(keyHeader)
		if key == "" {
			next(s, w, r)
			return
		}
		if len(key) > 200 {
			s.fail(w, r, http.StatusBadRequest, keyHeader+" 过长", "请使用不超过 200 字节的键")
			return
		}
		scope := scopeOf(r)
		before, err := s.Ledger.Begin(r.Context(), scope, key)
		switch {
		case err != nil:
			s.broken(w, r, err)
			return
		case before != nil && before.Status == 0:
			s.fail(w, r, http.StatusConflict, "同一个请求正在处理", "请稍后以同样的 "+keyHeader+" 重试")
			return
		case before != nil:
			if before.Location != "" {
				w.Header().Set("Location", before.Location)
			}
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("Idempotent-Replayed", "true")
			w.WriteHeader(before.Status)
			if _, err := w.Write([]byte(before.Body)); err != nil {
				s.Log.Debug("a client went away", "error", err)
			}
			return
		}
		kept := &keeper{ResponseWriter: w, status: http.StatusOK}
		a := store.Answer{Scope: scope, Key: key}
		defer func() { //nolint:contextcheck // the answer is kept even when the client went away; also after a panic: a key that nobody works on must not stay taken
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
			defer cancel()
			if err := s.Ledger.End(ctx, a); err != nil {
				s.Log.Warn("an answer was not kept for its key", "error", err)
			}
		}()
		next(s, kept, r)
		if kept.status < 500 && kept.body.Len() <= maxKeptAnswer {
			a.Status, a.Location, a.Body = kept.status, w.Header().Get("Location"), kept.body.String()
		}
	}
}

// scopeOf is who asks for what: keys of different people and of different
// requests never meet.
func scopeOf(r *http.Request) string {
	v := person(r)
	return strings.Join([]string{v.account(), v.Name, r.Method, r.URL.Path, r.URL.RawQuery}, " ")
}

// keeper passes an answer on and remembers it.
type keeper struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *keeper) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

func (k *keeper) Write(data []byte) (int, error) {
	if k.body.Len() <= maxKeptAnswer {
		k.body.Write(data)
	}
	return k.ResponseWriter.Write(data)
}

// Unwrap lets response controllers reach the writer below.
func (k *keeper) Unwrap() http.ResponseWriter { return k.ResponseWriter }
