package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hequan"
)

// trial checks a window again on the page after another filing list came
// in: the difference is shown, nothing changes before it is accepted.
func (s *stage) trial(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	v := s.serve(t, data, "--cache", filepath.Join(s.dir, "check-cache"))
	ids := []string{"2026H1-0017", "2026H1-0018"}
	upload := v.post(t, "/api/applications?name=window.zip", "application/zip", bytes.NewReader(s.zipped(t, ids...)))
	apps := v.judgedTwice(t, upload)
	v = s.anotherList(t, v, data, "--cache", filepath.Join(s.dir, "check-cache"))
	k := &keyboard{t, v, chrome(t)}
	k.do(chromedp.Navigate(v.url+"/trials?upload="+upload), chromedp.WaitVisible(chromedp.CSS("#start")))
	if text := k.text(`document.getElementById("preview").innerText`); !strings.Contains(text, "将复查 2 份申报") {
		t.Errorf("the preview says %q", text)
	}
	k.shot("trial-preview")
	k.do(click("#start"), chromedp.WaitVisible(chromedp.CSS("#who[open]")), chromedp.SendKeys(chromedp.CSS("#whoform [name=name]"), "李复核\r"))
	k.until(`document.getElementById("difference")`)
	k.shot("trial")
	if text := k.text(`document.querySelector("main").innerText`); !strings.Contains(text, "说法改变 1") || !strings.Contains(text, "没有变化 0 份") {
		t.Errorf("the difference says %q", text)
	}
	if got := v.runs(t, apps); got != fmt.Sprint([]int{2, 2}) {
		t.Errorf("before anybody accepted it the runs are %s", got)
	}
	k.do(click(`[data-settle$="accept"]`))
	k.until(`document.getElementById("trialhead").innerText.includes("已采纳")`)
	if got := v.runs(t, apps); got != fmt.Sprint([]int{3, 3}) {
		t.Errorf("after it was accepted the runs are %s", got)
	}
	var report hequan.Report
	v.get(t, "/api/applications/"+apps[0]+"/report", &report)
	for _, f := range report.Findings {
		if f.Rule == "window.duplicate_document" && f.Status == hequan.Fail {
			return
		}
	}
	t.Error("the applications of the window were not compared with each other")
}

// judgedTwice waits until both applications of a window are judged and compared.
func (v *server) judgedTwice(t *testing.T, upload string) []string {
	t.Helper()
	var got struct{ Applications []state }
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		v.get(t, "/api/applications?upload="+upload, &got)
		if len(got.Applications) == 2 && min(got.Applications[0].Run, got.Applications[1].Run) >= 2 {
			return []string{got.Applications[0].ID, got.Applications[1].ID}
		}
	}
	t.Fatalf("not compared: %+v\n%s", got, v.log)
	return nil
}

func (v *server) runs(t *testing.T, apps []string) string {
	t.Helper()
	var runs []int
	for _, id := range apps {
		var got state
		v.get(t, "/api/applications/"+id, &got)
		runs = append(runs, got.Run)
	}
	return fmt.Sprint(runs)
}
