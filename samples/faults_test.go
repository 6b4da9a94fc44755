package samples

import (
	"encoding/json"
	"fmt"
	"maps"
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
	clean := map[string]string{}
	for _, f := range allFaults() {
		for _, subtle := range []bool{false, true} {
			planted := 0
			for seed := uint64(1); seed <= 2; seed++ {
				for _, m := range hequan.Modes {
					w := newWorld(seed, "x", m)
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
					key := fmt.Sprint(seed, m)
					if clean[key] == "" {
						clean[key] = worldText(t, newWorld(seed, "x", m), printed(newWorld(seed, "x", m), seed))
					}
					spoilt := len(w.Scans)+len(w.Broken) > 0 || w.Repeated != "" || w.Swapped || w.Unlisted || w.Twin != nil || w.Signed != nil || len(w.Overlays) > 0
					if !spoilt && worldText(t, w, papers) == clean[key] {
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
		if d := paper.truth("x", paper.Kind); d.find(s.field) == nil {
			t.Errorf("%s: no %s on %s", rule, s.field, s.key)
		}
	}
	for _, key := range p.docs {
		if papers[key] == nil {
			t.Errorf("%s: no paper %s", rule, key)
		}
	}
}

// worldText is the form and everything that is printed.
func worldText(t *testing.T, w *world, papers map[string]*paper) string {
	t.Helper()
	form, err := json.Marshal(w.Form)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	s.Write(form)
	for _, k := range slices.Sorted(maps.Keys(papers)) {
		s.WriteString(k + papers[k].body.String())
		if papers[k].Across != nil {
			s.WriteString(papers[k].Across.Text)
		}
	}
	return s.String()
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
