package worker

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"hequan"
)

// TestAGlanceTellsBeforeReading: while readings wait, what a glance found stands
// beside the files that are not being read yet.
func TestAGlanceTellsBeforeReading(t *testing.T) {
	r := newScripted()
	w := newWorker(t, t.TempDir(), embedded(t), r)
	w.Readers, w.MinDPI = 1, 150
	pages := map[string][]hequan.Page{
		"wait grey":   {{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, DPI: 200, Picture: "00ff00ff00ff00ff"}}},
		"wait coarse": {{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, DPI: 72, Color: true, Picture: "0ff00ff00ff00ff0"}}, {Info: hequan.PageInfo{Page: 2, Blank: true}}},
		"wait twice":  {{Info: hequan.PageInfo{Page: 1, Color: true, Picture: "0f0f0f0f0f0f0f0f"}}, {Info: hequan.PageInfo{Page: 2, Color: true, Picture: "0f0f0f0f0f0f0f0f"}}},
	}
	w.Glance = func(_ context.Context, path string, goOn func() bool) (*hequan.Reading, error) {
		data, err := os.ReadFile(path)
		if err != nil || !goOn() {
			return nil, err
		}
		if string(data) == "wait locked" {
			return &hequan.Reading{Problem: hequan.Problemf(hequan.ProblemEncrypted, "password")}, nil
		}
		return &hequan.Reading{Pages: pages[string(data)]}, nil
	}
	want := map[string]string{
		"wait grey": `[{"page":1,"what":"需重扫：不是彩色扫描"}]`, "wait coarse": `[{"page":1,"what":"需重扫：分辨率只有 72 dpi"},{"page":2,"what":"空白"}]`,
		"wait twice":  `[{"page":2,"what":"疑与 %s 第 1 页 相同"}]`,
		"wait locked": fmt.Sprintf(`[{"page":0,"what":"%s。%s"}]`, hequan.ProblemEncrypted.Chinese(), hequan.ProblemEncrypted.Remedy()),
	}
	stop := run(t, w)
	defer stop()
	defer close(r.gate)
	up := accept(t, w, "wait grey", "wait coarse", "wait twice", "wait locked")
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		told := 0
		list, err := w.Store.List(t.Context(), up.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, sum := range list {
			files, err := w.Store.Files(t.Context(), sum.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				if f.Triage == "[]" {
					continue
				}
				told++
				data, err := w.Blobs.Get(f.SHA256)
				if err != nil {
					t.Fatal(err)
				}
				if text := strings.Replace(want[string(data)], "%s", f.Name, 1); f.Triage != text {
					t.Errorf("%s: %s, want %s", data, f.Triage, text)
				}
			}
		}
		if told >= 3 { // the one that is being read may have no glance
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d files were looked through", told)
		}
	}
}
