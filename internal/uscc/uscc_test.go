package uscc

import (
	"strings"
	"testing"
)

var valid = []string{
	"91110000802100433B", "9144030071526726XG", "91330106673959654P", "914403001922038216",
}

func TestValid(t *testing.T) {
	for _, c := range valid {
		if !Valid(c) || !ValidOrg(c) {
			t.Errorf("%s: Valid %v, ValidOrg %v", c, Valid(c), ValidOrg(c))
		}
	}
	for _, c := range []string{"91350203M0001QAY9B", "", "9111000080210043", "91110000802100433O", "91110000802100433C"} {
		if Valid(c) {
			t.Errorf("%s is called valid", c)
		}
	}
}

func TestRepair(t *testing.T) {
	for read, want := range map[string]string{
		"91110000802100433B":     "91110000802100433B",
		"911100008021OO433B":     "91110000802100433B",
		"9lll0000802100433b":     "", // three characters changed in one way too many
		"91110000 8021 0043 3B ": "91110000802100433B",
		"91330106673959654p":     "91330106673959654P",
		"9144030071S26726XG":     "9144030071526726XG",
		"9133010667395965":       "",
		"9133010667395965一P":     "",
	} {
		got, repaired, ok := Repair(read)
		if want == "" {
			if ok && !Valid(got) {
				t.Errorf("Repair(%q) = %q", read, got)
			}
			continue
		}
		if !ok || got != want || repaired != (Normal(read) != want) {
			t.Errorf("Repair(%q) = %q, %v, %v; want %q", read, got, repaired, ok, want)
		}
	}
}

func FuzzRepair(f *testing.F) {
	for _, c := range valid {
		f.Add(c, 3, byte('O'))
	}
	f.Fuzz(func(t *testing.T, s string, at int, c byte) {
		code, repaired, ok := Repair(s)
		if ok && !Valid(code) || ok && !repaired && code != Normal(s) || !ok && code != "" {
			t.Fatalf("Repair(%q) = %q, %v, %v", s, code, repaired, ok)
		}
		for _, v := range valid { // one wrong character is never valid
			i := ((at % Len) + Len) % Len
			r := alphabet[int(c)%len(alphabet)]
			if v[i] != r && Valid(v[:i]+string(r)+v[i+1:]) {
				t.Fatalf("%s with %c at %d is called valid", v, r, i)
			}
		}
	})
}

func TestHolder(t *testing.T) {
	if Holder(valid[0]) != "企业" || Holder("9") != "" || !strings.HasPrefix(Holder("52"), "民办") {
		t.Error("holders")
	}
}

// A region is six digits, and one character may have been taken for two.
func TestRepairOfMore(t *testing.T) {
	for read, want := range map[string]string{
		"9LLLO0008O2100433B": "", "91LLO000802100433B": "91110000802100433B", "911100008021O0433B": "91110000802100433B",
		"91330106673959654PX": "91330106673959654P", "9111000O802100433B": "91110000802100433B", "91440300715267266XG": "",
	} {
		if got, repaired, ok := Repair(read); ok != (want != "") || got != want && ok || ok && !repaired {
			t.Errorf("%s: %q %v %v, want %q", read, got, repaired, ok, want)
		}
	}
	for _, c := range valid {
		n := 0
		for i := range c { // each character doubled by one that looks like nothing else
			if got, _, ok := Repair(c[:i] + "#" + c[i:]); ok && got == c {
				n++
			}
		}
		if n == 0 {
			t.Errorf("%s is never found again", c)
		}
	}
}

// TestRepairKeepsDigits: a repair puts no letter where the standard has digits.
func TestRepairKeepsDigits(t *testing.T) {
	if code, _, ok := Repair("91110302MAD3E53704"); ok {
		t.Errorf("it became %s", code)
	}
}
