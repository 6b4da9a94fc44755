package signature

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/pkcs7"

	"hequan"
)

// maxSignatures bounds how many signatures of one file are examined.
const maxSignatures = 64

// byteRange is the entry of a signature's dictionary that says what it covers
// (ISO 32000-1, 12.8.1). A signature dictionary is never compressed.
var byteRange = regexp.MustCompile(`/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]`)

// PDF examines the signatures of a PDF in the order in which they stand in the
// file; nil where it bears none. The last one must cover the file to its end:
// what was appended after it nobody signed.
func PDF(data []byte) []hequan.Signature {
	var out []hequan.Signature
	last := 0
	seen := map[string]bool{}
	for _, m := range byteRange.FindAllSubmatch(data, maxSignatures) {
		if key := string(m[0]); seen[key] {
			continue // the same dictionary in a later revision
		}
		seen[string(m[0])] = true
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(string(m[i+1])) // at most 12 digits
		}
		if n[3] == 0 && n[2] == 0 {
			continue // a field prepared for signing, not signed
		}
		out = append(out, pdfSignature(data, n))
		last = max(last, n[2]+n[3])
	}
	whole := len(bytes.TrimRight(data[min(last, len(data)):], "\r\n\x00 ")) == 0
	for i := range out {
		if out[i].Status == hequan.SignatureValid && !whole {
			out[i].Status, out[i].Whole, out[i].Reason = hequan.SignatureOpen, false, "签名之后文件还有追加的内容"
		} else {
			out[i].Whole = whole
		}
	}
	return out
}

// pdfSignature examines one signature: data[n0:n0+n1] and data[n2:n2+n3] are
// signed, between them stands the signature itself, as <hexadecimal digits>.
func pdfSignature(data []byte, n [4]int) hequan.Signature {
	if n[0] != 0 || n[1] < 1 || n[2] <= n[1] || n[3] < 0 || n[2]+n[3] > len(data) {
		return broken("签名所覆盖的范围与文件不符")
	}
	digits := bytes.TrimSpace(data[n[1]:n[2]])
	if len(digits) < 4 || digits[0] != '<' || digits[len(digits)-1] != '>' {
		return broken("签名所覆盖的范围与文件不符")
	}
	der, err := hex.DecodeString(string(bytes.ReplaceAll(digits[1:len(digits)-1], []byte("\n"), nil)))
	if err != nil {
		return broken("签名数据不能解析")
	}
	content := append(append([]byte(nil), data[:n[1]]...), data[n[2]:n[2]+n[3]]...)
	return cms(trimDER(der), content)
}

// trimDER cuts the zeros off with which the place for a signature is filled up.
func trimDER(der []byte) []byte {
	var raw asn1.RawValue
	if rest, err := asn1.Unmarshal(der, &raw); err == nil {
		return der[:len(der)-len(rest)]
	}
	return bytes.TrimRight(der, "\x00")
}

// cms examines a detached CMS signature (RFC 5652; SM2 as GB/T 35275) over a content.
func cms(der, content []byte) hequan.Signature {
	p, err := pkcs7.Parse(der)
	if err != nil {
		return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名的格式不能验证"}
	}
	cert := p.GetOnlySigner()
	var signed time.Time
	if err := p.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &signed); err != nil {
		signed = time.Time{}
	}
	p.Content = content
	s := hequan.Signature{Whole: true}
	var other *pkcs7.MessageDigestMismatchError
	var late *pkcs7.InvalidSigningTimeError
	switch err := p.Verify(); {
	case err == nil, errors.As(err, &late): // the time is judged below
	case errors.As(err, &other):
		s = broken("签名与文件内容不符")
	case signed.IsZero() && len(p.Signers) == 1 && len(p.Signers[0].AuthenticatedAttributes) == 0:
		s = broken("签名与文件内容不符") // nothing but the content is signed
	default:
		// The content is as it was signed; some products sign its digest in ways of their own.
		s.Status, s.Reason = hequan.SignatureOpen, "内容与签名时相同，但签名值不能验证"
		if cert != nil {
			s.Signer = holder(cert.Subject)
		}
		return s
	}
	return judge(s, cert, signed)
}
