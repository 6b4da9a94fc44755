package raster

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/image/tiff"

	"hequan"
)

// OpenTIFF opens a TIFF of one or more pages held in memory. The decoder reads
// the first page only, so each page is given to it with the header pointing there.
func OpenTIFF(data []byte) (File, error) {
	order, offsets, err := tiffPages(data)
	if err != nil {
		return nil, err
	}
	f := &pictureFile{}
	for _, at := range offsets {
		f.pages = append(f.pages, func() (*Page, error) { return tiffPage(data, order, at) })
	}
	return f, nil
}

func tiffPage(data []byte, order binary.ByteOrder, at uint32) (*Page, error) {
	page := bytes.Clone(data)
	order.PutUint32(page[4:8], at)
	config, err := tiff.DecodeConfig(bytes.NewReader(page))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
	}
	if err := withinPixels(config.Width, config.Height); err != nil {
		return nil, err
	}
	img, err := tiff.Decode(bytes.NewReader(page))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
	}
	return pictureAsPage(img, tiffDPI(data, order, at))
}

// tiffPages follows the chain of image file directories.
func tiffPages(data []byte) (binary.ByteOrder, []uint32, error) {
	if len(data) < 8 {
		return nil, nil, hequan.Problemf(hequan.ProblemDamaged, "%d bytes are no TIFF", len(data))
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	var offsets []uint32
	seen := map[uint32]bool{}
	for at := order.Uint32(data[4:8]); at != 0 && !seen[at]; {
		seen[at] = true
		if int64(at)+2 > int64(len(data)) {
			break // a truncated file keeps the pages before
		}
		next := int64(at) + 2 + 12*int64(order.Uint16(data[at:at+2]))
		offsets = append(offsets, at)
		if len(offsets) > MaxPages {
			return nil, nil, hequan.Problemf(hequan.ProblemTooLarge, "more than %d pages", MaxPages)
		}
		if next+4 > int64(len(data)) {
			break
		}
		at = order.Uint32(data[next : next+4])
	}
	if len(offsets) == 0 {
		return nil, nil, hequan.Problemf(hequan.ProblemDamaged, "the TIFF has no page directory")
	}
	return order, offsets, nil
}

// tiffDPI reads XResolution and ResolutionUnit of one directory; 0 where absent.
func tiffDPI(data []byte, order binary.ByteOrder, at uint32) float64 {
	const xResolution, resolutionUnit = 282, 296
	entries := int(order.Uint16(data[at : at+2]))
	dpi, unit := 0.0, uint16(2)
	for i := range entries {
		e := int64(at) + 2 + 12*int64(i)
		if e+12 > int64(len(data)) {
			break
		}
		switch order.Uint16(data[e : e+2]) {
		case xResolution:
			v := int64(order.Uint32(data[e+8 : e+12]))
			if v+8 <= int64(len(data)) {
				if den := order.Uint32(data[v+4 : v+8]); den > 0 {
					dpi = float64(order.Uint32(data[v:v+4])) / float64(den)
				}
			}
		case resolutionUnit:
			unit = order.Uint16(data[e+8 : e+10])
		}
	}
	if unit == 3 {
		return dpi * 2.54
	}
	return dpi
}
