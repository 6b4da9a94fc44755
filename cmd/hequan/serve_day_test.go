package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"
)

// day is one chain through the workbench, all of it in the browser: an archive
// is handed in and its progress watched, the first 不符合 opened and confirmed by
// keyboard, a value corrected and the finding seen to vanish, a notice issued,
// Word file and workbook downloaded and opened, a mended file handed in and the
// round's difference seen, the window checked again and that difference accepted.
func (s *stage) day(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	v := s.serve(t, data)
	k := &keyboard{t, v, chrome(t)}
	overheard := overhear(t, k.ctx, v.url)
	got := k.downloads()
	archive := filepath.Join(t.TempDir(), "第一批.zip")
	must(t, v, os.WriteFile(archive, s.zipped(t, "2026H1-0017", "2026H1-0018"), 0o600))

	seen := k.handIn(archive)
	if len(seen) < 4 {
		t.Errorf("the progress that the list showed by itself: %q", seen)
	}
	app := k.firstFail()
	k.confirmFirst()
	k.correctLate()
	k.issue()
	s.openPapers(t, got)
	s.handInMended(k)
	k.untilCompared(app)
	k.v = s.anotherList(t, v, data)
	k.checkWindowAgain(app)
	for _, what := range overheard() {
		if !strings.Contains(what, "ERR_CONNECTION_REFUSED") && !strings.Contains(what, "ERR_INCOMPLETE_CHUNKED") && !strings.Contains(what, "ERR_EMPTY_RESPONSE") { // while the server was started anew
			t.Error(what)
		}
	}
}

// downloads has the browser keep what it downloads; the function waits for a
// file of that ending and returns it.
func (k *keyboard) downloads() func(ending string) []byte {
	k.t.Helper()
	dir := k.t.TempDir()
	k.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir})
		return err
	}))
	return func(ending string) []byte {
		k.t.Helper()
		for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			if names, err := filepath.Glob(filepath.Join(dir, "*"+ending)); err == nil && len(names) == 1 {
				data, err := os.ReadFile(names[0])
				must(k.t, k.v, err)
				return data
			}
		}
		entries, _ := os.ReadDir(dir)
		k.t.Fatalf("the browser kept no %s: %v", ending, entries)
		return nil
	}
}

// handIn uploads an archive on the list and watches until everything in it is
// judged and compared; it returns what the first row showed meanwhile. The page
// is never loaded anew.
func (k *keyboard) handIn(archive string) []string {
	k.do(chromedp.Navigate(k.v.url+"/"), chromedp.WaitReady(chromedp.CSS("#files")), chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{archive}))
	k.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`window.same = true`))
		return err
	}))
	var seen []string
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		now := k.text(`(() => { const row = document.querySelector("#rows tr"); return row ? row.innerText.replace(/\s+/g, " ") : "" })()`)
		if now != "" && (len(seen) == 0 || seen[len(seen)-1] != now) {
			seen = append(seen, now)
		}
		if k.text(`document.querySelectorAll("#rows .state.fail, #rows .state.review").length >= 2 && !document.querySelector("#rows progress") ? "done" : ""`) == "done" {
			if k.text(`String(window.same)`) != "true" {
				k.t.Error("the page was loaded anew to show the progress")
			}
			return seen
		}
	}
	k.t.Fatalf("not done; the list said %q\n%s", seen, k.v.log)
	return nil
}

// firstFail filters the list and opens the first application that is 不符合; it
// returns its id.
func (k *keyboard) firstFail() string {
	k.until(`document.querySelector('#chips [data-class="fail"]')`)
	k.do(click(`#chips [data-class="fail"]`))
	k.until(`document.querySelectorAll("#rows tr[id^=a-]").length === 2 && location.search.includes("verdict=fail")`)
	k.do(click(`#rows tr[id^=a-] .id a`), chromedp.WaitVisible(chromedp.CSS(".desk.live .card.current.fail")))
	return k.text(`document.getElementById("desk").dataset.application`)
}

