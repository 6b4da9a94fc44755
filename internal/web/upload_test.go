package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// silent is a queue that is never heard: the store must be enough.
type silent struct{ told []store.Task }

func (q *silent) Enqueue(_ context.Context, t store.Task, _ time.Duration) error {
	q.told = append(q.told, t)
	return context.DeadlineExceeded
}
func (q *silent) Ping(context.Context) error { return context.DeadlineExceeded }

// site makes a server on a real store and real blobs.
func site(t testing.TB) (*Server, *httptest.Server) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Ledger: db, Blobs: blobs, Queue: &silent{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Sessions: store.Sessions{Store: db}, LocalOnly: true, MaxBytes: 4000, MaxFiles: 5}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() { server.Close(); db.Close() })
	return s, server
}

// ledgerOf is the database below what visitors see of it.
func ledgerOf(s *Server) *store.Store {
	if w, ok := s.Ledger.(within); ok {
		return w.Ledger.(*store.Store)
	}
	return s.Ledger.(*store.Store)
}

// part is one file of an upload.
type part struct{ name, content string }

func form(t *testing.T, parts ...part) (media string, body *bytes.Buffer) {
	t.Helper()
	body = new(bytes.Buffer)
	w := multipart.NewWriter(body)
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="file"; filename="`+p.name+`"`)
		f, err := w.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, p.content)
	}
	w.Close()
	return w.FormDataContentType(), body
}

func TestUploadKeepsPathsAndSurvivesADeadQueue(t *testing.T) {
	s, server := site(t)
	media, body := form(t, part{"2026H1-0017/6-合同.pdf", "contract"}, part{`2026H1-0017\附件\a.pdf`, "annex"}, part{"2026H1-0017/.DS_Store", "x"})
	resp, err := http.Post(server.URL+"/api/applications", media, body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var up uploadView
	if err := json.NewDecoder(resp.Body).Decode(&up); err != nil || resp.StatusCode != http.StatusAccepted || up.Name != "2026H1-0017" {
		t.Fatalf("%s %+v %v", resp.Status, up, err)
	}
	files, err := ledgerOf(s).UploadFiles(t.Context(), up.ID)
	if err != nil || len(files) != 2 || files[0].Name != "2026H1-0017/6-合同.pdf" || files[1].Name != "2026H1-0017/附件/a.pdf" {
		t.Fatalf("%+v, %v", files, err)
	}
	if data, err := s.Blobs.Get(files[0].SHA256); err != nil || string(data) != "contract" {
		t.Errorf("kept as %q, %v", data, err)
	}
	due, err := ledgerOf(s).Due(t.Context(), 10)
	if err != nil || len(due) != 1 || due[0].ID != up.ID {
		t.Errorf("due without the queue: %+v, %v", due, err)
	}
}

func TestUploadsThatAreRefused(t *testing.T) {
	s, server := site(t)
	long := strings.Repeat("长", 100) + ".pdf"
	for name, c := range map[string]struct {
		parts  []part
		status int
		says   string
	}{
		"nothing":         {nil, http.StatusBadRequest, "没有收到文件"},
		"only by-product": {[]part{{"a/Thumbs.db", "x"}}, http.StatusBadRequest, "没有收到文件"},
		"leads outside":   {[]part{{"../../etc/passwd", "x"}}, http.StatusBadRequest, "文件名不能使用"},
		"too long a name": {[]part{{long, "x"}}, http.StatusBadRequest, "文件名不能使用"},
		"same name twice": {[]part{{"a/1.pdf", "x"}, {"a/./1.pdf", "y"}}, http.StatusBadRequest, "同名"},
		"too many":        {[]part{{"1", ""}, {"2", ""}, {"3", ""}, {"4", ""}, {"5", ""}, {"6", ""}}, http.StatusRequestEntityTooLarge, "5 个文件"},
		"too large":       {[]part{{"1.pdf", strings.Repeat("x", 5000)}}, http.StatusRequestEntityTooLarge, "超过"},
	} {
		t.Run(name, func(t *testing.T) {
			media, body := form(t, c.parts...)
			told(t, server, media, body, c.status, c.says)
		})
	}
	t.Run("cut off", func(t *testing.T) {
		media, body := form(t, part{"1.pdf", "content"})
		body.Truncate(body.Len() - 30)
		told(t, server, media, body, http.StatusBadRequest, "上传中断")
	})
	t.Run("no multipart at all", func(t *testing.T) {
		told(t, server, "multipart/form-data", strings.NewReader("x"), http.StatusBadRequest, "格式不正确")
	})
	if ups, err := s.Ledger.OpenUploads(t.Context(), 10); err != nil || len(ups) != 0 {
		t.Errorf("refused uploads were recorded: %+v, %v", ups, err)
	}
}

// told posts and expects a refusal that says what is wrong and how to mend it.
func told(t *testing.T, server *httptest.Server, media string, body io.Reader, status int, says string) {
	t.Helper()
	resp, err := http.Post(server.URL+"/api/applications", media, body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got trouble
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != status || !strings.Contains(got.Error, says) || got.Remedy == "" {
		t.Errorf("%s %+v, want %d with %q and a remedy", resp.Status, got, status, says)
	}
}

func TestHealthTellsOfADeadQueue(t *testing.T) {
	_, server := site(t)
	resp, err := http.Get(server.URL + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), `"queue": "unreachable"`) || !strings.Contains(string(body), `"database": "ok"`) {
		t.Errorf("%s %s %v", resp.Status, body, err)
	}
}
