package samples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hequan"
)

// printed is the papers of a world without their places.
func printed(w *world, seed uint64) map[string]*paper {
	out := map[string]*paper{}
	for _, b := range w.bundles(seed, "scan") {
		for _, key := range b.Keys {
			out[key] = w.paperOf(seed, key)
		}
	}
	return out
}

// Every fault changes what stands on the papers, and the places it names exist.
func TestFaultsNameTheirPlaces(t *testing.T) {
	for _, f := range allFaults() {
		for _, subtle := range []bool{false, true} {
			planted := 0
			for seed := uint64(1); seed <= 2; seed++ {
				for _, m := range hequan.Modes {
					w := newWorld(seed, "x", m)
					clean := newWorld(seed, "x", m)
					ps := w.plant(f, stream(seed, "fault"), subtle)
					if len(ps) == 0 {
						continue
					}
					planted++
					if ps[0].rule != f.rule {
						t.Errorf("%s plants %s first", f.rule, ps[0].rule)
					}
					papers := printed(w, seed)
					for _, p := range ps {
						checkPlaces(t, f.rule, p, papers)
					}
					if sameWorld(t, w, clean, seed) {
						t.Errorf("%s (subtle %v, seed %d, %s) changes nothing", f.rule, subtle, seed, m)
					}
				}
			}
			if planted == 0 {
				t.Errorf("%s (subtle %v) was never planted", f.rule, subtle)
			}
		}
	}
}

func checkPlaces(t *testing.T, rule string, p plant, papers map[string]*paper) {
	t.Helper()
	if p.expect != "fail" && p.expect != "review" {
		t.Errorf("%s expects %q", rule, p.expect)
	}
	for _, s := range p.at {
		paper, ok := papers[s.key]
		if !ok {
			t.Errorf("%s: no paper %s", rule, s.key)
			continue
		}
		d := TruthDocument{Fields: paper.fields, Tables: paper.tables}
		if d.find(s.field) == nil {
			t.Errorf("%s: no %s on %s", rule, s.field, s.key)
		}
	}
	for _, key := range p.docs {
		if papers[key] == nil {
			t.Errorf("%s: no paper %s", rule, key)
		}
	}
}

// sameWorld compares forms, papers and what happens to them.
func sameWorld(t *testing.T, a, b *world, seed uint64) bool {
	t.Helper()
	text := func(w *world) string {
		var s strings.Builder
		form, err := json.Marshal(w.Form)
		if err != nil {
			t.Fatal(err)
		}
		s.Write(form)
		papers := printed(w, seed)
		keys := make([]string, 0, len(papers))
		for k := range papers {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			p := papers[k]
			s.WriteString(k + p.body.String())
			if p.Across != nil {
				s.WriteString(p.Across.Text)
			}
		}
		return s.String()
	}
	spoilt := len(a.Scans)+len(a.Broken) > 0 || a.Repeated != "" || a.Swapped || a.Unlisted
	return !spoilt && text(a) == text(b)
}

func TestCleanPlantsNothing(t *testing.T) {
	w := newWorld(5, "x", hequan.ModeAPI)
	for _, faults := range []string{"", "none"} {
		if ps, err := w.plantAll(5, Options{Faults: faults}); err != nil || len(ps) > 0 {
			t.Errorf("faults %q planted %v, error %v", faults, ps, err)
		}
	}
	if _, err := w.plantAll(5, Options{Faults: "no.such_rule"}); err == nil {
		t.Error("an unknown rule is no error")
	}
}

// The demo applications belong to the seeds that the README names.
func TestDemoBelongsToItsSeed(t *testing.T) {
	for id, rule := range map[string]string{"2026H1-2001": "invoice.amount_words", "2026H1-2002": "applicant.established", "2026H1-2003": "invoice.date_window"} {
		data, err := os.ReadFile(filepath.Join("demo", id, "truth.json"))
		if err != nil {
			t.Fatal(err)
		}
		var truth Truth
		if err := json.Unmarshal(data, &truth); err != nil {
			t.Fatal(err)
		}
		w := newWorld(truth.Seed, id, truth.Mode)
		if _, err := w.plantAll(truth.Seed, Options{Faults: rule}); err != nil {
			t.Fatal(err)
		}
		if w.Applicant.Name != truth.Applicant || w.Provider.Name != truth.Provider || string(w.Form.ClaimedAmount) != string(truth.Application.ClaimedAmount) || w.truthSubsidy().Base != truth.Subsidy.Base {
			t.Errorf("%s is not what its seed %d gives now: make the demo anew", id, truth.Seed)
		}
		if len(truth.Planted) == 0 || truth.Planted[0].Rule != rule || len(truth.Planted[0].At) == 0 {
			t.Errorf("%s: planted %v, want %s first", id, truth.Planted, rule)
		}
		checkTruth(t, filepath.Join("demo", id), truth)
	}
}
