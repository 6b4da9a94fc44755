package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hequan/internal/people"
)

// TestFirstAccountInABrowser sets the first account up as a person does: the
// link of the start, password, second factor, another account, out and in again.
// Chromium obeys the pages' policy and complains of nothing.
func TestFirstAccountInABrowser(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	s := &stage{dir: t.TempDir()}
	var err error
	if s.program, err = exec.LookPath("hequan"); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	must(t, nil, err)
	defer log.Close()
	s.start(t, log, "serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data"))
	link, told := "", false
	for deadline := time.Now().Add(20 * time.Second); !told && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		said, err := os.ReadFile(log.Name())
		must(t, nil, err)
		_, rest, _ := strings.Cut(string(said), "设立第一个账号：")
		link, _, told = strings.Cut(rest, "\n")
	}
	url, _, _ := strings.Cut(link, "/setup")
	v := &server{url: url, log: new(bytes.Buffer)}
	k := &keyboard{t, v, chrome(t)}
	overheard := overhear(t, k.ctx, v.url)
	const password = "correct horse battery staple"
	k.do(chromedp.Navigate(v.url+"/"), chromedp.WaitVisible(chromedp.CSS(".alone")))
	k.shot("alone")
	k.do(chromedp.Navigate(link), chromedp.SendKeys(chromedp.CSS("[name=login]"), "li"), chromedp.SendKeys(chromedp.CSS("[name=name]"), "李管"),
		chromedp.SendKeys(chromedp.CSS("[name=password]"), password), chromedp.SendKeys(chromedp.CSS("[name=again]"), password+kb.Enter), chromedp.WaitVisible(chromedp.CSS("#secret")))
	k.until(`document.querySelector("img").naturalWidth > 0`) // the policy lets the QR code through
	k.shot("second")
	secret := k.text(`document.getElementById("secret").innerText`)
	code, err := people.Code(secret, time.Now().Add(-30*time.Second)) // the period before passes, too: the one of now is for later
	must(t, v, err)
	k.do(chromedp.SendKeys(chromedp.CSS("[name=code]"), code+kb.Enter))
	k.until(`location.pathname === "/" && document.querySelector(".bar").innerText.includes("李管管理")`)
	k.do(chromedp.Navigate(v.url+"/accounts"), chromedp.SendKeys(chromedp.CSS("[action='/accounts'] [name=login]"), "wang"), chromedp.SendKeys(chromedp.CSS("[action='/accounts'] [name=name]"), "王"+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("#link")))
	k.shot("accounts")
	k.do(chromedp.Navigate(v.url+"/account"), chromedp.WaitVisible(chromedp.CSS("[action='/account/tokens']")))
	k.shot("account")
	k.do(click("[action='/logout'] button"), chromedp.WaitVisible(chromedp.CSS("[action='/login']")))
	k.shot("login")
	code, err = people.Code(secret, time.Now().Add(30*time.Second))
	must(t, v, err)
	k.do(chromedp.SendKeys(chromedp.CSS("[name=login]"), "li"), chromedp.SendKeys(chromedp.CSS("[name=password]"), password), chromedp.SendKeys(chromedp.CSS("[name=code]"), code+kb.Enter))
	k.until(`location.pathname === "/" && document.querySelector(".bar").innerText.includes("退出")`)
	for _, what := range overheard() {
		if !strings.Contains(what, "Clear-Site-Data") { // it says that it did so
			t.Error(what)
		}
	}
}

// TestSignInFromAnotherMachine: over plain HTTP and a network address browsers
// tell less of where a form comes from; it must get through all the same.
func TestSignInFromAnotherMachine(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	host := ""
	addresses, err := net.InterfaceAddrs()
	must(t, nil, err)
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && !ip.IP.IsLoopback() {
			host = ip.IP.String()
		}
	}
	if host == "" {
		t.Skip("this machine has no address but the loopback one")
	}
	data := filepath.Join(t.TempDir(), "data")
	status, out := told(t, "accounts", "add", "li", "--role", "管理", "--data", data)
	_, token, found := strings.Cut(strings.SplitN(out, "\n", 2)[0], "/setup")
	if status != 0 || !found {
		t.Fatal(out)
	}
	s := &stage{dir: t.TempDir()}
	s.program, err = exec.LookPath("hequan")
	must(t, nil, err)
	l, err := net.Listen("tcp", host+":0")
	must(t, nil, err)
	addr := l.Addr().String()
	l.Close()
	v := &server{url: "http://" + addr, log: new(bytes.Buffer)}
	s.start(t, v.log, "serve", "--addr", addr, "--data", data)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		resp, err := http.Get(v.url + "/login")
		if err == nil {
			resp.Body.Close()
			break
		}
	}
	k := &keyboard{t, v, chrome(t)}
	const password = "correct horse battery staple"
	k.do(chromedp.Navigate(v.url+"/setup"+token), chromedp.SendKeys(chromedp.CSS("[name=password]"), password), chromedp.SendKeys(chromedp.CSS("[name=again]"), password+kb.Enter))
	k.until(`location.pathname === "/account/second" && document.getElementById("secret")`)
}
