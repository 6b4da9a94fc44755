package signature

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha1" //nolint:gosec // what old files were signed with; told apart, not relied on
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"encoding/xml"
	"hash"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"hequan"
)

// Package gives the parts of an OFD package by their absolute names.
type Package func(name string) ([]byte, error)

// Stamp is where a signature shows on a page.
type Stamp struct {
	Page    string     // the page's ID
	Box     [4]float64 // x, y, width, height in mm
	Picture []byte     // of the seal, where asked for: a picture file or an OFD
}

// signatures and signature are the lists of GB/T 33190-2016, 18.
type signatures struct {
	List []struct {
		BaseLoc string `xml:",attr"`
	} `xml:"Signature"`
}

type signatureXML struct {
	Info struct {
		Method     string `xml:"SignatureMethod"`
		Time       string `xml:"SignatureDateTime"`
		References struct {
			Method string `xml:"CheckMethod,attr"`
			List   []struct {
				File  string `xml:"FileRef,attr"`
				Value string `xml:"CheckValue"`
			} `xml:"Reference"`
		} `xml:"References"`
		Stamps []struct {
			Page     string `xml:"PageRef,attr"`
			Boundary string `xml:"Boundary,attr"`
		} `xml:"StampAnnot"`
		Seal string `xml:"Seal>BaseLoc"`
	} `xml:"SignedInfo"`
	Value string `xml:"SignedValue"`
}

// OFD examines the signatures of an OFD package, and says where each shows.
// list is the name of its list of signatures, parts are the names of all parts:
// a signature that leaves a page's content out does not cover the file.
func OFD(part Package, list string, parts []string) ([]hequan.Signature, []Stamp) {
	data, err := part(list)
	if err != nil {
		return nil, nil
	}
	var l signatures
	if xml.Unmarshal(data, &l) != nil {
		return []hequan.Signature{broken("签名列表不能解析")}, []Stamp{{}}
	}
	var out []hequan.Signature
	var stamps []Stamp
	for i, s := range l.List {
		if i == maxSignatures {
			break
		}
		one, stamp := ofdSignature(part, resolve(path.Dir(list), s.BaseLoc), parts)
		out, stamps = append(out, one), append(stamps, stamp)
	}
	return out, stamps
}

func resolve(base, location string) string {
	location = strings.ReplaceAll(strings.TrimSpace(location), "\\", "/")
	if strings.HasPrefix(location, "/") {
		return path.Clean(location)
	}
	return path.Join("/", base, location)
}

func ofdSignature(part Package, at string, parts []string) (hequan.Signature, Stamp) {
	data, err := part(at)
	if err != nil {
		return broken("签名文件缺失"), Stamp{}
	}
	var x signatureXML
	if xml.Unmarshal(data, &x) != nil {
		return broken("签名文件不能解析"), Stamp{}
	}
	var stamp Stamp
	for _, s := range x.Info.Stamps {
		if b := fields4(s.Boundary); stamp.Page == "" && b != nil {
			stamp = Stamp{Page: s.Page, Box: [4]float64(b)}
		}
	}
	value, err := part(resolve(path.Dir(at), x.Value))
	if err != nil {
		return broken("签名值缺失"), stamp
	}
	signed := map[string]bool{}
	for _, r := range x.Info.References.List {
		name := resolve("/", r.File)
		signed[strings.ToLower(name)] = true
		if strings.EqualFold(path.Base(name), "Signatures.xml") {
			continue // grows with every later signature
		}
		content, err := part(name)
		if err != nil {
			return broken("签名所保护的文件 " + path.Base(name) + " 缺失"), stamp
		}
		want, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(r.Value), ""))
		h := digest(x.Info.References.Method, len(want))
		if err != nil || h == nil {
			return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名所用的摘要算法不能验证"}, stamp
		}
		h.Write(content)
		if !bytes.Equal(h.Sum(nil), want) {
			return broken("签名后 " + path.Base(name) + " 有改动"), stamp
		}
	}
	if len(signed) == 0 {
		return broken("签名没有保护任何内容"), stamp
	}
	s := sealed(value, data)
	s.Whole = true
	for _, name := range parts {
		if content(name) && !signed[strings.ToLower(name)] {
			s.Whole = false
			if s.Status != hequan.SignatureBroken {
				s.Status, s.Reason = hequan.SignatureOpen, "签名没有覆盖 "+path.Base(name)
			}
			break
		}
	}
	return s, stamp
}

