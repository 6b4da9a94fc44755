package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser hands the folder in on the page, follows the progress, and looks at
// the report: the pictures of the passages are there, and nothing was asked of
// any other server.
func (s *stage) browser(t *testing.T) {
	v := s.serve(t, filepath.Join(t.TempDir(), "data"))
	ctx := chrome(t)
	overheard := overhear(t, ctx, v.url)
	css := func(q string) chromedp.CSS { return chromedp.CSS(q) }
	must(t, v, chromedp.Do(ctx,
		chromedp.Navigate(v.url+"/"),
		chromedp.WaitReady(css("#folder")),
		chromedp.SetUploadFiles(css("#folder"), []string{s.papers}),
		chromedp.WaitVisible(css("#rows tr[id^=a-] progress")),
	))
	shot(t, ctx, "list-busy")
	must(t, v, chromedp.Do(ctx,
		chromedp.Click(css("#rows tr[id^=a-] .id a")),
		chromedp.WaitVisible(css("#progress .files")),
	))
	shot(t, ctx, "application-busy")
	must(t, v, chromedp.Do(ctx, chromedp.WaitVisible(css("article.report")))) // the page reloads by itself
	heading, err := chromedp.Run(ctx, chromedp.Text(css(".report h1")))
	must(t, v, err)
	if heading != "北京晴川智慧医疗科技有限公司" {
		t.Errorf("the report is headed %q", heading)
	}
	crops, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll(".passage img").forEach(i => i.loading = "eager"); document.querySelectorAll(".passage img").length`))
	must(t, v, err)
	_, err = chromedp.Run(ctx, chromedp.Poll[bool](`[...document.querySelectorAll(".passage img")].every(i => i.complete)`))
	must(t, v, err)
	shown, err := chromedp.Run(ctx, chromedp.Evaluate[int](`[...document.querySelectorAll(".passage img")].filter(i => i.naturalWidth > 100).length`))
	must(t, v, err)
	if crops == 0 || shown != crops {
		t.Errorf("%d of %d pictures of passages are shown", shown, crops)
	}
	shot(t, ctx, "report")
	must(t, v, chromedp.Do(ctx, chromedp.Navigate(v.url+"/"), chromedp.WaitVisible(css("#rows .state.fail"))))
	shot(t, ctx, "list-done")
	for _, what := range overheard() {
		t.Error(what)
	}
}

// overhear collects requests to other servers and what the browser complains of.
func overhear(t *testing.T, ctx context.Context, url string) func() []string {
	t.Helper()
	var mu sync.Mutex
	var heard []string
	err := chromedp.Listen(ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, url) && !strings.HasPrefix(u, "data:") {
				heard = append(heard, "the page asked another server: "+u)
			}
		case *log.EventEntryAdded:
			heard = append(heard, "the browser complained: "+e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	must(t, nil, chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	})))
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return heard
	}
}

func must(t *testing.T, v *server, err error) {
	t.Helper()
	if err != nil {
		if v != nil {
			t.Log(v.log)
		}
		t.Fatal(err)
	}
}

// shot keeps a picture of the page in the folder HEQUAN_SHOTS, if that is set.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("HEQUAN_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	must(t, nil, err)
	must(t, nil, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}
