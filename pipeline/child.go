package pipeline

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"runtime/debug"

	"hequan"
	"hequan/internal/child"
	"hequan/internal/ocr"
	"hequan/internal/raster"
	"hequan/internal/signature"
)

// request is what the parent asks of a reader child.
type request struct {
	Op   string `json:"op"`             // open, page, whole, glance, unpack, next
	Page int    `json:"page,omitempty"` // of page, whole and glance: from 0
}

// answer is the child's reply. Problem says that the file (or page) is at
// fault, Broken that the installation is.
type answer struct {
	Type    string             `json:"type,omitempty"`
	Pages   int                `json:"pages,omitempty"`
	Data    map[string]string  `json:"data,omitempty"`
	Signed  []hequan.Signature `json:"signed,omitempty"`
	Page    *hequan.Page       `json:"page,omitempty"`
	Entry   *entry             `json:"entry,omitempty"`
	Problem *hequan.Problem    `json:"problem,omitempty"`
	Broken  string             `json:"broken,omitempty"`
}

// Limits of one child.
const (
	childAddressSpace = 6 << 30 // bytes; the WebAssembly runtime and Go reserve far more than they use
	childCPUSeconds   = 1800
)

// ServeChild is the main function of a reader child: it answers requests on in
// until in is closed. cacheDir keeps PDFium's compiled module, tessdata the
// language models (both may be empty).
func ServeChild(in io.Reader, out io.Writer, cacheDir, tessdata string) error {
	if err := limitChild(); err != nil {
		return err
	}
	c := &childReader{cacheDir: cacheDir, engine: ocr.NewTesseract(tessdata)}
	defer c.close()
	return child.Serve(in, out, c.serve)
}

func limitChild() error {
	if err := child.Limit(childAddressSpace, childCPUSeconds); err != nil {
		return err
	}
	// Pictures are large and short-lived. What is looked through each time are PDFium's many small objects:
	// nothing is collected before there is little room.
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(100 << 20)
	return nil
}

// childReader holds the open file and the warm tools.
type childReader struct {
	cacheDir string
	engine   ocr.Engine
	pdfium   *raster.PDFium
	file     raster.File
	archive  *archive
}

func (c *childReader) close() {
	c.closeFile()
	c.engine.Close()
	if c.pdfium != nil {
		_ = c.pdfium.Close() // the process ends
	}
}

func (c *childReader) closeFile() {
	if c.file != nil {
		c.file.Close()
		c.file = nil
	}
	c.archive = nil
}

func (c *childReader) serve(req request, body []byte) (ans answer, picture []byte) {
	defer func() {
		// A panic in a decoder is the file's fault, and costs the file (or page) only.
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "panic: %v\n%s", r, debug.Stack())
			ans, picture = answer{Problem: hequan.Problemf(hequan.ProblemDamaged, "a decoder gave up: %v", r)}, nil
		}
	}()
	var err error
	switch req.Op {
	case "open":
		err = c.open(body, &ans)
	case "page", "whole":
		if c.file == nil {
			err = errors.New("no file is open")
			break
		}
		ans.Page, picture, err = readPage(c.engine, c.file, req.Page, req.Op == "whole")
	case "glance":
		if c.file == nil {
			err = errors.New("no file is open")
			break
		}
		ans.Page, err = glancePage(c.file, req.Page)
	case "unpack":
		c.closeFile()
		c.archive, err = openArchive(body)
	case "next":
		ans.Entry, picture, err = c.archive.next()
	default:
		err = fmt.Errorf("unknown request %q", req.Op)
	}
	var problem *hequan.Problem
	switch {
	case errors.As(err, &problem):
		ans.Problem = problem
	case err != nil:
		ans.Broken = err.Error()
	}
	return ans, picture
}

// open opens a file of any accepted kind.
func (c *childReader) open(data []byte, ans *answer) error {
	c.closeFile()
	var err error
	ans.Type = sniff(data)
	switch ans.Type {
	case "application/pdf":
		if err = c.needPDFium(); err != nil {
			return err
		}
		c.file, err = c.pdfium.OpenPDF(data)
	case "image/jpeg", "image/png", "image/webp", "image/bmp":
		c.file, err = raster.OpenPicture(data)
	case "image/tiff":
		c.file, err = raster.OpenTIFF(data)
	case typeOFD:
		c.file, err = raster.OpenOFD(data, func(picture []byte) (image.Image, error) {
			if err := c.needPDFium(); err != nil {
				return nil, err
			}
			return c.pdfium.JBIG2(picture)
		})
	case typeEInvoice:
		c.file, err = raster.OpenEInvoice(data)
	default:
		err = hequan.Problemf(hequan.ProblemUnsupported, "the content is %s", ans.Type)
	}
	if err != nil {
		return err
	}
	ans.Pages, ans.Data, ans.Signed = c.file.Pages(), c.file.Data(), signatures(ans.Type, data, c.file)
	return nil
}

// needPDFium starts PDFium if it does not run yet.
func (c *childReader) needPDFium() (err error) {
	if c.pdfium == nil {
		// Its module is decoded into a great many small objects, all of which stay.
		defer debug.SetGCPercent(debug.SetGCPercent(400))
		c.pdfium, err = raster.OpenPDFium(c.cacheDir)
	}
	return err
}

// signatures examines the digital signatures of a file.
func signatures(mediaType string, data []byte, f raster.File) []hequan.Signature {
	if mediaType == "application/pdf" {
		return signature.PDF(data)
	}
	p, ok := f.(raster.Package)
	if !ok {
		return nil
	}
	var out []hequan.Signature
	for _, list := range p.SignatureLists() {
		found, stamps := signature.OFD(p.Part, list, p.Parts())
		for i := range found {
			found[i].Page, found[i].Box = p.Place(stamps[i].Page, stamps[i].Box)
		}
		out = append(out, found...)
	}
	return out
}
