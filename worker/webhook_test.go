package worker

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hequan/internal/store"
)

// TestReportsAreAnnouncedUntilSomebodyHears: the first answer is a failure, the
// second is heard; what is sent is signed.
func TestReportsAreAnnouncedUntilSomebodyHears(t *testing.T) {
	var mu sync.Mutex
	var ids []string
	heard := make(chan map[string]any, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		stamp, _, _ := strings.Cut(strings.TrimPrefix(r.Header.Get(SignatureHeader), "t="), ",")
		at, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil || r.Header.Get(SignatureHeader) != Sign("secret", at, body) || Sign("other", at, body) == Sign("secret", at, body) {
			t.Errorf("signature %q, %v", r.Header.Get(SignatureHeader), err)
		}
		var told map[string]any
		if err := json.Unmarshal(body, &told); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		ids = append(ids, told["id"].(string))
		if len(ids) == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		heard <- told
	}))
	defer server.Close()
	w := newWorker(t, t.TempDir(), embedded(t), newScripted())
	w.Hooks = Webhooks{Secret: "secret", AllowPrivate: true}
	w.Store.Webhooks = []string{server.URL}
	stop := run(t, w)
	defer stop()
	sum := finished(t, w, accept(t, w, "page"), 1)
	select {
	case told := <-heard:
		if told["event"] != "report.ready" || told["application"] != sum.ID || told["verdict"] != "pass" || told["run"] != 1.0 || ids[0] != ids[1] {
			t.Errorf("told %v, deliveries %v", told, ids)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("nobody was told")
	}
}

// TestPrivateAddressesAreNotTold: the report is made all the same, and the dead
// letter says why nobody was told.
func TestPrivateAddressesAreNotTold(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	w := newWorker(t, t.TempDir(), embedded(t), newScripted())
	w.Hooks, w.Store.Webhooks = Webhooks{Secret: "secret"}, []string{server.URL}
	stop := run(t, w)
	defer stop()
	finished(t, w, accept(t, w, "page"), 1)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		letters, err := w.Store.DeadLetters(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(letters) == 1 {
			if letters[0].Kind != store.KindWebhook || !strings.Contains(letters[0].Reason, "private network") || asked {
				t.Errorf("%+v, asked %v", letters[0], asked)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("letters %+v", letters)
		}
	}
}

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{"8.8.8.8": true, "2400:3200::1": true, "127.0.0.1": false, "10.0.0.1": false, "172.20.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "::1": false, "fe80::1": false, "fd00::1": false, "64:ff9b::7f00:1": false} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
}
