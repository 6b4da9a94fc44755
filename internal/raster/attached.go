package raster

import (
	"bytes"
	"path"
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Budgets of what is attached to a file.
const (
	maxAttached      = 50
	maxAttachedBytes = 16 << 20
)

// addAttached adds the values of an attached e-invoice, in XML or as an XBRL
// instance (电子凭证会计数据标准), under "name of the attachment/name of the value".
// Anything else that is attached is left alone.
func addAttached(data map[string]string, name string, content []byte) map[string]string {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".xbrl":
	default:
		return data
	}
	root, err := parseXML(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), name)
	if err != nil {
		return data // the page still stands
	}
	switch strings.ToLower(root.XMLName.Local) {
	case "einvoice", "xbrl":
	default:
		return data
	}
	values := xmlFile{data: map[string]string{}}
	values.collect(root)
	for key, v := range values.data {
		if data == nil {
			data = map[string]string{}
		}
		data[path.Base(name)+"/"+key] = v
	}
	return data
}

// attached reads what is attached to an OFD document (GB/T 33190-2016, 18).
func (f *ofdFile) attached(list string) {
	if list == "" {
		return
	}
	root, err := f.xml(list)
	if err != nil {
		return
	}
	for i, a := range root.all("Attachment") {
		if i == maxAttached {
			return
		}
		at := resolve(path.Dir(list), a.text("FileLoc"))
		if content, err := f.part(at); err == nil && len(content) <= maxAttachedBytes {
			f.data = addAttached(f.data, at, content)
		}
	}
}

// attached reads what is attached to a PDF.
func (f *pdfFile) attached() {
	in := f.pdfium.instance
	count, err := in.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: f.doc})
	if err != nil {
		return
	}
	for i := range min(count.AttachmentCount, maxAttached) {
		a, err := in.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: f.doc, Index: i})
		if err != nil {
			return
		}
		if name, content := f.attachment(a.Attachment); len(content) > 0 && len(content) <= maxAttachedBytes {
			f.data = addAttached(f.data, name, content)
		}
	}
}

func (f *pdfFile) attachment(a references.FPDF_ATTACHMENT) (string, []byte) {
	in := f.pdfium.instance
	name, err := in.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a})
	if err != nil {
		return "", nil
	}
	content, err := in.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: a})
	if err != nil {
		return "", nil
	}
	return name.Name, content.Contents
}
