package raster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
)

func TestEInvoice(t *testing.T) {
	file, err := OpenEInvoice([]byte(`<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EIid>26112000000123456789</EIid></Header>
		<EInvoiceData><BuyerInformation><BuyerName>北京晴川科技有限公司</BuyerName></BuyerInformation>
		<IssuItemInformation><Amount>1.00</Amount></IssuItemInformation><IssuItemInformation><Amount>2.50</Amount></IssuItemInformation></EInvoiceData></EInvoice>`))
	f := open(t, file, err)
	if d := f.Data(); d["EIid"] != "26112000000123456789" || d["BuyerName"] != "北京晴川科技有限公司" || d["Amount"] != "1.00\n2.50" {
		t.Errorf("data %q", d)
	}
	p := pageOf(t, f, 0)
	if text := allText(p); !strings.Contains(text, "北京晴川科技有限公司") || p.Source != hequan.SourceDigital {
		t.Errorf("%s, text %q", p.Source, text)
	}
	for _, l := range p.Lines {
		if l.Box[0] < 0 || l.Box[3] > 1 || l.Box[1] >= l.Box[3] || !hasProof(l.Words[0].Proof, hequan.ProofXML) {
			t.Errorf("line %+v", l)
		}
	}
}

func TestHostileXML(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("TOPSECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	laughs := `<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for name, data := range map[string]string{
		"external entity": `<!DOCTYPE x [<!ENTITY e SYSTEM "file://` + secret + `">]><EInvoice><EIid>&e;</EIid></EInvoice>`,
		"parameters":      `<!DOCTYPE x [<!ENTITY % p SYSTEM "file://` + secret + `"> %p;]><EInvoice><EIid>1</EIid></EInvoice>`,
		"many entities":   laughs + `<EInvoice><EIid>&c;</EIid></EInvoice>`,
		"deep":            "<EInvoice>" + strings.Repeat("<a>", 1_000_000),
		"deep and closed": "<EInvoice>" + strings.Repeat("<a>", 200_000) + "x" + strings.Repeat("</a>", 200_000) + "</EInvoice>",
		"no values":       "<EInvoice><EIid/></EInvoice>",
		"cut off":         "<EInvoice><EIid>26112",
		"another coding":  `<?xml version="1.0" encoding="UTF-7"?><EInvoice><EIid>1</EIid></EInvoice>`,
	} {
		f, err := OpenEInvoice([]byte(data))
		if err != nil {
			var problem *hequan.Problem
			if !errors.As(err, &problem) {
				t.Errorf("%s: %v is no problem of the file", name, err)
			}
			continue
		}
		for k, v := range f.Data() {
			if strings.Contains(v, "TOPSECRET") || strings.Contains(v, "haha") || len(v) > 100 {
				t.Errorf("%s: the entity was followed: %s = %.60q", name, k, v)
			}
		}
		if name != "parameters" {
			t.Errorf("%s: opened without a problem: %v", name, f.Data())
		}
	}
}

func TestPrinted(t *testing.T) {
	for text, want := range map[string]string{
		"发票": "发票", " 1.00": " 1.00", "\n    2351\n  ": "2351", "\t甲 ": "甲 ", "": "",
	} {
		if got := printed(text); got != want {
			t.Errorf("printed(%q) = %q, want %q", text, got, want)
		}
	}
}

// sharedData skips the test where the collection of real files is not here.
func sharedData(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/data/" + pattern)
	if err != nil || len(files) == 0 {
		t.Skip("the shared collection of files is not here: " + pattern)
	}
	return files
}

func TestRealOFD(t *testing.T) {
	files := sharedData(t, "real/invoices/ofdrw+ofdrw/*/src/test/resources/*.ofd")
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := OpenOFD(data, nil)
		f := open(t, file, err)
		p := pageOf(t, f, 0)
		if text := allText(p); !strings.Contains(text, "价税合计") {
			t.Errorf("%s: no 价税合计 in %.300q", filepath.Base(path), text)
		}
		for _, l := range p.Lines {
			if l.Box[2] <= 0 || l.Box[0] >= 1 || l.Box[3] <= 0 || l.Box[1] >= 1 {
				t.Errorf("%s: a line off the page: %+v", filepath.Base(path), l)
			}
		}
	}
	// Cut anywhere, an OFD is a damaged file and nothing else.
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		_, err := OpenOFD(whole[:len(whole)*i/12], nil)
		var problem *hequan.Problem
		if !errors.As(err, &problem) || problem.Code != hequan.ProblemDamaged {
			t.Errorf("cut at %d/12: %v", i, err)
		}
	}
}

// FuzzEInvoice: no XML brings the reader down.
func FuzzEInvoice(f *testing.F) {
	f.Add(`<EInvoice><Header><EIid>26112000000123456789</EIid></Header></EInvoice>`)
	f.Add(`<!DOCTYPE x [<!ENTITY a "b">]><EInvoice><EIid>&a;</EIid></EInvoice>`)
	f.Fuzz(func(t *testing.T, data string) {
		file, err := OpenEInvoice([]byte(data))
		if err != nil {
			return
		}
		for i := range file.Pages() {
			if p, err := file.Page(i); err == nil && p.Image.Rect.Empty() {
				t.Error("a page without a picture")
			}
		}
	})
}