// content says whether a part shows on the pages: their content and templates.
// Lists of signatures, and what a later signature adds, need no protection.
func content(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "/content.xml") && (strings.Contains(name, "/pages/") || strings.Contains(name, "/tpls/"))
}

func fields4(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil
		}
		out = append(out, v)
	}
	if len(out) != 4 {
		return nil
	}
	return out
}

// digest returns the hash that a method names, by object identifier or word;
// without a name, by the length of the values.
func digest(method string, length int) hash.Hash {
	m := strings.ToLower(method)
	switch {
	case strings.Contains(m, "1.2.156.10197.1.401"), strings.Contains(m, "sm3"), m == "" && length == 32:
		return sm3.New()
	case strings.Contains(m, "2.16.840.1.101.3.4.2.1"), strings.Contains(m, "sha256"), strings.Contains(m, "sha-256"):
		return sha256.New()
	case strings.Contains(m, "1.3.14.3.2.26"), strings.Contains(m, "sha1"), strings.Contains(m, "sha-1"):
		return sha1.New() //nolint:gosec // see the import
	}
	return nil
}

// sealed examines a signature value over Signature.xml: an electronic seal's
// (GB/T 38540-2020, or GM/T 0031-2014 before it), a CMS, or the two numbers of
// a bare SM2 signature, which names nobody.
func sealed(value, document []byte) hequan.Signature {
	var outer []asn1.RawValue
	if _, err := asn1.Unmarshal(value, &outer); err != nil || len(outer) < 2 {
		return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名值的格式不能验证"}
	}
	if outer[0].Tag == asn1.TagOID {
		return cms(value, document)
	}
	if outer[0].Tag == asn1.TagInteger {
		return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名中没有证书"}
	}
	var tbs []asn1.RawValue
	if _, err := asn1.Unmarshal(outer[0].FullBytes, &tbs); err != nil || len(tbs) < 5 {
		return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名值的格式不能验证"}
	}
	certAt, signatureAt := tbs[min(5, len(tbs)-1)], outer[1] // GM/T 0031: the certificate stands inside
	if len(outer) >= 4 {                                     // GB/T 38540
		certAt, signatureAt = outer[1], outer[3]
	}
	cert, err := smx509.ParseCertificate(certAt.Bytes)
	if err != nil {
		return hequan.Signature{Status: hequan.SignatureOpen, Reason: "签名中的证书不能解析"}
	}
	s := hequan.Signature{Whole: true}
	sum := sm3.Sum(document)
	if got := bits(tbs[3]); !bytes.Equal(got, sum[:]) && !hashed(got, document) {
		s = broken("签名与签名文件的内容不符")
	}
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	switch {
	case !ok || !sm2.IsSM2PublicKey(key):
		if s.Status != hequan.SignatureBroken {
			s.Status, s.Reason = hequan.SignatureOpen, "签名所用的算法不能验证"
		}
	case !sm2.VerifyASN1WithSM2(key, nil, outer[0].FullBytes, bits(signatureAt)):
		s = broken("签名值与证书不符")
	}
	if s.Status == hequan.SignatureOpen {
		s.Signer = holder(cert.Subject)
		return s
	}
	return judge(s, cert, sealTime(tbs[2]))
}

// hashed says whether a value is the SHA-256 of the document.
func hashed(value, document []byte) bool {
	sum := sha256.Sum256(document)
	return bytes.Equal(value, sum[:])
}

// bits are the bytes of a BIT STRING, or of an OCTET STRING in its place.
func bits(v asn1.RawValue) []byte {
	if v.Tag == asn1.TagBitString && len(v.Bytes) > 0 {
		return v.Bytes[1:]
	}
	return v.Bytes
}

// sealTime reads the time of sealing: GeneralizedTime, or the same inside of
// a BIT STRING (GM/T 0031), or UTCTime.
func sealTime(v asn1.RawValue) time.Time {
	text := string(bits(v))
	for _, layout := range []string{"20060102150405Z", "20060102150405Z0700", "060102150405Z", "20060102150405"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	var t time.Time
	if _, err := asn1.Unmarshal([]byte(text), &t); err == nil {
		return t
	}
	return time.Time{}
}
