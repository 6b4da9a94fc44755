package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"hequan"
	"hequan/internal/notice"
	"hequan/internal/store"
	"hequan/internal/typeface"
)

// hostile is what a paper may say.
const hostile = `<img src=x onerror=alert(1)>`

// fixture is a judged application with one fail of two passages, and a doubt.
func fixture(t *testing.T, s *Server) (app string, report *hequan.Report) {
	t.Helper()
	db := ledgerOf(s)
	app, files := seed(t, db)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 400, 600)), nil); err != nil {
		t.Fatal(err)
	}
	info, err := s.Blobs.Put(bytes.NewReader(picture.Bytes()), 0)
	if err != nil {
		t.Fatal(err)
	}
	word := hequan.Word{Text: "二〇二六", Box: hequan.Box{0.1, 0.1, 0.3, 0.2}, Confidence: 0.5}
	packed, err := store.PackReading(&hequan.Reading{SHA256: files[0].SHA256, Pages: []hequan.Page{{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, DPI: 200}, Lines: []hequan.Line{{Words: []hequan.Word{word}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := s.Blobs.Put(bytes.NewReader(packed), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		result := store.FileResult{Reading: reading.SHA256, Pictures: []string{info.SHA256}}
		if i > 0 {
			result = store.FileResult{Reading: "none", Problem: "damaged"}
		}
		if _, err := db.FinishFile(t.Context(), f.ID, claimed(t, db, store.KindFile, f.ID), result); err != nil {
			t.Fatal(err)
		}
	}
	box := hequan.Box{0.1, 0.1, 0.3, 0.2}
	report = &hequan.Report{
		Schema: hequan.Schema, Verdict: hequan.Fail, Application: hequan.ReportApplication{ID: "0017", Applicant: hostile, ClaimedAmount: "230000.00"},
		Files: []hequan.FileInfo{{File: "1.pdf", SHA256: files[0].SHA256, Pages: 1}},
		Documents: []hequan.Document{{ID: "1.pdf#1", File: "1.pdf", SHA256: files[0].SHA256, Pages: [2]int{1, 1}, Kind: hequan.KindInvoice,
			Fields: []hequan.Field{{Name: "issue_date", Value: "2026-07-03", Text: "2026年7月3日", Page: 1, Box: box}, {Name: "form", Value: "e_ordinary", Page: 1, Box: box}},
			Seals:  []hequan.Seal{{Page: 1, Box: box, Text: "某公司", Kind: "company"}}}},
		Findings: []hequan.Finding{
			{Rule: "scan.legible", Clause: "五", Status: hequan.Review, Message: "看不清"},
			{Rule: "invoice.date_window", Clause: "五.7", Status: hequan.Fail, Subject: "1.pdf#1", Message: "晚于 " + hostile, Action: "重交", Evidence: []hequan.Evidence{
				{Document: "1.pdf#1", Field: "issue_date", Value: "2026-07-03", Page: 1, Box: box}, {Document: "1.pdf#1", Field: "form", Value: "e_ordinary", Page: 1, Box: box},
				{Document: "1.pdf#1", Field: "seals", Page: 1, Box: box}, {Document: "1.pdf#1", Field: "buyer", Note: "已查看第 1 页"}}},
			{Rule: "contract.subject", Status: hequan.Pass, Message: "有"},
		},
		Subsidy: hequan.Subsidy{PayableWan: "23.0", Steps: []hequan.Step{{Kind: "sum", Name: "合同金额合计", Amount: "460000.00"}, {Kind: "payable", Name: "测算兑现金额", Amount: "230000.00"}}},
		Manual:  []hequan.Manual{{Rule: "conditions.declared", Clause: "三.1", What: "有无处罚", Where: "信用中国"}},
	}
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.FinishApplication(t.Context(), app, claimed(t, db, store.KindApplication, app), store.Run{Verdict: "fail", Report: string(data)}); err != nil {
		t.Fatal(err)
	}
	return app, report
}

func claimed(t testing.TB, db *store.Store, k store.Kind, id string) int64 {
	t.Helper()
	attempt, ok, err := db.Claim(t.Context(), k, id, "t", time.Minute, 3)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return attempt
}

// say posts JSON under a person's name and returns status and answer.
func say(t *testing.T, server *httptest.Server, path, name, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest("POST", server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if name != "" {
		req.AddCookie(&http.Cookie{Name: personCookie, Value: name})
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, out.String()
}

func page(t *testing.T, server *httptest.Server, path string) *goquery.Document {
	t.Helper()
	resp, err := http.Get(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	doc, err := goquery.NewDocumentFromReader(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", path, resp.Status, err)
	}
	doc.Find("[style],[onclick],[onerror],script:not([src]),style").Each(func(_ int, tag *goquery.Selection) {
		html, _ := goquery.OuterHtml(tag)
		t.Errorf("%s: the policy forbids %s", path, html)
	})
	return doc
}

func TestDeskShowsWhatDisagreesSideBySide(t *testing.T) {
	s, server := site(t)
	s.Rules = map[string]string{"invoice.date_window": "开票日期在政策执行期内"}
	app, _ := fixture(t, s)
	doc := page(t, server, "/applications/"+app)
	cards := doc.Find(".card")
	if cards.Length() != 2 || !cards.First().HasClass("fail") || !strings.Contains(cards.First().Find("h3").Text(), hostile) {
		t.Fatalf("cards: %s", cards.Text())
	}
	strip := cards.First().Find(".passage")
	if strip.Length() != 4 || strip.Find("img").Length() != 4 || strip.Find(".edit").Length() != 3 || !strip.Last().HasClass("whole") || strip.Last().Find("output.none").Length() != 1 {
		t.Errorf("%d passages, %d pictures, %d values to correct", strip.Length(), strip.Find("img").Length(), strip.Find(".edit").Length())
	}
	if got := strip.Find("output").First().Text(); got != "2026-07-03" {
		t.Errorf("the value read is %q", got)
	}
	if got := strip.Eq(1).Find("output").Text(); got != "电子普通发票" || strip.Eq(1).Find("option").Length() != 6 {
		t.Errorf("a choice is shown as %q", got)
	}
	if tip := cards.First().Find(".tip").Text(); !strings.Contains(tip, "开票日期需在2025年8月9日至2026年6月30日内") {
		t.Errorf("the clause says %q", tip)
	}
	src, _ := strip.Find("img").First().Attr("src")
	resp, err := http.Get(server.URL + src)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("the picture %s: %s", src, resp.Status)
	}
}

func TestDecisionsThatAreRefused(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	key := store.FindingKey(report.Findings[1])
	path := "/api/applications/" + app + "/decisions"
	one := func(finding, action, reason string) string {
		return fmt.Sprintf(`{"decisions": [{"finding": %q, "action": %q, "reason": %q}]}`, finding, action, reason)
	}
	for name, c := range map[string]struct {
		path, person, body string
		status             int
	}{
		"without a name":    {path, "", one(key, "confirm", ""), http.StatusPreconditionRequired},
		"another finding":   {path, "wang", one("0123456789abcdef", "confirm", ""), http.StatusConflict},
		"a pass":            {path, "wang", one(store.FindingKey(report.Findings[2]), "confirm", ""), http.StatusConflict},
		"no such action":    {path, "wang", one(key, "delete", ""), http.StatusBadRequest},
		"without a reason":  {path, "wang", one(key, "dismiss", "  "), http.StatusBadRequest},
		"nothing":           {path, "wang", `{"decisions": []}`, http.StatusBadRequest},
		"no JSON":           {path, "wang", `finding=1`, http.StatusBadRequest},
		"unknown key":       {path, "wang", `{"decisions": [], "x": 1}`, http.StatusBadRequest},
		"no application":    {"/api/applications/none/decisions", "wang", one(key, "confirm", ""), http.StatusNotFound},
		"a name with a tab": {"/api/person", "", `{"name": "a\tb"}`, http.StatusBadRequest},
	} {
		if status, answer := say(t, server, c.path, c.person, c.body); status != c.status || !strings.Contains(answer, `"error"`) {
			t.Errorf("%s: %d %s, want %d", name, status, answer, c.status)
		}
	}
	req, _ := http.NewRequest("POST", server.URL+path, strings.NewReader(one(key, "confirm", ""))) // as a form of another site could
	req.Header.Set("Content-Type", "text/plain")
	req.AddCookie(&http.Cookie{Name: personCookie, Value: "wang"})
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("text/plain: %s", resp.Status)
	}
	if rows, err := s.Ledger.Decisions(t.Context(), app); err != nil || len(rows) != 0 {
		t.Errorf("what was refused was recorded: %+v, %v", rows, err)
	}
	status, answer := say(t, server, path, "%E7%8E%8B", one(key, "dismiss", "<b>"))
	if status != http.StatusOK || strings.Contains(answer, "<b>\"") || !strings.Contains(answer, "王") || !strings.Contains(answer, "&lt;b&gt;") {
		t.Errorf("%d %s", status, answer)
	}
}

func TestCorrectionsThatAreRefused(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	key := store.FindingKey(report.Findings[1])
	path := "/api/applications/" + app + "/corrections"
	one := func(place int, value string) string {
		return fmt.Sprintf(`{"finding": %q, "place": %d, "value": %q}`, key, place, value)
	}
	for name, c := range map[string]struct {
		person, body string
		status       int
	}{
		"without a name": {"", one(0, "2026-06-03"), http.StatusPreconditionRequired},
		"no date":        {"wang", one(0, "六月"), http.StatusBadRequest},
		"no choice":      {"wang", one(1, "收据"), http.StatusBadRequest},
		"a seal":         {"wang", one(2, "公章"), http.StatusConflict},
		"no such place":  {"wang", one(9, "2026-06-03"), http.StatusConflict},
		"before it":      {"wang", one(-1, "2026-06-03"), http.StatusConflict},
	} {
		if status, answer := say(t, server, path, c.person, c.body); status != c.status {
			t.Errorf("%s: %d %s, want %d", name, status, answer, c.status)
		}
	}
	if status, answer := say(t, server, path, "wang", one(0, "2026年6月3日")); status != http.StatusAccepted || !strings.Contains(answer, "2026-06-03") {
		t.Fatalf("%d %s", status, answer)
	}
	rows, err := s.Ledger.Corrections(t.Context(), app)
	if err != nil || len(rows) != 1 || rows[0].Before != "2026-07-03" || rows[0].Value != "2026-06-03" || rows[0].Person != "wang" || rows[0].Field != "issue_date" {
		t.Errorf("%+v, %v", rows, err)
	}
	resp, err := http.Get(server.URL + "/api/applications/" + app + "/trail")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var trail trailView
	if err := json.NewDecoder(resp.Body).Decode(&trail); err != nil || len(trail.Corrections) != 1 || trail.Corrections[0].Value != "2026-06-03" || trail.Corrections[0].Person != "wang" || trail.Decisions == nil {
		t.Errorf("%+v, %v", trail, err)
	}
	for _, want := range []int{http.StatusAccepted, http.StatusConflict} {
		if status, answer := say(t, server, path+"/1/withdraw", "wang", ""); status != want {
			t.Errorf("withdraw: %d %s, want %d", status, answer, want)
		}
	}
}

func TestNoticeShowsPassagesOfTheReportOnly(t *testing.T) {
	s, server := site(t)
	s.Title = "模型券"
	app, report := fixture(t, s)
	doc := page(t, server, "/applications/"+app+"/notice")
	if n := doc.Find(".defects > li").Length(); n != 2 {
		t.Errorf("%d defects in the draft", n)
	}
	path := "/api/applications/" + app + "/notice"
	if status, answer := say(t, server, path, "wang", `{"notice": {"items": []}, "issue": true}`); status != http.StatusBadRequest {
		t.Errorf("an empty letter: %d %s", status, answer)
	}
	body := fmt.Sprintf(`{"notice": {"title": "告知", "items": [{"key": %q, "include": true, "picture": true, "sha256": "ff", "page": 9, "problem": "改过的"}]}, "issue": true}`, store.FindingKey(report.Findings[1]))
	if status, answer := say(t, server, path, "wang", body); status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
	rows, err := s.Ledger.Notices(t.Context(), app)
	if err != nil || len(rows) != 1 || rows[0].IssuedAt == 0 || strings.Contains(rows[0].Body, `"ff"`) || !strings.Contains(rows[0].Body, report.Documents[0].SHA256) {
		t.Errorf("%+v, %v", rows, err)
	}
	for path, want := range map[string]int{"1": http.StatusOK, "2": http.StatusNotFound, "x": http.StatusNotFound} {
		resp, err := http.Get(server.URL + "/applications/" + app + "/notice.docx?number=" + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("notice %s: %s", path, resp.Status)
		}
	}
}

func TestViewerDrawsWhatWasRead(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	sha := report.Documents[0].SHA256
	doc := page(t, server, "/applications/"+app+"/view?file="+sha+"&page=1&box=0.1,0.1,0.3,0.2")
	for of, want := range map[string]int{".words rect": 1, ".fields rect": 2, ".seals rect": 1, ".marked rect": 1} {
		if n := doc.Find(of).Length(); n != want {
			t.Errorf("%s: %d, want %d", of, n, want)
		}
	}
	if x, _ := doc.Find(".words rect").Attr("x"); x != "100.0" {
		t.Errorf("a word stands at %s", x)
	}
	for _, query := range []string{"file=" + sha + "&page=2", "file=00&page=1"} {
		resp, err := http.Get(server.URL + "/applications/" + app + "/view?" + query)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", query, resp.Status)
		}
	}
}

func TestOverviewCounts(t *testing.T) {
	s, server := site(t)
	s.Rules = map[string]string{"invoice.date_window": "开票日期在政策执行期内"}
	fixture(t, s)
	doc := page(t, server, "/overview")
	if text := doc.Find(".figures").Text(); !strings.Contains(text, "230,000.00") || !strings.Contains(text, "2项问题未复核") {
		t.Errorf("figures: %s", text)
	}
	if first := doc.Find(".whole tr").First(); !strings.Contains(first.Text(), "开票日期在政策执行期内") || first.Find("rect.fail").Length() != 1 {
		t.Errorf("the most frequent defect: %s", first.Text())
	}
	row := page(t, server, "/").Find("#rows tr").First()
	if stage, _ := row.Attr("data-stage"); stage != "待复核" || !strings.Contains(row.Text(), "230,000.00") || !strings.Contains(row.Text(), "1 不符 1 存疑") {
		t.Errorf("the list says %s", row.Text())
	}
}

func TestClauses(t *testing.T) {
	for ref, want := range map[string]string{"五.7": "五.7 与实际", "五.6(2)": "五.6 项目合同", "五.7-8": "五.8 采用API", "三.3,三.6": "三.6 单个", "三.4、四.2": "四.2 申报主体", "九": "2026年7月17日"} {
		if got := clauseText(ref); !strings.Contains(got, want) {
			t.Errorf("%s: %q", ref, got)
		}
	}
	for _, ref := range []string{"", "十九", "五.99", "policy"} {
		if got := clauseText(ref); got != "" {
			t.Errorf("%s: %q", ref, got)
		}
	}
}

func TestWhatIsLookedUpByHandIsTicked(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	key, path := store.ManualKey(report.Manual[0]), "/api/applications/"+app+"/ticks"
	if status, answer := say(t, server, path, "a", fmt.Sprintf(`{"item": %q, "ticked": true, "note": "查无 <b>"}`, key)); status != http.StatusOK || !strings.Contains(answer, "m-"+key) {
		t.Errorf("%d %s", status, answer)
	}
	line := page(t, server, "/applications/"+app).Find("#m-" + key)
	if _, ticked := line.Find("[data-tick]").Attr("checked"); !ticked || !strings.Contains(line.Text(), "a 已核") || line.Find("[data-note]").AttrOr("value", "") != "查无 <b>" {
		t.Errorf("the line says %q", line.Text())
	}
	if status, _ := say(t, server, path, "a", `{"item": "other", "ticked": true}`); status != http.StatusConflict {
		t.Errorf("something that is not in the report: %d", status)
	}
	if n := page(t, server, "/applications/"+app).Find("#charts svg").Length(); n != 2 {
		t.Errorf("%d drawings, want that of the dates and that of the money", n)
	}
}

func TestPapersAreGivenOutAsPDF(t *testing.T) {
	s, server := site(t)
	if _, err := typeface.Find(typeface.Song); err != nil {
		t.Skip(err)
	}
	app, report := fixture(t, s)
	body, err := json.Marshal(notice.Notice{Title: "补正告知书", Items: []notice.Item{{Include: true, Problem: "晚于", SHA256: report.Files[0].SHA256, Page: 1, Box: hequan.Box{0.1, 0.1, 0.3, 0.2}, Picture: true}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ledger.KeepNotice(t.Context(), store.Notice{ApplicationID: app, Body: string(body), Run: 1, Person: "a"}, true); err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{
		"report.pdf": http.StatusOK, "notice.pdf?number=1": http.StatusOK, "reviewed.pdf?file=" + report.Files[0].SHA256: http.StatusOK,
		"notice.pdf?number=2": http.StatusNotFound, "notice.pdf": http.StatusNotFound, "reviewed.pdf?file=none": http.StatusNotFound,
	} {
		resp, err := http.Get(server.URL + "/applications/" + app + "/" + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != status {
			t.Errorf("%s: %s %v %.300s", path, resp.Status, err, data)
		}
		if status == http.StatusOK && (!bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(data, []byte("/DCTDecode")) || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment")) {
			t.Errorf("%s is no PDF with a picture of the passage", path)
		}
	}
}

func TestAccuracyIsCountedFromCorrections(t *testing.T) {
	s, server := site(t)
	db := ledgerOf(s)
	app, report := fixture(t, s)
	for i, value := range []string{"2026-06-03", "2026-07-03", "2026-07-03", "2026-07-03"} { // one wrong, then it is withdrawn and borne out
		c := store.Correction{ApplicationID: app, SHA256: report.Files[0].SHA256, Page: 1, Field: "issue_date", Nth: i, Before: "2026-07-03", Value: value, Person: "a"}
		if _, err := db.Correct(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []string{"items[1].amount", "items[2].amount"} {
		if _, err := db.Correct(t.Context(), store.Correction{ApplicationID: app, SHA256: report.Files[0].SHA256, Page: 1, Field: row, Before: "1.00", Value: "7.00", Person: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	got := page(t, server, "/overview").Find("#accuracy tr").First().Text()
	if !strings.Contains(got, "75%") || !strings.Contains(got, "3 / 4 处，区间 30%–95%") {
		t.Errorf("the overview says %q", got)
	}
	if n := page(t, server, "/overview").Find("#accuracy tr").Length(); n != 2 {
		t.Errorf("%d fields, want the date and the cells of a column together", n)
	}
	for _, c := range []struct {
		right, seen int
		low, high   string
	}{{0, 0, "0.000", "1.000"}, {0, 10, "0.000", "0.278"}, {10, 10, "0.722", "1.000"}, {50, 100, "0.404", "0.596"}} { // by R's prop.test without correction
		low, high := wilson(c.right, c.seen)
		if fmt.Sprintf("%.3f %.3f", low, high) != c.low+" "+c.high {
			t.Errorf("%d of %d: %.3f to %.3f, want %s to %s", c.right, c.seen, low, high, c.low, c.high)
		}
	}
}

func TestABlindCheckDoesNotTellBeforehand(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	// The date has a finding: nothing of this application is quiet.
	if text := page(t, server, "/overview/blind").Find(".blind").Text(); !strings.Contains(text, "没有可抽查的字段") {
		t.Errorf("the page says %q", text)
	}
	report.Findings = report.Findings[:1]
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := ledgerOf(s).AddRuns(t.Context(), []store.Run{{ApplicationID: app, Number: 1, Verdict: "review", Report: string(data)}}); err != nil || len(left) != 0 {
		t.Fatal(left, err)
	}
	doc := page(t, server, "/overview/blind")
	form := doc.Find("#blind")
	if field := form.AttrOr("data-field", ""); field != "issue_date" {
		t.Fatalf("asked for %q", field)
	}
	if html, err := doc.Html(); err != nil || strings.Contains(html, "2026-07-03") || strings.Contains(html, "2026年7月3日") {
		t.Errorf("the page tells what was read: %v", err)
	}
	body := fmt.Sprintf(`{"application": %q, "sha256": %q, "page": 1, "field": "issue_date", "nth": 0, "value": "%%s"}`, app, report.Files[0].SHA256)
	if status, answer := say(t, server, "/api/blind", "a", fmt.Sprintf(body, "某天")); status != http.StatusBadRequest {
		t.Errorf("no date: %d %s", status, answer)
	}
	if status, answer := say(t, server, "/api/blind", "a", fmt.Sprintf(body, "2026年7月3日")); status != http.StatusOK || !strings.Contains(answer, `"agrees": true`) {
		t.Errorf("%d %s", status, answer)
	}
	if status, _ := say(t, server, "/api/blind", "a", strings.Replace(fmt.Sprintf(body, "1"), "issue_date", "total", 1)); status != http.StatusConflict {
		t.Errorf("a field that is not there: %d", status)
	}
	if text := page(t, server, "/overview").Find("#blindaccuracy").Text(); !strings.Contains(text, "1 / 1 处，区间 21%–100%") {
		t.Errorf("the overview says %q", text)
	}
	if text := page(t, server, "/overview/blind").Find(".blind").Text(); !strings.Contains(text, "没有可抽查的字段") {
		t.Errorf("the same place is asked for again: %q", text)
	}
}
