package web

import (
	"context"
	"net/http"
	"strings"

	"hequan/internal/audit"
	"hequan/internal/people"
	"hequan/internal/store"
)

// visitor is who a request comes from.
type visitor struct {
	Account *store.Account // nil while there are no accounts, and for strangers
	Name    string         // of the account; while there are none the name that was typed, or ""
	Role    people.Role
	Alone   bool // there are no accounts: whoever sits at this machine
	program bool // by a token
	path    string
}

// At says whether the page asked for is that of a part of the workbench, or below it.
func (v visitor) At(part string) bool {
	return v.path == part || part != "/" && strings.HasPrefix(v.path, part+"/")
}

// May says whether the visitor has a right. While there are no accounts
// whoever sits at the machine may do everything but manage them.
func (v visitor) May(right people.Right) bool {
	if v.Alone {
		return right != people.Govern && right > 0
	}
	return v.Role.May(right)
}

// Signed says whether the visitor has an account.
func (v visitor) Signed() bool { return v.Account != nil }

// Governs says whether the visitor manages accounts.
func (v visitor) Governs() bool { return v.May(people.Govern) }

// Handles says whether the visitor may decide, correct and hand in: the pages
// show no buttons for it to who may not.
func (v visitor) Handles() bool { return v.May(people.Handle) }

// Inspects says whether the visitor may read the audit trail.
func (v visitor) Inspects() bool { return v.May(people.Inspect) }

// String is the visitor's name.
func (v visitor) String() string { return v.Name }

// account is the id of the account, "" while there are none.
func (v visitor) account() string {
	if v.Account == nil {
		return ""
	}
	return v.Account.ID
}

type visitorKey struct{}

// visiting is who a context's request comes from.
func visiting(ctx context.Context) visitor {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v
}

// person is who the request comes from.
func person(r *http.Request) visitor { return visiting(r.Context()) }

// as puts the visitor into the request, for pages and for the audit trail.
func (s *Server) as(r *http.Request, v visitor) *http.Request {
	v.path = r.URL.Path
	ctx := context.WithValue(r.Context(), visitorKey{}, v)
	return r.WithContext(audit.With(ctx, audit.Actor{Account: v.account(), Person: v.Name, Role: string(v.Role), Address: s.address(r)}))
}
