package main

import (
	"bytes"
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// signatureRoom is how many hexadecimal digits a signature may take.
const signatureRoom = 8192

// signed is a scanned PDF with an electronic signature of somebody over all of it.
func signed(t *testing.T, data []byte, signer string) []byte {
	t.Helper()
	size := bytes.Count(data, []byte(" obj\n")) + 1
	blank := "[" + strings.Repeat(" ", 40) + "]"
	out := appended(data,
		[]int{1, size, size + 1},
		fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%d 0 R]/SigFlags 3>>>>", size),
		fmt.Sprintf("<</FT/Sig/T(s)/V %d 0 R>>", size+1),
		"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange"+blank+"/Contents<"+strings.Repeat("0", signatureRoom)+">>>")
	start := bytes.LastIndex(out, []byte("/Contents<")) + len("/Contents")
	end := start + signatureRoom + 2
	copy(out[bytes.LastIndex(out, []byte(blank)):], fmt.Sprintf("[0 %d %d %d", start, end, len(out)-end))
	cert, key := certificate(t, signer)
	s, err := pkcs7.NewSMSignedData(append(append([]byte(nil), out[:start]...), out[end:]...))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddSigner(cert, key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	s.Detach()
	der, err := s.Finish()
	if err != nil {
		t.Fatal(err)
	}
	hex.Encode(out[start+1:], der)
	return out
}

// certificate certifies a name: by a body that nobody else knows.
func certificate(t *testing.T, name string) (*smx509.Certificate, *sm2.PrivateKey) {
	t.Helper()
	issue := func(name string, by *smx509.Certificate, byKey *sm2.PrivateKey) (*smx509.Certificate, *sm2.PrivateKey) {
		key, err := sm2.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		c := &smx509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().AddDate(-1, 0, 0), NotAfter: time.Now().AddDate(1, 0, 0)}
		if by == nil {
			by, byKey = c, key
		}
		der, err := smx509.CreateCertificate(rand.Reader, c, by, &key.PublicKey, byKey)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = smx509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
		return c, key
	}
	authority, authorityKey := issue("样例证书机构", nil, nil)
	return issue(name, authority, authorityKey)
}

// appended is a PDF with a revision: objects of the given numbers, their table, a trailer.
func appended(data []byte, numbers []int, bodies ...string) []byte {
	last := bytes.LastIndex(data, []byte("startxref\n")) + len("startxref\n")
	previous, _, _ := bytes.Cut(data[last:], []byte("\n"))
	var b bytes.Buffer
	b.Write(data)
	var table strings.Builder
	size := 0
	for i, body := range bodies {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", numbers[i], b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", numbers[i], body)
		size = max(size, numbers[i]+1)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n%strailer\n<</Size %d/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", table.String(), size, previous, start)
	return b.Bytes()
}

// edited is a signed PDF whose page was moved by a point after it was signed.
func edited(t *testing.T, data []byte) []byte {
	t.Helper()
	out := bytes.Replace(data, []byte("MediaBox[0 0 595.44 842.04]"), []byte("MediaBox[0 0 595.44 842.05]"), 1)
	if bytes.Equal(out, data) {
		t.Fatal("the PDF has no page of that size")
	}
	return out
}

// painted is a scanned PDF over whose first page somebody typed something.
func painted(t *testing.T, data []byte, text string) []byte {
	t.Helper()
	size := bytes.Count(data, []byte(" obj\n")) + 1
	content := "q 595.44 0 0 842.04 0 0 cm /I Do Q BT /F 14 Tf 300 620 Td (" + text + ") Tj ET"
	return appended(data, []int{3, size, size + 1},
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.44 842.04]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>/XObject<</I 5 0 R>>>>>>", size, size+1),
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
}
