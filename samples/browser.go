package samples

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"regexp"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"hequan"
	"hequan/internal/chromium"
)

// browser is one headless Chromium that prints papers one after the other.
type browser struct {
	ctx    context.Context
	cancel func()
}

func openBrowser(ctx context.Context) (*browser, error) {
	tab, stop, err := chromium.Open(ctx, chromedp.Flag("disable-lcd-text", true), chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.WindowSize(1300, 1200))
	if err != nil {
		return nil, err
	}
	return &browser{tab, stop}, nil
}

func (b *browser) Close() { b.cancel() }

// measured is what the layout script tells.
type measured struct {
	Pages [][4]float64 `json:"pages"` // left, top, width, height in CSS pixels
	Marks []struct {
		Mark int        `json:"mark"`
		Page int        `json:"page"`
		Box  [4]float64 `json:"box"`
	} `json:"marks"`
}

// layout loads the paper, lays it out and fills in the places of its marks.
func (b *browser) layout(p *paper) (*measured, error) {
	if err := b.load(p.document()); err != nil {
		return nil, fmt.Errorf("loading %s: %w", p.Key, err)
	}
	ready := `document.fonts.ready.then(()=>Promise.all([...document.images].map(i=>i.decode().catch(()=>0)))).then(()=>layout())`
	m, err := chromedp.Run(b.ctx, chromedp.Evaluate[measured](ready, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, fmt.Errorf("laying out %s: %w", p.Key, err)
	}
	for _, x := range m.Marks {
		if x.Mark >= 0 {
			p.marks[x.Mark].place(x.Page, hequan.Box(x.Box))
			continue
		}
		s, box := *p.acrossSeal, hequan.Box(x.Box)
		s.Page, s.Box = x.Page, &box
		p.seals = append(p.seals, s)
	}
	return &m, nil
}

// load shows a document.
func (b *browser) load(html string) error {
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return chromedp.Void{}, err
		}
		_, err = cdp.Call(ctx, t, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html})
		return chromedp.Void{}, err
	})
	return err
}

// pages returns the HTML of the pages of the paper that was laid out last.
func (b *browser) pages() (string, error) {
	return chromedp.Run(b.ctx, chromedp.Evaluate[string](`[...document.querySelectorAll('.page')].map(e=>e.outerHTML).join('')`))
}

// pictures returns the pages of a paper that was laid out.
func (b *browser) pictures(m *measured, dpi int) ([]image.Image, error) {
	var out []image.Image
	for _, g := range m.Pages {
		yes := true
		shot := func(ctx context.Context, t *chromedp.Target) (page.CaptureScreenshotResult, error) {
			return cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &yes, FromSurface: &yes, OptimizeForSpeed: &yes,
				Clip: &page.Viewport{X: g[0], Y: g[1], Width: g[2], Height: g[3], Scale: float64(dpi) / 96}})
		}
		got, err := chromedp.Run(b.ctx, shot)
		if err != nil {
			return nil, err
		}
		img, err := png.Decode(bytes.NewReader(got.Data))
		if err != nil {
			return nil, err
		}
		out = append(out, img)
	}
	return out, nil
}

// untagged leaves the accessibility tree out of a PDF: its node numbers differ
// from run to run.
func untagged(p *page.PrintToPDFParams) {
	no := false
	p.GenerateTaggedPDF = &no
}

var pdfDate = regexp.MustCompile(`(/(?:CreationDate|ModDate) \(D:)\d{14}`)

// pdf prints papers of one size that were laid out, with their text layer. The
// dates of its making are set to stamp (YYYYMMDD): nothing depends on the clock.
func (b *browser) pdf(papers []*paper, pages []string, stamp string) ([]byte, error) {
	if err := b.load(together(papers, pages)); err != nil {
		return nil, err
	}
	ready := `document.fonts.ready.then(()=>Promise.all([...document.images].map(i=>i.decode().catch(()=>0)))).then(()=>1)`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](ready, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	p := papers[0]
	buf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize(), chromedp.PDFMargin(0), untagged,
		chromedp.PDFPaper(chromedp.PaperSize{Width: p.Width / 25.4, Height: p.Height / 25.4})))
	if err != nil {
		return nil, err
	}
	return pdfDate.ReplaceAll(buf, []byte("${1}"+stamp+"000000")), nil
}
