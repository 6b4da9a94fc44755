package samples

import "testing"

// TestElectronicPapersLoseNoPages: a fault of scanning needs a page that was scanned.
func TestElectronicPapersLoseNoPages(t *testing.T) {
	docs := []TruthDocument{{key: "audit:1", PageInfo: []TruthPage{{Source: "digital"}}}, {key: "contract", PageInfo: []TruthPage{{Source: "digital"}, {Source: "scan"}}}}
	for key, want := range map[string]bool{"audit:1": false, "contract": true, "bank": false} {
		if scanned(docs, []string{key}) != want {
			t.Errorf("%s: %t", key, !want)
		}
	}
}
