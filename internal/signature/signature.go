// Package signature examines the digital signatures of PDF and OFD files
// offline: whether the signed bytes are those of the file, whether they are all
// of it, who signed and when. It parses hostile files and therefore runs only
// in a reader child. Whether an issuer can be trusted is not asked: no list of
// roots is kept, so a signature is never better than intact.
package signature

import (
	"crypto/x509/pkix"
	"strings"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"hequan"
)

// judge gives a signature its status by what was found out about it.
func judge(s hequan.Signature, cert *smx509.Certificate, signed time.Time) hequan.Signature {
	if cert != nil {
		s.Signer = holder(cert.Subject)
	}
	if !signed.IsZero() {
		s.Signed = signed.UTC().Format(time.RFC3339)
	}
	switch {
	case s.Status == hequan.SignatureBroken:
	case cert == nil:
		s.Status, s.Reason = hequan.SignatureOpen, "签名中没有证书"
	case !s.Whole:
		s.Status, s.Reason = hequan.SignatureOpen, "签名之后文件还有追加的内容"
	case signed.IsZero():
		s.Status, s.Reason = hequan.SignatureOpen, "签名没有时间，不能判断证书当时是否有效"
	case signed.After(cert.NotAfter) || signed.Before(cert.NotBefore):
		s.Status, s.Reason = hequan.SignatureOpen, "签名时证书不在有效期内（"+cert.NotBefore.UTC().Format(time.DateOnly)+" 至 "+cert.NotAfter.UTC().Format(time.DateOnly)+"）"
	case string(cert.RawIssuer) == string(cert.RawSubject):
		s.Status, s.Reason = hequan.SignatureOpen, "证书是自签名的，没有机构证明签名人"
	default:
		s.Status = hequan.SignatureValid
	}
	return s
}

func broken(why string) hequan.Signature {
	return hequan.Signature{Status: hequan.SignatureBroken, Reason: why}
}

// holder is the name of a certificate's subject: of its common name the part
// that is a name (certificates of e-contract platforms add numbers behind @),
// else its organisation.
func holder(n pkix.Name) string {
	name := n.CommonName
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '@' || r == '|' || r == '_' }) {
		if strings.ContainsFunc(part, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }) {
			return strings.TrimSpace(part)
		}
	}
	if len(n.Organization) > 0 && strings.ContainsFunc(n.Organization[0], func(r rune) bool { return r >= 0x4e00 }) {
		return n.Organization[0]
	}
	return name
}
