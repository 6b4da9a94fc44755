package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestUploadRaces: many send the same piece of a file at once, then finish it at
// once under one key. One piece is taken as a whole, one upload is recorded.
func TestUploadRaces(t *testing.T) {
	s, server := site(t)
	s.Transfers = t.TempDir()
	do := func(method, path, key string, body []byte) (int, []byte) {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, bytes.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0, nil
		}
		if key != "" {
			req.Header.Set(keyHeader, key)
		}
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return 0, nil
		}
		defer resp.Body.Close()
		var out bytes.Buffer
		if _, err := out.ReadFrom(resp.Body); err != nil {
			t.Error(err)
		}
		return resp.StatusCode, out.Bytes()
	}
	status, answer := do("POST", "/api/transfers", "", []byte(`{"bytes": 1000}`))
	var begun struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answer, &begun); err != nil || status != http.StatusCreated || begun.ID == "" {
		t.Fatalf("%d %s", status, answer)
	}
	const n = 8
	together := func(each func(i int) int) map[int]int {
		var mu sync.Mutex
		var wait sync.WaitGroup
		count := map[int]int{}
		for i := range n {
			wait.Go(func() {
				status := each(i)
				mu.Lock()
				defer mu.Unlock()
				count[status]++
			})
		}
		wait.Wait()
		return count
	}
	got := together(func(i int) int {
		status, _ := do("PUT", "/api/transfers/"+begun.ID+"?offset=0", "", bytes.Repeat([]byte{byte('a' + i)}, 1000))
		return status
	})
	if got[http.StatusOK] != 1 || got[http.StatusConflict] != n-1 {
		t.Errorf("the same piece by %d: %v", n, got)
	}
	got = together(func(int) int {
		status, _ := do("POST", "/api/transfers/finish", "once", fmt.Appendf(nil, `{"files": [{"transfer": %q, "name": "x/a.pdf"}]}`, begun.ID))
		return status
	})
	if got[http.StatusAccepted] < 1 || got[http.StatusAccepted]+got[http.StatusConflict] != n {
		t.Errorf("finished by %d: %v", n, got)
	}
	ups, err := ledgerOf(s).OpenUploads(t.Context(), 10)
	if err != nil || len(ups) != 1 {
		t.Fatalf("%d uploads, %v", len(ups), err)
	}
	files, err := ledgerOf(s).UploadFiles(t.Context(), ups[0].ID)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	content, err := s.Blobs.Get(files[0].SHA256)
	if err != nil || len(content) != 1000 || strings.Trim(string(content), string(content[:1])) != "" {
		t.Errorf("pieces were mixed: %d bytes, %v", len(content), err)
	}
}
