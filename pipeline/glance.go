package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"hequan"
	pageimaging "hequan/internal/imaging"
	"hequan/internal/raster"
)

// bareInk is the share of ink below which a page bears not even a line of text.
const bareInk = 0.0003

// glancePage looks at a page without recognising anything: what a scan was made
// with, whether it has colour, whether anything stands on it.
func glancePage(f raster.File, i int) (*hequan.Page, error) {
	p, err := f.Page(i)
	if err != nil {
		return nil, err
	}
	color := pageimaging.IsColor(p.Image)
	return &hequan.Page{Info: hequan.PageInfo{
		Page: i + 1, Source: p.Source, WidthMM: round1(p.WidthMM), HeightMM: round1(p.HeightMM), DPI: p.ScanDPI,
		Color: color || p.Source == hequan.SourceDigital, Colorless: !color && p.Source == hequan.SourceScan && p.Channels,
		Blank:   len(p.Lines) == 0 && pageimaging.InkShare(pageimaging.Luma(p.Image), 128) < bareInk,
		Picture: pictureHash(p.Image),
	}}, nil
}

// Glance looks through a file in a fraction of the time that reading takes: its
// problem, or of each page what can be told without recognition (Info alone).
// Errors are as those of [Reader.Read]. goOn (may be nil) is asked before every
// page whether to go on.
func (r *Reader) Glance(ctx context.Context, path string, goOn func() bool) (*hequan.Reading, error) {
	data, problem := slurp(path)
	if problem != nil {
		return &hequan.Reading{Problem: problem}, nil //nolint:nilerr // a bad file is a result
	}
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	if problem, err := r.infected(ctx, sha, data); problem != nil || err != nil {
		return &hequan.Reading{SHA256: sha, Bytes: int64(len(data)), Problem: problem}, err
	}
	if reading, ok := r.cache.load(sha); ok {
		return reading, nil
	}
	reading := &hequan.Reading{SHA256: sha, Bytes: int64(len(data))}
	opened, err := r.open(ctx, r.glances, sha, data)
	if err != nil {
		return nil, err
	}
	reading.Type, reading.Problem = opened.Type, opened.Problem
	for i := 0; i < opened.Pages && reading.Problem == nil; i++ {
		if goOn != nil && !goOn() {
			break
		}
		page, _, err := askPage(ctx, r.glances, "glance", sha, data, i)
		if err != nil {
			return nil, err
		}
		reading.Pages = append(reading.Pages, *page)
	}
	return reading, nil
}
