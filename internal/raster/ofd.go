package raster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"hequan"
)

// Budgets of an OFD package (GB/T 33190-2016), a zip of XML.
const (
	maxOFDEntries = 5000
	maxOFDPart    = 64 << 20
)

// ofdFile is an open OFD document; several documents in one package are read
// one after the other.
type ofdFile struct {
	parts  map[string]*zip.File
	folded map[string]*zip.File // by name in lower case
	pages  []ofdPage
	data   map[string]string

	signatures []string // lists of signatures
	bilevel    Bilevel  // nil: JBIG2 pictures stay unseen
}

// ofdPage is where a page and its template stand.
type ofdPage struct {
	path      string
	id        string
	templates map[string]string // id → path
	res       ofdResources
	box       []float64 // the document's default page, mm
	notes     string    // the document's list of annotations
}

// ofdResources are what objects refer to by id.
type ofdResources struct {
	images map[string]string // paths
	params map[string]*node  // drawing parameters
	units  map[string]*node  // objects made of objects
}

// node is any XML element.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all returns the elements of that name anywhere below, in document order.
func (n *node) all(name string) []*node {
	var out []*node
	for i := range n.Nodes {
		c := &n.Nodes[i]
		if c.XMLName.Local == name {
			out = append(out, c)
		}
		out = append(out, c.all(name)...)
	}
	return out
}

func (n *node) text(name string) string {
	if found := n.all(name); len(found) > 0 {
		return strings.TrimSpace(found[0].Text)
	}
	return ""
}

// OpenOFD opens an OFD package held in memory. Its JBIG2 pictures are decoded by
// bilevel; nil leaves them out.
func OpenOFD(data []byte, bilevel Bilevel) (File, error) {
	f, err := openOFD(data)
	if err != nil {
		return nil, err
	}
	f.bilevel = bilevel
	return f, nil
}

func openOFD(data []byte) (*ofdFile, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
	}
	if len(z.File) > maxOFDEntries {
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "%d parts, at most %d are read", len(z.File), maxOFDEntries)
	}
	f := &ofdFile{parts: map[string]*zip.File{}, folded: map[string]*zip.File{}}
	for _, part := range z.File {
		name := path.Clean("/" + strings.ReplaceAll(part.Name, "\\", "/"))
		f.parts[name] = part
		f.folded[strings.ToLower(name)] = part
	}
	root, err := f.xml("/OFD.xml")
	if err != nil {
		return nil, err
	}
	f.data = customData(root)
	for _, body := range root.all("DocBody") {
		if err := f.addDocument(resolve("/", body.text("DocRoot"))); err != nil {
			return nil, err
		}
		if list := body.text("Signatures"); list != "" {
			f.signatures = append(f.signatures, resolve("/", list))
		}
	}
	if len(f.pages) == 0 {
		return nil, hequan.Problemf(hequan.ProblemEmpty, "the OFD has no pages")
	}
	if len(f.pages) > MaxPages {
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "%d pages, at most %d are read", len(f.pages), MaxPages)
	}
	return f, nil
}

func customData(root *node) map[string]string {
	data := map[string]string{}
	for _, c := range root.all("CustomData") {
		if v := strings.TrimSpace(c.Text); v != "" {
			data[c.attr("Name")] = v
		}
	}
	if len(data) == 0 {
		return nil
	}
	return data
}

func (f *ofdFile) addDocument(at string) error {
	doc, err := f.xml(at)
	if err != nil {
		return err
	}
	page := ofdPage{templates: map[string]string{}, box: numbers(doc.text("PhysicalBox")),
		res: ofdResources{map[string]string{}, map[string]*node{}, map[string]*node{}}}
	if list := doc.text("Annotations"); list != "" {
		page.notes = resolve(path.Dir(at), list)
	}
	if list := doc.text("Attachments"); list != "" {
		f.attached(resolve(path.Dir(at), list))
	}
	for _, t := range doc.all("TemplatePage") {
		page.templates[t.attr("ID")] = resolve(path.Dir(at), t.attr("BaseLoc"))
	}
	for _, name := range []string{"PublicRes", "DocumentRes"} {
		for _, r := range doc.all(name) {
			resPath := resolve(path.Dir(at), strings.TrimSpace(r.Text))
			res, err := f.xml(resPath)
			if err != nil {
				continue // pictures are missing then; the text still stands
			}
			base := resolve(path.Dir(resPath), res.attr("BaseLoc"))
			for _, m := range res.all("MultiMedia") {
				page.res.images[m.attr("ID")] = resolve(base, m.text("MediaFile"))
			}
			for _, d := range res.all("DrawParam") {
				page.res.params[d.attr("ID")] = d
			}
			for _, u := range res.all("CompositeGraphicUnit") {
				page.res.units[u.attr("ID")] = u
			}
		}
	}
	for _, pages := range doc.all("Pages") {
		for _, p := range pages.all("Page") {
			one := page
			one.path, one.id = resolve(path.Dir(at), p.attr("BaseLoc")), p.attr("ID")
			f.pages = append(f.pages, one)
		}
	}
	return nil
}

// resolve joins a location to its base; a leading slash means the package's root.
func resolve(base, location string) string {
	location = strings.ReplaceAll(location, "\\", "/")
	if strings.HasPrefix(location, "/") {
		return path.Clean(location)
	}
	return path.Join(base, location)
}

func (f *ofdFile) part(at string) ([]byte, error) {
	part := f.parts[path.Clean("/"+at)]
	if part == nil { // names that differ in case only, from writers on Windows
		part = f.folded[strings.ToLower(path.Clean("/"+at))]
	}
	if part == nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "the OFD has no part %s", at)
	}
	r, err := part.Open()
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%s: %v", at, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxOFDPart+1))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%s: %v", at, err)
	}
	if len(data) > maxOFDPart {
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "%s unpacks to over %d MB", at, maxOFDPart>>20)
	}
	return data, nil
}

func (f *ofdFile) xml(at string) (*node, error) {
	data, err := f.part(at)
	if err != nil {
		return nil, err
	}
	return parseXML(data, at)
}

// parseXML reads an XML document. Go's decoder knows no external entities and
// expands none of a DTD's.
func parseXML(data []byte, name string) (*node, error) {
	var n node
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) { return nil, fmt.Errorf("encoding %q", charset) }
	if err := d.Decode(&n); err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%s: %v", name, err)
	}
	return &n, nil
}

func (f *ofdFile) Pages() int              { return len(f.pages) }
func (f *ofdFile) Data() map[string]string { return f.data }
func (f *ofdFile) Close()                  {}

func numbers(s string) []float64 {
	var out []float64
	for _, part := range strings.Fields(s) {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return nil
		}
		out = append(out, v)
	}
	return out
}
