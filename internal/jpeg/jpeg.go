// Package jpeg writes JPEG by libjpeg-turbo, which the recogniser brings along
// (through Leptonica): a page picture takes a quarter of the time that the
// standard library takes. Nothing is decoded here.
package jpeg

/*
#cgo pkg-config: lept
#include <stdint.h>
#include <stdlib.h>
#include <leptonica/allheaders.h>

// hq_jpeg writes pixels of four bytes, red first. The bytes are to be freed.
static int hq_jpeg(const uint32_t *rgba, int stride, int w, int h, int quality, uint8_t **out, size_t *size) {
	PIX *pix = pixCreateNoInit(w, h, 32);
	*out = NULL;
	*size = 0;
	if (pix == NULL) return 1;
	uint32_t *data = pixGetData(pix);
	int wpl = pixGetWpl(pix);
	for (int y = 0; y < h; y++) {
		const uint32_t *src = rgba + (size_t)y * stride;
		uint32_t *dst = data + (size_t)y * wpl;
		for (int x = 0; x < w; x++) dst[x] = __builtin_bswap32(src[x]);
	}
	int failed = pixWriteMemJpeg(out, size, pix, quality, 0);
	pixDestroy(&pix);
	return failed;
}
*/
import "C"

import (
	"fmt"
	"image"
	"unsafe"
)

// Encode returns an opaque picture as JPEG of a quality from 1 to 100.
func Encode(img *image.NRGBA, quality int) ([]byte, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w <= 0 || h <= 0 || w > 65500 || h > 65500 {
		return nil, fmt.Errorf("a picture of %d × %d pixels cannot be a JPEG", w, h)
	}
	var out *C.uint8_t
	var size C.size_t
	failed := C.hq_jpeg((*C.uint32_t)(unsafe.Pointer(&img.Pix[0])), C.int(img.Stride/4), C.int(w), C.int(h), C.int(quality), &out, &size)
	defer C.free(unsafe.Pointer(out))
	if failed != 0 || out == nil {
		return nil, fmt.Errorf("a picture of %d × %d pixels could not be written as JPEG", w, h)
	}
	return C.GoBytes(unsafe.Pointer(out), C.int(size)), nil
}
