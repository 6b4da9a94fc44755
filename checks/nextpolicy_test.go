package checks

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"hequan"
	"hequan/internal/policy"
)

// nextPolicy is a fictitious later half-year.
func nextPolicy(t testing.TB) *policy.Policy {
	t.Helper()
	p, err := policy.Open("../internal/policy/testdata/2026H2.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shifted is a base with every month from August 2025 on ten months later, and
// the years of audit reports one.
func shifted(t testing.TB, base string) Case {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "base", base+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`20\d\d-\d\d\b|\b20\d{6}\b`).ReplaceAllStringFunc(string(data), func(s string) string {
		m := regexp.MustCompile(`^(20\d\d)(-?)(\d\d)(.*)$`).FindStringSubmatch(s)
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[3])
		if month < 1 || month > 12 || year*12+month < 2025*12+8 || year > 2026 {
			return s
		}
		n := year*12 + month - 1 + 10
		return fmt.Sprintf("%d%s%02d%s", n/12, m[2], n%12+1, m[4])
	})
	for _, r := range [][2]string{{`year: "2025"`, `year: "2026"`}, {`year: "2024"`, `year: "2025"`}, {"26312000000087654321", "27312000000087654321"}, {`"105000.00"`, `"80000.00"`}} {
		text = strings.ReplaceAll(text, r[0], r[1])
	}
	var s spec
	if err := yaml.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return caseFrom(t, s)
}

// TestNextPolicy judges applications under a policy that no code knows: only
// its file does.
func TestNextPolicy(t *testing.T) {
	next := nextPolicy(t)
	if slices.Contains(policy.IDs(), next.ID) {
		t.Fatalf("%s is built in", next.ID)
	}
	// An application of its own half-year is clean; 210,000 × 0.4 = 84,000, of which the cap leaves 80,000.
	c := shifted(t, "api")
	c.Policy = next
	r := Judge(c)
	if r.Policy != "2026H2" || r.Subsidy.PayableWan != "8.0" || r.Subsidy.Base != "210000.00" {
		t.Errorf("policy %s, subsidy %+v", r.Policy, r.Subsidy)
	}
	for _, f := range r.Findings {
		if f.Status == hequan.Fail || f.Status == hequan.Review {
			t.Errorf("%s", tell(r, f.Rule))
		}
	}
	// One of the half-year before is not.
	c = build(t, []byte("base: api"))
	c.Policy = next
	r = Judge(c)
	for rule, says := range map[string]string{"invoice.date_window": "2026-07-01", "application.window": "2027-04-26"} {
		if got := tell(r, rule); !strings.HasPrefix(got, "不符合") || !strings.Contains(got, says) {
			t.Errorf("%s under the next policy: %s", rule, got)
		}
	}
}
