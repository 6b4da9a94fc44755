package pipeline

import (
	"fmt"
	"log/slog"
	"path"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"

	"hequan"
	"hequan/extractors"
)

// ReadFile is one file of an application with what was read of it.
type ReadFile struct {
	Name    string
	Reading *hequan.Reading
}

// Documents splits the files of an application into documents, classifies
// them, extracts their fields and tables and ties their seals to the parties.
// The same readings give the same documents, in the order of the
// files' names. images (may be nil) shows the pages, where a name that was read
// is nearly one that is known.
func Documents(form *hequan.Application, files []ReadFile, images PageImages) ([]hequan.Document, []hequan.FileInfo) {
	files = append([]ReadFile(nil), files...)
	sort.SliceStable(files, func(i, j int) bool { return files[i].Name < files[j].Name })
	var docs []hequan.Document
	var parts []filePart
	var infos []hequan.FileInfo
	for _, f := range files {
		r := f.Reading
		infos = append(infos, hequan.FileInfo{File: f.Name, SHA256: r.SHA256, Bytes: r.Bytes, Type: r.Type, Pages: len(r.Pages), Problem: r.Problem, Notes: r.Notes})
		if r.Problem != nil {
			continue
		}
		parts = append(parts, fileParts(form, f.Name, r)...)
	}
	for _, p := range parts {
		docs = append(docs, p.document())
	}
	detailsOfStatements(docs, parts)
	settleNames(form, docs, files, images)
	agreeOnModels(form, docs)
	chooseFilings(form, docs)
	looks := impressions(docs, files)
	settleFirms(docs, looks)
	tieSeals(form, docs, looks)
	markTwins(docs, looks)
	onPictures(docs, files)
	return docs, infos
}

// onPictures moves every box of a photographed page from the straightened
// sheet to the picture that people see.
func onPictures(docs []hequan.Document, files []ReadFile) {
	frames := map[string]hequan.Frame{}
	for _, f := range files {
		for _, p := range f.Reading.Pages {
			if !p.Frame.IsZero() {
				frames[pageKey(f.Reading.SHA256, p.Info.Page)] = p.Frame
			}
		}
	}
	if len(frames) == 0 {
		return
	}
	for i := range docs {
		d := &docs[i]
		at := func(page int) hequan.Frame { return frames[pageKey(d.SHA256, page)] }
		for k := range d.Fields {
			d.Fields[k].Box = at(d.Fields[k].Page).Box(d.Fields[k].Box)
		}
		for k := range d.Seals {
			d.Seals[k].Box = at(d.Seals[k].Page).Box(d.Seals[k].Box)
		}
		for _, t := range d.Tables {
			for _, row := range t.Rows {
				for c := range row {
					page := row[c].Page
					if page == 0 {
						page = t.Page
					}
					row[c].Box = at(page).Box(row[c].Box)
				}
			}
		}
	}
}

// filePart is a document in the file that it stands in.
type filePart struct {
	name    string
	reading *hequan.Reading
	part    extractors.Part
	alone   bool // it is the whole file
	slot    hequan.Kind
	given   bool
}

func fileParts(form *hequan.Application, name string, r *hequan.Reading) []filePart {
	slot, given := slotOf(form, name)
	var out []filePart
	parts := extractors.Split(r.Pages)
	for _, part := range parts {
		out = append(out, filePart{name, r, part, len(parts) == 1, slot, given})
	}
	return out
}

// extract reads a document's values. What breaks an extractor costs the document's values, which are missing then and passed
// on by no rule, never the application or the window.
func extract(kind hequan.Kind, pages []hequan.Page, data map[string]string) (content extractors.Content) {
	defer func() {
		if broken := recover(); broken != nil {
			content = extractors.Content{}
			slog.Error("an extractor broke on a document; its values are missing", "kind", kind, "page", pages[0].Info.Page, "error", fmt.Sprint(broken), "stack", string(debug.Stack()))
		}
	}()
	return extractors.Extract(kind, pages, data)
}

