// Package typeface finds a Chinese typeface on this machine and makes of it a
// TrueType file of just the characters that a document uses, whatever kind of
// outlines the typeface has: writers of PDF take no others.
package typeface

import (
	"errors"
	"path/filepath"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"hequan/internal/fontfile"
)

// Style is a kind of typeface.
type Style int

// The styles. Song is that of letters, Hei that of tables and headings.
const (
	Song Style = iota
	SongBold
	Hei
	HeiBold
)

// files are where Debian's packages put Chinese typefaces, the best first; the
// family chooses a face of a collection.
var files = map[Style][]struct{ pattern, family string }{
	Song: {{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"}, {"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"},
		{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"}, {"/usr/share/fonts/truetype/wqy/*.ttc", ""}},
	SongBold: {{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"}, {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"},
		{"/usr/share/fonts/truetype/wqy/*.ttc", ""}, {"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"}},
	Hei: {{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"}, {"/usr/share/fonts/truetype/wqy/*.ttc", ""}, {"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"}},
	HeiBold: {{"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"}, {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"},
		{"/usr/share/fonts/truetype/wqy/*.ttc", ""}, {"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"}},
}

// ErrNone is returned where no Chinese typeface is installed.
var ErrNone = errors.New("no Chinese typeface is installed: install the package fonts-noto-cjk")

// Face is a typeface. It is not safe for concurrent use.
type Face struct {
	font *sfnt.Font
	unit fixed.Int26_6 // of its square
	buf  sfnt.Buffer
}

// Find opens the best typeface of a style that is installed; ErrNone, with what is amiss with those that are there, without any.
func Find(style Style) (*Face, error) {
	missing := ErrNone
	for _, f := range files[style] {
		paths, err := filepath.Glob(f.pattern)
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			one, err := fontfile.Open(path, f.family)
			if err == nil {
				return &Face{font: one, unit: fixed.I(int(one.UnitsPerEm()))}, nil
			}
			missing = errors.Join(missing, err)
		}
	}
	return nil, missing
}

// Has says whether the face has a character that a document can use.
func (f *Face) Has(r rune) bool {
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && i != 0 && r <= 0xffff
}

// Width is the width of a character, in ems.
func (f *Face) Width(r rune) float64 {
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return 1
	}
	w, err := f.font.GlyphAdvance(&f.buf, i, f.unit, 0)
	if err != nil {
		return 1
	}
	return float64(w) / float64(f.unit)
}
