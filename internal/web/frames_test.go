package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"hequan"
	"hequan/internal/store"
)

// frames has the browser scroll and zoom for some seconds and note how long
// each frame took, in milliseconds.
const frames = `window.frames = []; window.framed = false; (() => {
	const box = document.getElementById("sheetbox"), zooms = document.querySelectorAll("[data-zoom]");
	let last = performance.now(), n = 0;
	const step = (now) => {
		window.frames.push(now - last);
		last = now;
		n++;
		box.scrollTop += n % 120 < 60 ? 24 : -24;
		if (n % 40 === 0) zooms[n % 80 === 0 ? 0 : 2].click();
		if (n < 240) requestAnimationFrame(step); else window.framed = true;
	};
	requestAnimationFrame(step);
})(); true`

// BenchmarkFrames opens a page with 800 boxes in Chromium, all layers shown, and
// measures the frames while it is scrolled and zoomed. Chromium draws without a
// graphics card here; one would be faster.
func BenchmarkFrames(b *testing.B) {
	s, server := site(b)
	app, file := crowded(b, s, 800)
	c := open(b, server.URL)
	c.do(b, chromedp.Navigate(fmt.Sprintf("%s/applications/%s/view?file=%s&page=1", server.URL, app, file)), chromedp.WaitVisible(chromedp.CSS("#turned img")))
	c.eval(b, `document.querySelectorAll("[data-layer]").forEach(l => { if (!l.checked) l.click() }); true`)
	if n, err := chromedp.Run(c.ctx, chromedp.Evaluate[int](`document.querySelectorAll("#turned rect").length`)); err != nil || n < 800 {
		b.Fatalf("%d boxes on the page: %v", n, err)
	}
	var took []float64
	for b.Loop() {
		c.eval(b, frames)
		if _, err := chromedp.Run(c.ctx, chromedp.Poll[bool](`window.framed`)); err != nil {
			b.Fatal(err)
		}
		told, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](`JSON.stringify(window.frames)`))
		if err != nil {
			b.Fatal(err)
		}
		var some []float64
		if err := json.Unmarshal([]byte(told), &some); err != nil {
			b.Fatal(err)
		}
		took = append(took, some...)
	}
	slices.Sort(took)
	for name, share := range map[string]float64{"ms-p50": .5, "ms-p95": .95, "ms-p99": .99} {
		b.ReportMetric(took[int(float64(len(took)-1)*share)], name)
	}
	b.ReportMetric(took[len(took)-1], "ms-longest")
}

// crowded is an application with a file of one page on which n boxes stand:
// words, fields, and cells of a table.
func crowded(t testing.TB, s *Server, n int) (app, sha256 string) {
	t.Helper()
	db := ledgerOf(s)
	app, files := seed(t, db)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 1654, 2339)), nil); err != nil {
		t.Fatal(err)
	}
	info, err := s.Blobs.Put(bytes.NewReader(picture.Bytes()), 0)
	if err != nil {
		t.Fatal(err)
	}
	page := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, DPI: 200}}
	doc := hequan.Document{ID: "1.pdf#1", File: "1.pdf", SHA256: files[0].SHA256, Pages: [2]int{1, 1}, Kind: hequan.KindUsage}
	for i := range n {
		x, y := float64(i%16)/16, float64(i/16)/float64(n/16)
		box := hequan.Box{x, y, x + .05, y + .012}
		switch i % 8 {
		case 0:
			doc.Fields = append(doc.Fields, hequan.Field{Name: "issue_date", Value: "2026-06-30", Text: "2026年6月30日", Page: 1, Box: box})
		default:
			page.Lines = append(page.Lines, hequan.Line{Words: []hequan.Word{{Text: "二〇二六", Box: box, Confidence: .9}}})
		}
	}
	packed, err := store.PackReading(&hequan.Reading{SHA256: files[0].SHA256, Pages: []hequan.Page{page}})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := s.Blobs.Put(bytes.NewReader(packed), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, err := db.FinishFile(t.Context(), f.ID, claimed(t, db, store.KindFile, f.ID), store.FileResult{Reading: reading.SHA256, Pictures: []string{info.SHA256}}); err != nil {
			t.Fatal(err)
		}
	}
	report := hequan.Report{Schema: hequan.Schema, Verdict: hequan.Review, Files: []hequan.FileInfo{{File: "1.pdf", SHA256: files[0].SHA256, Pages: 1}}, Documents: []hequan.Document{doc}}
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.FinishApplication(t.Context(), app, claimed(t, db, store.KindApplication, app), store.Run{Verdict: "review", Report: string(data)}); err != nil {
		t.Fatal(err)
	}
	return app, files[0].SHA256
}
