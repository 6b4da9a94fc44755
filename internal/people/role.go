// Package people says who may do what, and proves who somebody is: roles and
// their rights, passwords, one-time codes, tokens. What is kept of people is in
// the store; what they see is in web.
package people

// Role is what a person is at the desk.
type Role string

// The roles. Each has only the rights that its work needs.
const (
	FirstReview  Role = "初审"
	SecondReview Role = "复核"
	Admin        Role = "管理"
	Auditor      Role = "审计"
)

// Roles lists them.
var Roles = []Role{FirstReview, SecondReview, Admin, Auditor}

// Right is what a request needs.
type Right int

// The rights. The zero value is none: a route must name one.
const (
	_       Right = iota
	Open          // nothing: the sign-in page and what it needs
	Signed        // to be signed in: one's own account, the pages' assets
	Look          // to see applications, their pages, reports and letters
	Handle        // to hand papers in, decide, correct, write letters
	Endorse       // to confirm what another dismissed, to accept what a re-check would change
	Tend          // to have work done again
	Govern        // to manage accounts
	Inspect       // to read the audit trail
)

// rights of each role beside Open and Signed. 管理 decides nothing and 审计
// changes nothing; who reviews does not govern who may.
var rights = map[Role][]Right{
	FirstReview:  {Look, Handle, Tend},
	SecondReview: {Look, Handle, Tend, Endorse},
	Admin:        {Look, Tend, Govern},
	Auditor:      {Look, Inspect},
}

// May says whether the role has the right.
func (r Role) May(right Right) bool {
	own, known := rights[r]
	if !known {
		return right == Open
	}
	if right == Open || right == Signed {
		return true
	}
	for _, o := range own {
		if o == right {
			return true
		}
	}
	return false
}
