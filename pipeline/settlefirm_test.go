package pipeline

import (
	"slices"
	"testing"
)

func TestWhatAFirmIsCalled(t *testing.T) {
	for text, want := range map[string]string{
		"立诚致远会计师事务所（特殊普通合伙）":      "立诚致远",
		"北京衡并公计师事务所有限公司":          "北京衡并",
		"会计师事务所，北京于售会计师事务所(普通合伏)": "北京于售",
		"立城致远会诗事务所（殊普通合伙）":        "立城致远",
		"北京望潮精密制造科技有限公司":          "",
		"会议室在五层": "",
		"AS务（池立诚政远会计师事务所(特殊普通合伙）": "",
	} {
		if got := firmOwn(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestWitnessesOfAFirm: which names are compared with a ring. What most have stands; between two that as many have the ring decides.
func TestWitnessesOfAFirm(t *testing.T) {
	for _, c := range []struct {
		print, ring, short string
		other              []string // what the application's other report has
		want               []string
	}{
		{"立诚政远", "立城致远", "立诚", nil, []string{"立诚政远", "立诚致远"}},
		{"立诚政远", "立城致远", "立诚", []string{"立诚致远"}, []string{"立诚致远"}},
		{"全诚致远", "立城致远", "立诚", nil, []string{"立诚致远"}},
		{"池立诚致远", "立诚致远", "立诚", nil, []string{"立诚致远"}},
		{"立诚致远", "致远", "立诚", nil, []string{"立诚致远"}},
		{"二北京中衡信诚", "北京中衡信诚", "中衡", []string{"北京正勤信"}, []string{"北京中衡信诚"}},
		{"北京于售", "北京正勤信", "正勤", nil, []string{"北京正勤信"}},
	} {
		witnesses := append([]string{c.print, c.ring, c.short}, c.other...)
		base := firmBase([]rune(c.print), []rune(c.ring), witnesses)
		if got := likeliest(base, witnesses); !slices.Equal(got, c.want) {
			t.Errorf("printed %s, ring %s: %v, want %v", c.print, c.ring, got, c.want)
		}
	}
}