// confirmFirst says who sits here, then settles the first finding with one key.
func (k *keyboard) confirmFirst() {
	k.do(click("[data-open=who]"), chromedp.WaitVisible(chromedp.CSS("#who[open]")), chromedp.SendKeys(chromedp.CSS("#whoform [name=name]"), "王初审"+kb.Enter))
	k.until(`!document.getElementById("who").open`)
	first := k.text(`document.querySelector(".card.current").dataset.key`)
	k.press("a")
	k.until(`document.getElementById("q-` + first + `").classList.contains("confirm") && document.querySelector(".card.current").dataset.key !== "` + first + `"`)
	second := k.text(`document.querySelector(".card.current").dataset.key`)
	k.press("d1")
	k.until(`document.getElementById("q-` + second + `").classList.contains("dismiss")`)
}

// correctLate puts the right date in place of the wrong one; the page comes
// anew by itself without the finding.
func (k *keyboard) correctLate() {
	k.goTo(late)
	k.press("e")
	k.do(chromedp.WaitVisible(chromedp.CSS(".card.current .edit [name=value]")), chromedp.KeyEvent("2026-06-03"+kb.Enter))
	k.until(`document.querySelector("#corrections") && document.querySelector(".desk.live") && !(` + lateThere + `)`)
}

// issue opens the letter from the application, issues it, and has both its
// Word file and the application's workbook downloaded.
func (k *keyboard) issue() {
	k.until(`document.readyState === "complete"`)
	k.do(click(`.tools a.primary`), chromedp.WaitVisible(chromedp.CSS("#notice")),
		click("#issue"), chromedp.WaitVisible(chromedp.CSS("#sure[open]")), click("#really"),
		chromedp.WaitVisible(chromedp.CSS("#issued a")), click("#issued a"))
	k.do(click(`.crumbs a[href^="/applications/"]`), chromedp.WaitVisible(chromedp.CSS(".menu")),
		click(".menu summary"), click(`.menu a[href$=".xlsx"]`))
	k.until(`document.querySelector(".crumbs .state").innerText === "待补正"`)
}

// openPapers opens what the browser downloaded.
func (s *stage) openPapers(t *testing.T, got func(string) []byte) {
	text := wordText(t, unzip(t, got(".docx"))["word/document.xml"])
	for _, want := range []string{"补正告知书", "北京晴川智慧医疗科技有限公司：", "11-补充材料.pdf"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q: %s", want, text)
		}
	}
	if strings.Contains(text, "晚于 2026-06-30") {
		t.Error("the letter asks for what was corrected")
	}
	f, err := excelize.OpenReader(bytes.NewReader(got(".xlsx")))
	must(t, nil, err)
	defer f.Close()
	rows, err := f.GetRows("问题")
	must(t, nil, err)
	confirmed, dismissed := 0, 0
	for _, row := range rows[1:] {
		switch said := strings.Join(row, "|"); {
		case strings.Contains(said, "驳回") && strings.Contains(said, "王初审"):
			dismissed++
		case strings.Contains(said, "王初审"):
			confirmed++
		}
	}
	if confirmed != 1 || dismissed != 1 {
		t.Errorf("the workbook tells of %d confirmed and %d dismissed findings: %v", confirmed, dismissed, rows)
	}
}

