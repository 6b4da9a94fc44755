package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPictures takes the manual's pictures: every page of the workbench in the
// middle of a day's work, light and dark, at 1366×768. It is no test but `make
// pictures`, and runs only where HEQUAN_PICTURES names the folder to write to;
// with HEQUAN_SHOTS the whole pages are kept there as PNG, to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("HEQUAN_PICTURES")
	if dir == "" {
		t.Skip("HEQUAN_PICTURES is not set; make pictures sets it")
	}
	program, err := exec.LookPath("hequan")
	must(t, nil, err)
	s := &stage{dir: t.TempDir(), program: program}
	p := &painter{s: s, dir: dir}
	if kept := p.prepare(t); !kept {
		p.people()
		p.arrivals()
		p.keep()
	}
	p.list()
	p.reviewing()
	p.papers()
	p.supplement()
	p.looking()
	p.window()
	p.governing()
	p.printed()
}

// painter sits at the desk and takes pictures.
type painter struct {
	*keyboard
	s     *stage
	dir   string
	first string // archive with the demo's scans
	more  string // archive of electronic papers, read in seconds
	app   string // id of the application that is worked on
	links map[string]string
}

const painterPassword = "correct horse battery staple"

// prepare starts the server; kept says that it has an earlier run's data, from
// the folder HEQUAN_PICTURES_CACHE: then only what comes after reading is drawn.
func (p *painter) prepare(t *testing.T) (kept bool) {
	t.Helper()
	demo, err := filepath.Abs("../../samples/demo")
	must(t, nil, err)
	p.first, p.more = filepath.Join(p.s.dir, "2026上半年第一批.zip"), filepath.Join(p.s.dir, "2026上半年第二批.zip")
	made := filepath.Join(p.s.dir, "made")
	if kept := os.Getenv("HEQUAN_PICTURES_CACHE"); kept != "" {
		made = filepath.Join(kept, "made")
	}
	if found, _ := filepath.Glob(filepath.Join(made, "2026H1-*")); len(found) < 9 {
		p.s.made(t, made, "mixed")
	}
	for archive, from := range map[string]string{p.first: demo, p.more: made} {
		must(t, nil, zipFolders(archive, from))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, nil, err)
	addr := l.Addr().String()
	l.Close()
	flags := []string{"--password-only", "--filings", filepath.Join(demo, "filings.tsv")}
	if cache := os.Getenv("HEQUAN_PICTURES_CACHE"); cache != "" {
		flags = append(flags, "--cache", cache)
	}
	if dir := os.Getenv("HEQUAN_PICTURES_CACHE"); dir != "" {
		if old := os.DirFS(filepath.Join(dir, "data")); exists(old) {
			kept = true
			must(t, nil, os.CopyFS(filepath.Join(p.s.dir, "data"), old))
		}
	}
	p.keyboard = &keyboard{t, p.s.serveAt(t, addr, filepath.Join(p.s.dir, "data"), flags...), longChrome(t)}
	p.do(chromedp.EmulateViewport(1366, 768))
	if kept {
		p.do(chromedp.Navigate(p.v.url+"/login"), chromedp.WaitVisible(chromedp.CSS("[name=login]")))
		p.sign("wangfang")
	}
	return kept
}

// keep copies the data aside for later runs.
func (p *painter) keep() {
	if dir := os.Getenv("HEQUAN_PICTURES_CACHE"); dir != "" {
		time.Sleep(5 * time.Second) // the database is at rest
		must(p.t, p.v, os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(p.s.dir, "data"))))
	}
}

func exists(f fs.FS) bool {
	_, err := fs.Stat(f, ".")
	return err == nil
}

// zipFolders packs the application folders in a folder, without their labels.
func zipFolders(archive, from string) error {
	folders, err := filepath.Glob(filepath.Join(from, "2026H1-*"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := zipInto(&out, from, folders); err != nil {
		return err
	}
	return os.WriteFile(archive, out.Bytes(), 0o600)
}

// take takes the page's picture, light and dark.
func (p *painter) take(name string) {
	p.t.Helper()
	p.until(`document.readyState === "complete" && [...document.images].filter(i => i.offsetParent && i.getBoundingClientRect().top < innerHeight).every(i => i.complete)`)
	for _, scheme := range []string{"light", "dark"} {
		p.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			return err
		}))
		time.Sleep(150 * time.Millisecond)
		full := name
		if scheme == "dark" {
			full += "-dark"
		}
		p.capture(filepath.Join(p.dir, full+".webp"))
		if dir := os.Getenv("HEQUAN_SHOTS"); dir != "" {
			if png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot()); err == nil { // only to look at
				must(p.t, p.v, os.WriteFile(filepath.Join(dir, full+".png"), png, 0o644))
			}
		}
	}
}

