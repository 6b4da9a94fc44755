package render

import (
	"embed"
	"encoding/base64"
	"html/template"
	"io"

	"hequan"
)

//go:embed report.html report.css reading.html reading.css charts.html
var assets embed.FS

// Crops says where the picture of a passage comes from in an HTML page.
type Crops interface {
	// Crop returns the address of the picture of a box with its surroundings, or
	// why there is none. A zero box means the whole page.
	Crop(sha256 string, page int, box hequan.Box) (template.URL, error)
	// Page returns the address of the whole page, "" when it is not offered.
	Page(sha256 string, page int) template.URL
}

// HTML writes the report as a page that stands alone: style and pictures are
// inside, nothing is fetched. img may be nil; a picture that cannot be had is
// replaced by a line that says so.
func HTML(w io.Writer, r *hequan.Report, img PageImages) error {
	return document.ExecuteTemplate(w, "standalone", newView(r, embedded{NewCutter(img)}))
}

// Fragment writes the report's body alone, for a page that already has the
// style of [CSS].
func Fragment(w io.Writer, r *hequan.Report, crops Crops) error {
	return document.ExecuteTemplate(w, "report", newView(r, crops))
}

// Parts writes parts of the report's body one after the other, for a page that
// shows the findings in its own way: head, materials, problems, subsidy,
// manual, documents, quiet, foot.
func Parts(w io.Writer, r *hequan.Report, names ...string) error {
	v := newView(r, noCrops{})
	for _, name := range names {
		if err := document.ExecuteTemplate(w, name, v); err != nil {
			return err
		}
	}
	return nil
}

// noCrops is for parts that show no passages.
type noCrops struct{}

func (noCrops) Crop(string, int, hequan.Box) (template.URL, error) { return "", nil }
func (noCrops) Page(string, int) template.URL                      { return "" }

// CSS is the style of the report.
func CSS() []byte { return asset("report.css") }

func asset(name string) []byte {
	data, err := assets.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot be absent
	}
	return data
}

var document = template.Must(template.New("report").Funcs(template.FuncMap{
	"css":        func() template.CSS { return template.CSS(CSS()) },
	"readingcss": func() template.CSS { return template.CSS(asset("reading.css")) },
	"word":       func(s hequan.Status) string { return s.Chinese() },
	"field":      fieldWord,
	"proofs":     proofs,
}).ParseFS(assets, "report.html", "reading.html", "charts.html"))

// embedded puts crops into the page as data: addresses.
type embedded struct{ cutter *Cutter }

func (e embedded) Crop(sha256 string, page int, box hequan.Box) (template.URL, error) {
	data, err := e.cutter.Cut(sha256, page, box)
	if err != nil {
		return "", err
	}
	return template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)), nil
}

func (embedded) Page(string, int) template.URL { return "" }
