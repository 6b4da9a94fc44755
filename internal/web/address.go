package web

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/time/rate"
)

// address is where a request comes from. X-Forwarded-For is believed from
// proxies that are known only, from its end.
func (s *Server) address(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	from := at.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.proxied(from); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		from = next.Unmap()
	}
	return from.String()
}

func (s *Server) proxied(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// tries bounds how often an address may try passwords, codes and links.
type tries struct {
	mu   sync.Mutex
	from map[string]*rate.Limiter
}

// Of one address: so many at once, then one in so many seconds.
const (
	triesAtOnce = 20
	tryEvery    = 6
)

// may says whether the address may try once more.
func (t *tries) may(address string) bool {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			address = p.String()
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.from == nil || len(t.from) > 10000 {
		t.from = map[string]*rate.Limiter{}
	}
	l, ok := t.from[address]
	if !ok {
		l = rate.NewLimiter(rate.Limit(1.0/tryEvery), triesAtOnce)
		t.from[address] = l
	}
	return l.Allow()
}
