package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"hequan"
)

// keyboard drives the page of one application as staff do.
type keyboard struct {
	t   *testing.T
	v   *server
	ctx context.Context
}

// late is a finding on the invoice that is dated after the window.
const late = "invoice.date_window"

// desk is a day at the desk: the first fail is confirmed and a doubt dismissed
// by keyboard, a wrongly read value corrected and given back, a letter issued,
// a mended paper taken in; letter and workbook are opened.
func (s *stage) desk(t *testing.T) {
	v := s.serve(t, filepath.Join(t.TempDir(), "data"), "--cache", filepath.Join(s.dir, "check-cache"))
	upload := s.uploadFolder(t, v)
	app := v.await(t, upload, done)
	k := &keyboard{t, v, chrome(t)}
	overheard := overhear(t, k.ctx, v.url)
	k.do(chromedp.Navigate(v.url+"/applications/"+app.ID), chromedp.WaitVisible(chromedp.CSS(".card.current.fail")))
	k.shot("desk")
	v.reviewCopies(t, app.ID)
	k.decide()
	k.correct(app.ID)
	k.letter(app.ID)
	s.mend(k, upload, app.ID)
	k.book(app.ID)
	k.list()
	k.do(chromedp.Navigate(v.url+"/overview"), chromedp.WaitVisible(chromedp.CSS(".bars rect.fail")))
	k.shot("overview")
	refused := 0
	for _, what := range overheard() {
		if strings.Contains(what, "400 (Bad Request)") { // the date that is none
			refused++
			continue
		}
		t.Error(what)
	}
	if refused != 1 {
		t.Errorf("%d requests were refused, one was to be", refused)
	}
}

func (k *keyboard) do(steps ...chromedp.Action[chromedp.Void]) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.ctx, 60*time.Second)
	defer cancel()
	err := chromedp.Do(ctx, steps...)
	if err != nil {
		k.shot("trouble")
	}
	must(k.t, k.v, err)
}

// click clicks on an element, once more where the page was drawn anew between
// finding and clicking it.
func click(css string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for try := 0; ; try++ {
			err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(css)))
			if err == nil || try == 20 || !strings.Contains(err.Error(), "Could not find node") {
				return err
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
}

// press presses keys that a page may take for commands.
func (k *keyboard) press(keys string) {
	k.t.Helper()
	k.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, r := range keys {
			for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
				e := input.DispatchKeyEventParams{Type: kind, Key: string(r)}
				if kind == input.DispatchKeyEventTypeKeyDown {
					e.Text = string(r) // typed only if the page lets it
				}
				if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, e); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// text asks the page for a text, again where the page comes anew meanwhile and
// what is asked for is not drawn yet.
func (k *keyboard) text(script string) string {
	k.t.Helper()
	var err error
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var got string
		if got, err = chromedp.Run(k.ctx, chromedp.Evaluate[string](script)); err == nil {
			return got
		}
	}
	k.shot("trouble")
	k.t.Fatalf("asked in vain for %s: %v\n%s", script, err, k.v.log)
	return ""
}

// until waits for a condition of the page, which may come anew meanwhile.
func (k *keyboard) until(condition string) {
	k.t.Helper()
	var err error
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var ok bool
		if ok, err = chromedp.Run(k.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && !!("+condition+")")); err == nil && ok {
			return
		}
	}
	k.shot("trouble")
	k.t.Fatalf("waited in vain for %s: %v\n%s", condition, err, k.v.log)
}

func (k *keyboard) shot(name string) { shot(k.t, k.ctx, name) }

// decide settles two findings with two key strokes each; the first asks who it is.
func (k *keyboard) decide() {
	first := k.text(`document.querySelector(".card.current").dataset.key`)
	k.press("a")
	k.do(chromedp.WaitVisible(chromedp.CSS("#who[open]")), chromedp.SendKeys(chromedp.CSS("#whoform [name=name]"), "王初审"+kb.Enter))
	k.until(`document.getElementById("d-` + first + `").classList.contains("confirm")`)
	if now := k.text(`document.querySelector(".card.current").dataset.key`); now == first {
		k.t.Error("after a decision the same finding is still at hand")
	}
	if who := k.text(`document.getElementById("d-` + first + `").innerText`); !strings.Contains(who, "王初审") {
		k.t.Errorf("the decision says %q", who)
	}
	k.press("j")
	second := k.text(`document.querySelector(".card.current").dataset.key`)
	k.press("d")
	k.press("1")
	k.until(`document.getElementById("d-` + second + `").classList.contains("dismiss")`)
	k.do(chromedp.Reload())
	k.until(`document.getElementById("tally").innerText.includes("已驳回 1")`)
	k.until(`document.getElementById("q-` + first + `").classList.contains("confirm")`)
	k.press("?")
	k.do(chromedp.WaitVisible(chromedp.CSS("#help[open]")))
	k.do(chromedp.KeyEvent(kb.Escape))
	k.do(chromedp.WaitNotPresent(chromedp.CSS("#help[open]")))
}

