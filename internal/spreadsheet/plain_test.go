package spreadsheet

import "testing"

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "北京某公司": "北京某公司", "A=1": "A=1", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"＝1＋1": "'＝1＋1", "＠x": "'＠x", "|cmd": "'|cmd", "%0": "'%0", "'=1": "'=1", "\xff=1": "\xff=1",
	} {
		if got := Plain(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
