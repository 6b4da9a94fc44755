package samples

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// plant is a fault as it was put in: its places are names of fields until the
// pages are made.
type plant struct {
	rule, expect, note string
	at                 []spot
	docs               []string // keys of papers that are wrong as a whole
	file               string   // a file that is wrong as such
}

// spot is a field ("total") or cell ("items.0.amount") of a paper.
type spot struct{ key, field string }

// fault plants one kind of fault. It returns nil where the application gives no
// opportunity for it. What follows from the fault for other rules is planted along.
type fault struct {
	rule  string
	modes []hequan.Mode // nil: all
	put   func(w *world, r *rand.Rand, subtle bool) []plant
}

var (
	meteredModes   = []hequan.Mode{hequan.ModeAPI, hequan.ModeCloud}
	deliveredModes = []hequan.Mode{hequan.ModePrivate, hequan.ModeAppliance}
)

// allFaults lists every fault, in the order of the rules.
func allFaults() []fault {
	return slices.Concat(materialFaults, applicantFaults, contractFaults, invoiceFaults, useFaults, deliveryFaults, filingFaults, scanFaults, signatureFaults, alteredFaults)
}

// FaultRules returns the ids of the rules that a fault can be planted for.
func FaultRules() []string {
	var out []string
	for _, f := range allFaults() {
		if !slices.Contains(out, f.rule) {
			out = append(out, f.rule)
		}
	}
	for _, f := range windowFaults {
		out = append(out, f.rule)
	}
	return out
}

// plantAll plants what the options ask for.
func (w *world) plantAll(seed uint64, o Options) ([]plant, error) {
	r := stream(seed, "faults")
	if o.Faults == "" || o.Faults == "none" {
		return nil, nil
	}
	var out []plant
	for _, rule := range strings.Split(o.Faults, ",") {
		var fits []fault
		for _, f := range allFaults() {
			if f.rule == strings.TrimSpace(rule) && (f.modes == nil || slices.Contains(f.modes, w.Mode)) {
				fits = append(fits, f)
			}
		}
		if len(fits) == 0 && slices.Contains(FaultRules(), strings.TrimSpace(rule)) {
			continue // not in this mode
		}
		if len(fits) == 0 {
			return nil, fmt.Errorf("no fault can be planted for %q; known: %s", rule, strings.Join(FaultRules(), " "))
		}
		out = append(out, w.plant(pick(r, fits...), r, o.Subtle)...)
	}
	return out, nil
}

func (w *world) plant(f fault, r *rand.Rand, subtle bool) []plant {
	if f.modes != nil && !slices.Contains(f.modes, w.Mode) {
		return nil
	}
	before := subsidyOf(w).capped
	out := f.put(w, r, subtle)
	if len(out) > 0 && subsidyOf(w).capped < before && payable(subsidyOf(w).capped, w.Claimed) != payable(w.Claimed, w.Claimed) && f.rule != "subsidy.claim" {
		out = append(out, plant{rule: "subsidy.claim", expect: "fail", note: "the claim counts what " + f.rule + " takes away"})
	}
	return out
}

// resolve finds the places of a fault on the pages.
func (p plant) resolve(docs []TruthDocument) Planted {
	out := Planted{Rule: p.rule, Expect: p.expect, Note: p.note, File: p.file, At: []TruthPlace{}, Document: []TruthPart{}}
	for _, s := range p.at {
		for _, d := range docs {
			if d.key != s.key {
				continue
			}
			if f := d.find(s.field); f != nil && f.Box != nil && f.Page > 0 {
				out.At = append(out.At, TruthPlace{d.File, d.Kind, f.Page, *f.Box})
				if out.File == "" {
					out.File = d.File
				}
			}
		}
	}
	for _, key := range p.docs {
		for _, d := range docs {
			if d.key == key {
				out.Document = append(out.Document, TruthPart{d.File, d.Kind, d.Pages})
				if out.File == "" {
					out.File = d.File
				}
			}
		}
	}
	return out
}

// find returns a field, trait or area, a cell (table.row.column), a seal by its
// number (seal:0, seal:last), or the one that should not be there.
func (d *TruthDocument) find(name string) *TruthField {
	if n, ok := strings.CutPrefix(name, "seal:"); ok {
		i, err := strconv.Atoi(n)
		if n == "last" {
			i, err = len(d.Seals)-1, nil
		}
		if err == nil && i >= 0 && i < len(d.Seals) {
			return &TruthField{Name: name, Page: d.Seals[i].Page, Box: d.Seals[i].Box}
		}
		return nil
	}
	if name == "foreign seal" {
		for _, s := range d.Seals {
			if s.foreign {
				return &TruthField{Name: name, Page: s.Page, Box: s.Box}
			}
		}
		return nil
	}
	if parts := strings.Split(name, "."); len(parts) == 3 {
		i, _ := strconv.Atoi(parts[1])
		for _, t := range d.Tables {
			if t.Name == parts[0] && i < len(t.Rows) {
				if c, ok := t.Rows[i][parts[2]]; ok {
					return &c
				}
			}
		}
		return nil
	}
	for _, list := range [][]TruthField{d.Fields, d.Traits, d.areas} {
		for i := range list {
			if list[i].Name == name {
				return &list[i]
			}
		}
	}
	return nil
}

// cell names a cell of a table.
func cell(table string, row int, column string) string {
	return fmt.Sprintf("%s.%d.%s", table, row, column)
}

func amountOf(f rmb.Fen) hequan.Amount { return hequan.Amount(f.String()) }

// one is the usual answer: one fault, fail.
func one(rule, note string, at ...spot) []plant {
	return []plant{{rule: rule, expect: "fail", note: note, at: at}}
}
