package people

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

// cost is that of RFC 9106's second recommendation, with one lane: 64 MiB and
// three passes, a tenth of a second.
var cost = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing bounds how many passwords are hashed at a time, and with them the
// memory that strangers can make us use.
var hashing = make(chan struct{}, 2)

// Lengths of a password in characters.
const (
	MinPassword = 12
	maxPassword = 128
)

// HashPassword returns the hash that is kept of a password.
func HashPassword(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, cost)
}

// nobody is the hash of no password: checked against where there is no account,
// so that the time taken does not tell.
const nobody = "$argon2id$v=19$m=65536,t=3,p=1$c29tZSBzYWx0IG9mIG5vbmU$uO2p3vHqZ3vYqQ8vY0cHqk3i2b8m0m5oV1o6f3m8b0E"

// RightPassword says whether a password is that of the hash; with an empty hash
// it takes as long and is false.
func RightPassword(password, hash string) bool {
	if utf8.RuneCountInString(password) > maxPassword {
		return false
	}
	known := hash != ""
	if !known {
		hash = nobody
	}
	hashing <- struct{}{}
	defer func() { <-hashing }()
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	return right && known && err == nil
}

// commonParts are what passwords of people in a hurry are made of.
var commonParts = []string{"password", "passw0rd", "admin", "hequan", "qwerty", "asdfgh", "zxcvbn", "1q2w3e", "letmein", "welcome", "iloveyou", "woaini", "mima", "beijing", "abc123", "abcdef", "123456", "654321", "111111", "000000", "888888", "2025", "2026", "2027"}

// CheckPassword says in Chinese why a password is not to be used. Length counts,
// not kinds of characters: what is left without the common parts, the login and
// the name must still be eight characters, six of them different.
func CheckPassword(password, login, name string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return errors.New("口令含有不能使用的字符")
	case n < MinPassword:
		return fmt.Errorf("口令至少 %d 个字符", MinPassword)
	case n > maxPassword:
		return fmt.Errorf("口令至多 %d 个字符", maxPassword)
	}
	rest := strings.ToLower(password)
	for _, part := range append([]string{strings.ToLower(login), strings.ToLower(name)}, commonParts...) {
		if part != "" {
			rest = strings.ReplaceAll(rest, part, "")
		}
	}
	different := map[rune]bool{}
	for _, r := range rest {
		different[r] = true
	}
	if utf8.RuneCountInString(rest) < 8 || len(different) < 6 {
		return errors.New("口令太容易猜到：请勿使用姓名、账号、常见口令或重复的字符")
	}
	return nil
}
