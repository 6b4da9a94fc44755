package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"syscall"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// trouble is an error as clients see it: what failed and how to mend it.
type trouble struct {
	Error  string `json:"error"`
	Remedy string `json:"remedy,omitempty"`
}

// fail answers with an error: JSON to programs, a page to people.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, what, remedy string) {
	if strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		s.writeJSON(w, status, trouble{what, remedy})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := templates.ExecuteTemplate(w, "error.html", trouble{what, remedy}); err != nil {
		s.Log.Warn("a page could not be written", "error", err)
	}
}

// broken answers for an error of the store: not found, or trouble of our own.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case r.Context().Err() != nil: // the client went away
	case errors.Is(err, store.ErrNotFound):
		s.fail(w, r, http.StatusNotFound, "没有找到", "可能已被移除，请返回列表")
	case store.Busy(err):
		s.Log.Warn("the database was busy for too long", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusServiceUnavailable, "数据库繁忙", "请稍后再试")
	case store.Unreachable(err):
		s.Log.Error("the database is unreachable", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusServiceUnavailable, "数据库暂时无法访问，本次操作未完成", "请稍后重试；如持续出现，请联系管理员")
	case errors.Is(err, blob.ErrUnavailable):
		s.Log.Error("the store of files is unreachable", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusServiceUnavailable, "材料存储暂时无法访问，本次内容未接收", "请稍后重新上传；如持续出现，请联系管理员")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		s.Log.Error("the disk is full", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusInsufficientStorage, "服务器磁盘空间不足，本次内容未接收", "请联系管理员清理数据目录所在的磁盘，然后重新上传")
	default:
		s.Log.Error("a request failed", "path", r.URL.Path, "error", err)
		s.fail(w, r, http.StatusInternalServerError, "服务器内部出错", "请重试；如再次出现，请将服务日志交给管理员")
	}
}

func (s *Server) nothing(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, http.StatusNotFound, "没有这个页面", "地址可能有误，或该记录已不存在")
}

func (s *Server) writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		s.Log.Debug("a client went away", "error", err)
	}
}
