package web

import (
	"crypto/sha256"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"

	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAFileComesInPieces: a piece that breaks off is kept as far as it came, one
// for another place is refused, and the upload has the file whole.
func TestAFileComesInPieces(t *testing.T) {
	s, server := site(t)
	s.Transfers = t.TempDir()
	ask := func(method, path string, body io.Reader, want int) transferView {
		t.Helper()
		req, err := http.NewRequest(method, server.URL+path, body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s %s: %s %s %v, want %d", method, path, resp.Status, data, err, want)
		}
		var v transferView
		if err := json.Unmarshal(data, &v); err != nil {
			t.Error(err)
		}
		return v
	}
	ask("POST", "/api/transfers", strings.NewReader(`{"bytes": 100000}`), http.StatusRequestEntityTooLarge) // more than the site takes
	a := ask("POST", "/api/transfers", strings.NewReader(`{"bytes": 10}`), http.StatusCreated)
	at := "/api/transfers/" + a.ID
	if v := ask("PUT", at+"?offset=0", strings.NewReader("0123"), http.StatusOK); v.Offset != 4 {
		t.Errorf("%+v", v)
	}
	if v := ask("PUT", at+"?offset=2", strings.NewReader("xx"), http.StatusConflict); v.Offset != 4 {
		t.Errorf("a piece for another place: %+v", v)
	}
	ask("PUT", at+"?offset=4", strings.NewReader("456789 and more"), http.StatusRequestEntityTooLarge)
	finish := fmt.Sprintf(`{"files": [{"transfer": %q, "name": "2026H1-0017/7.pdf"}]}`, a.ID)
	ask("POST", "/api/transfers/finish", strings.NewReader(finish), http.StatusConflict)
	broken, err := http.NewRequest("PUT", server.URL+at+"?offset=4", io.MultiReader(strings.NewReader("45"), breaks{}))
	if err != nil {
		t.Fatal(err)
	}
	broken.ContentLength = 6
	if resp, err := http.DefaultClient.Do(broken); err == nil {
		resp.Body.Close()
		t.Error("the connection did not break")
	}
	var v transferView
	for range 200 { // the server learns of it a moment later
		if v = ask("GET", at, nil, http.StatusOK); v.Offset == 6 {
			break
		}
	}
	if v = ask("PUT", at+"?offset=6", strings.NewReader("6789"), http.StatusOK); v.Offset != 10 {
		t.Errorf("%+v", v)
	}
	ask("POST", "/api/transfers/finish", strings.NewReader(strings.Replace(finish, "2026H1-0017/", "../", 1)), http.StatusBadRequest)
	ask("POST", "/api/transfers/finish", strings.NewReader(finish), http.StatusAccepted)
	ups, err := s.Ledger.OpenUploads(t.Context(), 10)
	if err != nil || len(ups) != 1 || ups[0].Name != "2026H1-0017" || ups[0].Bytes != 10 {
		t.Fatalf("%+v, %v", ups, err)
	}
	files, err := ledgerOf(s).UploadFiles(t.Context(), ups[0].ID)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if data, err := s.Blobs.Get(files[0].SHA256); err != nil || !bytes.Equal(data, []byte("0123456789")) {
		t.Errorf("%q, %v", data, err)
	}
	b := ask("POST", "/api/transfers", strings.NewReader(`{"bytes": 10}`), http.StatusCreated)
	ask("DELETE", "/api/transfers/"+b.ID, nil, http.StatusOK)
	for _, id := range []string{b.ID, "..%2f..%2fetc%2fpasswd", "none"} {
		ask("GET", "/api/transfers/"+id, nil, http.StatusNotFound)
	}
	if left, err := os.ReadDir(s.Transfers); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// breaks is a body whose connection breaks.
type breaks struct{}

func (breaks) Read([]byte) (int, error) { return 0, errors.New("the cable was pulled") }

// TestALargeUploadSurvivesABrokenConnection chooses a large file on the page;
// the connection of a piece breaks, and the page goes on by itself.
func TestALargeUploadSurvivesABrokenConnection(t *testing.T) {
	s, _ := site(t)
	s.Transfers, s.MaxBytes = t.TempDir(), 1<<30
	handler := s.Handler()
	var pieces atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && pieces.Add(1) == 2 {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			conn.Close()
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)                                     // after the browser, whose stream would hold it
	content := bytes.Repeat([]byte("0123456789abcdef"), 18<<16) // 18 MiB
	path := filepath.Join(t.TempDir(), "window.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, server.URL)
	b.do(t, chromedp.Navigate(server.URL+"/"), chromedp.WaitReady(chromedp.CSS("#files")), chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{path}), chromedp.WaitVisible(chromedp.CSS("#rows tr.incoming")))
	ups, err := s.Ledger.OpenUploads(t.Context(), 10)
	if err != nil || len(ups) != 1 || ups[0].Bytes != int64(len(content)) {
		t.Fatalf("%+v, %v", ups, err)
	}
	files, err := ledgerOf(s).UploadFiles(t.Context(), ups[0].ID)
	if err != nil || len(files) != 1 || files[0].SHA256 != fmt.Sprintf("%x", sha256.Sum256(content)) {
		t.Errorf("%+v, %v", files, err)
	}
	if n := pieces.Load(); n != 6 { // five, and one again
		t.Errorf("%d pieces were sent", n)
	}
}
