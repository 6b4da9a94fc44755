package raster

import (
	"encoding/binary"
	"testing"
)

func TestJBIG2Work(t *testing.T) {
	region := func(kind byte, w, h, length uint32, data ...byte) []byte {
		b := append([]byte{0, 0, 0, 1, kind, 0, 1}, binary.BigEndian.AppendUint32(nil, length)...)
		b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, w), h)
		return append(append(b, 0, 0, 0, 0, 0, 0, 0, 0, 0), data...)
	}
	generic := []byte{0, 3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe, 1, 0xff, 0xac}
	join := func(parts ...[]byte) (all []byte) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	const unknown = 0xffffffff
	for name, c := range map[string]struct {
		stream []byte
		want   uint64
	}{
		"none":              {nil, 0},
		"a region":          {region(38, 100, 50, 29, generic...), 5000},
		"two":               {join(region(38, 100, 50, 29, generic...), region(6, 10, 10, 17)), 5100},
		"no region":         {region(0, 100, 50, 17), 0},
		"unknown lengths":   {join(region(38, 100, 50, unknown, append(generic, 0, 0, 0, 50)...), region(38, 100, 50, unknown, append(generic, 0, 0, 0, 50)...)), 10000},
		"cut off":           {region(38, 100, 50, 4000), 5000},
		"larger than a sum": {join(region(38, unknown, unknown, 17), region(38, unknown, unknown, 17)), maxBilevel + 1},
		"no header":         {[]byte{1, 2, 3}, 0},
	} {
		if got := jbig2Work(c.stream); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
