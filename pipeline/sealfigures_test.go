package pipeline

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"

	"hequan"
	pageimaging "hequan/internal/imaging"
	"hequan/internal/name"
	"hequan/internal/raster"
	"hequan/internal/seal"
)

// labelled is the part of a truth.json that seals are measured by.
type labelled struct {
	ID        string
	Applicant string
	Provider  string
	Documents []struct {
		File     string
		Pages    [2]int
		Kind     hequan.Kind
		PageInfo []struct {
			Page     int
			Source   string
			DPI      int
			Color    bool
			Rotation int
			Degrade  string
		} `json:"page_info"`
		Fields []struct{ Name, Value string }
		Seals  []labelledSeal
	}
}

type labelledSeal struct {
	Page          int
	Box           hequan.Box
	Shape         string
	Kind          any
	Party, Text   string
	Center        string
	Across, Faint bool
	Printed       bool
	Color         string
	dpi           int
	photographed  bool
	found         *hequan.Seal
	look          *hequan.Impression
}

// foundOn is what was found on the pages of a file.
type foundOn struct {
	Pages []hequan.Page
	CPU   time.Duration
}

// openLabelled opens a file of a labelled application.
func openLabelled(t *testing.T, pdf *raster.PDFium, path string) (f raster.File) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(path) {
	case ".pdf":
		f, err = pdf.OpenPDF(data)
	case ".tif":
		f, err = raster.OpenTIFF(data)
	default:
		f, err = raster.OpenPicture(data)
	}
	if err != nil {
		t.Fatal(path, err)
	}
	return f
}

// sealPages finds the seals on the pages of a labelled file, as readPage does but for
// recognition: pages are turned as their label says.
func sealPages(t *testing.T, pdf *raster.PDFium, path string, turn map[int]int) foundOn {
	t.Helper()
	var out foundOn
	f := openLabelled(t, pdf, path)
	defer f.Close()
	for i := range f.Pages() {
		p, err := f.Page(i)
		if err != nil {
			t.Fatal(path, err)
		}
		page := hequan.Page{}
		if sheet, frame, ok := pageimaging.Straighten(p.Image); ok {
			p.WidthMM *= float64(sheet.Rect.Dx()) / float64(p.Image.Rect.Dx())
			p.HeightMM *= float64(sheet.Rect.Dy()) / float64(p.Image.Rect.Dy())
			p.Image, page.Frame = sheet, frame
		}
		if err := p.Turn(turn[i+1]); err != nil {
			t.Fatal(err)
		}
		page.Frame = page.Frame.Turned(turn[i+1])
		color := pageimaging.IsColor(p.Image)
		page.Info = hequan.PageInfo{Page: i + 1, Source: p.Source, HeightMM: p.HeightMM, WidthMM: p.WidthMM, DPI: p.ScanDPI, Color: color}
		start := cpuTime()
		if color || p.Source == hequan.SourceScan {
			page.Seals, page.Impressions, page.Stamps = seal.Find(nil, p.Image, p.DPI, i+1, color, nil)
		}
		out.CPU += cpuTime() - start
		out.Pages = append(out.Pages, page)
	}
	return out
}

// cpuTime is the time that the process has used on all cores.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// count is right answers of all.
type count struct{ right, all int }

func (c *count) add(right bool) {
	c.all++
	if right {
		c.right++
	}
}

func (c count) String() string {
	if c.all == 0 {
		return "none to count"
	}
	return fmt.Sprintf("%d of %d (%.1f %%)", c.right, c.all, 100*float64(c.right)/float64(c.all))
}

