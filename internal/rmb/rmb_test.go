package rmb

import "testing"

func TestParseWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  string
		exact bool
	}{
		{"壹拾元柒角整", "10.70", true},
		{"壹拾圆零柒角整", "10.70", true},
		{"壹佰贰拾元伍角整", "120.50", true},
		{"壹仟零壹拾元零伍分", "1010.05", true},
		{"壹佰万陆仟元整", "1006000.00", true},
		{"壹佰万零陆仟元整", "1006000.00", true},
		{"贰万元零叁分", "20000.03", true},
		{"壹亿零壹元整", "100000001.00", true},
		{"壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89", true},
		{"人民币肆拾柒万圆整", "470000.00", true},
		{"⊗ 贰拾贰万伍仟陆佰柒拾陆圆贰角玖分", "225676.29", true},
		{"（大写）：人民币伍拾万整", "500000.00", true},
		{"拾伍元整", "15.00", true},
		{"负叁拾元整", "-30.00", true},
		{"（负数）叁拾元整", "-30.00", true},
		{"柒角整", "0.70", true},
		{"零元柒角整", "0.70", true},
		{"零元整", "0.00", true},
		{"叁元零角零分", "3.00", true},
		{"叁佰贰拾亿元整", "32000000000.00", true},
		{"臺拾完柒角整", "10.70", false},
		{"壹佰万陆任元整", "1006000.00", false}, // 任 can only be 仟 here
		{"任仟元整", "5000.00", false},       // and only 伍 here
		{"肆拾染万圆整", "470000.00", false},
		{"壹抬陆万贰什索佰陆拾伍元过角贰分", "162165.12", false},
		{"峙拾过万拥任律佰肆拾抽元参角抽分", "418448.38", false},
		{"伍拾陆万伍任肆佰坎抬抽圆参角玖分", "565498.39", false},
	} {
		got, exact, ok := ParseWords(c.text)
		if !ok || got.String() != c.want || exact != c.exact {
			t.Errorf("ParseWords(%q) = %s, exact %v, ok %v; want %s, exact %v", c.text, got, exact, ok, c.want, c.exact)
		}
	}
	for _, bad := range []string{"", "整", "元整", "壹贰元整", "佰元整", "壹拾佰元整", "壹佰", "合同总价", "壹万壹亿元整", "壹元整壹", "壹拾拾元整", "壹元壹分壹角", "伍伍角"} {
		if got, _, ok := ParseWords(bad); ok {
			t.Errorf("ParseWords(%q) = %s, want not read", bad, got)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"¥470,000.00": "470000.00", "￥ 1,234.5": "1234.50", "104.3万元": "1043000.00", "1.2亿元": "120000000.00",
		"１２３": "123.00", "RMB 12": "12.00", "人民币470,000元": "470000.00", "(12.00)": "-12.00", "-3.00元": "-3.00",
		"¥-3.00": "-3.00", "122,602.72元": "122602.72", "Y225676.29": "225676.29", "300元整": "300.00", "（小写）¥5.00": "5.00",
	} {
		got, ok := Parse(text)
		if !ok || got.String() != want {
			t.Errorf("Parse(%q) = %s, %v; want %s", text, got, ok, want)
		}
	}
	for _, bad := range []string{"", "元", "0.0008元/千tokens", "12 34", "1,23", "abc1", "2026年7月"} {
		if got, ok := Parse(bad); ok {
			t.Errorf("Parse(%q) = %s, want not read", bad, got)
		}
	}
}

func TestFind(t *testing.T) {
	text := "合同总价（含税）人民币1,043,000.00元（大写：壹佰零肆万叁仟元整），税率6%"
	var got []string
	for _, f := range Find(text) {
		if f.Marked {
			got = append(got, f.Fen.String()+"|"+f.Text+"|"+string([]rune(text)[f.Start:f.End]))
		}
	}
	want := "1043000.00|人民币1,043,000.00元|人民币1,043,000.00元"
	if len(got) != 1 || got[0] != want {
		t.Errorf("Find = %q, want %q", got, want)
	}
}