// handInMended hands in a paper that can be read in place of the broken one:
// the page tells what that mended.
func (s *stage) handInMended(k *keyboard) {
	whole := filepath.Join(k.t.TempDir(), "11-补充材料.pdf")
	data, err := os.ReadFile(s.mended)
	must(k.t, k.v, err)
	must(k.t, k.v, os.WriteFile(whole, data, 0o600))
	k.do(click(`[data-open="supplement"]`), chromedp.WaitVisible(chromedp.CSS("#supplement[open]")),
		chromedp.SetUploadFiles(chromedp.CSS("#mended"), []string{whole}), chromedp.WaitVisible(chromedp.CSS("#mendedlist select")))
	if chosen := k.text(`document.querySelector("#mendedlist select").value`); chosen != "11-补充材料.pdf" {
		k.t.Errorf("the page proposes to replace %q", chosen)
	}
	k.do(click("#round .foot .primary"))
	k.until(`[...document.querySelectorAll(".step h2")].some(h => h.innerText.startsWith("第 1 轮补正"))`)
	if gone := k.text(`[...document.querySelectorAll(".step .changes .gone")].map(l => l.textContent).join("\n")`); !strings.Contains(gone, "11-补充材料.pdf") {
		k.t.Errorf("mended: %q", gone)
	}
	k.until(`document.querySelector(".crumbs .state").innerText === "已补正"`)
}

// untilCompared waits until an application is judged no more: after it was read,
// those of its window are compared once again, and may be judged anew.
func (k *keyboard) untilCompared(app string) {
	last, same := -1, 0
	for deadline := time.Now().Add(90 * time.Second); same < 12; time.Sleep(500 * time.Millisecond) {
		var got state
		k.v.get(k.t, "/api/applications/"+app, &got)
		if got.Run != last {
			last, same = got.Run, 0
		}
		same++
		if time.Now().After(deadline) {
			k.t.Fatalf("run %d, and still judged anew\n%s", last, k.v.log)
		}
	}
}

// anotherList starts the server anew, at the same address, with another filing list.
func (s *stage) anotherList(t *testing.T, v *server, data string, flags ...string) *server {
	t.Helper()
	must(t, v, v.cmd.Process.Signal(syscall.SIGTERM))
	if err := v.cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, v.log)
	}
	filings := filepath.Join(t.TempDir(), "filings.tsv")
	must(t, v, os.WriteFile(filings, []byte("# complete: true\n# as_of: 2026-07-10\n模型名称\t备案单位\t备案编号\n别的大模型\t别的公司\tBeijing-X-2026\n"), 0o600))
	return s.serveAt(t, strings.TrimPrefix(v.url, "http://"), data, append(flags, "--filings", filings)...)
}

// checkWindowAgain runs the batch re-check from the navigation, looks at its
// difference, and accepts it.
func (k *keyboard) checkWindowAgain(app string) {
	run := func() int {
		var got state
		k.v.get(k.t, "/api/applications/"+app, &got)
		return got.Run
	}
	before := run()
	k.do(chromedp.Navigate(k.v.url+"/trials"), chromedp.WaitVisible(chromedp.CSS("#window")), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { const w = document.getElementById("window"); w.value = [...w.options].find(o => o.text.startsWith("第一批")).value; w.dispatchEvent(new Event("change")); return true })()`))
		return err
	}))
	k.until(`document.getElementById("start")`)
	k.do(click("#start"))
	k.until(`document.getElementById("difference")`)
	var told map[string]string
	must(k.t, k.v, json.Unmarshal([]byte(k.text(`JSON.stringify(Object.fromEntries([...document.querySelectorAll("#difference .sums span")].map(s => [s.firstChild.textContent.trim(), s.querySelector("b").innerText])))`)), &told))
	if told["没有变化"] == "2" || told["说法改变"] == "0" && told["新出现"] == "0" && told["消除问题"] == "0" {
		k.t.Errorf("another filing list changes nothing: %v", told)
	}
	if now := run(); now != before {
		k.t.Errorf("before anybody accepted it there is run %d after %d", now, before)
	}
	k.do(click(`[data-settle$="accept"]`))
	k.until(`document.getElementById("trialhead").innerText.includes("已采纳")`)
	if now := run(); now != before+1 {
		k.t.Errorf("accepted, it is run %d after %d", now, before)
	}
	k.t.Log(fmt.Sprint("the difference: ", told))
}