// capture keeps a picture of what is to be seen; once more where the page came
// anew meanwhile.
func (p *painter) capture(path string) {
	p.t.Helper()
	quality := int64(62)
	var err error
	for range 5 {
		err = chromedp.Do(p.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			got, err := cdp.Call(ctx, target, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{Format: cdppage.CaptureScreenshotFormatWebp, Quality: &quality})
			if err != nil {
				return err
			}
			return os.WriteFile(path, got.Data, 0o644)
		}))
		if err == nil {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	must(p.t, p.v, err)
}

func (p *painter) visit(path, wait string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.v.url+path), chromedp.WaitVisible(chromedp.CSS(wait)))
}

func (p *painter) click(css, wait string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(css)), chromedp.WaitVisible(chromedp.CSS(wait)))
}

func (p *painter) run(script string) {
	p.t.Helper()
	_, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`(() => { `+script+`; return true })()`))
	must(p.t, p.v, err)
}

// people sets up the accounts: the first one by the link of the start, the
// others by it.
func (p *painter) people() {
	p.visit("/", ".alone")
	p.take("alone")
	link := ""
	for deadline := time.Now().Add(10 * time.Second); link == "" && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		_, rest, _ := strings.Cut(p.v.log.String(), "设立第一个账号：")
		link, _, _ = strings.Cut(rest, "\n")
	}
	p.do(chromedp.Navigate(link), chromedp.WaitVisible(chromedp.CSS("[name=login]")), chromedp.SendKeys(chromedp.CSS("[name=login]"), "limin"), chromedp.SendKeys(chromedp.CSS("[name=name]"), "李敏"))
	p.take("setup")
	p.password()
	p.take("second")
	p.links = map[string]string{}
	for _, a := range [][3]string{{"wangfang", "王芳", "初审"}, {"zhaowei", "赵伟", "复核"}, {"zhouning", "周宁", "审计"}} {
		p.visit("/accounts", "[action='/accounts']")
		p.do(chromedp.SendKeys(chromedp.CSS("[action='/accounts'] [name=login]"), a[0]), chromedp.SendKeys(chromedp.CSS("[action='/accounts'] [name=name]"), a[1]))
		p.run(`document.querySelector("[action='/accounts'] [name=role]").value = "` + a[2] + `"`)
		p.do(chromedp.SendKeys(chromedp.CSS("[action='/accounts'] [name=name]"), kb.Enter), chromedp.WaitVisible(chromedp.CSS("#link")))
		p.links[a[0]] = p.text(`document.getElementById("link").innerText`)
	}
	p.out()
	p.take("login")
	for _, login := range []string{"zhaowei", "zhouning", "wangfang"} {
		p.do(chromedp.Navigate(p.links[login]), chromedp.WaitVisible(chromedp.CSS("[name=password]")))
		p.password()
		p.visit("/", "[action='/logout']")
		if login != "wangfang" {
			p.out()
		}
	}
}

func (p *painter) password() {
	p.do(chromedp.SendKeys(chromedp.CSS("[name=password]"), painterPassword), chromedp.SendKeys(chromedp.CSS("[name=again]"), painterPassword+kb.Enter), chromedp.WaitVisible(chromedp.CSS("#secret")))
}

func (p *painter) out() { p.click("[action='/logout'] button", "[action='/login']") }

func (p *painter) in(login string) {
	p.out()
	p.sign(login)
}

func (p *painter) sign(login string) {
	p.do(chromedp.SendKeys(chromedp.CSS("[name=login]"), login), chromedp.SendKeys(chromedp.CSS("[name=password]"), painterPassword+kb.Enter), chromedp.WaitVisible(chromedp.CSS("[action='/logout']")))
}

// arrivals hands in two archives and looks at the list before, meanwhile and after.
func (p *painter) arrivals() {
	p.visit("/", "#drop")
	p.take("list-empty")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{p.first}))
	p.until(`document.querySelector("#rows tr[id^=a-]")`)
	if os.Getenv("HEQUAN_PICTURES_CACHE") == "" { // else there is not much to wait for
		p.until(`[...document.querySelectorAll("#rows tr[id^=a-] progress")].some(b => b.value > 20)`)
		p.take("list-busy")
		p.run(`document.querySelector("#rows tr[id^=a-] .id a").click()`)
		p.until(`document.querySelector("#progress .files") && document.querySelectorAll("#progress .note.pass").length >= 3`)
		p.take("application-busy")
	}
	p.visit("/", "#drop")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{p.more}))
	for deadline := time.Now().Add(15 * time.Minute); p.text(`String(document.querySelectorAll("#rows tr[id^=a-]").length === 12 && !document.querySelector("#rows progress, #rows .state.busy"))`) != "true"; time.Sleep(time.Second) {
		if time.Now().After(deadline) {
			p.t.Fatalf("not read: %s", p.v.log)
		}
	}
}

