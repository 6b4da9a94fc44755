package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"hequan/internal/blob"
)

// away is a store of files that cannot be reached.
type away struct{ Blobs }

func (away) Put(io.Reader, int64) (blob.Info, error) {
	return blob.Info{}, fmt.Errorf("%w: 10.0.0.1", blob.ErrUnavailable)
}

func TestUploadsAreRefusedWhereThereIsNoRoom(t *testing.T) {
	s, server := site(t)
	for name, c := range map[string]struct {
		set    func()
		status int
		says   string
	}{
		"full disk": {func() {
			s.Room = func(context.Context) (int, string, string) {
				return http.StatusInsufficientStorage, "服务器磁盘空间不足（剩余 12 MB），暂不接收新的材料", "请联系管理员"
			}
		}, http.StatusInsufficientStorage, "剩余 12 MB"},
		"store away": {func() { s.Room, s.Blobs = nil, away{s.Blobs} }, http.StatusServiceUnavailable, "材料存储暂时无法访问"},
		"room":       {func() { s.Room = func(context.Context) (int, string, string) { return 0, "", "" } }, http.StatusAccepted, `"id"`},
	} {
		blobs := s.Blobs
		c.set()
		resp, err := http.Post(server.URL+"/api/applications?name=a.zip", "application/zip", strings.NewReader("PK"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != c.status || !strings.Contains(string(body), c.says) {
			t.Errorf("%s: %s %v\n%s", name, resp.Status, err, body)
		}
		if c.status != http.StatusAccepted {
			list, err := s.Ledger.OpenUploads(t.Context(), 10)
			if err != nil || len(list) > 1 {
				t.Errorf("%s: %v, %v", name, list, err)
			}
		}
		s.Blobs = blobs
	}
}
