package worker

import (
	"context"
	"fmt"
	"math/bits"
	"os"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/store"
)

// Glance looks through a file without recognising anything; see pipeline.Reader.
type Glance func(ctx context.Context, path string, goOn func() bool) (*hequan.Reading, error)

// triage looks through the files of an upload beside the queue, so that whoever
// handed them in learns within seconds which pages are to be scanned again. It
// is a help: what fails is told in the log, and reading will say the same.
func (w *Worker) triage(files []store.Task) {
	if w.Glance == nil {
		return
	}
	w.glances.Go(func() {
		w.glancing.Lock() // one at a time: readings have the machine
		defer w.glancing.Unlock()
		seen := map[string]string{} // of an application: picture or content to where it stands
		for _, t := range files {
			if t.Kind != store.KindFile || w.ended.Err() != nil {
				continue
			}
			if err := w.glanceAt(w.ended, t.ID, seen); err != nil && w.ended.Err() == nil {
				w.Log.Warn("a file was not looked through before it is read", "file", t.ID, "error", err)
			}
		}
	})
}

// glanceAt looks through one file, unless it is being read already.
func (w *Worker) glanceAt(ctx context.Context, id string, seen map[string]string) error {
	file, err := w.Store.File(ctx, id)
	if err != nil || file.State != store.Queued {
		return err
	}
	dir, err := os.MkdirTemp(w.Work, "glance-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, err := w.Blobs.File(file.SHA256, dir)
	if err != nil {
		return err
	}
	reading, err := w.Glance(ctx, path, func() bool {
		now, err := w.Store.File(ctx, id)
		return err == nil && now.State != store.Done
	})
	if err != nil {
		return err
	}
	found := w.troubles(file, reading, seen)
	if len(found) == 0 {
		return nil
	}
	return w.Store.KeepTriage(ctx, id, found)
}

// troubles says what a glance found, in the staff's words.
func (w *Worker) troubles(file *store.File, reading *hequan.Reading, seen map[string]string) []store.Triage {
	var out []store.Triage
	add := func(page int, format string, args ...any) {
		out = append(out, store.Triage{Page: page, What: fmt.Sprintf(format, args...)})
	}
	content := file.ApplicationID + "/" + file.SHA256
	if other, ok := seen[content]; ok {
		add(0, "与 %s 内容相同", other)
		return out
	}
	seen[content] = file.Name
	if p := reading.Problem; p != nil {
		add(0, "%s。%s", p.Code.Chinese(), p.Code.Remedy())
		return out
	}
	colored := false
	for _, p := range reading.Pages {
		colored = colored || p.Info.Source == hequan.SourceScan && p.Info.Color
	}
	for _, p := range reading.Pages {
		i := p.Info
		scan := i.Source == hequan.SourceScan
		switch {
		case i.ProblemCode != "":
			add(i.Page, "需重扫：%s", i.ProblemCode.Chinese())
			continue
		case i.Blank:
			add(i.Page, "空白")
			continue
		case scan && i.DPI > 0 && i.DPI < w.MinDPI:
			add(i.Page, "需重扫：分辨率只有 %d dpi", i.DPI)
		case scan && !i.Color && !strings.Contains(file.Name, "执照") && (!i.Colorless || colored):
			add(i.Page, "需重扫：不是彩色扫描")
		}
		h, err := strconv.ParseUint(i.Picture, 16, 64)
		if err != nil || bits.OnesCount64(h) < 16 || bits.OnesCount64(h) > 48 {
			continue // too little on it to be told apart
		}
		picture := file.ApplicationID + "/" + i.Picture
		if other, ok := seen[picture]; ok {
			add(i.Page, "疑与 %s 相同", other)
			continue
		}
		seen[picture] = fmt.Sprintf("%s 第 %d 页", file.Name, i.Page)
	}
	return out
}
