// Package redact keeps what identifies people and money out of logs: numbers of
// bank accounts, of telephones and of identity cards, mail addresses, and
// secrets. A log is read by more people, and kept longer, than a paper.
package redact

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
)

// secrets are attributes and parameters whose values are never written.
var secrets = regexp.MustCompile(`(?i)^(.*[_-])?(password|passwd|secret|token|authorization|cookie|code|totp|dsn)$`)

var (
	inText = regexp.MustCompile(`(?i)\b(password|passwd|secret|token|code|state|session)=[^\s&"']+`)
	bearer = regexp.MustCompile(`(?i)\bbearer\s+[a-z0-9._~+/=-]+`)
	ours   = regexp.MustCompile(`hequan_[a-z2-7]{20,}`)
	login  = regexp.MustCompile(`(://)[^/\s:@]+:[^/\s@]+@`) // user and password of an address
	mail   = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	digits = regexp.MustCompile(`[0-9A-Za-z]*[0-9](?:[ -]?[0-9Xx]){7,}[0-9A-Za-z]*`)
)

// Text is a text without what must not be read: of long numbers the first three
// and last two digits stay, to tell one from another.
func Text(text string) string {
	text = inText.ReplaceAllStringFunc(text, func(m string) string {
		name, _, _ := strings.Cut(m, "=")
		return name + "=…"
	})
	text = bearer.ReplaceAllString(text, "Bearer …")
	text = ours.ReplaceAllString(text, "hequan_…")
	text = login.ReplaceAllString(text, "${1}…@")
	text = mail.ReplaceAllStringFunc(text, func(m string) string {
		if strings.HasPrefix(m, "…") {
			return m
		}
		_, host, _ := strings.Cut(m, "@")
		return "…@" + host
	})
	return digits.ReplaceAllStringFunc(text, number)
}

// number masks a telephone, an identity card or an account; other long numbers
// are what they look like: hashes, ids, amounts, times.
func number(text string) string {
	var bare []rune
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9' || r == 'X' || r == 'x':
			bare = append(bare, r)
		case r == ' ' || r == '-':
		default:
			return text // letters: a hash, an id, a code of a company
		}
	}
	n := len(bare)
	phone := n == 11 && bare[0] == '1'
	card := n == 18 || n == 15
	account := n >= 12 && n <= 30
	if !phone && !card && !account {
		return text
	}
	return string(bare[:3]) + strings.Repeat("*", n-5) + string(bare[n-2:])
}

// Handler writes to another handler what is left after redaction.
type Handler struct{ slog.Handler }

// Handle redacts the message and every attribute.
func (h Handler) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs redacts attributes that all lines get.
func (h Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = attr(a)
	}
	return Handler{h.Handler.WithAttrs(clean)}
}

// WithGroup groups what follows.
func (h Handler) WithGroup(name string) slog.Handler { return Handler{h.Handler.WithGroup(name)} }

func attr(a slog.Attr) slog.Attr {
	a.Value = a.Value.Resolve()
	switch {
	case secrets.MatchString(a.Key):
		return slog.String(a.Key, "…")
	case a.Value.Kind() == slog.KindGroup:
		var inner []any
		for _, g := range a.Value.Group() {
			inner = append(inner, attr(g))
		}
		return slog.Group(a.Key, inner...)
	case a.Value.Kind() == slog.KindString, a.Value.Kind() == slog.KindAny:
		return slog.String(a.Key, Text(a.Value.String()))
	}
	return a
}
