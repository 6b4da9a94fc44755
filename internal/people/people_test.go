package people

import (
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
)

func TestRightsAreLeast(t *testing.T) {
	want := map[Role]string{FirstReview: "看办再", SecondReview: "看办再同", Admin: "看再管", Auditor: "看审", "": "", "root": ""}
	words := map[Right]string{Look: "看", Handle: "办", Tend: "再", Endorse: "同", Govern: "管", Inspect: "审"}
	for role, may := range want {
		got := ""
		for _, r := range []Right{Look, Handle, Tend, Endorse, Govern, Inspect} {
			if role.May(r) {
				got += words[r]
			}
		}
		if got != may {
			t.Errorf("%s may %s, want %s", role, got, may)
		}
		if !role.May(Open) || role.May(Signed) != (may != "") || role.May(0) {
			t.Errorf("%s: open %v, signed %v, none %v", role, role.May(Open), role.May(Signed), role.May(0))
		}
	}
}

func TestPasswords(t *testing.T) {
	for password, want := range map[string]string{
		"correct horse battery": "", "长亭外古道边芳草碧连天晚风": "", "Wq7#pL2!xZ9v": "",
		"short":           "至少",
		"aaaaaaaaaaaaaaa": "太容易", "password1234567": "太容易", "zhangsan2026zhangsan": "太容易", "abababababababab": "太容易",
		strings.Repeat("aB3$xyz9", 20): "至多", "twelve\x00chars00": "不能使用", "1234567890123456": "太容易",
	} {
		err := CheckPassword(password, "zhangsan", "张三")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
	}
	hash, err := HashPassword("correct horse battery")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=3,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	other, err := HashPassword("correct horse battery")
	if err != nil || other == hash {
		t.Errorf("no salt: %s, %v", other, err)
	}
	if _, _, _, err := argon2id.DecodeHash(nobody); err != nil { // else an unknown login would be told by the time it takes
		t.Error(err)
	}
	if !RightPassword("correct horse battery", hash) || RightPassword("correct horse batterz", hash) || RightPassword("", "") || RightPassword("x", "broken") {
		t.Error("a wrong password passes, or the right one does not")
	}
}

func TestCodesAreUsedOnce(t *testing.T) {
	secret, address, err := NewTOTP("zhang")
	if err != nil || !strings.HasPrefix(address, "otpauth://totp/hequan:zhang?") {
		t.Fatal(address, err)
	}
	at := time.Unix(1_800_000_010, 0)
	code, err := Code(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	step, right := RightCode(secret, code[:3]+" "+code[3:], 0, at)
	if !right {
		t.Fatal("the code of now is refused")
	}
	if _, again := RightCode(secret, code, step, at); again {
		t.Error("a code passes twice")
	}
	if _, late := RightCode(secret, code, 0, at.Add(30*time.Second)); !late {
		t.Error("a code of the period before is refused")
	}
	for _, d := range []time.Duration{-2 * time.Minute, 2 * time.Minute} {
		if _, far := RightCode(secret, code, 0, at.Add(d)); far {
			t.Errorf("a code passes %s away", d)
		}
	}
	if _, empty := RightCode(secret, "", 0, at); empty {
		t.Error("no code passes")
	}
}

func TestTokens(t *testing.T) {
	a, b := NewToken(), NewToken()
	if a == b || !strings.HasPrefix(a, "hequan_") || len(a) < 30 || HashSecret(a) == HashSecret(b) || strings.Contains(HashSecret(a), a) {
		t.Error(a, b)
	}
}
