package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/store"
)

// nobody is a name that no person can have.
const nobody = "\n"

// pageSize is how many applications a page of the list shows.
const pageSize = 50

// listView is the first page: what waits to be taken apart, and the applications.
type listView struct {
	Person  visitor
	Query   string // of the address, as streams of news take it
	Choice  url.Values
	Intakes []intakeView
	Stages  []optionView
	People  []optionView
	Team    []optionView // whom work can be given to
	Filters []store.SavedFilter
	listed
}

// listed are the parts of the list that change with what is chosen.
type listed struct {
	Uploads      []uploadView
	Applications []applicationView
	Chips        []chipView
	Heads        []headView
	Pager        pagerView
	Book         string // address of the workbook of what is chosen
}

// optionView is a choice of a drop-down list.
type optionView struct {
	Value, Word string
	Chosen      bool
}

// chipView is a class of applications with how many there are.
type chipView struct {
	Class, Word string
	N           int
	Chosen      bool
}

// headView is a column that can be sorted by.
type headView struct {
	Word, Class string
	Sort        string // what to ask for to sort by it, "" for never
	By          string // the key
	Order       string // of aria-sort, "" when it is not sorted by
}

// pagerView says which part of the list is shown.
type pagerView struct {
	From, To, Total int
	Prev, Next      string // number of the page, "" when there is none
}

// listParams are the parts of an address that choose applications.
var listParams = []string{"verdict", "stage", "upload", "q", "person", "sort", "page"}

// listKey is the query of the list in one form, without what says nothing.
func listKey(in url.Values) string {
	out := url.Values{}
	for _, name := range listParams {
		if v := in.Get(name); v != "" && (name != "page" || v != "1") {
			out.Set(name, v)
		}
	}
	return out.Encode()
}

// listQuery reads the query of an address: verdict is fail, review, pass, busy
// or dead; person a name, "@" and the id of an account, "me", or "none"; sort a column, "-" before it for the
// greatest first.
func listQuery(in url.Values, me string) store.Query {
	q := store.Query{Class: in.Get("verdict"), Stage: store.Stage(in.Get("stage")), Upload: in.Get("upload"), Words: in.Get("q"), Limit: pageSize}
	q.Sort, q.Down = strings.CutPrefix(in.Get("sort"), "-")
	isAccount := false
	switch who := in.Get("person"); who {
	case "none":
		q.Nobody = true
	case "me":
		q.Assignee = cmp.Or(me, nobody) // who has no name has no work
	default:
		if q.Account, isAccount = strings.CutPrefix(who, "@"); !isAccount {
			q.Account, q.Assignee = "", who
		}
	}
	if page, err := strconv.Atoi(in.Get("page")); err == nil && page > 1 && page < 1<<20 {
		q.Offset = (page - 1) * pageSize
	}
	return q
}

func (s *Server) listPage(w http.ResponseWriter, r *http.Request) {
	ctx, me, in := r.Context(), person(r), r.URL.Query()
	if in.Get("person") == "me" { // streams of news are shared among people
		in.Set("person", ownWork(me))
	}
	v := listView{Person: me, Query: listKey(in), Choice: r.URL.Query()}
	var err error
	if v.listed, err = s.listed(ctx, in); err != nil {
		s.broken(w, r, err)
		return
	}
	if v.Intakes, err = s.intakes(ctx, in.Get("upload")); err != nil {
		s.broken(w, r, err)
		return
	}
	if v.Team, err = s.team(ctx, me); err != nil {
		s.broken(w, r, err)
		return
	}
	chosen := v.Choice.Get("person")
	v.People = []optionView{{"", "全部经办人", chosen == ""}, {"me", "指派给我的", chosen == "me"}, {"none", "未指派", chosen == "none"}}
	for _, o := range v.Team {
		o.Chosen = chosen == o.Value
		v.People = append(v.People, o)
	}
	v.Stages = []optionView{{"", "全部阶段", false}}
	for _, st := range stages {
		v.Stages = append(v.Stages, optionView{string(st.Code), st.Word, in.Get("stage") == string(st.Code)})
	}
	if me.Name != "" {
		if v.Filters, err = s.Ledger.SavedFilters(ctx, me.Name); err != nil {
			s.broken(w, r, err)
			return
		}
	}
	s.show(w, "list.html", v)
}

// ownWork is the value of "person" that stands for what was given to a visitor.
func ownWork(v visitor) string {
	if v.Signed() {
		return "@" + v.account()
	}
	return cmp.Or(v.Name, nobody)
}

