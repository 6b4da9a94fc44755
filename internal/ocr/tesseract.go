package ocr

/*
#cgo pkg-config: tesseract lept
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

extern int hq_ambiguities_left_out;

typedef struct {
	int x0, y0, x1, y1;
	float confidence;
	unsigned char new_word, new_line;
	char text[30];
} hq_symbol;

// hq_collect copies the symbols of the last recognition into one array.
static int hq_collect(TessBaseAPI *api, hq_symbol **out) {
	TessResultIterator *it = TessBaseAPIGetIterator(api);
	*out = NULL;
	if (it == NULL) return 0;
	TessPageIterator *page = TessResultIteratorGetPageIterator(it);
	int n = 0, room = 0;
	hq_symbol *all = NULL;
	do {
		char *text = TessResultIteratorGetUTF8Text(it, RIL_SYMBOL);
		if (text == NULL) continue;
		size_t length = strlen(text);
		if (length > 0 && length < sizeof(all->text)) {
			if (n == room) {
				room = room == 0 ? 256 : room * 2;
				hq_symbol *grown = realloc(all, room * sizeof(hq_symbol));
				if (grown == NULL) { TessDeleteText(text); break; }
				all = grown;
			}
			hq_symbol *s = &all[n];
			memcpy(s->text, text, length + 1);
			s->confidence = TessResultIteratorConfidence(it, RIL_SYMBOL);
			s->new_word = TessPageIteratorIsAtBeginningOf(page, RIL_WORD);
			s->new_line = TessPageIteratorIsAtBeginningOf(page, RIL_TEXTLINE);
			if (TessPageIteratorBoundingBox(page, RIL_SYMBOL, &s->x0, &s->y0, &s->x1, &s->y1)) n++;
		}
		TessDeleteText(text);
	} while (TessResultIteratorNext(it, RIL_SYMBOL));
	TessResultIteratorDelete(it);
	*out = all;
	return n;
}
*/
import "C"

import (
	"fmt"
	"image"
	"unsafe"

	"hequan"
)

// Tesseract is an Engine. It keeps one warm instance for each language.
// The environment of its process must have OMP_THREAD_LIMIT=1: with more
// threads one page takes three to ten times as long.
type Tesseract struct {
	dir     string
	picture *image.Gray
	apis    map[string]*instance
	lines   *lineReader
	linesIn string // folder of the recogniser of lines; empty: there is none
}

type instance struct {
	api       *C.TessBaseAPI
	whitelist string
}

// NewTesseract makes an engine that takes its language models from dir
// (empty: TESSDATA_PREFIX, else Tesseract's own default). Models are loaded
// when first used.
func NewTesseract(dir string) *Tesseract {
	return &Tesseract{dir: dir, apis: map[string]*instance{}, linesIn: LinesDir()}
}

// HasLines says whether the recogniser of lines is installed.
func (t *Tesseract) HasLines() bool { return t.linesIn != "" }

// TesseractVersion returns the version of the linked library.
func TesseractVersion() string { return C.GoString(C.TessVersion()) }

// ambiguitiesLeftOut is for how many models lists were not loaded that nothing here uses (ambiguities.c).
func ambiguitiesLeftOut() int { return int(C.hq_ambiguities_left_out) }

// SetPicture implements Engine.
func (t *Tesseract) SetPicture(img *image.Gray) error {
	if img.Rect.Dx() < 3 || img.Rect.Dy() < 3 {
		return hequan.Problemf(hequan.ProblemDamaged, "a picture of %v pixels is too small to read", img.Rect.Size())
	}
	t.picture = img
	return nil
}

