package fontfile

import (
	"os"
	"testing"

	"golang.org/x/image/font/sfnt"
)

const ukai = "/usr/share/fonts/truetype/arphic/ukai.ttc"

// TestTablesAtAnyByte: the collections of arphic and WenQuanYi begin their tables at odd bytes.
func TestTablesAtAnyByte(t *testing.T) {
	for _, f := range [][2]string{{ukai, "AR PL UKai CN"}, {"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing TW MBE"}, {"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYi Zen Hei"}} {
		if _, err := os.Stat(f[0]); err != nil {
			t.Skipf("%s is not installed (make setup)", f[0])
		}
		face, err := Open(f[0], f[1])
		if err != nil {
			t.Error(err)
			continue
		}
		var buf sfnt.Buffer
		if i, err := face.GlyphIndex(&buf, '岫'); err != nil || i == 0 {
			t.Errorf("%s has no 岫: glyph %d, %v", f[1], i, err)
		}
	}
	if _, err := Open(ukai, "Garamond"); err == nil {
		t.Error("a family that is not there is found")
	}
}

// TestACutCollection: a file that is cut short is an error, wherever it is.
func TestACutCollection(t *testing.T) {
	data, err := os.ReadFile(ukai)
	if err != nil {
		t.Skipf("%s is not installed (make setup)", ukai)
	}
	for _, n := range []int{0, 4, 15, 17, 40, 300, len(data) / 2} {
		if _, err := aligned(data[:n], 0); err == nil {
			t.Errorf("%d bytes of a collection are taken for one", n)
		}
	}
	if _, err := aligned(data, 1<<20); err == nil {
		t.Error("a face that is not there is found")
	}
}
