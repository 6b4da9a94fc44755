package day

import "testing"

func TestOf(t *testing.T) {
	for text, want := range map[string]string{
		"2026年6月30日": "2026-06-30", "2026年06月30日": "2026-06-30", "2026.6.30": "2026-06-30", "2026-06-30": "2026-06-30",
		"2026/6/30": "2026-06-30", "20260630": "2026-06-30", "二〇二六年六月三十日": "2026-06-30", "二○二六年六月三十日": "2026-06-30",
		"二零二六年陆月叁拾日": "2026-06-30", "2026 年 6 月 30 日": "2026-06-30", "２０２６年６月３０日": "2026-06-30", "二〇二五年四月二十五日": "2025-04-25",
		"二〇二六年一月一日": "2026-01-01", "二〇二五年十二月三十一日": "2025-12-31", "2024/3/29": "2024-03-29", "（2026年2月10日）": "2026-02-10", "二〇二五年十月廿八日": "2025-10-28",
	} {
		d, ok := Of(text)
		if !ok || d.String() != want {
			t.Errorf("Of(%q) = %s, %v; want %s", text, d, ok, want)
		}
	}
	for _, bad := range []string{"", "2026年2月30日", "　　年　　月　　日", "2026年6月", "2026.13.01", "12026063012", "日期"} {
		if d, ok := Of(bad); ok {
			t.Errorf("Of(%q) = %s", bad, d)
		}
	}
}

func TestPeriod(t *testing.T) {
	for text, want := range map[string]string{
		"2025.08.09-2026.06.30":         "2025-08-09 至 2026-06-30",
		"自2025年8月9日起至2026年6月30日止":       "2025-08-09 至 2026-06-30",
		"2025年9月1日至2025年12月31日":         "2025-09-01 至 2025-12-31",
		"2025年9月至12月":                   "2025-09-01 至 2025-12-31",
		"2026年1月1日 一 2026年5月31日":        "2026-01-01 至 2026-05-31", // a dash that was recognised as 一
		"2025年9月1日至12月31日":              "2025-09-01 至 2025-12-31",
		"2025-09 ~ 2026-05":             "2025-09-01 至 2026-05-31",
		"2025-09":                       "2025-09-01 至 2025-09-30",
		"2025年9月":                       "2025-09-01 至 2025-09-30",
		"26年6月":                         "2026-06-01 至 2026-06-30",
		"2026年第二季度":                     "2026-04-01 至 2026-06-30",
		"2026年上半年":                      "2026-01-01 至 2026-06-30",
		"2025年09月01日00时至2025年12月31日24时": "2025-09-01 至 2025-12-31",
		"2025年度第4季度":                    "2025-10-01 至 2025-12-31",
		"25年9月1日":                       "2025-09-01",
		"二〇二五年九月至十二月":                   "2025-09-01 至 2025-12-31",
		"2025年Q3":                       "2025-07-01 至 2025-09-30",
		"2024年度":                        "2024-01-01 至 2024-12-31",
		"二〇二五年九月一日至二〇二六年六月三十日":           "2025-09-01 至 2026-06-30",
		"2025年09月01日 — 2026年05月31日（含当日）": "2025-09-01 至 2026-05-31",
	} {
		w, ok := Period(text)
		if !ok || w.String() != want {
			t.Errorf("Period(%q) = %s, %v; want %s", text, w, ok, want)
		}
	}
}

func TestMisreadDayIsNoMonth(t *testing.T) {
	for _, text := range []string{"2025年12月1l日", "2025年12月 口 日", "2026年07月II日"} {
		if w, ok := Period(text); ok && w.Days() > 1 && w.Days() < 40 {
			t.Errorf("Period(%q) = %s", text, w)
		}
	}
}

func TestRangeWithoutItsEnd(t *testing.T) {
	for _, text := range []string{"2026年1月1日至2026年", "2025年10月1日至2025年 "} {
		if r := FindRanges(text); len(r) > 0 {
			t.Errorf("FindRanges(%q) = %s", text, r[0])
		}
	}
}

func TestRelative(t *testing.T) {
	for text, want := range map[string]string{
		"本合同有效期自签订之日起一年":      "2025-09-01 至 2026-08-31",
		"自生效之日起12个月":          "2025-09-01 至 2026-08-31",
		"服务期限：自合同签订之日起两年":     "2025-09-01 至 2027-08-31",
		"自验收合格之日起计算，有效期为6个月。": "2025-09-01 至 2026-02-28",
	} {
		r := FindRelative(text)
		if len(r) != 1 || r[0].From(Must("2025-09-01")).String() != want {
			t.Errorf("FindRelative(%q) = %+v; want %s", text, r, want)
		}
	}
}

func TestWindow(t *testing.T) {
	w := Window{Must("2025-08-09"), Must("2026-06-30")}
	if w.Days() != 326 {
		t.Errorf("the policy's window has %d days, want 326", w.Days())
	}
	for value, want := range map[string]bool{"2025-08-08": false, "2025-08-09": true, "2026-06-30": true, "2026-07-01": false} {
		if w.Contains(Must(value)) != want {
			t.Errorf("Contains(%s) = %v", value, !want)
		}
	}
	if got := Must("2025-01-31").AddMonths(1).String(); got != "2025-02-28" {
		t.Errorf("31 January + 1 month = %s", got)
	}
	if got := Must("2025-01-31").AddMonths(-2).String(); got != "2024-11-30" {
		t.Errorf("31 January - 2 months = %s", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("自2025年8月9日起至2026年6月30日止，自签订之日起一年")
	f.Add("二〇二六年第二季度 2026.6.30")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, found := range FindAll(s) {
			if found.start < last || found.end <= found.start || s[found.start:found.end] != found.Text {
				t.Fatalf("span %d-%d %q of %q", found.start, found.end, found.Text, s)
			}
			last = found.end
			if found.Exact {
				if d, ok := Of(found.From.String()); !ok || d != found.From {
					t.Fatalf("%q: %s does not read back", s, found.From)
				}
			}
		}
		for _, r := range FindRanges(s) {
			if r.To.Before(r.From) {
				t.Fatalf("range %s in %q", r, s)
			}
		}
		FindRelative(s)
	})
}

// TestStretchesOfOneYear: a period that names its year once is one stretch, and never the year or its beginning alone.
func TestStretchesOfOneYear(t *testing.T) {
	for text, want := range map[string]string{
		"2025年9-12月":             "2025-09-01…2025-12-31",
		"2025年9月一12月":            "2025-09-01…2025-12-31",
		"2025年9月（含）至12月（含）":      "2025-09-01…2025-12-31",
		"2025年9月、10月、11月、12月":    "2025-09-01…2025-12-31",
		"2025年9、10月":             "2025-09-01…2025-10-31",
		"二〇二五年九月至十二月":            "2025-09-01…2025-12-31",
		"2025年第三、四季度":            "2025-07-01…2025-12-31",
		"2025年Q3、Q4":             "2025-07-01…2025-12-31",
		"2025年三季度至四季度":           "2025-07-01…2025-12-31",
		"2025.09.01-12.31":       "2025-09-01…2025-12-31",
		"自2025年9月1日起至12月31日止":    "2025-09-01…2025-12-31",
		"2025年9月1日（含）—12月31日（含）": "2025-09-01…2025-12-31",
		"2025年9月、12月":            "", // two months, no stretch
		"2025.09.01-12.31.7":     "",
	} {
		got := ""
		if r := FindRanges(text); len(r) == 1 {
			got = r[0].From.String() + "…" + r[0].To.String()
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
