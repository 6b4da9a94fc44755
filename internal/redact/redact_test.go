package redact

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"电话 13812345678":                                          "电话 138******78",
		"138 1234 5678":                                           "138******78",
		"开户账号 6222021234567890123。":                               "开户账号 622**************23。",
		"6222 0212 3456 7890 123":                                 "622**************23",
		"身份证 11010519491231002X":                                  "身份证 110*************2X",
		"zhang.san@example.com 已收":                                "…@example.com 已收",
		"GET /setup?token=abc&x=1":                                "GET /setup?token=…&x=1",
		"Authorization: Bearer hequan_abcdefghijklmnopqrstuvwxyz": "Authorization: Bearer …",
		"postgres://hequan:pa55@db:5432/hequan":                   "postgres://…@db:5432/hequan",
		// What is no secret stays: hashes, codes of companies, dates, amounts, ids, ports.
		"9a3f0c12d45678901234567890abcdef0123456789abcdef0123456789abcdef": "9a3f0c12d45678901234567890abcdef0123456789abcdef0123456789abcdef",
		"91110302MA01ABCD2X": "91110302MA01ABCD2X", "2026-07-03 12:00:00": "2026-07-03 12:00:00", "1234567.89 元": "1234567.89 元", "127.0.0.1:8090": "127.0.0.1:8090", "页 12 / 300": "页 12 / 300",
	} {
		if got := Text(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestHandler(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(Handler{slog.NewTextHandler(&out, nil)}).With("dsn", "postgres://a:b@c/d").WithGroup("g")
	log.Warn("failed for 13812345678", "password", "hunter2", "error", errors.New("account 6222021234567890123 of a@b.cn"), "pages", 3, slog.Group("in", "token", "t0p"), "path", "/x")
	got := out.String()
	for _, no := range []string{"13812345678", "hunter2", "6222021234567890123", "a@b.cn", "t0p", "a:b@c"} {
		if strings.Contains(got, no) {
			t.Errorf("the log holds %q: %s", no, got)
		}
	}
	for _, yes := range []string{"g.pages=3", "g.path=/x", "138******78"} {
		if !strings.Contains(got, yes) {
			t.Errorf("the log lacks %q: %s", yes, got)
		}
	}
}