// goTo walks to the finding of a rule by J and K.
func (k *keyboard) goTo(rule string) {
	k.t.Helper()
	for range 100 {
		k.press("k")
	}
	for range 100 {
		if k.text(`document.querySelector(".card.current code").innerText`) == rule {
			return
		}
		k.press("j")
	}
	k.t.Fatalf("no finding of %s at the desk", rule)
}

const lateThere = `[...document.querySelectorAll(".card code")].some(c => c.innerText === "` + late + `" || c.textContent === "` + late + `")`

// correct puts the right date in place of the wrong one: the finding vanishes;
// and gives the reading back: it is there again.
func (k *keyboard) correct(app string) {
	k.goTo(late)
	k.press("e")
	k.do(chromedp.WaitVisible(chromedp.CSS(".card.current .edit [name=value]")))
	k.do(chromedp.KeyEvent("某天" + kb.Enter)) // what was there is selected: typing replaces it
	k.until(`!document.getElementById("trouble").hidden && document.getElementById("trouble").innerText.includes("请写成日期")`)
	k.do(chromedp.SetValue(chromedp.CSS(".card.current .edit [name=value]"), "2026年6月3日"))
	k.shot("correcting")
	k.do(chromedp.SendKeys(chromedp.CSS(".card.current .edit [name=value]"), kb.Enter))
	k.until(`document.querySelector("#corrections") && !(` + lateThere + `)`)
	k.until(`[...document.querySelectorAll(".step .changes .gone")].some(l => l.textContent.includes("开票日期 2026-07-03 晚于"))`)
	if sums := k.text(`document.querySelector(".step .sums").innerText`); !strings.Contains(sums, "拟兑现 0.0 → 23.0") {
		k.t.Errorf("the page says %q", sums)
	}
	k.shot("corrected")
	if f := k.v.issueDate(k.t, app); f.Value != "2026-06-03" || f.Corrected == nil || f.Corrected.Read != "2026-07-03" || f.Corrected.Person != "王初审" || len(f.Proof) != 1 || f.Proof[0] != hequan.ProofPerson {
		k.t.Errorf("the report has %+v", f)
	}
	k.until(`document.readyState === "complete" && document.querySelector(".desk.live")`) // before that the page still moves
	k.do(click("#corrections [data-post]"))
	k.until(`!document.querySelector("#corrections") && ` + lateThere)
	if f := k.v.issueDate(k.t, app); f.Value != "2026-07-03" || f.Corrected != nil {
		k.t.Errorf("after the correction was withdrawn the report has %+v", f)
	}
}

// issueDate is the date of the invoice in the report.
func (v *server) issueDate(t *testing.T, app string) hequan.Field {
	t.Helper()
	var report hequan.Report
	v.get(t, "/api/applications/"+app+"/report", &report)
	for _, d := range report.Documents {
		if d.Kind == hequan.KindInvoice {
			if f := d.Field("issue_date"); f != nil {
				return *f
			}
		}
	}
	return hequan.Field{}
}

// letter changes the draft, issues it, and opens the Word document.
func (k *keyboard) letter(app string) {
	k.do(chromedp.Navigate(k.v.url+"/applications/"+app+"/notice"), chromedp.WaitVisible(chromedp.CSS("#notice")))
	k.shot("letter")
	k.do(
		chromedp.SetValue(chromedp.CSS("#notice [name=closing]"), "请于2026年7月31日前补正。<b>&勿迟</b>"),
		click("#issue"), chromedp.WaitVisible(chromedp.CSS("#sure[open]")), click("#really"),
		chromedp.WaitVisible(chromedp.CSS("#issued a")))
	word := unzip(k.t, k.v.fetch(k.t, k.text(`document.querySelector("#issued a").getAttribute("href")`)))
	text := wordText(k.t, word["word/document.xml"])
	for _, want := range []string{"补正告知书", "北京晴川智慧医疗科技有限公司：", "请于2026年7月31日前补正。<b>&勿迟</b>", "晚于 2026-06-30", "7-发票.pdf 第 1 页", "五.7", "请提交开票日期在执行期内的发票"} {
		if !strings.Contains(text, want) {
			k.t.Errorf("the letter lacks %q", want)
		}
	}
	if len(word["word/media/image1.jpeg"]) < 1000 {
		k.t.Error("the letter shows no passage")
	}
	var got struct{ Stage string }
	k.v.get(k.t, "/api/applications/"+app, &got)
	if got.Stage != "待补正" {
		k.t.Errorf("after the letter the application is %q", got.Stage)
	}
}

