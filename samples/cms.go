package samples

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"math/rand/v2"
	"sync"
	"time"
)

// identity is a certificate with its key. Nobody outside of a set of samples
// has reason to trust it.
type identity struct {
	cert *x509.Certificate
	key  *rsa.PrivateKey
}

// sampleKey makes a key from a stream of its own: the same sets are signed by
// the same keys. PKCS #1 v1.5 draws nothing at random, so the signatures are the same too.
func sampleKey(purpose string) (*rsa.PrivateKey, error) {
	r := stream(0, "signing key "+purpose)
	k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int), E: 65537}, Primes: []*big.Int{prime(r), prime(r)}}
	p, q := k.Primes[0], k.Primes[1]
	one := big.NewInt(1)
	k.N.Mul(p, q)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	k.D = new(big.Int).ModInverse(big.NewInt(int64(k.E)), phi)
	k.Precompute()
	return k, k.Validate()
}

// prime draws a prime of 1024 bits that fits the exponent 65537.
func prime(r *rand.Rand) *big.Int {
	e, one := big.NewInt(65537), big.NewInt(1)
	for {
		var b [128]byte
		for i := range b {
			b[i] = byte(r.IntN(256))
		}
		b[0] |= 0xc0
		b[len(b)-1] |= 1
		p := new(big.Int).SetBytes(b[:])
		if p.ProbablyPrime(20) && new(big.Int).GCD(nil, nil, e, new(big.Int).Sub(p, one)).Cmp(one) == 0 {
			return p
		}
	}
}

// sampleKeys are the keys of the body that certifies and of who signs.
var sampleKeys = sync.OnceValues(func() (keys [2]*rsa.PrivateKey, err error) {
	if keys[0], err = sampleKey("authority"); err == nil {
		keys[1], err = sampleKey("signer")
	}
	return keys, err
})

// newIdentity certifies a name for two years around a day.
func newIdentity(name string, at time.Time) (*identity, error) {
	keys, err := sampleKeys()
	if err != nil {
		return nil, err
	}
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "样例证书机构", Country: []string{"CN"}}}
	template := &x509.Certificate{SerialNumber: new(big.Int).SetBytes([]byte(name)[:min(19, len(name))]), Subject: pkix.Name{CommonName: name, Country: []string{"CN"}},
		NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(1, 0, 0), SignatureAlgorithm: x509.SHA256WithRSA}
	der, err := x509.CreateCertificate(nil, template, authority, &keys[1].PublicKey, keys[0])
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &identity{cert, keys[1]}, err
}

// Object identifiers of CMS (RFC 5652).
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
)

type cmsAttribute struct {
	Type  asn1.ObjectIdentifier
	Value []any `asn1:"set"`
}

type cmsSigner struct {
	Version int
	Issuer  struct {
		Name   asn1.RawValue
		Serial *big.Int
	}
	Digest     pkix.AlgorithmIdentifier
	Attributes asn1.RawValue
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
}

type cmsSignedData struct {
	Version     int
	Digests     []pkix.AlgorithmIdentifier `asn1:"set"`
	Content     struct{ Type asn1.ObjectIdentifier }
	Certificate asn1.RawValue
	Signers     []cmsSigner `asn1:"set"`
}

// signCMS signs a content at a time, apart from it (detached). The clock of the
// machine has no part in it.
func signCMS(content []byte, by *identity, at time.Time) ([]byte, error) {
	digest := sha256.Sum256(content)
	attributes, err := asn1.Marshal(struct {
		A []cmsAttribute `asn1:"set"`
	}{[]cmsAttribute{{oidContentType, []any{oidData}}, {oidSigningTime, []any{at.UTC()}}, {oidMessageDigest, []any{digest[:]}}}})
	if err != nil {
		return nil, err
	}
	var outer, set asn1.RawValue
	if _, err := asn1.Unmarshal(attributes, &outer); err != nil {
		return nil, err
	}
	if _, err := asn1.Unmarshal(outer.Bytes, &set); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(set.FullBytes) // signed as a SET, written as [0]
	s := cmsSigner{Version: 1, Digest: pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}, Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidRSA, Parameters: asn1.NullRawValue},
		Attributes: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: set.Bytes}}
	s.Issuer.Name, s.Issuer.Serial = asn1.RawValue{FullBytes: by.cert.RawIssuer}, by.cert.SerialNumber
	if s.Signature, err = rsa.SignPKCS1v15(nil, by.key, crypto.SHA256, sum[:]); err != nil {
		return nil, err
	}
	data := cmsSignedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{s.Digest}, Signers: []cmsSigner{s},
		Certificate: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: by.cert.Raw}}
	data.Content.Type = oidData
	return asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content cmsSignedData `asn1:"explicit,tag:0"`
	}{oidSignedData, data})
}
