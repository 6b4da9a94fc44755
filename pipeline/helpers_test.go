package pipeline

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"os"
	"strconv"
	"strings"
)

func pngEncode(w io.Writer, img image.Image) error { return png.Encode(w, img) }

// patchIHDR writes another size into a PNG and mends the checksum.
func patchIHDR(data []byte, w, h int) []byte {
	binary.BigEndian.PutUint32(data[16:], uint32(w))
	binary.BigEndian.PutUint32(data[20:], uint32(h))
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// cpuOf returns the seconds of CPU that a process has used.
func cpuOf(pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0
	}
	return user / 100
}