// team is whom work can be given to: accounts, or the names that occur while
// there are none.
func (s *Server) team(ctx context.Context, me visitor) ([]optionView, error) {
	var out []optionView
	if !me.Signed() {
		names, err := s.Ledger.People(ctx)
		for _, name := range names {
			out = append(out, optionView{name, name, false})
		}
		return out, err
	}
	accounts, err := s.Ledger.Accounts(ctx)
	for _, a := range accounts {
		if mayBeGiven(a) {
			out = append(out, optionView{"@" + a.ID, a.Name + "（" + a.Login + "，" + a.Role + "）", false})
		}
	}
	return out, err
}

// listed looks up what is chosen. Uploads that are not taken apart stand above
// the first page, unless something is looked for.
func (s *Server) listed(ctx context.Context, in url.Values) (listed, error) {
	q := listQuery(in, "")
	p, err := s.Ledger.Search(ctx, q)
	if err != nil {
		return listed{}, err
	}
	rows := applicationViews(p.Rows)
	if err := s.foresee(ctx, pointers(rows)); err != nil {
		return listed{}, err
	}
	v := listed{Applications: rows, Chips: chips(p.Classes, q.Class), Heads: heads(q)}
	v.Pager = pagerView{From: min(q.Offset+1, p.Total), To: q.Offset + len(p.Rows), Total: p.Total}
	if q.Offset > 0 {
		v.Pager.Prev = strconv.Itoa(q.Offset / pageSize)
	}
	if v.Pager.To < p.Total {
		v.Pager.Next = strconv.Itoa(q.Offset/pageSize + 2)
	}
	v.Book = "/summary.xlsx"
	if key := listKey(in); key != "" {
		v.Book += "?" + key
	}
	if q.Offset > 0 || q.Class != "" && q.Class != "busy" || q.Stage != "" || q.Upload != "" || q.Words != "" || q.Assignee != "" || q.Account != "" || q.Nobody {
		return v, nil
	}
	ups, err := s.Ledger.OpenUploads(ctx, listLimit)
	for i := range ups {
		v.Uploads = append(v.Uploads, newUploadView(&ups[i]))
	}
	return v, err
}

func chips(n map[string]int, chosen string) []chipView {
	out := []chipView{{"", "全部", 0, chosen == ""}, {"busy", "处理中", 0, false}}
	for _, v := range []hequan.Status{hequan.Fail, hequan.Review, hequan.Pass} {
		out = append(out, chipView{Class: string(v), Word: v.Chinese()})
	}
	out = append(out, chipView{Class: "dead", Word: "处理失败"})
	for i := range out {
		c := &out[i]
		c.N, c.Chosen = n[c.Class], c.Class == chosen
		if c.Class == "" {
			for _, k := range n {
				c.N += k
			}
		}
	}
	return out
}

// heads are the columns; the first click on a number sorts the greatest first.
func heads(q store.Query) []headView {
	out := []headView{{Word: "申报编号", By: "name"}, {Word: "申报主体 / 项目", By: "applicant"}, {Word: "类型"}, {Word: "材料"}, {Word: "初审结论", By: "verdict"}, {Word: "问题", By: "open"},
		{Word: "阶段 / 经办", By: "assignee"}, {Word: "申报（元）", By: "claimed", Class: "sum"}, {Word: "兑现（万元）", By: "payable", Class: "sum"}, {Word: "收件", By: "time", Class: "time"}}
	for i := range out {
		h := &out[i]
		switch {
		case h.By == "":
		case h.By == q.Sort && q.Down:
			h.Sort, h.Order = h.By, "descending"
		case h.By == q.Sort:
			h.Sort, h.Order = "-"+h.By, "ascending"
		case slices.Contains([]string{"open", "claimed", "payable", "time"}, h.By):
			h.Sort = "-" + h.By
		default:
			h.Sort = h.By
		}
	}
	return out
}

// listLooker gives the news of the list that a query chooses: its rows, the last
// first because new ones are put on top, and the counts.
func (s *Server) listLooker(in url.Values) looker {
	return func(ctx context.Context) (map[string]event, []string, error) {
		v, err := s.listed(ctx, in)
		if err != nil {
			return nil, nil, err
		}
		now := map[string]event{}
		var order []string
		add := func(id, name string, data any) {
			if err == nil {
				now[id], err = piece(id, name, data)
				order = append(order, id)
			}
		}
		for _, a := range slices.Backward(v.Applications) {
			add("a-"+a.ID, "row", a)
		}
		for _, u := range slices.Backward(v.Uploads) {
			add("u-"+u.ID, "upload", u)
		}
		add("chips", "chips", v.Chips)
		add("pager", "pager", v.Pager)
		return now, order, err
	}
}
