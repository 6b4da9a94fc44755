package people

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// tokenPrefix marks an API token, so that one left in a file can be found.
const tokenPrefix = "hequan_"

// NewToken makes an API token: 130 random bits.
func NewToken() string { return tokenPrefix + strings.ToLower(rand.Text()) }

// NewLink makes the secret of a one-time link: 130 random bits.
func NewLink() string { return strings.ToLower(rand.Text()) }

// HashSecret is what is kept of a token or a link: they are random, so a plain hash does.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// NewTOTP makes the secret of a second factor and the address that an
// authenticator app reads from the QR code.
func NewTOTP(login string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "hequan", AccountName: login, SecretSize: 20})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// totpPeriod is how long a code holds.
const totpPeriod = 30

// RightCode says whether a code is that of now, the period before or the one
// after, and not of a period up to last, whose codes were used. step is the
// code's period, to be kept.
func RightCode(secret, code string, last int64, at time.Time) (step int64, right bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	now := at.Unix() / totpPeriod
	for _, step := range []int64{now, now - 1, now + 1} {
		if step <= last {
			continue
		}
		ok, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && ok {
			return step, true
		}
	}
	return last, false
}

// Code is the code of a moment.
func Code(secret string, at time.Time) (string, error) { return totp.GenerateCode(secret, at) }

// How many failures lock an account, and for how long.
const (
	MaxFailures = 5
	LockTime    = 15 * time.Minute
)

// LinkTime is how long a one-time link holds.
const LinkTime = 24 * time.Hour