// document extracts a document's content.
func (f filePart) document() hequan.Document {
	r, part := f.reading, f.part
	pages := r.Pages[part.First : part.Last+1]
	var data map[string]string
	if f.alone {
		data = r.Data
	}
	content := extract(part.Kind, pages, data)
	if part.Kind == hequan.KindCommitment {
		content.Fields = inkSignature(content.Fields, pages)
	}
	d := hequan.Document{
		ID: documentID(f.name, pages), File: f.name, SHA256: r.SHA256,
		Pages: [2]int{pages[0].Info.Page, pages[len(pages)-1].Info.Page},
		Kind:  part.Kind, KindConfidence: part.Confidence, Slot: f.slot, SlotGiven: f.given,
		PageInfo: []hequan.PageInfo{}, Fields: append(content.Fields, signatureFields(r.Signatures)...), Tables: content.Tables, Seals: []hequan.Seal{},
	}
	for _, p := range pages {
		info := p.Info
		info.PrintedPage = extractors.PrintedPage(p)
		d.PageInfo = append(d.PageInfo, info)
		d.Seals = append(d.Seals, p.Seals...)
		d.Fields = append(d.Fields, drawnOver(p)...)
	}
	agreeOnTotal(d.PageInfo)
	if d.Fields == nil {
		d.Fields = []hequan.Field{}
	}
	if d.Tables == nil {
		d.Tables = []hequan.Table{}
	}
	return d
}

// drawnOver tells of words that were painted over a scan, as a sign that it was
// altered. What stands in the margins is a page number or the scanner's name.
func drawnOver(p hequan.Page) []hequan.Field {
	var text []string
	var box hequan.Box
	for _, w := range p.DrawnOver {
		if y := w.Box.CenterY(); y > 0.06 && y < 0.94 {
			text = append(text, w.Text)
			box = box.Union(w.Box)
		}
	}
	if len(text) == 0 {
		return nil
	}
	return []hequan.Field{{Name: "altered", Value: "text_layer", Text: strings.Join(text, " "), Page: p.Info.Page, Box: box, Confidence: 1}}
}

// agreeOnTotal keeps the printed number of pages only where every page that
// prints one prints the same, and none stands beyond it: a misread total would
// make pages seem absent.
func agreeOnTotal(pages []hequan.PageInfo) {
	total, ok := 0, true
	for _, p := range pages {
		if n := p.PrintedPage[1]; n != 0 {
			ok = ok && (total == 0 || total == n)
			total = n
		}
	}
	if ok && (total <= len(pages)+3 || total == 0) {
		return
	}
	for i := range pages {
		pages[i].PrintedPage[1] = 0
	}
}

func documentID(name string, pages []hequan.Page) string {
	first, last := pages[0].Info.Page, pages[len(pages)-1].Info.Page
	if first == last {
		return fmt.Sprintf("%s#%d", name, first)
	}
	return fmt.Sprintf("%s#%d-%d", name, first, last)
}

// slotOf returns the slot that the form gives, else the one that a leading
// number of the file's name, or of a folder's, stands for (五.1–11).
func slotOf(form *hequan.Application, name string) (slot hequan.Kind, given bool) {
	if k, ok := form.SlotOf(name); ok {
		return k, true
	}
	parts := strings.Split(name, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		n := leadingNumber(parts[i])
		if n == 0 {
			continue
		}
		for _, k := range hequan.Kinds {
			if k.Slot == n {
				return k.Kind, false
			}
		}
	}
	return "", false
}

// leadingNumber reads "7-发票.pdf", "07发票", "7.发票"; a longer number is no clause.
func leadingNumber(s string) int {
	s = strings.TrimSuffix(s, path.Ext(s))
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 || n == len(s) {
		return 0
	}
	v, err := strconv.Atoi(s[:n])
	if err != nil {
		return 0
	}
	return v
}
