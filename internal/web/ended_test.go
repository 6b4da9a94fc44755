package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestALivePageComesBack: who asks for news while the server ends is answered
// with an empty stream; browsers ask again after that, and after nothing else.
func TestALivePageComesBack(t *testing.T) {
	first, _ := site(t)
	ended, end := context.WithCancel(t.Context())
	end()
	s := &Server{Ledger: ledgerOf(first), Blobs: first.Blobs, Queue: first.Queue, Log: first.Log, Ended: ended, LocalOnly: true}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	resp, err := http.Get(server.URL + "/events")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/event-stream") {
		t.Errorf("%s %s", resp.Status, kind)
	}
}
