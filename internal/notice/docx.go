package notice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image/jpeg"
	"io"
	"strings"

	"hequan"
)

// Pictures cuts a passage out of a page, as JPEG.
type Pictures func(sha256 string, page int, box hequan.Box) ([]byte, error)

// Docx writes the letter as a Word document: A4, the typefaces of official
// letters, one table row a defect. The items that are not included are left
// out; a passage without a picture is, too. The same letter gives the same bytes.
func Docx(w io.Writer, n Notice, cut Pictures) error {
	d := &docx{cut: cut}
	d.letter(n)
	z := zip.NewWriter(w)
	put := func(name, content string) error {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		return err
	}
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRels}, {"word/styles.xml", styles}, {"word/settings.xml", settings},
		{"word/document.xml", documentHead + d.body.String() + documentTail}, {"word/_rels/document.xml.rels", d.rels()},
	}
	for i, image := range d.images {
		parts = append(parts, [2]string{fmt.Sprintf("word/media/image%d.jpeg", i+1), string(image)})
	}
	for _, p := range parts {
		if err := put(p[0], p[1]); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx gathers the body and its pictures.
type docx struct {
	body   strings.Builder
	images [][]byte
	cut    Pictures
}

func (d *docx) letter(n Notice) {
	d.paragraph("Title", n.Title)
	if n.Number != "" {
		d.paragraph("Number", n.Number)
	}
	if n.Recipient != "" {
		d.paragraph("Recipient", strings.TrimRight(n.Recipient, "：:")+"：")
	}
	d.lines("Body", n.Opening)
	d.table(n.Items)
	d.lines("Body", n.Closing)
	d.lines("Body", n.Contact)
	d.paragraph("Sign", n.Office)
	d.paragraph("Sign", n.Date)
}

func (d *docx) lines(style, text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			d.paragraph(style, line)
		}
	}
}

func (d *docx) paragraph(style, text string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, style, escape(text))
}

// columns are the widths of the table in twentieths of a point: 156 mm in all.
var columns = [...]int{620, 4300, 1000, 2924}

func (d *docx) table(items []Item) {
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="8844" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, c := range columns {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, c)
	}
	d.body.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, head := range []string{"序号", "存在的问题", "依据条款", "补正要求"} {
		d.cell(i, func() { d.paragraph("CellHead", head) })
	}
	d.body.WriteString(`</w:tr>`)
	number := 0
	for _, item := range items {
		if !item.Include {
			continue
		}
		number++
		d.body.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		d.cell(0, func() { d.paragraph("CellMiddle", fmt.Sprint(number)) })
		d.cell(1, func() {
			d.lines("Cell", item.Problem)
			if item.Where != "" {
				d.lines("CellNote", "位置："+item.Where)
			}
			d.picture(item)
		})
		d.cell(2, func() { d.paragraph("CellMiddle", item.Clause) })
		d.cell(3, func() { d.paragraph("Cell", strings.Join(strings.Fields(item.Ask), " ")) })
		d.body.WriteString(`</w:tr>`)
	}
	d.body.WriteString(`</w:tbl>`)
	d.paragraph("Cell", "")
}

// cell writes a cell; one without a paragraph would make the file invalid.
func (d *docx) cell(column int, content func()) {
	fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, columns[column])
	before := d.body.Len()
	content()
	if d.body.Len() == before {
		d.paragraph("Cell", "")
	}
	d.body.WriteString(`</w:tc>`)
}

// The greatest size of a picture, in EMU (360,000 to the centimetre).
const (
	maxWide = 7 * 360000
	maxHigh = 4 * 360000
)

func (d *docx) picture(item Item) {
	if !item.Picture || item.SHA256 == "" || d.cut == nil {
		return
	}
	data, err := d.cut(item.SHA256, item.Page, item.Box)
	if err != nil {
		return // the page has no picture: file and page are named
	}
	size, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width == 0 || size.Height == 0 {
		return
	}
	d.images = append(d.images, data)
	n := len(d.images)
	wide, high := maxWide, maxWide*size.Height/size.Width
	if high > maxHigh {
		wide, high = maxHigh*size.Width/size.Height, maxHigh
	}
	fmt.Fprintf(&d.body, picture, wide, high, n, n, escape(item.Where), n, n, n, wide, high)
}

func (d *docx) rels() string {
	var b strings.Builder
	b.WriteString(relsHead + `<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rIdSettings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>`)
	for i := range d.images {
		fmt.Fprintf(&b, `<Relationship Id="rIdImage%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image%d.jpeg"/>`, i+1, i+1)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// escape makes text of what may be anything; characters that XML forbids
// become U+FFFD.
func escape(text string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.String()
}
