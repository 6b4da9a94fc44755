package raster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFium renders PDF pages in WebAssembly: what a hostile file breaks is the
// sandbox's memory, not ours. It is not safe for concurrent use.
type PDFium struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
	spare    []uint8 // pixels of a page that nobody looks at any more
}

// fontDirs are where Debian keeps fonts with Chinese characters. Without one of
// them text in a font that is not embedded comes out blank, without an error.
var fontDirs = []string{"/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/wqy", "/usr/share/fonts/truetype/arphic"}

// OpenPDFium starts PDFium. cacheDir keeps the compiled module, which makes
// the second start thirty times as fast.
func OpenPDFium(cacheDir string) (*PDFium, error) {
	// The bundled module needs WebAssembly exceptions.
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(8192)
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, fmt.Errorf("the cache folder %s cannot be used: %w", cacheDir, err)
		}
		config = config.WithCompilationCache(cache)
	}
	files := wazero.NewFSConfig()
	for _, dir := range fontDirs {
		if _, err := os.Stat(dir); err == nil {
			files = files.WithReadOnlyDirMount(dir, "/usr/share/fonts")
			break
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(reserve)),
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		FSConfig: files, RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
		RandomSource: zeros{}, // the same file gives the same pixels
	})
	if err != nil {
		return nil, fmt.Errorf("PDFium cannot start: %w", err)
	}
	p := &PDFium{pool: pool}
	return p, p.renew()
}

// renew takes a fresh instance; after an error inside WebAssembly the old one
// can't be trusted.
func (p *PDFium) renew() error {
	if p.instance != nil {
		_ = p.instance.Close() // it may be broken already
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	instance, err := p.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return fmt.Errorf("PDFium gives no instance: %w", err)
	}
	p.instance = instance
	return nil
}

// Close ends PDFium.
func (p *PDFium) Close() error {
	return errors.Join(p.instance.Close(), p.pool.Close())
}

// zeros is a source of "random" bytes for the sandbox.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
