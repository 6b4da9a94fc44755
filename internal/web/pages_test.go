package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"hequan/internal/store"
)

// seed records an upload with one application of a hostile name and two files.
func seed(t testing.TB, db *store.Store) (app string, files []store.File) {
	t.Helper()
	up, err := db.Accept(t.Context(), "x", []store.Incoming{{Name: "x/a.pdf", SHA256: "aa", Bytes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	attempt, ok, err := db.Claim(t.Context(), store.KindUpload, up.ID, "t", time.Minute, 3)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	taken := store.Taken{Application: store.Application{Name: "0017", Applicant: `<script>alert(1)</script>`, Mode: "api", Form: "{}", Problems: "[]"},
		Files: []store.Incoming{{Name: "1.pdf", SHA256: "aa"}, {Name: "2.pdf", SHA256: "bb"}}}
	if _, err := db.FinishUpload(t.Context(), up.ID, attempt, []store.Taken{taken}); err != nil {
		t.Fatal(err)
	}
	list, err := db.List(t.Context(), up.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	files, err = db.Files(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return list[0].ID, files
}

func TestPagesEscapeWhatPapersSay(t *testing.T) {
	s, server := site(t)
	id, _ := seed(t, ledgerOf(s))
	for _, path := range []string{"/", "/applications/" + id} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v", path, resp.Status, err)
		}
		if !strings.Contains(doc.Find("main").Text(), "<script>alert(1)</script>") {
			t.Errorf("%s doesn't show the applicant's name", path)
		}
		doc.Find("script").Each(func(_ int, tag *goquery.Selection) {
			if src, _ := tag.Attr("src"); !strings.HasPrefix(src, "/static/") {
				t.Errorf("%s holds a foreign script %q", path, tag.Text())
			}
		})
		doc.Find("[style],[onclick]").Each(func(_ int, tag *goquery.Selection) { t.Errorf("%s: the policy forbids inline style and script", path) })
	}
}

func TestEventsTellOfProgress(t *testing.T) {
	s, server := site(t)
	s.Poll = 20 * time.Millisecond
	db := ledgerOf(s)
	id, files := seed(t, db)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/events?application="+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	attempt, ok, err := db.Claim(ctx, store.KindFile, files[0].ID, "t", time.Minute, 3)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := db.Progress(ctx, files[0].ID, attempt, 3, 7); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e event
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			t.Fatal(err)
		}
		if e.Done {
			t.Errorf("an application without a run is told to be done: %+v", e)
		}
		if e.ID == "progress" && strings.Contains(e.HTML, "识别中 3 / 7 页") {
			return
		}
	}
	t.Errorf("the stream ended without the progress: %v", lines.Err())
}

func TestADeadFileCanBeRetried(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	_, files := seed(t, db)
	attempt, _, err := db.Claim(t.Context(), store.KindFile, files[0].ID, "t", time.Minute, 3)
	if err != nil {
		t.Fatal(err)
	}
	if dead, err := db.Fail(t.Context(), store.KindFile, files[0].ID, attempt, "broken", 1, 0); !dead || err != nil {
		t.Fatal(dead, err)
	}
	url := fmt.Sprintf("%s/api/dead/file/%s/retry", server.URL, files[0].ID)
	for _, want := range []int{http.StatusAccepted, http.StatusNotFound} {
		resp, err := http.Post(url, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s, want %d", resp.Status, want)
		}
	}
	if f, err := db.File(t.Context(), files[0].ID); err != nil || f.State != store.Queued {
		t.Errorf("the file is %s, %v", f.State, err)
	}
}

func TestEventsOfAnUnknownApplicationEnd(t *testing.T) {
	_, server := site(t)
	resp, err := http.Get(server.URL + "/events?application=none")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusNotFound {
		t.Errorf("%s: the browser would ask for ever", resp.Status)
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		p    progress
		want int
	}{
		{progress{}, 100}, {progress{Files: 4}, 0}, {progress{Files: 4, read: 4}, 100},
		{progress{Files: 4, read: 1}, 25}, {progress{Files: 3, read: 1.5}, 50},
	} {
		if got := c.p.Percent(); got != c.want {
			t.Errorf("%+v is %d%%, want %d%%", c.p, got, c.want)
		}
	}
}
