package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"

	"hequan/internal/store"
	"hequan/internal/web"
)

// peopleFlags say who may come, and how.
type peopleFlags struct {
	PasswordOnly bool     `help:"Don't ask for a second factor of those who have none." env:"HEQUAN_PASSWORD_ONLY"`
	TLSCert      string   `help:"Certificate to serve HTTPS with (PEM)." placeholder:"FILE" env:"HEQUAN_TLS_CERT" type:"path"`
	TLSKey       string   `help:"Its key (PEM)." placeholder:"FILE" env:"HEQUAN_TLS_KEY" type:"path"`
	HTTPS        bool     `help:"Browsers come by HTTPS, which a proxy before this server ends: cookies are bound to it." env:"HEQUAN_HTTPS"`
	HSTS         bool     `name:"hsts" help:"Tell browsers to come by HTTPS only, for a year." env:"HEQUAN_HSTS"`
	OIDCIssuer   string   `name:"oidc-issuer" help:"Sign-in service of the organisation (OpenID Connect)." placeholder:"URL" env:"HEQUAN_OIDC_ISSUER"`
	OIDCClient   string   `name:"oidc-client" help:"What the service calls hequan." placeholder:"ID" env:"HEQUAN_OIDC_CLIENT"`
	OIDCSecret   string   `name:"oidc-secret" help:"The secret that it gave for it." placeholder:"SECRET" env:"HEQUAN_OIDC_SECRET"`
	OIDCRedirect string   `name:"oidc-redirect" help:"Address of the workbench's /oidc/callback, as browsers reach it." placeholder:"URL" env:"HEQUAN_OIDC_REDIRECT"`
	OIDCName     string   `name:"oidc-name" default:"统一登录" help:"Name of the service on the sign-in page." env:"HEQUAN_OIDC_NAME"`
	Proxy        []string `help:"Addresses of proxies whose X-Forwarded-For is believed." placeholder:"CIDR" env:"HEQUAN_PROXY"`
}

// secure sets the site's people up, and refuses to be reached from elsewhere
// while there is no account.
func (c *peopleFlags) secure(ctx context.Context, site *web.Server, db *store.Store, at net.Addr) error {
	site.Sessions, site.PasswordOnly = store.Sessions{Store: db}, c.PasswordOnly
	site.HTTPS, site.HSTS = c.HTTPS || c.TLSCert != "", c.HSTS
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return &exitError{exitUsage, errors.New("--tls-cert and --tls-key go together")}
	}
	if c.HSTS && !site.HTTPS {
		return &exitError{exitUsage, errors.New("--hsts needs HTTPS: give --tls-cert and --tls-key, or --https behind a proxy that ends it")}
	}
	for _, p := range c.Proxy {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			one, err := netip.ParseAddr(p)
			if err != nil {
				return &exitError{exitUsage, fmt.Errorf("--proxy %s is no address and no network such as 10.0.0.0/8", p)}
			}
			prefix = netip.PrefixFrom(one, one.BitLen())
		}
		site.Proxies = append(site.Proxies, prefix)
	}
	if c.OIDCIssuer != "" {
		if c.OIDCClient == "" || c.OIDCRedirect == "" {
			return &exitError{exitUsage, errors.New("--oidc-issuer needs --oidc-client and --oidc-redirect")}
		}
		service, err := web.OpenService(ctx, web.ServiceConfig{Name: c.OIDCName, Issuer: c.OIDCIssuer, Client: c.OIDCClient, Secret: c.OIDCSecret, Redirect: c.OIDCRedirect})
		if err != nil {
			return &exitError{exitFailed, err}
		}
		site.OIDC = service
	}
	has, err := db.HasAccounts(ctx)
	if err != nil {
		return err
	}
	if !has && !loopback(at) {
		return &exitError{exitUsage, fmt.Errorf("%s can be reached from other machines, and there is no account yet: add one first by\n"+
			"    hequan accounts add LOGIN --name 姓名 --role 管理\n"+
			"with the same --data or --database, or listen on 127.0.0.1", at)}
	}
	return nil
}

// welcome tells where to go, with the link of the first account while there is none.
func (c *peopleFlags) welcome(ctx context.Context, site *web.Server, db *store.Store, at net.Addr, data string) {
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(os.Stderr, "核券已启动：%s://%s  （数据目录 %s，Ctrl+C 结束）\n", scheme, at, data)
	if has, err := db.HasAccounts(ctx); err == nil && !has {
		fmt.Fprintf(os.Stderr, "尚未设立账号，仅限本机使用。设立第一个账号：%s://%s%s\n", scheme, at, site.FirstLink())
	} else if !loopback(at) && scheme == "http" && !c.HTTPS {
		fmt.Fprintln(os.Stderr, "注意：口令以明文传输。请以 --tls-cert、--tls-key 启用 HTTPS，或置于终止 HTTPS 的代理之后并加 --https。")
	}
}

// serveOn serves until the server is shut down.
func (c *peopleFlags) serveOn(server *http.Server, l net.Listener) error {
	if c.TLSCert != "" {
		return server.ServeTLS(l, c.TLSCert, c.TLSKey)
	}
	return server.Serve(l)
}
