package web

import (
	"net"
	"net/http"
	"net/netip"
)

// policyHeader: everything comes from this server; pictures may also stand
// inside the page; nobody may frame it.
const policyHeader = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers that keep a browser from doing more than our pages
// need, and refuses requests under a foreign host name where only this machine
// is served: a stranger's page must not reach the workbench by renaming itself.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policyHeader)
		h.Set("X-Content-Type-Options", "nosniff")
		// No address leaves for other sites. Not no-referrer: then browsers hide the
		// origin of our own forms, too, and over plain HTTP that is all that tells them
		// from those of others.
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if s.HSTS {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		if s.LocalOnly && !local(r.Host) {
			s.fail(w, r, http.StatusMisdirectedRequest, "本服务只接受本机地址的访问", "请用 http://127.0.0.1 加端口打开；供其他电脑访问时，以 --addr 指定本机的网络地址重新启动")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// local says whether a Host header names this machine.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}