func TestProduct(t *testing.T) {
	for _, c := range [][3]string{
		{"2869820", "0.015", "43047.30"}, {"6", "16981.131667", "101886.79"}, {"50", "1226.415", "61320.75"}, {"1", "0.005", "0.01"}, {"1", "-0.005", "-0.01"},
	} {
		if got, ok := Product(c[0], c[1]); !ok || got.String() != c[2] {
			t.Errorf("Product(%s, %s) = %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, n := range []int64{0, 1, 70, 1070, 12050, 101005, 100600000, 2000003, 10000000100, 123456789, -3000, 10000000000000, 100010001000, 1000000000} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		n %= 1e14 // below a 万亿
		want := Fen(n)
		got, exact, ok := ParseWords(want.Words())
		if !ok || !exact || got != want {
			t.Fatalf("%s is written %s and read %s (exact %v, ok %v)", want, want.Words(), got, exact, ok)
		}
		if back, ok := ParseValue(want.String()); !ok || back != want {
			t.Fatalf("ParseValue(%q) = %s", want.String(), back)
		}
		if back, ok := Parse("¥" + want.Grouped()); !ok || back != want {
			t.Fatalf("Parse(%q) = %s", want.Grouped(), back)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("人民币1,043,000.00元（大写：壹佰零肆万叁仟元整）")
	f.Add("(¥-3.00)万")
	f.Fuzz(func(t *testing.T, s string) {
		n := len([]rune(s)) * 20
		for _, found := range Find(s) {
			if found.Start < 0 || found.End < found.Start || found.End > n+20 {
				t.Fatalf("span %d-%d of %q", found.Start, found.End, s)
			}
		}
		Parse(s)
		if v, _, ok := ParseWords(s); ok {
			if again, _, ok := ParseWords(v.Words()); !ok || again != v {
				t.Fatalf("%q is %s, whose words are %s", s, v, again)
			}
		}
	})
}

// TestCanonical asserts that the short way to read a normal form gives what
// the long one does, and takes nothing else.
func TestCanonical(t *testing.T) {
	for _, v := range []string{"0.00", "1234.50", "-1234.50", "007.10", "999999999999999.99", "-0.01"} {
		got, ok := canonical(v)
		r, isNumber := Number(v)
		want, whole := fen(r)
		if !ok || !isNumber || !whole || got != want {
			t.Errorf("%s: %d, %v, want %d", v, got, ok, want)
		}
	}
	for _, v := range []string{"", "-", ".50", "1.5", "1,234.50", "1234.5a", "--1.00", "1234567890123456.00", "12.345", " 1.00", "１.00"} {
		if got, ok := canonical(v); ok {
			t.Errorf("%q is taken for %d", v, got)
		}
	}
}

// TestFindInExpandingText: characters that normalisation makes several of move no place.
func TestFindInExpandingText(t *testing.T) {
	for _, text := range []string{"面积½㎡…，合计1,200.00元", "e\u0301…１，２００．００元", "㈠㍿…：1,200.00元整"} {
		runes := []rune(text)
		for _, f := range Find(text) {
			if f.Start < 0 || f.End > len(runes) || f.Start > f.End {
				t.Fatalf("%q: %d to %d of %d", text, f.Start, f.End, len(runes))
			}
		}
		if f := Find("½㎡…1,200.00元"); len(f) != 1 || f[0].Start != 3 || f[0].End != 12 {
			t.Errorf("%+v", f)
		}
	}
}

// TestParseKeepsPlaces: what is more than one character in its normal form, or no character at all, moves no amount.
func TestParseKeepsPlaces(t *testing.T) {
	for _, text := range []string{"A\xaf0,", "…1,234.56元", "㎡12.00元"} {
		if f, ok := Parse(text); ok {
			t.Errorf("%q is %s", text, f)
		}
	}
	if f, ok := Parse("３００元整"); !ok || f != 30000 {
		t.Errorf("%s, %t", f, ok)
	}
}
