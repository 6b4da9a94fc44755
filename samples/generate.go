package samples

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hequan"
)

// Options says what to make.
type Options struct {
	Seed      uint64
	Count     int           // applications
	Modes     []hequan.Mode // taken in turn
	Faults    string        // none, mixed, or rule ids separated by commas
	Scans     string        // mixed, scan, born, electronic
	DPI       int           // of all scanners, none photographed; 0: of all sorts
	FirstID   int           // number of the first application; 0: 1001
	Subtle    bool          // the faults that are hard to see, where there is such a form
	Family    string        // of layouts: empty, Field, Drawn or HeldBack
	OneScan   bool          // everything in one scanned file
	SealFaces bool          // seals in various typefaces, not in one
	Notes     int           // pages of notes behind each audit report (usual layouts)
	Draft     bool          // labels only: no pages, and so no places on them
}

// Generate makes applications in folders below dir and writes the filing list
// of their world to dir/filings.tsv. It calls done after each application.
func Generate(ctx context.Context, o Options, dir string, done func(Truth)) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	s := set{dir: dir, done: done}
	defer s.close()
	return s.batch(ctx, o)
}

// idOf is the number of the i-th application.
func idOf(o Options, i int) string {
	first := o.FirstID
	if first == 0 {
		first = 1001
	}
	return fmt.Sprintf("2026H1-%04d", first+i)
}

// seedOf is the seed of the i-th application.
func (o Options) seedOf(i int) uint64 { return o.Seed*1_000_003 + uint64(i) }

// world makes the i-th application with its faults. Faults of the window are
// planted in pairs: the second of two has something in common with the first.
func (o Options) world(i int, id string) (*world, []plant, error) {
	if f := findWindowFault(o.Faults); f != nil {
		if i%2 == 0 && i+1 == o.Count {
			return nil, nil, fmt.Errorf("%s is planted in pairs: make an even number of applications", f.rule)
		}
		w, planted := f.member(o, i, id)
		w.Family, w.OneScan, w.SealFaces, w.Notes, w.DPI = o.Family, o.OneScan, o.SealFaces, o.Notes, o.DPI
		return w, planted, nil
	}
	fresh := func(l like) *world {
		w := newWorldLike(o.seedOf(i), id, o.Modes[i%len(o.Modes)], l)
		w.Family, w.OneScan, w.SealFaces, w.Notes, w.DPI = o.Family, o.OneScan, o.SealFaces, o.Notes, o.DPI
		w.PrintedForm = stream(o.seedOf(i), "printed form").IntN(4) == 0
		return w
	}
	if o.Faults == "mixed" {
		w, planted := mixed(o.seedOf(i), fresh)
		return w, planted, nil
	}
	w := fresh(like{unlisted: strings.Contains(o.Faults, "filing.listed")})
	planted, err := w.plantAll(o.seedOf(i), o)
	return w, planted, err
}

// application renders one application and writes its folder.
func (b *browser) application(w *world, seed uint64, o Options, planted []plant, dir string) (*Truth, error) {
	scans := o.Scans
	if scans == "" {
		scans = "mixed"
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	t := &Truth{ID: w.ID, Mode: w.Mode, Policy: "2026H1", Seed: seed, Applicant: w.Applicant.Name, Provider: w.Provider.Name, Clean: len(planted) == 0, Window: w.Window, Family: w.Family,
		Planted: []Planted{}, Natural: w.natural(), Unscored: []string{}, Unreadable: []string{}, Documents: []TruthDocument{}}
	for _, u := range w.bundles(seed, scans) {
		f, err := b.make(w, seed, u)
		if err != nil {
			return nil, err
		}
		if err := f.write(dir); err != nil {
			return nil, err
		}
		t.Documents = append(t.Documents, f.docs...)
		if w.slotsGiven() {
			w.Form.Materials = append(w.Form.Materials, hequan.Material{Slot: u.Slot, File: f.name})
		}
	}
	for _, x := range w.Broken {
		if err := os.WriteFile(filepath.Join(dir, x.Name), x.Data, 0o644); err != nil {
			return nil, err
		}
		t.Unreadable = append(t.Unreadable, x.Name)
		if w.slotsGiven() {
			w.Form.Materials = append(w.Form.Materials, hequan.Material{Slot: hequan.KindOther, File: x.Name})
		}
	}
	planted = slices.DeleteFunc(slices.Clone(planted), func(p plant) bool {
		return p.rule == "scan.pages_complete" && w.Contract.LostPage == 0 || strings.HasPrefix(p.rule, "scan.") && !scanned(t.Documents, p.docs)
	})
	t.Clean = len(planted) == 0
	t.Unscored = append(t.Unscored, w.Unscored...)
	t.Application = w.Form
	for _, p := range planted {
		t.Planted = append(t.Planted, p.resolve(t.Documents))
	}
	if !w.NoSubsidy {
		s := w.truthSubsidy()
		t.Subsidy = &s
	}
	if err := writeJSON(filepath.Join(dir, "application.json"), w.Form); err != nil {
		return nil, err
	}
	return t, writeJSON(filepath.Join(dir, "truth.json"), t)
}

// scanned says whether any of the papers is a scan: an electronic one loses and repeats no pages.
func scanned(docs []TruthDocument, keys []string) bool {
	return slices.ContainsFunc(docs, func(d TruthDocument) bool {
		return slices.Contains(keys, d.key) && slices.ContainsFunc(d.PageInfo, func(p TruthPage) bool { return p.Source != "digital" })
	})
}

// write writes the file into the application's folder, if it was made.
func (o *made) write(dir string) error {
	if o.data == nil {
		return nil
	}
	path := filepath.Join(dir, filepath.FromSlash(o.name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, o.data, 0o644)
}

func (w *world) truthSubsidy() TruthSubsidy {
	s := subsidyOf(w)
	if s.excluded == nil {
		s.excluded = []exclusion{}
	}
	return TruthSubsidy{Gross: s.gross.String(), Excluded: s.excluded, Base: s.base.String(), Rate: "0.5", Capped: s.capped.String(), PayableWan: payable(s.capped, w.Claimed)}
}

// natural lists the rules where review is right on a clean application.
func (w *world) natural() []Natural {
	out := []Natural{}
	if w.takenOff() {
		out = append(out, Natural{"subsidy.ineligible", "review", "hardware, labour or what lies outside of the window is taken off the base"})
	}
	return out
}

func writeJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}

// writeFilings writes the filing list of the sample world in the form that
// `hequan check --filings` reads.
func writeFilings(path string, rows []filing) error {
	var b strings.Builder
	b.WriteString("# complete: true\n# as_of: 2026-07-10\ntrack\tseq\tterritory\tmodel\tentity\tnumber\tdate\tnote\n")
	seen := map[string]bool{}
	for i, f := range rows {
		if seen[f.Number] {
			continue
		}
		seen[f.Number] = true
		fmt.Fprintf(&b, "备案\t%d\t%s\t%s\t%s\t%s\t%s\t\n", i+1, f.Territory, f.Model, f.Entity, f.Number, f.Date)
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