// TestSealFigures measures finding, kinds and parties of seals on labelled
// applications, straight on the pages' pictures: HEQUAN_SEALS=DIR,DIR…; it
// prints the table of docs/benchmarks.md.
func TestSealFigures(t *testing.T) {
	dirs := os.Getenv("HEQUAN_SEALS")
	if dirs == "" {
		t.Skip("set HEQUAN_SEALS to folders of labelled applications (scripts/bench-seals.sh)")
	}
	pdf, err := raster.OpenPDFium(filepath.Join(os.TempDir(), "hequan-pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, dir := range strings.Split(dirs, ",") {
		m, _ := filepath.Glob(filepath.Join(dir, "*", "truth.json"))
		files = append(files, m...)
	}
	f := figures{tied: map[string]*count{}, rnd: rand.New(rand.NewPCG(1, 2)), verbose: os.Getenv("HEQUAN_SEALS_SHOW") != ""}
	for _, file := range files {
		f.application(t, pdf, file)
	}
	f.print(t)
}

// figures are the measures of seals.
type figures struct {
	verbose                  bool
	rnd                      *rand.Rand
	found, kind, lookalikes  count
	false, pages, wrong, all int
	tied                     map[string]*count
	finding, tying           time.Duration
}

func (f *figures) application(t *testing.T, pdf *raster.PDFium, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var l labelled
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	form := &hequan.Application{}
	form.Applicant.Name = l.Applicant
	form.Providers = []hequan.Party{{Name: l.Provider}}
	var docs []hequan.Document
	var looks [][]*hequan.Impression
	read := map[string]foundOn{}
	for i := range l.Documents {
		d := &l.Documents[i]
		if d.PageInfo[0].Source != hequan.SourceScan {
			d.Seals = nil
			continue
		}
		if _, ok := read[d.File]; !ok {
			turn := map[int]int{}
			for _, o := range l.Documents {
				if o.File == d.File {
					for _, p := range o.PageInfo {
						turn[p.Page] = p.Rotation
					}
				}
			}
			on := sealPages(t, pdf, filepath.Join(filepath.Dir(path), d.File), turn)
			read[d.File] = on
			f.finding += on.CPU
			f.pages += len(on.Pages)
		}
		doc := hequan.Document{File: d.File, Pages: d.Pages, Kind: d.Kind}
		for _, x := range d.Fields {
			if x.Name == "firm" {
				doc.Fields = append(doc.Fields, hequan.Field{Name: x.Name, Value: x.Value})
			}
		}
		var of []*hequan.Impression
		for k := range read[d.File].Pages {
			p := &read[d.File].Pages[k]
			if p.Info.Page < d.Pages[0] || p.Info.Page > d.Pages[1] {
				continue
			}
			doc.PageInfo = append(doc.PageInfo, p.Info)
			at := len(of)
			of = append(of, make([]*hequan.Impression, len(p.Seals))...)
			for m := range p.Impressions {
				of[at+p.Impressions[m].Seal] = &p.Impressions[m]
			}
			for _, s := range p.Seals {
				s.Box = p.Frame.Box(s.Box) // labels speak of the photograph
				doc.Seals = append(doc.Seals, s)
			}
		}
		docs, looks = append(docs, doc), append(looks, of)
	}
	start := cpuTime()
	tieSeals(form, docs, looks)
	f.tying += cpuTime() - start
	k := 0
	for i := range l.Documents {
		d := &l.Documents[i]
		if d.PageInfo[0].Source != hequan.SourceScan {
			continue
		}
		used := map[int]bool{}
		for j := range d.Seals {
			s := &d.Seals[j]
			for _, p := range d.PageInfo {
				if p.Page == s.Page {
					s.dpi, s.photographed = p.DPI, p.Degrade == "phone"
				}
			}
			for m := range docs[k].Seals {
				if g := &docs[k].Seals[m]; !used[m] && g.Page == s.Page && sealOverlap(g.Box, s.Box) > 0.4 {
					used[m], s.found, s.look = true, g, looks[k][m]
					break
				}
			}
			f.seal(&l, d.File, s)
		}
		f.false += len(docs[k].Seals) - len(used)
		if f.verbose {
			for m := range docs[k].Seals {
				if !used[m] {
					fmt.Println("FALSE", l.ID, d.File, docs[k].Seals[m].Page, docs[k].Seals[m].Box, docs[k].Seals[m].Shape, docs[k].Seals[m].Color)
				}
			}
		}
		k++
	}
	f.strangers(&l)
}

// seal counts one labelled impression.
func (f *figures) seal(l *labelled, file string, s *labelledSeal) {
	f.found.add(s.found != nil)
	if s.found == nil {
		if f.verbose {
			fmt.Println("LOST", l.ID, file, s.Page, s.Shape, s.Text, s.Faint, s.dpi)
		}
		return
	}
	if !s.Across && s.Shape != "square" {
		kinds := fmt.Sprint(s.Kind)
		right := slices.Contains(strings.Fields(strings.Trim(kinds, "[]")), s.found.Kind)
		f.kind.add(right)
		if !right && f.verbose {
			fmt.Println("KIND", l.ID, file, s.Page, s.Shape, s.Text, kinds, s.found.Kind)
		}
	}
	if s.Shape == "square" || s.Party != "applicant" && s.Party != "provider" {
		if s.found.Party == "applicant" || s.found.Party == "provider" {
			f.wrong++
			fmt.Println("WRONG", l.ID, file, s.Page, s.Text, s.found.Text)
		}
		return
	}
	class := "round, 200 dpi and more, full ink"
	switch {
	case s.Across:
		class = "pieces over page edges"
	case s.Color == "grey":
		class = "grey copies"
	case s.Faint:
		class = "faint"
	case s.Shape == "oval":
		class = "oval"
	case s.photographed:
		class = "round, photographed"
	case s.dpi < 195:
		class = "round, 150 dpi, full ink"
	}
	if f.tied[class] == nil {
		f.tied[class] = &count{}
	}
	f.tied[class].add(s.found.Party == s.Party)
	f.all++
	if p := s.found.Party; p != s.Party && (p == "applicant" || p == "provider") {
		f.wrong++
		fmt.Println("WRONG", l.ID, file, s.Page, s.Text, s.found.Text)
	}
	if f.verbose && s.found.Party != s.Party {
		fmt.Printf("OPEN %s %s p%d %s %s: %s\n", l.ID, file, s.Page, class, s.Text, s.found.Note)
	}
}

// strangers asks of each impression whether it is taken for companies of nearly
// its name, alone and with what other impressions of the same seal lend.
func (f *figures) strangers(l *labelled) {
	var all []*labelledSeal
	for i := range l.Documents {
		for j := range l.Documents[i].Seals {
			s := &l.Documents[i].Seals[j]
			if s.look != nil && !s.Across && s.Shape != "square" && (s.Party == "applicant" || s.Party == "provider") {
				all = append(all, s)
			}
		}
	}
	for _, s := range all {
		for range 2 {
			name := []candidate{{name: lookAlike(f.rnd, s.Text), party: "applicant"}}
			got := hequan.Seal{}
			_, own := tieSeal(&got, s.look, name)
			if own.like != nil && got.Party == "" {
				named := []looked{own}
				for _, o := range all {
					if o != s && o.Text == s.Text {
						if _, l := tieSeal(&hequan.Seal{}, o.look, name); l.like != nil {
							named = append(named, l)
						}
					}
				}
				lend(named)
			}
			f.lookalikes.add(got.Party != "")
			if got.Party != "" {
				fmt.Println("LOOKALIKE", l.ID, s.Page, s.Text, name[0].name)
			}
		}
	}
}

func (f *figures) print(t *testing.T) {
	fmt.Printf("| what | measured | aim |\n| --- | --- | --- |\n| found | %s | 98 %% |\n| false ones | %d on %d pages | 1 in 100 pages |\n| kind of seals with a rim | %s | 95 %% |\n", f.found, f.false, f.pages, f.kind)
	var names []string
	for n := range f.tied {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Printf("| tied to their party: %s | %s | %s |\n", n, f.tied[n], map[bool]string{true: "95 %"}[strings.HasPrefix(n, "round, 200")])
	}
	fmt.Printf("| tied to the wrong party | %d of %d | 0.5 %% |\n| look-alikes accepted | %s | 0 of 200 |\n", f.wrong, f.all, f.lookalikes)
	fmt.Printf("| CPU seconds a page: finding, tying | %.2f, %.2f | 0.4 together |\n", f.finding.Seconds()/float64(max(1, f.pages)), f.tying.Seconds()/float64(max(1, f.pages)))
	if f.wrong > 0 {
		t.Errorf("%d seals are tied to the wrong party", f.wrong)
	}
}

// sealOverlap is the share of the smaller box that two boxes have in common.
func sealOverlap(a, b hequan.Box) float64 {
	w, h := min(a[2], b[2])-max(a[0], b[0]), min(a[3], b[3])-max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / max(1e-9, min(a.Width()*a.Height(), b.Width()*b.Height()))
}

func pickRune(r *rand.Rand, from string) rune {
	all := []rune(from)
	return all[r.IntN(len(all))]
}

// lookAlike changes one to three characters of a name: to those that look most
// like them, to any, or leaves one out.
func lookAlike(r *rand.Rand, company string) string {
	place, own, kind := name.Parts(company)
	runes := []rune(own)
	for range 1 + r.IntN(3) {
		i := r.IntN(len(runes))
		switch r.IntN(4) {
		case 0:
			if len(runes) > 3 {
				runes = append(runes[:i:i], runes[i+1:]...)
				continue
			}
			fallthrough
		case 1:
			runes[i] = pickRune(r, "和安智云数科信创联华新中天宏")
		default:
			if l := seal.LookAlikes(runes[i], 6); len(l) > 0 {
				runes[i] = l[r.IntN(len(l))]
			}
		}
	}
	if out := place + string(runes) + kind; out != company {
		return out
	}
	return place + "新" + string(runes) + kind
}
