package signature

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"
)

const signer = "西安知微子数智科技有限公司"

// identity is a certificate with its key.
type identity struct {
	cert *smx509.Certificate
	key  *sm2.PrivateKey
}

// newIdentity makes a certificate in force from a year ago to until; issued by
// nobody but itself where by is nil.
func newIdentity(t *testing.T, name string, until time.Time, by *identity) *identity {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &smx509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name, Country: []string{"CN"}},
		NotBefore: until.AddDate(-2, 0, 0), NotAfter: until}
	parent, parentKey := template, key
	if by != nil {
		parent, parentKey = by.cert, by.key
	}
	der, err := smx509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := smx509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &identity{cert, key}
}

// signers are those that the cases sign with.
func signers(t *testing.T) (good, expired, self *identity) {
	t.Helper()
	authority := newIdentity(t, "测试证书机构", time.Now().AddDate(5, 0, 0), nil)
	return newIdentity(t, signer+"@91610131MA3NP6QK59@1", time.Now().AddDate(1, 0, 0), authority),
		newIdentity(t, signer, time.Now().AddDate(0, -1, 0), authority),
		newIdentity(t, signer, time.Now().AddDate(1, 0, 0), nil)
}

const room = 8192 // hexadecimal digits for a signature

// signedPDF makes a PDF of one page with a detached CMS signature.
func signedPDF(t *testing.T, by *identity) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>\nendobj\n" +
		"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n" +
		"4 0 obj\n<< /FT /Sig /T (s) /V 5 0 R >>\nendobj\n5 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ")
	at := b.Len()
	fmt.Fprintf(&b, "/ByteRange [%-40s /Contents ", "")
	start := b.Len()
	b.WriteString("<" + strings.Repeat("0", room) + ">")
	end := b.Len()
	b.WriteString(" >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
	data := b.Bytes()
	ranges := fmt.Sprintf("/ByteRange [0 %d %d %d]", start, end, len(data)-end)
	copy(data[at:], ranges+strings.Repeat(" ", len("/ByteRange [")+40-len(ranges)))
	der := signCMS(t, append(append([]byte(nil), data[:start]...), data[end:]...), by)
	copy(data[start+1:], hex.EncodeToString(der))
	return data
}

func signCMS(t *testing.T, content []byte, by *identity) []byte {
	t.Helper()
	s, err := pkcs7.NewSMSignedData(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddSigner(by.cert, crypto.PrivateKey(by.key), pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	s.Detach()
	der, err := s.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// An electronic seal's signature of GB/T 38540-2020, as far as it is read.
type sesSignature struct {
	ToSign    asn1.RawValue
	Cert      []byte
	Algorithm asn1.ObjectIdentifier
	Signature asn1.BitString
}

type sesTBS struct {
	Version  int
	Seal     []byte
	Time     asn1.RawValue
	Hash     asn1.BitString
	Property string `asn1:"ia5"`
}

// signedOFD makes an OFD of one page, sealed.
func signedOFD(t *testing.T, by *identity) map[string][]byte {
	t.Helper()
	parts := map[string][]byte{
		"OFD.xml":                        []byte(`<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`),
		"Doc_0/Document.xml":             []byte(`<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`),
		"Doc_0/Pages/Page_0/Content.xml": []byte(`<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content/></ofd:Page>`),
		"Doc_0/Signs/Signatures.xml":     []byte(`<ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Signature ID="1" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></ofd:Signatures>`),
	}
	var refs strings.Builder
	for _, name := range []string{"Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"} {
		sum := sm3.Sum(parts[name])
		fmt.Fprintf(&refs, `<ofd:Reference FileRef="/%s"><ofd:CheckValue>%s</ofd:CheckValue></ofd:Reference>`, name, base64.StdEncoding.EncodeToString(sum[:]))
	}
	document := []byte(`<ofd:Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedInfo><ofd:References CheckMethod="1.2.156.10197.1.401">` + refs.String() +
		`</ofd:References><ofd:StampAnnot ID="2" PageRef="1" Boundary="120 200 42 42"/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`)
	parts["Doc_0/Signs/Sign_0/Signature.xml"] = document
	sum := sm3.Sum(document)
	tbs, err := asn1.Marshal(sesTBS{Version: 4, Seal: []byte{1}, Hash: asn1.BitString{Bytes: sum[:], BitLength: 256}, Property: "/Doc_0/Signs/Sign_0/Signature.xml",
		Time: asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte(time.Now().UTC().Format("20060102150405Z"))}})
	if err != nil {
		t.Fatal(err)
	}
	signature, err := by.key.SignWithSM2(rand.Reader, nil, tbs)
	if err != nil {
		t.Fatal(err)
	}
	value, err := asn1.Marshal(sesSignature{ToSign: asn1.RawValue{FullBytes: tbs}, Cert: by.cert.Raw, Algorithm: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501},
		Signature: asn1.BitString{Bytes: signature, BitLength: len(signature) * 8}})
	if err != nil {
		t.Fatal(err)
	}
	parts["Doc_0/Signs/Sign_0/SignedValue.dat"] = value
	return parts
}

func pack(t *testing.T, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
