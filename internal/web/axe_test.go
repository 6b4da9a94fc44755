package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"hequan"
	"hequan/internal/chromium"
	"hequan/internal/store"
)

// axe is the checker of accessibility, fetched by scripts/setup.sh test.
const axe = "../../var/npm/node_modules/axe-core/axe.min.js"

// TestAccessible looks at every page in Chromium, light and dark: axe-core finds
// nothing serious or critical, and nothing is asked of another host.
func TestAccessible(t *testing.T) {
	script, err := os.ReadFile(axe)
	if err != nil {
		t.Skip("axe-core is not there: run scripts/setup.sh test")
	}
	server, paths := everyPage(t)
	b := open(t, server.URL)
	for _, scheme := range []string{"light", "dark"} {
		for name, path := range paths {
			t.Run(scheme+"/"+name, func(t *testing.T) { b.axe(t, string(script), scheme, server.URL+path) })
		}
		t.Run(scheme+"/report", func(t *testing.T) {
			b.axe(t, string(script), scheme, "file://"+saved(t, server.URL+paths["application"]+"/report.html"))
		})
	}
	for _, url := range b.foreign() {
		t.Errorf("a page asked another host: %s", url)
	}
}

// everyPage is a desk in the middle of its work: an application that is judged,
// a trial of it that saw a difference, and an upload that is not taken apart.
func everyPage(t *testing.T) (server *httptest.Server, paths map[string]string) {
	t.Helper()
	s, server := site(t)
	db := ledgerOf(s)
	app, report := fixture(t, s)
	a, err := db.Application(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	trial, err := db.StartTrial(t.Context(), a.UploadID, "王")
	if err != nil {
		t.Fatal(err)
	}
	attempt := claimed(t, db, store.KindTrial, trial.ID)
	judged := *report
	judged.Verdict = hequan.Review
	judged.Findings = judged.Findings[:1]
	data, err := json.Marshal(judged)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.KeepTrialReport(t.Context(), attempt, store.TrialReport{TrialID: trial.ID, ApplicationID: app, Run: 1, Verdict: "review", Report: string(data)}); err != nil {
		t.Fatal(err)
	}
	if err := db.FinishTrial(t.Context(), trial.ID, attempt); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Accept(t.Context(), "第二批.zip", []store.Incoming{{Name: "w.zip", SHA256: "aa", Bytes: 1}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Decide(t.Context(), app, []store.Decision{{Finding: store.FindingKey(report.Findings[1]), Action: store.Confirm, Person: "王"}}); err != nil {
		t.Fatal(err)
	}
	at := "/applications/" + app
	return server, map[string]string{
		"list": "/", "application": at, "viewer": at + "/view?file=" + report.Files[0].SHA256 + "&page=1&box=0.1,0.1,0.3,0.2",
		"notice": at + "/notice", "compare": at + "/compare?file=" + report.Files[0].SHA256, "api": "/api", "blind": "/overview/blind", "overview": "/overview", "trials": "/trials?upload=" + a.UploadID, "trial": "/trials/" + trial.ID,
		"nothing": "/nothing",
	}
}

// saved is the file of what a browser keeps instead of showing it.
func saved(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, err)
	}
	name := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// browser is a Chromium that overhears which hosts are asked.
type browser struct {
	ctx   context.Context
	url   string
	mu    sync.Mutex
	asked []string
}

func open(t testing.TB, url string) *browser {
	t.Helper()
	ctx, stop, err := chromium.Open(context.Background(), chromedp.WindowSize(1366, 768))
	if errors.Is(err, chromium.ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	b := &browser{ctx: ctx, url: url}
	err = chromedp.Listen(ctx, func(e any) {
		if e, ok := e.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, url) && !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "file:") {
			b.mu.Lock()
			b.asked = append(b.asked, e.Request.URL)
			b.mu.Unlock()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, call(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}); err != nil { // for axe, not for the pages
			return err
		}
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	}))
	return b
}

func call(fn func(context.Context, *chromedp.Target) error) chromedp.Action[chromedp.Void] {
	return chromedp.Func(fn)
}

func (b *browser) foreign() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}

func (b *browser) do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// axe checks one page, what is folded unfolded, then each of its dialogs.
func (b *browser) axe(t *testing.T, script, scheme, url string) {
	b.do(t, call(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}), chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("main, article")))
	b.keep(t, strings.ReplaceAll(t.Name(), "/", "-"))
	b.eval(t, `document.querySelectorAll("details").forEach(d => d.open = true); document.querySelectorAll(".edit, .reasons").forEach(f => f.hidden = false); true`)
	b.eval(t, script+`; true`)
	b.axed(t, "document")
	dialogs, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.querySelectorAll("dialog").length`))
	if err != nil {
		t.Fatal(err)
	}
	for i := range dialogs {
		b.eval(t, fmt.Sprintf(`document.querySelectorAll("dialog").forEach((d, i) => { d.close(); if (i === %d) d.showModal() }); true`, i))
		b.axed(t, "document.querySelector('dialog[open]')")
	}
}

func (b *browser) eval(t testing.TB, script string) {
	t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script)); err != nil {
		t.Fatal(err)
	}
}

// axed has axe-core look at a part of the page and tells what it found.
func (b *browser) axed(t *testing.T, part string) {
	t.Helper()
	// The result is kept on the page and waited for: Evaluate gives no promises back.
	b.eval(t, `window.axed = ""; axe.run(`+part+`, {resultTypes: ["violations"]}).then(r => { window.axed = JSON.stringify(r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,
		at: v.nodes.slice(0, 5).map(n => n.target.join(" ") + " " + n.failureSummary)}))) }, e => { window.axed = JSON.stringify([{id: "error", impact: "critical", help: String(e)}]) }); true`)
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](`!!window.axed`)); err != nil {
		t.Fatal(err)
	}
	told, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`window.axed`))
	if err != nil {
		t.Fatal(err)
	}
	var found []struct {
		ID, Impact, Help string
		At               []string
	}
	if err := json.Unmarshal([]byte(told), &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		line := fmt.Sprintf("%s: %s (%s)\n\t%s", f.ID, f.Help, f.Impact, strings.Join(f.At, "\n\t"))
		if f.Impact == "serious" || f.Impact == "critical" {
			t.Error(line)
		} else {
			t.Log(line)
		}
	}
}

// keep keeps a picture of the page in the folder HEQUAN_SHOTS, if that is set.
func (b *browser) keep(t *testing.T, name string) {
	dir := os.Getenv("HEQUAN_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