// list gives some applications to a person.
func (p *painter) list() {
	p.visit("/", "#rows tr")
	p.until(`document.querySelectorAll("#rows .pick input").length === 12`)
	p.run(`[...document.querySelectorAll("#rows tr")].filter((r, i) => i > 2 && i < 7).forEach(r => r.querySelector(".pick input").click())`)
	p.click(`[data-open="assign"]`, "#assign[open]")
	p.take("assign")
	p.run(`const a = document.querySelector("#assignform [name=account]"); a.value = [...a.options].find(o => o.text.includes("王芳")).value`)
	p.click(`#assignform .primary`, "#rows .assignee")
	p.take("list")
}

// reviewing settles findings of an application whose invoice is late.
func (p *painter) reviewing() {
	p.app = p.text(`[...document.querySelectorAll("#rows tr")].find(r => r.innerText.includes("2026H1-2003")).id.slice(2)`)
	p.visit("/applications/"+p.app, ".card.current.fail")
	p.take("review")
	p.press("?")
	p.do(chromedp.WaitVisible(chromedp.CSS("#help[open]")))
	p.take("help")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.press("a")
	p.until(`document.querySelectorAll(".queue li.confirm").length === 1`)
	for range 3 {
		p.press("j")
	}
	p.press("d")
	p.do(chromedp.WaitVisible(chromedp.CSS(".card.current .reasons")))
	p.take("dismiss")
	p.press("1")
	p.until(`document.querySelectorAll(".queue li.dismiss").length === 1`)
	p.goTo(late)
	p.press("e")
	p.do(chromedp.WaitVisible(chromedp.CSS(".card.current .edit [name=value]")), chromedp.SetValue(chromedp.CSS(".card.current .edit [name=value]"), "2026-06-03"))
	p.take("correct")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector("#corrections") && document.querySelector(".desk.live")`)
	p.take("corrected")
	p.run(`document.getElementById("charts").scrollIntoView()`)
	p.take("charts")
	p.run(`document.getElementById("manual").scrollIntoView()`)
	p.take("manual")
	p.run(`document.querySelector(".ladder").closest("section").scrollIntoView()`)
	p.take("money")
	p.run(`document.querySelector(".matrix").closest("section").scrollIntoView()`)
	p.take("materials")
}

// papers issues the notice.
func (p *painter) papers() {
	p.visit("/applications/"+p.app+"/notice", "#notice")
	p.take("notice")
	p.run(`document.querySelector("[name=closing]").value = "请于2026年7月31日前一次性补齐。"`)
	p.click("#issue", "#sure[open]")
	p.take("issue")
	p.click("#really", "#issued a")
}

// supplement hands in the paper that another application lacks and looks at what
// that mended: the same applications are made without faults for it.
func (p *painter) supplement() {
	whole := filepath.Join(p.s.dir, "whole")
	if kept := os.Getenv("HEQUAN_PICTURES_CACHE"); kept != "" {
		whole = filepath.Join(kept, "whole")
	}
	const lacking, folder = "2026H1-1009", "05审计报告"
	if found, _ := filepath.Glob(filepath.Join(whole, lacking)); len(found) == 0 {
		p.s.made(p.t, whole, "none")
	}
	has := map[string]bool{}
	for _, f := range p.v.names(p, lacking) {
		has[filepath.Base(f)] = true
	}
	var missing []string
	papers, err := filepath.Glob(filepath.Join(whole, lacking, folder, "*"))
	must(p.t, p.v, err)
	for _, f := range papers {
		if !has[filepath.Base(f)] && strings.Contains(f, "2024") { // of the two years only that one is lacking
			missing = append(missing, f)
		}
	}
	if len(missing) == 0 {
		p.t.Fatalf("nothing is lacking in %s", lacking)
	}
	p.visit("/", "#rows tr")
	p.app = p.text(`[...document.querySelectorAll("#rows tr")].find(r => r.innerText.includes("` + lacking + `")).id.slice(2)`)
	p.visit("/applications/"+p.app, ".card.current")
	p.press("a")
	p.until(`document.querySelectorAll(".queue li.confirm").length === 1`)
	p.visit("/applications/"+p.app+"/notice", "#notice")
	p.click("#issue", "#sure[open]")
	p.click("#really", "#issued a")
	p.visit("/applications/"+p.app, ".card.current")
	p.click(`[data-open="supplement"]`, "#supplement[open]")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#mended"), missing), chromedp.WaitVisible(chromedp.CSS("#mendedlist select")))
	p.run(`document.querySelectorAll("#mendedlist select").forEach(s => { s.value = "" })`)
	p.take("supplement")
	p.do(chromedp.Click(chromedp.CSS("#round .foot .primary")))
	p.until(`[...document.querySelectorAll(".step h2")].some(h => h.innerText.startsWith("第 1 轮补正")) && document.querySelector(".desk.live")`)
	p.run(`document.querySelector(".step details").open = true; scrollTo(0, 0)`)
	p.take("round")
	p.visit("/", "#rows tr")
	p.app = p.text(`[...document.querySelectorAll("#rows tr")].find(r => r.innerText.includes("2026H1-2003")).id.slice(2)`)
}

// names are the files of the application of that name, as its page lists them.
func (v *server) names(p *painter, application string) []string {
	p.visit("/", "#rows tr")
	id := p.text(`[...document.querySelectorAll("#rows tr")].find(r => r.innerText.includes("` + application + `")).id.slice(2)`)
	p.visit("/applications/"+id, ".matrix")
	return strings.Split(p.text(`[...document.querySelectorAll(".files tr td:first-child")].map(d => d.innerText).join("\n")`), "\n")
}

// made makes nine applications of electronic papers.
func (s *stage) made(t *testing.T, dir, faults string) {
	t.Helper()
	out, err := exec.Command(s.program, "samples", "generate", "--seed", "5", "--count", "9", "--scans", "electronic", "--faults", faults, "-o", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// looking opens pages and compares two of them.
func (p *painter) looking() {
	p.visit("/applications/"+p.app, ".card.current")
	p.goTo("invoice.seller")
	path := p.text(`document.querySelector(".card.current .look").getAttribute("href")`)
	p.visit(path, ".viewbody img")
	p.take("viewer")
	p.click(`.tools a[href*="/compare"]`, ".half img")
	p.take("compare")
}

// window looks at the overview, draws a sample, and checks a window again.
func (p *painter) window() {
	p.visit("/overview", ".bars")
	p.take("overview")
	p.run(`scrollTo(0, document.body.scrollHeight)`)
	p.take("overview-accuracy")
	p.visit("/overview/blind", "#blind")
	p.take("blind")
	p.v = p.s.anotherList(p.t, p.v, filepath.Join(p.s.dir, "data"), "--password-only")
	p.visit("/", "#rows tr")
	p.in("zhaowei")
	p.visit("/trials", "#window")
	p.run(`const w = document.getElementById("window"); w.value = [...w.options].find(o => o.text.includes("第一批")).value; w.dispatchEvent(new Event("change"))`)
	p.until(`document.getElementById("start")`)
	p.take("trials")
	p.click("#start", "#difference")
	p.run(`document.querySelectorAll(".step details").forEach((d, i) => { d.open = i === 0 })`)
	p.take("trial")
	p.visit("/api", ".apis")
	p.take("api")
	p.visit("/nothing", "main")
	p.take("error")
	p.visit("/account", "[action='/account/tokens']")
	p.take("account")
}

// governing looks at what administrators and auditors see.
func (p *painter) governing() {
	p.in("limin")
	p.visit("/accounts", "[action='/accounts']")
	p.take("accounts")
	p.click(`a[href$="/windows"]`, "main form")
	p.take("windows")
	p.in("zhouning")
	p.visit("/audit", ".audit")
	p.take("audit")
}

// printed keeps what a printer would get of the desk and the list.
func (p *painter) printed() {
	dir := os.Getenv("HEQUAN_SHOTS")
	if dir == "" {
		return
	}
	for name, path := range map[string]string{"print-list": "/", "print-application": "/applications/" + p.app, "print-overview": "/overview"} {
		p.do(chromedp.Navigate(p.v.url+path), chromedp.WaitVisible(chromedp.CSS("main")))
		pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
		must(p.t, p.v, err)
		must(p.t, p.v, os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644))
	}
	fmt.Fprintln(os.Stderr, "whole pages and prints are in", dir)
}

// zipInto packs folders with their files under their paths from the root.
func zipInto(w io.Writer, root string, folders []string) error {
	z := zip.NewWriter(w)
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || e.Name() == "truth.json" {
				return err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			to, err := z.Create(filepath.ToSlash(name))
			if err != nil {
				return err
			}
			_, err = to.Write(data)
			return err
		})
		if err != nil {
			return err
		}
	}
	return z.Close()
}
