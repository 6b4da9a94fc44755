package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"

	"hequan"
	"hequan/internal/correct"
	"hequan/internal/people"
	"hequan/internal/render"
	"hequan/internal/store"
)

// reviewView is the findings that people must look at, with what they decided.
type reviewView struct {
	ID    string // of the application
	Run   int
	Tally tally
	Items []reviewItem
}

// reviewItem is one finding at the desk.
type reviewItem struct {
	Key, App   string
	Number     int
	Finding    hequan.Finding
	Word       string
	Title      string // what the rule asks for
	ClauseText string
	Places     []reviewPlace
	More       int
	Decision   *decisionView // nil while undecided
	Past       []decisionView
	CanEndorse bool // a dismissal waits for a second person, and this visitor may be it
}

// reviewPlace is a passage of the strip: its picture, and the value read there.
type reviewPlace struct {
	render.Place
	Index   int // in the finding's evidence
	Picture string
	View    string // address of the page with what was read of it
	Absent  string
	Whole   bool // the picture is of the whole page: what is meant was not found on it
	Can     bool // its value can be corrected
	Value   string
	Shown   string // the value in the staff's words
	Read    string // as it was read, where a person corrected it
	By      string
	Choices []correct.Choice
}

// decisionView is a decision as people see it.
type decisionView struct {
	Word, Class, Reason, Person, Time string
}

var actionWords = map[store.Action][2]string{store.Confirm: {"已确认", "confirm"}, store.Dismiss: {"已驳回", "dismiss"}, store.Reopen: {"撤销", "reopen"}, store.Endorse: {"已驳回", "dismiss"}}

// pendingWord is said of a fail that one person dismissed and no other has confirmed yet.
const pendingWord = "已驳回，待另一人同意"

func newDecisionView(d store.Decision) decisionView {
	w := actionWords[d.Action]
	return decisionView{w[0], w[1], d.Reason, d.Person, deskTime(d.CreatedAt)}
}

// maxShown bounds the passages of one finding on the page.
const maxShown = 8

// review prepares the findings of a report for the desk: fails first.
func (s *Server) review(ctx context.Context, id string, run int, report *hequan.Report) (*reviewView, error) {
	decisions, err := s.Ledger.Decisions(ctx, id)
	if err != nil {
		return nil, err
	}
	past := map[string][]store.Decision{}
	for _, d := range decisions {
		past[d.Finding] = append(past[d.Finding], d)
	}
	album, err := s.album(ctx, id)
	if err != nil {
		return nil, err
	}
	v := &reviewView{ID: id, Run: run}
	for _, status := range []hequan.Status{hequan.Fail, hequan.Review} {
		for _, f := range report.Findings {
			if f.Status != status {
				continue
			}
			item := s.newReviewItem(id, report, f, album, past[store.FindingKey(f)], visiting(ctx))
			item.Number = len(v.Items) + 1
			v.Items = append(v.Items, item)
			v.Tally.count(item.Decision)
		}
	}
	return v, nil
}

func (t *tally) count(d *decisionView) {
	t.Total++
	switch {
	case d == nil, d.Class == "pending":
		t.Open++
	case d.Class == "confirm":
		t.Confirmed++
	default:
		t.Dismissed++
	}
}

func (s *Server) newReviewItem(id string, report *hequan.Report, f hequan.Finding, album album, past []store.Decision, by visitor) reviewItem {
	item := reviewItem{Key: store.FindingKey(f), App: id, Finding: f, Word: f.Status.Chinese(), Title: s.Rules[f.Rule], ClauseText: clauseText(f.Clause)}
	for _, d := range past {
		item.Past = append(item.Past, newDecisionView(d))
	}
	if n := len(past); n > 0 && past[n-1].Pending(f.Status) {
		item.Past[n-1].Word, item.Past[n-1].Class = pendingWord, "pending"
		item.CanEndorse = by.May(people.Endorse) && by.account() != past[n-1].Account
	}
	if n := len(past); n > 0 && past[n-1].Action != store.Reopen {
		item.Decision = &item.Past[n-1]
	}
	for i, p := range render.Places(report, f) {
		if i == maxShown {
			item.More = len(f.Evidence) - maxShown
			break
		}
		item.Places = append(item.Places, newReviewPlace(id, report, f.Evidence[i], p, i, album))
	}
	return item
}

func newReviewPlace(id string, report *hequan.Report, e hequan.Evidence, p render.Place, index int, album album) reviewPlace {
	rp := reviewPlace{Place: p, Index: index}
	if p.Page == 0 { // something was not found: show where it was looked for
		for _, d := range report.Documents {
			if d.ID == e.Document && e.Document != "" {
				rp.SHA256, rp.Page, rp.Box, rp.Whole = d.SHA256, d.Pages[0], hequan.Box{}, true
			}
		}
	}
	switch {
	case rp.Page == 0 || rp.Whole && !album.has(rp.SHA256, rp.Page):
	case !album.has(rp.SHA256, rp.Page):
		rp.Absent = "没有该页的图像"
	default:
		rp.Picture = fmt.Sprintf("/applications/%s/crop?file=%s&page=%d&box=%.5f,%.5f,%.5f,%.5f", id, rp.SHA256, rp.Page, rp.Box[0], rp.Box[1], rp.Box[2], rp.Box[3])
		rp.View = viewAddress(id, rp.SHA256, rp.Page, rp.Box)
	}
	at, ok := correct.Find(report.Documents, e)
	if !ok {
		return rp
	}
	rp.Can, rp.Value, rp.Read, rp.By = true, at.Value, at.Read, at.By
	rp.Choices, rp.Shown = correct.Choices(at.Document.Kind, at.Field), valueWord(at.Document.Kind, at.Field, at.Value)
	if rp.Place.Text == at.Value {
		rp.Place.Text = ""
	}
	if rp.Where == e.Document { // a document without a page: its file says more
		rp.Where = at.Document.File
	}
	return rp
}

// valueWord is a value in the staff's words.
func valueWord(kind hequan.Kind, field, value string) string {
	for _, c := range correct.Choices(kind, field) {
		if c.Value == value {
			return c.Word
		}
	}
	return value
}

// viewAddress is the page of the viewer, with a passage marked.
func viewAddress(id, sha256 string, page int, box hequan.Box) string {
	q := url.Values{"file": {sha256}, "page": {fmt.Sprint(page)}}
	if !box.IsZero() {
		q.Set("box", fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", box[0], box[1], box[2], box[3]))
	}
	return "/applications/" + id + "/view?" + q.Encode()
}

// album says which pages of an application have a picture.
type album map[string][]string

func (a album) has(sha256 string, page int) bool {
	list := a[sha256]
	return page >= 1 && page <= len(list) && list[page-1] != ""
}

// album loads it in two queries, however many passages there are.
func (s *Server) album(ctx context.Context, id string) (album, error) {
	files, err := s.Ledger.Files(ctx, id)
	if err != nil {
		return nil, err
	}
	old, err := s.Ledger.Replaced(ctx, id)
	if err != nil {
		return nil, err
	}
	a := album{}
	for _, f := range append(files, old...) {
		if f.State != store.Done || f.Pictures == "" {
			continue
		}
		var list []string
		if err := json.Unmarshal([]byte(f.Pictures), &list); err != nil {
			return nil, err
		}
		a[f.SHA256] = list
	}
	return a, nil
}
