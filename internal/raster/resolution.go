package raster

import (
	"bytes"
	"encoding/binary"
)

// declaredDPI returns the resolution that a JPEG (JFIF) or PNG (pHYs) states,
// 0 where it states none.
func declaredDPI(data []byte, format string) float64 {
	switch format {
	case "jpeg":
		// SOI, APP0, length, "JFIF\0", version, units, Xdensity
		if len(data) > 18 && bytes.Equal(data[6:11], []byte("JFIF\x00")) {
			density := float64(binary.BigEndian.Uint16(data[14:16]))
			switch data[13] {
			case 1:
				return density
			case 2:
				return density * 2.54
			}
		}
	case "png":
		i := bytes.Index(data[:min(len(data), 4096)], []byte("pHYs"))
		if i > 0 && i+13 <= len(data) && data[i+12] == 1 {
			return float64(binary.BigEndian.Uint32(data[i+4:i+8])) * 0.0254
		}
	}
	return 0
}
