package web

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"

	"hequan"
	"hequan/internal/correct"
	"hequan/internal/render"
	"hequan/internal/store"
)

// blindView asks for one value of a page, without saying what was read.
type blindView struct {
	Person  visitor
	Upload  string
	App     string
	Name    string
	Place   store.BlindCheck // where; Machine is not shown
	Word    string           // of the field
	Where   string
	Picture string // "" when nothing is left to be looked at
	Done    int
}

// sampled are the fields that people can type again: what is paid for, and who
// and when.
var sampled = map[string]bool{"issue_date": true, "number": true, "total": true, "amount": true, "tax": true, "buyer_tax_id": true, "seller_tax_id": true, "uscc": true,
	"sign_date": true, "period_start": true, "period_end": true, "account": true, "date": true, "established": true, "term_start": true, "term_end": true}

// sampleTries bounds the applications that are looked at for a field.
const sampleTries = 8

// blindPage shows a passage drawn by lot from those that nothing was said of.
func (s *Server) blindPage(w http.ResponseWriter, r *http.Request) {
	v, err := s.blind(r.Context(), r.URL.Query().Get("upload"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Person = person(r)
	s.show(w, "blind.html", v)
}

func (s *Server) blind(ctx context.Context, upload string) (*blindView, error) {
	v := &blindView{Upload: upload}
	checks, err := s.Ledger.BlindChecks(ctx, upload)
	if err != nil {
		return nil, err
	}
	v.Done = len(checks)
	known := map[string]bool{}
	for _, c := range checks {
		known[blindKey(c)] = true
	}
	list, err := s.Ledger.List(ctx, upload, listLimit)
	if err != nil {
		return nil, err
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for i, sum := range list {
		if i == sampleTries {
			break
		}
		if sum.Run == 0 {
			continue
		}
		report, err := s.report(ctx, sum.ID)
		if err != nil {
			return nil, err
		}
		album, err := s.album(ctx, sum.ID)
		if err != nil {
			return nil, err
		}
		var free []store.BlindCheck
		boxes := map[string]hequan.Field{}
		for _, c := range quietFields(report, boxes) {
			c.ApplicationID = sum.ID
			if !known[blindKey(c)] && album.has(c.SHA256, boxes[fieldKey(c)].Page) {
				free = append(free, c)
			}
		}
		if len(free) == 0 {
			continue
		}
		c := free[rand.IntN(len(free))]
		f := boxes[fieldKey(c)]
		v.App, v.Name, v.Place, v.Word = sum.ID, sum.Name, c, render.FieldWord(c.Field)
		v.Picture = fmt.Sprintf("/applications/%s/crop?file=%s&page=%d&box=%.5f,%.5f,%.5f,%.5f", sum.ID, c.SHA256, f.Page, f.Box[0], f.Box[1], f.Box[2], f.Box[3])
		for _, d := range report.Documents {
			if d.SHA256 == c.SHA256 && c.Page >= d.Pages[0] && c.Page <= d.Pages[1] {
				v.Where = fmt.Sprintf("%s（%s）第 %d 页", d.Kind.Chinese(), d.File, f.Page)
			}
		}
		return v, nil
	}
	return v, nil
}

// quietFields are the fields that no fail or review speaks of, read by the
// machine and not corrected; boxes gets where they stand.
func quietFields(r *hequan.Report, boxes map[string]hequan.Field) []store.BlindCheck {
	loud := map[string]bool{}
	for _, f := range r.Findings {
		if f.Status == hequan.Fail || f.Status == hequan.Review {
			for _, e := range f.Evidence {
				loud[e.Document+" "+e.Field] = true
			}
		}
	}
	var out []store.BlindCheck
	for _, d := range r.Documents {
		nth := map[string]int{}
		for _, f := range d.Fields {
			c := store.BlindCheck{SHA256: d.SHA256, Page: d.Pages[0], Field: f.Name, Nth: nth[f.Name], Machine: f.Value}
			nth[f.Name]++
			if sampled[f.Name] && f.Value != "" && f.Page > 0 && !f.Box.IsZero() && f.Corrected == nil && !loud[d.ID+" "+f.Name] {
				boxes[fieldKey(c)] = f
				out = append(out, c)
			}
		}
	}
	return out
}

func fieldKey(c store.BlindCheck) string {
	return fmt.Sprintf("%s %d %s %d", c.SHA256, c.Page, c.Field, c.Nth)
}

func blindKey(c store.BlindCheck) string { return c.ApplicationID + " " + fieldKey(c) }

// apiBlind keeps what a person read: {"application": ID, "sha256", "page",
// "field", "nth", "value"}; an empty value says that it cannot be read. The
// answer tells what the machine had read.
func (s *Server) apiBlind(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Application string `json:"application"`
		SHA256      string `json:"sha256"`
		Page        int    `json:"page"`
		Field       string `json:"field"`
		Nth         int    `json:"nth"`
		Value       string `json:"value"`
	}
	who, ok := s.named(w, r)
	if !ok || !s.body(w, r, &in) {
		return
	}
	report, err := s.report(r.Context(), in.Application)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	asked := store.BlindCheck{ApplicationID: in.Application, SHA256: in.SHA256, Page: in.Page, Field: in.Field, Nth: in.Nth, Person: who}
	found := false
	for _, c := range quietFields(report, map[string]hequan.Field{}) {
		if fieldKey(c) == fieldKey(asked) {
			asked.Machine, found = c.Machine, true
		}
	}
	if !found {
		s.fail(w, r, http.StatusConflict, "这一处已不在最新的报告中", "请刷新页面，抽查下一处")
		return
	}
	if value := strings.TrimSpace(in.Value); value != "" {
		kind := hequan.Kind("")
		for _, d := range report.Documents {
			if d.SHA256 == in.SHA256 && in.Page >= d.Pages[0] && in.Page <= d.Pages[1] {
				kind = d.Kind
			}
		}
		if asked.Human, err = correct.Normal(kind, in.Field, value); err != nil {
			s.fail(w, r, http.StatusBadRequest, render.FieldWord(in.Field)+"没有保存："+err.Error(), "请改正后重试")
			return
		}
		asked.Agrees = asked.Human == asked.Machine
	}
	if err := s.Ledger.KeepBlindCheck(r.Context(), asked); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, struct {
		Agrees  bool   `json:"agrees"`
		Machine string `json:"machine"`
	}{asked.Agrees, asked.Machine})
}
