package web

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hequan/internal/store"
)

// until waits for a condition of the page, which may come anew meanwhile.
func (b *browser) until(t *testing.T, condition string) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var ok bool
		if ok, err = chromedp.Run(b.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && !!("+condition+")")); err == nil && ok {
			return
		}
	}
	b.keep(t, "trouble")
	t.Fatalf("waited in vain for %s: %v", condition, err)
}

// TestTheListInABrowser turns pages, searches, picks rows and assigns them, keeps
// a filter, and sees what others do without asking.
func TestTheListInABrowser(t *testing.T) {
	s, server := site(t)
	s.Poll = 20 * time.Millisecond
	db := ledgerOf(s)
	var names []string
	for i := range pageSize + 5 {
		names = append(names, fmt.Sprintf("2026H1-%04d", i))
	}
	_, ids := window(t, db, names...)
	b := open(t, server.URL)
	css := func(q string) chromedp.CSS { return chromedp.CSS(q) }
	const shown = `document.querySelectorAll("#rows tr[id^=a-]").length`
	b.do(t, chromedp.Navigate(server.URL+"/"), chromedp.WaitReady(css("#rows tr")))
	b.until(t, fmt.Sprintf("%s === %d", shown, pageSize))
	b.do(t, chromedp.Click(css(`#pager [data-page="2"]`)))
	b.until(t, shown+" === 5 && document.getElementById('pager').innerText.includes('共 55 份')")
	b.do(t, chromedp.SendKeys(css("#find"), "0007"))
	b.until(t, shown+" === 1")
	b.do(t, chromedp.Click(css("#pickall")), chromedp.Click(css(`#bulk [data-open="assign"]`)), chromedp.WaitVisible(css("#assign[open]")),
		chromedp.SendKeys(css("#assignform [name=assignee]"), "李复核\r"), chromedp.WaitVisible(css("#who[open]")), chromedp.SendKeys(css("#whoform [name=name]"), "王初审\r"))
	b.until(t, `document.querySelector("#rows .assignee") && document.querySelector("#rows .assignee").innerText === "李复核"`)
	if a, err := db.Application(t.Context(), ids[7]); err != nil || a.Assignee != "李复核" {
		t.Errorf("%+v, %v", a, err)
	}
	if err := db.Assign(t.Context(), ids[7:8], store.Assignee{Name: "赵一"}, "钱二"); err != nil { // somebody else, meanwhile
		t.Fatal(err)
	}
	b.until(t, `document.querySelector("#rows .assignee").innerText === "赵一"`)
	b.do(t, chromedp.Click(css("#anew")))
	b.until(t, fmt.Sprintf("%s === %d && document.getElementById('find').value === ''", shown, pageSize))
	b.do(t, chromedp.Reload(), chromedp.WaitReady(css(`[data-choice=person] option[value="赵一"]`)), chromedp.SetValue(css("[data-choice=person]"), "赵一"))
	b.until(t, `document.querySelector("[data-choice=person]").dispatchEvent(new Event("change")) && true`)
	b.until(t, shown+" === 1")
	b.do(t, chromedp.Click(css(`[data-open="keepfilter"]`)), chromedp.WaitVisible(css("#keepfilter[open]")), chromedp.SendKeys(css("#filterform [name=name]"), "赵一的\r"))
	b.until(t, `[...document.querySelectorAll("#saved option")].some(o => o.innerText === "赵一的")`)
	if kept, err := db.SavedFilters(t.Context(), "王初审"); err != nil || len(kept) != 1 || kept[0].Query != "person=%E8%B5%B5%E4%B8%80" {
		t.Errorf("%+v, %v", kept, err)
	}
	b.until(t, shown+" === 1") // what was chosen is there after the page came anew
}

// TestTicksInABrowser ticks what was looked up by hand; it is there after the
// page came anew.
func TestTicksInABrowser(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	key := store.ManualKey(report.Manual[0])
	b := open(t, server.URL)
	box := chromedp.CSS(fmt.Sprintf("[data-tick=%q]", key))
	b.do(t, chromedp.Navigate(server.URL+"/applications/"+app), chromedp.WaitReady(box), chromedp.Click(box),
		chromedp.WaitVisible(chromedp.CSS("#who[open]")), chromedp.SendKeys(chromedp.CSS("#whoform [name=name]"), "王初审\r"))
	line := fmt.Sprintf("document.getElementById(%q)", "m-"+key)
	b.until(t, line+`.innerText.includes("王初审 已核")`)
	b.do(t, chromedp.Reload())
	b.until(t, line+" && "+line+".querySelector('[data-tick]').checked")
	if rows, err := s.Ledger.HandChecks(t.Context(), app); err != nil || len(rows) != 1 || !rows[0].Ticked || rows[0].Person != "王初审" {
		t.Errorf("%+v, %v", rows, err)
	}
}
