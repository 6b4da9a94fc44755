package worker

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"hequan/internal/store"
)

// Webhooks says how other programs are told of reports.
type Webhooks struct {
	Secret       string // signs what is sent
	AllowPrivate bool   // also to addresses of this machine and of private networks

	client *http.Client
}

// SignatureHeader bears the time of sending and the signature: t=SECONDS,v1=HEX,
// the HMAC-SHA256 under the secret of the time, a dot and the body.
const SignatureHeader = "Hequan-Signature"

// Sign is the value of the header for a body sent at a time (Unix seconds).
func Sign(secret string, at int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.", at)
	mac.Write(body)
	return fmt.Sprintf("t=%d,v1=%s", at, hex.EncodeToString(mac.Sum(nil)))
}

// ready is what is sent when a report is ready.
type ready struct {
	Event       string `json:"event"` // report.ready
	ID          string `json:"id"`    // of the delivery: the same when it is tried again
	Application string `json:"application"`
	Name        string `json:"name"`
	Run         int    `json:"run"`
	Verdict     string `json:"verdict"`
	At          string `json:"at"` // when the report was made, RFC 3339, UTC
}

// announce handles webhook:deliver: it tells an address of a report. An answer
// other than 2xx, a redirection too, is a failure and is tried again.
func (w *Worker) announce(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindWebhook, id, func(ctx context.Context, attempt int64) error {
		hook, err := w.Store.Webhook(ctx, id)
		if err != nil {
			return err
		}
		app, err := w.Store.Application(ctx, hook.ApplicationID)
		if err != nil {
			return err
		}
		run, err := w.Store.RunOf(ctx, hook.ApplicationID, hook.Run)
		if err != nil {
			return err
		}
		body, err := json.Marshal(ready{"report.ready", hook.ID, app.ID, app.Name, run.Number, run.Verdict, store.Time(run.CreatedAt).Format(time.RFC3339)})
		if err != nil {
			return err
		}
		if err := w.Hooks.send(ctx, hook.URL, body); err != nil {
			return err
		}
		return w.Store.FinishWebhook(ctx, id, attempt)
	})
}

func (h *Webhooks) send(ctx context.Context, url string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "hequan")
	req.Header.Set(SignatureHeader, Sign(h.Secret, time.Now().Unix(), body))
	resp, err := h.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16)); err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return errors.New("the address answered " + strconv.Itoa(resp.StatusCode))
	}
	return nil
}

// open makes the client. Addresses are judged when they are connected to, after
// their names were looked up: a name that leads elsewhere later helps nobody.
func (h *Webhooks) open() {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !h.AllowPrivate && !public(at.Addr().Unmap()) {
			return fmt.Errorf("%s is an address of this machine or of a private network: allow them with --webhook-private", at.Addr())
		}
		return nil
	}}
	h.client = &http.Client{
		Transport:     &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// special are ranges that no host of the public network has, besides those that
// netip knows (RFC 6890).
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

func public(a netip.Addr) bool {
	if a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || a.IsInterfaceLocalMulticast() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
