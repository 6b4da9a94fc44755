package main

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"hequan"
)

// reviewCopies downloads the copy of a PDF, which is the file itself with marks
// and a page of remarks behind, and that of a picture, which is drawn.
func (v *server) reviewCopies(t *testing.T, app string) {
	t.Helper()
	var report hequan.Report
	v.get(t, "/api/applications/"+app+"/report", &report)
	api.DisableConfigDir()
	for _, f := range report.Files {
		if f.Problem != nil || f.Pages == 0 {
			continue
		}
		copied := v.fetch(t, "/applications/"+app+"/reviewed.pdf?file="+url.QueryEscape(f.SHA256))
		conf := model.NewDefaultConfiguration()
		pages, err := api.PageCount(bytes.NewReader(copied), conf)
		if err != nil {
			t.Errorf("%s: %v", f.File, err)
			continue
		}
		notes, err := api.Annotations(bytes.NewReader(copied), nil, model.NewDefaultConfiguration())
		if err != nil {
			t.Errorf("%s: %v", f.File, err)
			continue
		}
		squares := len(notes[1][model.AnnSquare].Map)
		if isPDF := strings.HasSuffix(f.File, ".pdf"); isPDF != (pages > f.Pages) || isPDF && f.File == "7-发票.pdf" && squares == 0 || !isPDF && squares > 0 {
			t.Errorf("%s of %d pages: the copy has %d, with %d frames on the first", f.File, f.Pages, pages, squares)
		}
	}
}
