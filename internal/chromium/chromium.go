// Package chromium starts a headless browser: what prints the sample papers, and
// what the tests look at the workbench with.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// ErrNone says that no Chromium is installed, and what to install.
var ErrNone = errors.New("no Chromium found: install the package chromium (and the fonts named in samples/README.md)")

// Find returns the path of Chromium or Chrome, or ErrNone.
func Find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// tries is how often a start is tried: on a machine short of breath Chromium
// now and then crashes before it says where it listens.
const tries = 3

// Open starts one with an empty tab, for programs that speak chromedp; the tab
// lives until stop is called or ctx ends. ErrNone where there is none.
func Open(ctx context.Context, more ...chromedp.ExecAllocatorOption) (tab context.Context, stop func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	opts = append(opts, more...)
	for range tries {
		alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
		tab, cancel := chromedp.NewContext(alloc)
		if err = chromedp.Do(tab); err == nil { // starts it; a context with a time limit would end it then
			return tab, func() { cancel(); stopAlloc() }, nil
		}
		cancel()
		stopAlloc()
		if ctx.Err() != nil {
			break
		}
	}
	return nil, nil, fmt.Errorf("starting %s: %w", path, err)
}
