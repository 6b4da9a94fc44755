package signature

import (
	"bytes"
	"strings"
	"testing"

	"hequan"
)

// verdict is what is wanted of the one signature of a file.
type verdict struct {
	status, reason string
	whole          bool
}

func (v verdict) check(t *testing.T, got []hequan.Signature) {
	t.Helper()
	if len(got) != 1 {
		t.Fatalf("%d signatures, want 1", len(got))
	}
	s := got[0]
	if s.Status != v.status || !strings.Contains(s.Reason, v.reason) || s.Whole != v.whole && s.Status != hequan.SignatureBroken {
		t.Errorf("got %+v, want %+v", s, v)
	}
	if s.Status == hequan.SignatureValid && s.Signer != signer {
		t.Errorf("the signer is %q, want %q", s.Signer, signer)
	}
}

func TestPDF(t *testing.T) {
	good, expired, self := signers(t)
	whole := signedPDF(t, good)
	altered := bytes.Replace(append([]byte(nil), whole...), []byte("/MediaBox [0 0 595 842]"), []byte("/MediaBox [0 0 595 843]"), 1)
	for _, c := range []struct {
		what string
		data []byte
		want verdict
	}{
		{"intact", whole, verdict{hequan.SignatureValid, "", true}},
		{"altered inside", altered, verdict{hequan.SignatureBroken, "内容不符", true}},
		{"appended to", append(append([]byte(nil), whole...), []byte("6 0 obj\n<< >>\nendobj\n%%EOF\n")...), verdict{hequan.SignatureOpen, "追加", false}},
		{"self-signed", signedPDF(t, self), verdict{hequan.SignatureOpen, "自签名", true}},
		{"expired", signedPDF(t, expired), verdict{hequan.SignatureOpen, "有效期", true}},
	} {
		t.Run(c.what, func(t *testing.T) { c.want.check(t, PDF(c.data)) })
	}
	if got := PDF([]byte("%PDF-1.4\nno signature\n%%EOF\n")); got != nil {
		t.Errorf("an unsigned file has signatures: %+v", got)
	}
}

func TestOFD(t *testing.T) {
	good, expired, self := signers(t)
	change := func(name string, data []byte) map[string][]byte {
		parts := signedOFD(t, good)
		parts[name] = data
		return parts
	}
	for _, c := range []struct {
		what  string
		parts map[string][]byte
		want  verdict
	}{
		{"intact", signedOFD(t, good), verdict{hequan.SignatureValid, "", true}},
		{"altered inside", change("Doc_0/Pages/Page_0/Content.xml", []byte("<ofd:Page/>")), verdict{hequan.SignatureBroken, "Content.xml 有改动", true}},
		{"appended to", change("Doc_0/Pages/Page_1/Content.xml", []byte("<ofd:Page/>")), verdict{hequan.SignatureOpen, "没有覆盖", false}},
		{"self-signed", signedOFD(t, self), verdict{hequan.SignatureOpen, "自签名", true}},
		{"expired", signedOFD(t, expired), verdict{hequan.SignatureOpen, "有效期", true}},
	} {
		t.Run(c.what, func(t *testing.T) {
			part, list, names := open(t, pack(t, c.parts))
			got, stamps := OFD(part, list, names)
			c.want.check(t, got)
			if stamps[0].Page != "1" || stamps[0].Box != [4]float64{120, 200, 42, 42} {
				t.Errorf("the seal shows at %+v", stamps[0])
			}
		})
	}
}

// FuzzPDF and FuzzOFD look for input on which the parsers give up.
func FuzzPDF(f *testing.F) {
	f.Add([]byte("%PDF-1.7 /ByteRange [0 10 20 5] <3003020101>"))
	f.Add([]byte("/ByteRange[0 99999999999 1 1]"))
	f.Fuzz(func(_ *testing.T, data []byte) { PDF(data) })
}

func FuzzSealed(f *testing.F) {
	f.Add([]byte{0x30, 0x03, 0x02, 0x01, 0x01}, []byte("x"))
	f.Fuzz(func(_ *testing.T, value, document []byte) { sealed(value, document) })
}
