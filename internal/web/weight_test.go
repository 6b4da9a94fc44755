package web

import (
	"io"
	"net/http"
	"testing"
)

// TestPagesAreLight: a window of 200 applications with 60 findings each; what a
// page sends grows with what it shows, not with the window.
func TestPagesAreLight(t *testing.T) {
	server, app := office(t)
	for path, most := range map[string]int{"/": 100 << 10, "/applications/" + app: 350 << 10, "/overview": 40 << 10, "/api/applications/" + app: 4 << 10} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatal(resp.Status, err)
		}
		if len(data) > most {
			t.Errorf("%s: %d bytes, at most %d", path, len(data), most)
		}
		t.Logf("%s: %d bytes", path, len(data))
	}
}
