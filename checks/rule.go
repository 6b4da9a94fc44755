// Package checks judges an application: it holds one rule a file and the
// runner that turns what a rule found, and what it could not read, into
// findings. It is pure: documents, the online form and a policy in, a report out.
package checks

import (
	"slices"

	"hequan"
)

// Scope says what a rule is run on.
type Scope int

// The scopes.
const (
	PerApplication Scope = iota // once
	PerDocument                 // once for each document of Kind (for each document where Kind is empty)
	PerFile                     // once for each file
	AcrossWindow                // needs the other applications of an intake window
)

// String returns the word of the rules table.
func (s Scope) String() string {
	return [...]string{"application", "document", "file", "window"}[s]
}

// Rule is one check.
type Rule struct {
	ID       string
	Clause   string // of the guide
	Title    string // what holds, in Chinese, as a pass is told
	Doc      string // what it means and how the guide is read
	Scope    Scope
	Modes    []hequan.Mode // empty: all
	Kind     hequan.Kind   // PerDocument: the kind of document; empty: every kind
	Requires []hequan.Kind // kinds of which one must be there; where all are absent the rule is na
	Needs    []Need        // what it reads, for the listing

	// Applies returns why the rule does not apply to this subject, or "".
	Applies func(p *Pass) string
	// Run judges one subject. It says nothing of what could not be read: the
	// accessors of Pass note that.
	Run func(p *Pass)
	// Across judges a whole intake window, for a rule of that scope.
	Across func(w *window)
}

// Need is a field, table (with its column) or "seals" of a kind of document
// that a rule reads. An empty Kind is the online form.
type Need struct {
	Kind  hequan.Kind
	Field string
}

// InMode says whether the rule is run for applications of a mode.
func (r *Rule) InMode(m hequan.Mode) bool {
	return len(r.Modes) == 0 || slices.Contains(r.Modes, m)
}

// The pairs of modes that share materials.
var (
	metered   = []hequan.Mode{hequan.ModeAPI, hequan.ModeCloud}
	delivered = []hequan.Mode{hequan.ModePrivate, hequan.ModeAppliance}
)

// Lookup returns a rule by its id, or nil.
func Lookup(id string) *Rule {
	for _, r := range All() {
		if r.ID == id {
			return r
		}
	}
	return nil
}
