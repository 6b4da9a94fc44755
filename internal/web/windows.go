package web

import (
	"net/http"

	"hequan/internal/people"
)

// windowsView is the page on which 管理 says which windows an account sees.
type windowsView struct {
	Person  visitor
	ID      string
	Login   string
	Name    string
	Role    string
	Limited bool
	Free    bool // the role sees all windows in any case
	Windows []windowRow
	Trouble string
}

type windowRow struct {
	ID, Name, Time string
	Applications   int
	Given          bool
}

// windowsPage shows all windows, those that the account sees ticked.
func (s *Server) windowsPage(w http.ResponseWriter, r *http.Request) {
	s.showWindows(w, r, http.StatusOK, "")
}

func (s *Server) showWindows(w http.ResponseWriter, r *http.Request, status int, trouble string) {
	ctx, v := r.Context(), windowsView{Person: person(r), Trouble: trouble}
	a, err := s.Ledger.Account(ctx, r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.ID, v.Login, v.Name, v.Role, v.Limited, v.Free = a.ID, a.Login, a.Name, a.Role, a.Limited, !people.Role(a.Role).May(people.Handle)
	granted, err := s.Ledger.Granted(ctx, a.ID)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	given := map[string]bool{}
	for _, id := range granted {
		given[id] = true
	}
	list, err := s.Ledger.Intakes(ctx, listLimit)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, in := range list {
		v.Windows = append(v.Windows, windowRow{in.ID, in.Name, deskTime(in.CreatedAt), in.Applications, given[in.ID]})
	}
	s.showStatus(w, status, "windows.html", v)
}

// giveWindows takes the ticks: "all", or the "window"s that the account sees.
// What it was given and is not on the page, being too old, stays given.
func (s *Server) giveWindows(w http.ResponseWriter, r *http.Request) {
	s.form(w, r)
	ctx, id := r.Context(), r.PathValue("id")
	if id == person(r).account() {
		s.showWindows(w, r, http.StatusConflict, "不能更改自己的账号，请由另一位管理员办理")
		return
	}
	chosen := r.PostForm["window"]
	granted, err := s.Ledger.Granted(ctx, id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	list, err := s.Ledger.Intakes(ctx, listLimit)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	shown := map[string]bool{}
	for _, in := range list {
		shown[in.ID] = true
	}
	for _, g := range granted {
		if !shown[g] {
			chosen = append(chosen, g)
		}
	}
	if err := s.Ledger.GiveWindows(ctx, id, r.PostFormValue("scope") == "all", chosen); err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, "/accounts", http.StatusSeeOther)
}
