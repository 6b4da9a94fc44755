package ownrule

import (
	"hequan"
)

// Rule is a rule of one's own as the policy file writes it.
type Rule struct {
	ID      string        `yaml:"id"`     // own.…
	Title   string        `yaml:"title"`  // what holds, as a pass is told
	Clause  string        `yaml:"clause"` // of the guide, or of one's own instructions
	For     hequan.Kind   `yaml:"for"`    // run for each document of this kind; empty: once for an application
	Modes   []hequan.Mode `yaml:"modes"`  // empty: all
	When    string        `yaml:"when"`   // CEL: true where something is to be told
	Status  hequan.Status `yaml:"status"` // fail or review
	Message string        `yaml:"message"`
	Action  string        `yaml:"action"`
	Note    string        `yaml:"note"`
}

// Source hands out what the documents of an application say. Whoever judges
// notes by it what was used and what could not be read; an error is a value
// that is not there.
type Source interface {
	Documents(k hequan.Kind) []*hequan.Document
	// Form returns a value of the online form by its path.
	Form(path string, t Type) (any, error)
	HasForm(path string) bool
	// Subsidy returns a computed amount.
	Subsidy(name string) (int64, error)
	// Field returns a field of a document: string, day as YYYY-MM-DD, fen, float64 or bool.
	Field(d *hequan.Document, name string, t Type) (any, error)
	Has(d *hequan.Document, name string) bool
	// List returns all fields of a name.
	List(d *hequan.Document, name string) []string
	// Rows returns how many rows the tables of a name have.
	Rows(d *hequan.Document, table string) int
	Cell(d *hequan.Document, table string, row int, column string, t Type) (any, error)
	HasCell(d *hequan.Document, table string, row int, column string) bool
	// Seal notes that a seal was looked at.
	Seal(d *hequan.Document, i int)
}