// mend hands in an invoice of the right date on the page.
func (s *stage) mend(k *keyboard, upload, app string) {
	before := k.v.files(k.t, app)
	k.do(chromedp.Navigate(k.v.url+"/applications/"+app), chromedp.WaitVisible(chromedp.CSS(".card.current")),
		click(`[data-open="supplement"]`), chromedp.WaitVisible(chromedp.CSS("#supplement[open]")),
		chromedp.SetUploadFiles(chromedp.CSS("#mended"), []string{s.mended}), chromedp.WaitVisible(chromedp.CSS("#mendedlist select")))
	if chosen := k.text(`document.querySelector("#mendedlist select").value`); chosen != "7-发票.pdf" {
		k.t.Errorf("the page proposes to replace %q", chosen)
	}
	k.shot("supplement")
	k.do(click("#round .foot .primary"))
	k.until(`[...document.querySelectorAll(".step h2")].some(h => h.innerText.startsWith("第 1 轮补正")) && !(` + lateThere + `)`)
	k.do(click(".step summary"))
	k.shot("round")
	if gone := k.text(`[...document.querySelectorAll(".step .changes .gone")].map(l => l.innerText).join()`); !strings.Contains(gone, "2026-07-03") {
		k.t.Errorf("mended: %q", gone)
	}
	after := k.v.files(k.t, app)
	if after["7-发票.pdf"] != "" || after["7-发票（更正后）.pdf"] == "" || len(after) != len(before) {
		k.t.Errorf("files %v after %v", after, before)
	}
	for name, id := range before {
		if name != "7-发票.pdf" && after[name] != id {
			k.t.Errorf("%s was taken in anew", name)
		}
	}
	if got := k.v.await(k.t, upload, done); got.Verdict == "" {
		k.t.Errorf("%+v", got)
	}
}

// files are the application's files: name to id.
func (v *server) files(t *testing.T, app string) map[string]string {
	t.Helper()
	var got struct{ Files []struct{ ID, Name string } }
	v.get(t, "/api/applications/"+app, &got)
	out := map[string]string{}
	for _, f := range got.Files {
		out[f.Name] = f.ID
	}
	return out
}

// list searches and filters the list; what was chosen is there at the next visit.
func (k *keyboard) list() {
	const shown = `[...document.querySelectorAll("#rows tr[id^=a-]")].filter(r => !r.hidden).length`
	k.do(chromedp.Navigate(k.v.url+"/"), chromedp.WaitVisible(chromedp.CSS("#rows tr[data-stage=已补正]")))
	k.press("/")
	k.do(chromedp.KeyEvent("没有的单位"))
	k.until(shown + ` === 0`)
	k.do(chromedp.Reload()) // words looked for are not kept
	k.until(shown + ` === 1`)
	k.do(chromedp.SendKeys(chromedp.CSS("#find"), "晴川"))
	k.until(shown + ` === 1`)
	k.do(click(`#chips [data-class="pass"]`))
	k.until(shown + ` === 0`)
	k.do(chromedp.Reload())
	k.until(`document.querySelector('#chips [data-class="pass"]').getAttribute("aria-pressed") === "true" && ` + shown + ` === 0`)
	k.do(click(`#chips [data-class=""]`))
	k.until(shown + ` === 1`) // the heads came anew with the rows
	k.do(click(`[data-sort="claimed"]`))
	k.until(shown + ` === 1 && document.querySelector("th[aria-sort=descending] [data-sort=claimed]")`)
}

// book opens the workbook of everything.
func (k *keyboard) book(app string) {
	f, err := excelize.OpenReader(bytes.NewReader(k.v.fetch(k.t, "/summary.xlsx")))
	must(k.t, k.v, err)
	defer f.Close()
	if got := fmt.Sprint(f.GetSheetList()); got != "[申请 问题 金额]" {
		k.t.Errorf("sheets %s", got)
	}
	rows, err := f.GetRows("申请")
	must(k.t, k.v, err)
	if len(rows) != 2 || rows[1][0] != "2026H1-0017" || rows[1][1] != "北京晴川智慧医疗科技有限公司" || rows[1][14] != "1" || rows[1][12] != "230,000.00" {
		k.t.Errorf("applications: %v", rows)
	}
	rows, err = f.GetRows("问题")
	must(k.t, k.v, err)
	decided := 0
	for _, row := range rows[1:] {
		if len(row) > 10 && row[10] == "王初审" {
			decided++
		}
	}
	if decided == 0 {
		k.t.Errorf("no finding of %d is said to be decided", len(rows)-1)
	}
	one, err := excelize.OpenReader(bytes.NewReader(k.v.fetch(k.t, "/applications/"+app+"/summary.xlsx")))
	must(k.t, k.v, err)
	one.Close()
}

// fetch gets a file that the page offers.
func (v *server) fetch(t *testing.T, path string) []byte {
	t.Helper()
	resp, err := http.Get(v.url + path)
	must(t, v, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%s: %s %v", path, resp.Status, err)
	}
	return data
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, nil, err)
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, nil, err)
		parts[f.Name], err = io.ReadAll(r)
		must(t, nil, err)
		r.Close()
	}
	return parts
}

// wordText is the text of a Word document; the XML must be well formed.
func wordText(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return b.String()
		}
		must(t, nil, err)
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}