// Recognize implements Engine.
func (t *Tesseract) Recognize(r image.Rectangle, o Options) ([]Symbol, error) {
	if t.picture == nil {
		return nil, fmt.Errorf("no picture set")
	}
	if r = r.Intersect(t.picture.Rect); r.Dx() < 3 || r.Dy() < 3 {
		return nil, nil
	}
	if o.Lang == Lines {
		return t.readLine(r)
	}
	in, err := t.instance(o.Lang)
	if err != nil {
		return nil, err
	}
	// It is given the rectangle alone: Tesseract looks at nothing around one, but copies all of a picture it is given.
	img := t.picture
	C.TessBaseAPISetImage(in.api, (*C.uchar)(unsafe.Pointer(&img.Pix[img.PixOffset(r.Min.X, r.Min.Y)])), C.int(r.Dx()), C.int(r.Dy()), 1, C.int(img.Stride))
	dpi := o.DPI
	if dpi == 0 {
		dpi = 200
	}
	C.TessBaseAPISetPageSegMode(in.api, C.TessPageSegMode(o.Mode))
	C.TessBaseAPISetSourceResolution(in.api, C.int(dpi))
	if in.whitelist != o.Whitelist {
		in.set("tessedit_char_whitelist", o.Whitelist)
		in.whitelist = o.Whitelist
	}
	if C.TessBaseAPIRecognize(in.api, nil) != 0 {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "tesseract could not recognise the rectangle %v", r)
	}
	var raw *C.hq_symbol
	n := int(C.hq_collect(in.api, &raw))
	defer C.free(unsafe.Pointer(raw))
	symbols := make([]Symbol, 0, n)
	for _, s := range unsafe.Slice(raw, n) {
		symbols = append(symbols, Symbol{
			Text:       C.GoString(&s.text[0]),
			Rect:       image.Rect(int(s.x0), int(s.y0), int(s.x1), int(s.y1)).Add(r.Min),
			Confidence: min(1, max(0, float64(s.confidence)/100)),
			NewWord:    s.new_word != 0,
			NewLine:    s.new_line != 0,
		})
	}
	return symbols, nil
}

// readLine reads a rectangle with the recogniser of lines; nothing where it is not installed.
func (t *Tesseract) readLine(r image.Rectangle) ([]Symbol, error) {
	l, err := t.lineReader()
	if l == nil || err != nil {
		return nil, err
	}
	return l.read(t.picture.SubImage(r).(*image.Gray))
}

// lineReader loads the recogniser of lines when it is first asked; nil where it is not installed.
func (t *Tesseract) lineReader() (*lineReader, error) {
	if t.lines == nil && t.HasLines() {
		l, err := newLineReader(t.linesIn)
		if err != nil {
			return nil, err
		}
		t.lines = l
	}
	return t.lines, nil
}

// Close implements Engine.
func (t *Tesseract) Close() {
	if t.lines != nil {
		t.lines.close()
		t.lines = nil
	}
	for _, in := range t.apis {
		C.TessBaseAPIEnd(in.api)
		C.TessBaseAPIDelete(in.api)
	}
	t.apis = map[string]*instance{}
}

func (t *Tesseract) instance(lang string) (*instance, error) {
	if in := t.apis[lang]; in != nil {
		return in, nil
	}
	var dir *C.char
	if t.dir != "" {
		dir = C.CString(t.dir)
		defer C.free(unsafe.Pointer(dir))
	}
	name := C.CString(lang)
	defer C.free(unsafe.Pointer(name))
	in := &instance{api: C.TessBaseAPICreate()}
	if model := embedded(lang); model != nil {
		if C.TessBaseAPIInit5(in.api, (*C.char)(unsafe.Pointer(&model[0])), C.int(len(model)), name, C.OEM_LSTM_ONLY, nil, 0, nil, nil, 0, 0) != 0 {
			C.TessBaseAPIDelete(in.api)
			return nil, fmt.Errorf("tesseract cannot load the model %s of this program: is version 5 linked?", lang)
		}
	} else if C.TessBaseAPIInit2(in.api, dir, name, C.OEM_LSTM_ONLY) != 0 {
		C.TessBaseAPIDelete(in.api)
		return nil, fmt.Errorf("tesseract cannot load the language %q: install the package tesseract-ocr-%s, or name its folder with --tessdata", lang, dashed(lang))
	}
	if lang != "eng" {
		// Print is dark here: to read what was read badly once more as light print costs
		// a fifteenth. Of single digits a second reading of eng is better for it.
		in.set("tessedit_do_invert", "0")
	}
	// A document dictionary would make a reading depend on what was read before.
	in.set("tessedit_enable_doc_dict", "0")
	in.set("debug_file", "/dev/null")
	t.apis[lang] = in
	return in, nil
}

func (in *instance) set(name, value string) {
	n, v := C.CString(name), C.CString(value)
	C.TessBaseAPISetVariable(in.api, n, v)
	C.free(unsafe.Pointer(n))
	C.free(unsafe.Pointer(v))
}

// dashed turns a language name into that of its Debian package.
func dashed(lang string) string {
	b := []byte(lang)
	for i := range b {
		if b[i] == '_' {
			b[i] = '-'
		}
	}
	return string(b)
}
