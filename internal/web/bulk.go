package web

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"hequan/internal/people"
	"hequan/internal/store"
)

// maxBulk bounds what is done at once.
const maxBulk = 1000

// chosen is what a request does something to at once.
type chosen struct {
	Applications []string `json:"applications"`
	Assignee     string   `json:"assignee,omitempty"` // of assign: a name, while there are no accounts; "" takes the work back
	Account      string   `json:"account,omitempty"`  // of assign: id or login
}

// several reads who acts and on what; a refusal is answered and false returned.
func (s *Server) several(w http.ResponseWriter, r *http.Request) (in chosen, who string, ok bool) {
	if who, ok = s.named(w, r); !ok || !s.body(w, r, &in) {
		return in, "", false
	}
	if len(in.Applications) == 0 || len(in.Applications) > maxBulk {
		s.fail(w, r, http.StatusBadRequest, "没有选择申报，或一次选择过多", "请选择 1 至 1000 份申报")
		return in, "", false
	}
	return in, who, true
}

// apiAssign gives applications to a person: {"applications": [ID, …], "account": "…"},
// or "assignee" with a name while there are no accounts.
func (s *Server) apiAssign(w http.ResponseWriter, r *http.Request) {
	in, who, ok := s.several(w, r)
	if !ok {
		return
	}
	to, ok := s.assignee(w, r, in)
	if !ok {
		return
	}
	s.counted(w, r, in, len(in.Applications), s.Ledger.Assign(r.Context(), in.Applications, to, who))
}

// assignee is who work is given to: an account that may do it, or, while there
// are no accounts, a name; a refusal is answered and false returned.
func (s *Server) assignee(w http.ResponseWriter, r *http.Request, in chosen) (to store.Assignee, ok bool) {
	in.Assignee = strings.TrimSpace(in.Assignee)
	if !person(r).Signed() {
		if in.Account != "" || in.Assignee != "" && !properName(in.Assignee) {
			s.fail(w, r, http.StatusBadRequest, "姓名不能使用", "请填写 1 至 30 个字的姓名")
			return to, false
		}
		return store.Assignee{Name: in.Assignee}, true
	}
	if in.Assignee == "" && in.Account == "" {
		return to, true
	}
	accounts, err := s.Ledger.Accounts(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return to, false
	}
	for _, a := range accounts {
		if mayBeGiven(a) && in.Assignee == "" && (a.ID == in.Account || a.Login == in.Account) {
			return store.Assignee{Name: a.Name, Account: a.ID}, s.canSee(w, r, a, in.Applications)
		}
	}
	s.fail(w, r, http.StatusBadRequest, "不能指派给该账号", "请从列表中选择一个在用的初审或复核账号")
	return to, false
}

// canSee says whether an account sees all of some applications; a refusal is answered.
func (s *Server) canSee(w http.ResponseWriter, r *http.Request, a store.Account, applications []string) bool {
	for _, id := range applications {
		if !a.Limited {
			break
		}
		may, err := s.Ledger.MayEnter(r.Context(), a.ID, store.KindApplication, id)
		if err != nil {
			s.broken(w, r, err)
			return false
		}
		if !may {
			s.fail(w, r, http.StatusConflict, a.Name+"看不到所选的部分申报", "请管理员在“账号管理”的“可见批次”中加上该批次，或指派给其他人")
			return false
		}
	}
	return true
}

// mayBeGiven says whether work can be given to an account.
func mayBeGiven(a store.Account) bool { return !a.Disabled && people.Role(a.Role).May(people.Handle) }

// apiBulkRecheck judges applications again: {"applications": [ID, …]}.
func (s *Server) apiBulkRecheck(w http.ResponseWriter, r *http.Request) {
	s.doEach(w, r, s.recheck)
}

// apiBulkRetry tries again what failed of applications: {"applications": [ID, …]}.
func (s *Server) apiBulkRetry(w http.ResponseWriter, r *http.Request) {
	s.doEach(w, r, s.retryAll)
}

// apiBulkCancel ends the reading of applications: {"applications": [ID, …]}.
func (s *Server) apiBulkCancel(w http.ResponseWriter, r *http.Request) {
	s.doEach(w, r, s.cancel)
}

func (s *Server) doEach(w http.ResponseWriter, r *http.Request, do func(*http.Request, string) error) {
	if in, _, ok := s.several(w, r); ok {
		done, err := s.each(in.Applications, func(id string) error { return do(r, id) })
		s.counted(w, r, in, done, err)
	}
}

// counted answers how many applications something was done to, and how many
// had nothing to do: what is at work cannot be checked again.
func (s *Server) counted(w http.ResponseWriter, r *http.Request, in chosen, done int, err error) {
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusAccepted, struct {
		Done    int `json:"done"`
		Skipped int `json:"skipped"`
	}{done, len(in.Applications) - done})
}

// each counts the applications that something could be done to.
func (s *Server) each(ids []string, do func(string) error) (int, error) {
	n := 0
	for _, id := range ids {
		switch err := do(id); {
		case err == nil:
			n++
		case !errors.Is(err, store.ErrNotFound):
			return n, err
		}
	}
	return n, nil
}

// recheck queues a finished application for another run.
func (s *Server) recheck(r *http.Request, id string) error {
	if err := s.Ledger.Recheck(r.Context(), id); err != nil {
		return err
	}
	app, err := s.Ledger.Application(r.Context(), id)
	if err == nil {
		s.Wake(r.Context(), store.Task{Kind: store.KindApplication, ID: id, Attempt: app.Attempt})
	}
	return err
}

// retryAll queues an application's dead work; ErrNotFound when it has none.
func (s *Server) retryAll(r *http.Request, id string) error {
	files, err := s.Ledger.Files(r.Context(), id)
	if err != nil {
		return err
	}
	tasks := []store.Task{{Kind: store.KindApplication, ID: id, Attempt: -1}}
	for _, f := range files {
		tasks = append(tasks, store.Task{Kind: store.KindFile, ID: f.ID, Attempt: -1})
	}
	found := false
	for _, t := range tasks {
		switch err := s.Ledger.Retry(r.Context(), t.Kind, t.ID); {
		case err == nil:
			found = true
			if err := s.wakeRetried(r.Context(), t); err != nil {
				return err
			}
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
	}
	if !found {
		return store.ErrNotFound
	}
	return nil
}

// apiFilter keeps a choice of the list under the person's name: {"name": "…",
// "query": "stage=open"}; an empty query lets go of it.
func (s *Server) apiFilter(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name  string `json:"name"`
		Query string `json:"query"`
	}
	who, ok := s.named(w, r)
	if !ok || !s.body(w, r, &in) {
		return
	}
	in.Name = strings.TrimSpace(in.Name)
	if in.Name == "" || utf8.RuneCountInString(in.Name) > maxName || len(in.Query) > 2000 {
		s.fail(w, r, http.StatusBadRequest, "筛选没有保存", "请填写 1 至 30 个字的名称")
		return
	}
	if err := s.Ledger.KeepFilter(r.Context(), store.SavedFilter{Person: who, Name: in.Name, Query: in.Query}); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, in)
}
