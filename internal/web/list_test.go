package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hequan/internal/store"
)

// window takes applications of these names in, none of which is judged.
func window(t *testing.T, db *store.Store, names ...string) (upload string, ids []string) {
	t.Helper()
	up, err := db.Accept(t.Context(), "window", []store.Incoming{{Name: "w.zip", SHA256: "aa", Bytes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	taken := make([]store.Taken, len(names))
	for i, name := range names {
		taken[i].Application = store.Application{Name: name, Applicant: "某公司", Form: "{}", Problems: "[]"}
	}
	due, err := db.FinishUpload(t.Context(), up.ID, claimed(t, db, store.KindUpload, up.ID), taken)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range due {
		ids = append(ids, d.ID)
	}
	return up.ID, ids
}

func TestTheListIsPagedByTheServer(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	var names []string
	for i := range pageSize + 3 {
		names = append(names, fmt.Sprintf("2026H1-%04d", i))
	}
	upload, ids := window(t, db, names...)
	if err := db.Assign(t.Context(), ids[:1], store.Assignee{Name: "王初审"}, "李"); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"":                               fmt.Sprintf("%d 第 1–%d 份，共 %d 份", pageSize, pageSize, len(ids)),
		"page=2":                         fmt.Sprintf("3 第 %d–%d 份，共 %d 份", pageSize+1, len(ids), len(ids)),
		"q=0052":                         "1 第 1–1 份，共 1 份",
		"verdict=fail":                   "0 ",
		"stage=judging&upload=" + upload: fmt.Sprintf("%d 第 1–%d 份，共 %d 份", pageSize, pageSize, len(ids)),
		"person=王初审":                     "1 第 1–1 份，共 1 份",
		"person=me":                      "0 ",
		"page=-3&sort=-nonsense":         fmt.Sprintf("%d 第 1–%d 份，共 %d 份", pageSize, pageSize, len(ids)),
	} {
		doc := page(t, server, "/?"+query)
		got := fmt.Sprintf("%d %s", doc.Find("#rows tr[id^=a-]").Length(), doc.Find("#pager span").Text())
		if got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if first := page(t, server, "/?sort=-name").Find("#rows .id").First().Text(); first != "2026H1-0052" {
		t.Errorf("sorted by name, %s is the first", first)
	}
	if n := page(t, server, "/").Find(`#chips [data-class="busy"] i`).Text(); n != fmt.Sprint(len(ids)) {
		t.Errorf("%s are counted as at work", n)
	}
}

func TestThingsAreDoneToSeveralApplications(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	app, _ := fixture(t, s)
	_, more := window(t, db, "0018")
	body := fmt.Sprintf(`{"applications": [%q, %q], "assignee": "王初审"}`, app, more[0])
	if status, answer := say(t, server, "/api/bulk/assign", "", body); status != http.StatusPreconditionRequired {
		t.Errorf("without a name: %d %s", status, answer)
	}
	if status, answer := say(t, server, "/api/bulk/assign", "a", body); status != http.StatusAccepted || !strings.Contains(answer, `"done": 2`) {
		t.Errorf("%d %s", status, answer)
	}
	if n := page(t, server, "/?person=%E7%8E%8B%E5%88%9D%E5%AE%A1").Find("#rows .assignee").Length(); n != 2 {
		t.Errorf("%d rows say who works on them", n)
	}
	only := fmt.Sprintf(`{"applications": [%q, %q]}`, app, more[0])
	if status, answer := say(t, server, "/api/bulk/recheck", "a", only); status != http.StatusAccepted || !strings.Contains(answer, `"done": 1`) || !strings.Contains(answer, `"skipped": 1`) {
		t.Errorf("what is at work is checked again: %d %s", status, answer)
	}
	if status, _ := say(t, server, "/api/bulk/burn", "a", only); status != http.StatusNotFound {
		t.Errorf("an act that is none: %d", status)
	}
	if status, _ := say(t, server, "/api/filters", "a", `{"name": "我的存疑", "query": "stage=open"}`); status != http.StatusOK {
		t.Errorf("a filter: %d", status)
	}
	if kept, err := db.SavedFilters(t.Context(), "a"); err != nil || len(kept) != 1 || kept[0].Query != "stage=open" {
		t.Errorf("%+v, %v", kept, err)
	}
}

// counting counts how often the database is asked for a list.
type counting struct {
	*store.Store
	asked atomic.Int32
}

func (c *counting) Search(ctx context.Context, q store.Query) (*store.Page, error) {
	c.asked.Add(1)
	return c.Store.Search(ctx, q)
}

// TestPagesShareWhatTheyWatch: however many pages show the list, the database
// is asked once a change, and not at all without one.
func TestPagesShareWhatTheyWatch(t *testing.T) {
	s, server := site(t)
	s.hub.server.Poll = 5 * time.Millisecond
	db := ledgerOf(s)
	app, _ := fixture(t, s)
	c := &counting{Store: db}
	s.Ledger = c
	const pages = 12
	told := make(chan string, 1000)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for range pages {
		req, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { resp.Body.Close() })
		go func() {
			lines := bufio.NewScanner(resp.Body)
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					var e event
					if json.Unmarshal([]byte(data), &e) == nil && e.ID == "a-"+app {
						told <- e.HTML
					}
				}
			}
		}()
	}
	hear := func(want string) {
		t.Helper()
		for range pages {
			select {
			case html := <-told:
				if !strings.Contains(html, want) {
					t.Errorf("a page is told %s", html)
				}
			case <-ctx.Done():
				t.Fatalf("not every page is told of %q", want)
			}
		}
	}
	hear("待复核")
	time.Sleep(100 * time.Millisecond) // many times the pause between looks
	before := c.asked.Load()
	if before > 4 {
		t.Errorf("%d pages asked the database %d times", pages, before)
	}
	time.Sleep(100 * time.Millisecond)
	if n := c.asked.Load(); n != before {
		t.Errorf("without any change the database was asked %d times", n-before)
	}
	if err := db.Assign(ctx, []string{app}, store.Assignee{Name: "王初审"}, "李"); err != nil {
		t.Fatal(err)
	}
	hear("王初审")
	if n := c.asked.Load() - before; n > 3 {
		t.Errorf("one change was looked for %d times", n)
	}
	cancel()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s.hub.mu.Lock()
		left := len(s.hub.topics)
		s.hub.mu.Unlock()
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d topics are watched by nobody", left)
		}
	}
}
