package dossier

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hequan/internal/audit"
)

// made is a dossier with one report and one line that speaks of it.
func made(t *testing.T) (data []byte, files map[string][]byte, hash string) {
	t.Helper()
	report := []byte(`{"verdict":"fail"}`)
	detail, err := json.Marshal(map[string]any{"number": 1, "sha256": sum(report)})
	if err != nil {
		t.Fatal(err)
	}
	l := audit.Line{Number: 7, Person: "hequan", Event: "run", Application: "a", Detail: detail}
	if err := l.Seal("before"); err != nil {
		t.Fatal(err)
	}
	text, err := l.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(Line{text, l.Previous, l.Hash})
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{RunName(1): report, AuditName: append(line, '\n'), OriginalsName: []byte("[]")}
	var out bytes.Buffer
	hash, err = Write(&out, Manifest{Application: "a", Name: "0017"}, files)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), files, hash
}

func TestVerify(t *testing.T) {
	data, files, hash := made(t)
	m, got, problems, err := Verify(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(problems) > 0 || got != hash || m.Name != "0017" || len(m.Files) != 3 {
		t.Fatalf("%+v %s %v %v", m, got, problems, err)
	}
	again, _, _ := made(t)
	if !bytes.Equal(again, data) {
		t.Error("the same is not the same")
	}
	// Tampering that also mends the manifest is told by the audit lines; that of the zip alone by the manifest.
	for name, c := range map[string]struct {
		change func(map[string][]byte)
		says   string
	}{
		"report altered": {func(f map[string][]byte) { f[RunName(1)] = []byte(`{"verdict":"pass"}`) }, "runs/1.json 与审计记录第 7 行所记的散列不符"},
		"report gone":    {func(f map[string][]byte) { delete(f, RunName(1)) }, "runs/1.json 与审计记录"},
		"line altered": {func(f map[string][]byte) {
			f[AuditName] = bytes.Replace(f[AuditName], []byte("hequan"), []byte("nobody"), 1)
		}, "第 7 行的内容与其散列不符"},
		"line of another": {func(f map[string][]byte) {
			f[AuditName] = bytes.Replace(f[AuditName], []byte(`"application":"a"`), []byte(`"application":"b"`), 1)
		}, "另一份申报"},
		"line twice":  {func(f map[string][]byte) { f[AuditName] = append(f[AuditName], f[AuditName]...) }, "次序颠倒"},
		"line broken": {func(f map[string][]byte) { f[AuditName] = []byte("{") }, "不能解读"},
	} {
		changed := map[string][]byte{}
		for k, v := range files {
			changed[k] = bytes.Clone(v)
		}
		c.change(changed)
		var out bytes.Buffer
		if _, err := Write(&out, Manifest{Application: "a"}, changed); err != nil {
			t.Fatal(err)
		}
		_, newHash, problems, err := Verify(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil || !strings.Contains(strings.Join(problems, "；"), c.says) || newHash == hash {
			t.Errorf("%s: %v, %v", name, problems, err)
		}
	}
	for says, change := range map[string]func(name string, data []byte, z *zip.Writer){
		"originals.json 缺失": func(name string, data []byte, z *zip.Writer) { copyUnless(name == OriginalsName, name, data, z) },
		"originals.json 与清单的散列不符": func(name string, data []byte, z *zip.Writer) {
			copyUnless(false, name, bytes.Replace(data, []byte("[]"), []byte("[ ]"), 1), z)
		},
		"extra.txt 不在清单中": func(name string, data []byte, z *zip.Writer) {
			copyUnless(false, name, data, z)
			copyUnless(name != OriginalsName, "extra.txt", nil, z)
		},
		"originals.json 重复": func(name string, data []byte, z *zip.Writer) {
			copyUnless(false, name, data, z)
			copyUnless(name != OriginalsName, name, data, z)
		},
	} {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		old, _, err := unpack(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range old {
			change(name, content, z)
		}
		z.Close()
		if _, _, problems, err := Verify(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil || !strings.Contains(strings.Join(problems, "；"), says) {
			t.Errorf("%s: %v, %v", says, problems, err)
		}
	}
	for _, no := range [][]byte{nil, []byte("PK no"), data[:len(data)/2]} {
		if _, _, _, err := Verify(bytes.NewReader(no), int64(len(no))); err == nil {
			t.Error("what is no dossier passes")
		}
	}
}

func copyUnless(not bool, name string, data []byte, z *zip.Writer) {
	if not {
		return
	}
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		panic(err)
	}
}
