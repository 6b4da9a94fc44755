package lines

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// typeface is a font file of a Debian package.
type typeface struct {
	File    string // below the folder of fonts
	Index   int    // in a collection
	Name    string
	Style   string // song fang hei kai serif sans mono
	Latin   bool   // has no Chinese characters, or is not used for them
	Unseen  bool   // never trained on: measures how the recognisers do with other typefaces
	Package string
	Licence string
}

// typefaces are what lines are set in. Weights of a family count as one face.
var typefaces = []typeface{
	{"opentype/noto/NotoSansCJK-Regular.ttc", 2, "Noto Sans CJK", "hei", false, false, "fonts-noto-cjk", "OFL-1.1"},
	{"opentype/noto/NotoSansCJK-Bold.ttc", 2, "Noto Sans CJK", "hei", false, false, "fonts-noto-cjk", "OFL-1.1"},
	{"opentype/noto/NotoSansCJK-Light.ttc", 2, "Noto Sans CJK", "hei", false, false, "fonts-noto-cjk-extra", "OFL-1.1"},
	{"opentype/noto/NotoSansCJK-Regular.ttc", 7, "Noto Sans Mono CJK", "hei", false, false, "fonts-noto-cjk", "OFL-1.1"},
	{"opentype/noto/NotoSerifCJK-Regular.ttc", 2, "Noto Serif CJK", "song", false, false, "fonts-noto-cjk", "OFL-1.1"},
	{"opentype/noto/NotoSerifCJK-Bold.ttc", 2, "Noto Serif CJK", "song", false, false, "fonts-noto-cjk", "OFL-1.1"},
	{"opentype/noto/NotoSerifCJK-Light.ttc", 2, "Noto Serif CJK", "song", false, false, "fonts-noto-cjk-extra", "OFL-1.1"},
	{"truetype/arphic/uming.ttc", 0, "AR PL UMing", "song", false, false, "fonts-arphic-uming", "Arphic-1999"},
	{"truetype/arphic/ukai.ttc", 0, "AR PL UKai", "kai", false, false, "fonts-arphic-ukai", "Arphic-1999"},
	{"truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, "AR PL SungtiL GB", "song", false, false, "fonts-arphic-gbsn00lp", "Arphic-1999"},
	{"truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "AR PL KaitiM GB", "kai", false, false, "fonts-arphic-gkai00mp", "Arphic-1999"},
	{"truetype/arphic-bsmi00lp/bsmi00lp.ttf", 0, "AR PL Mingti2L Big5", "song", false, false, "fonts-arphic-bsmi00lp", "Arphic-1999"},
	{"truetype/arphic-bkai00mp/bkai00mp.ttf", 0, "AR PL KaitiM Big5", "kai", false, false, "fonts-arphic-bkai00mp", "Arphic-1999"},
	{"truetype/babelstone/BabelStoneHan.ttf", 0, "BabelStone Han", "song", false, false, "fonts-babelstone-han", "Arphic-1999"},
	{"truetype/cns11643/TW-Kai-98_1.ttf", 0, "TW-Kai", "kai", false, false, "fonts-cns11643-kai", "OGDL-Taiwan-1.0"},
	{"truetype/cns11643/TW-Sung-98_1.ttf", 0, "TW-Sung", "song", false, true, "fonts-cns11643-sung", "OGDL-Taiwan-1.0"},
	{"truetype/cwtex/cwfs.ttf", 0, "cwTeX FangSong", "fang", false, false, "fonts-cwtex-fs", "GPL-2+"},
	{"truetype/cwtex/cwheib.ttf", 0, "cwTeX Hei Bold", "hei", false, false, "fonts-cwtex-heib", "GPL-2+"},
	{"truetype/cwtex/cwkai.ttf", 0, "cwTeX Kai", "kai", false, false, "fonts-cwtex-kai", "GPL-2+"},
	{"truetype/cwtex/cwming.ttf", 0, "cwTeX Ming", "song", false, false, "fonts-cwtex-ming", "GPL-2+"},
	{"truetype/hanazono/HanaMinA.ttf", 0, "Hanazono Mincho", "song", false, false, "fonts-hanazono", "OFL-1.1"},
	{"opentype/ipaexfont-mincho/ipaexm.ttf", 0, "IPAex Mincho", "song", false, false, "fonts-ipaexfont-mincho", "IPA-1.0"},
	{"opentype/ipafont-gothic/ipag.ttf", 0, "IPA Gothic", "hei", false, false, "fonts-ipafont-gothic", "IPA-1.0"},
	{"truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "LXGW WenKai", "kai", false, false, "fonts-lxgw-wenkai", "OFL-1.1"},
	{"truetype/droid/DroidSansFallbackFull.ttf", 0, "Droid Sans Fallback", "hei", false, false, "fonts-droid-fallback", "Apache-2.0"},
	{"truetype/wqy/wqy-zenhei.ttc", 0, "WenQuanYi Zen Hei", "hei", false, false, "fonts-wqy-zenhei", "GPL-2 with font exception"},
	{"truetype/wqy/wqy-microhei.ttc", 0, "WenQuanYi Micro Hei", "hei", false, false, "fonts-wqy-microhei", "Apache-2.0 or GPL-3 with font exception"},
	{"truetype/klee/KleeOne-Regular.ttf", 0, "Klee One", "kai", false, false, "fonts-klee", "OFL-1.1"},
	{fandol + "FandolSong-Regular.otf", 0, "Fandol Song", "song", false, false, "texlive-lang-chinese", "GPL-3 with font exception"},
	{fandol + "FandolSong-Bold.otf", 0, "Fandol Song", "song", false, false, "texlive-lang-chinese", "GPL-3 with font exception"},
	{fandol + "FandolFang-Regular.otf", 0, "Fandol Fang", "fang", false, false, "texlive-lang-chinese", "GPL-3 with font exception"},
	{fandol + "FandolKai-Regular.otf", 0, "Fandol Kai", "kai", false, false, "texlive-lang-chinese", "GPL-3 with font exception"},
	{fandol + "FandolHei-Regular.otf", 0, "Fandol Hei", "hei", false, true, "texlive-lang-chinese", "GPL-3 with font exception"},

	{"truetype/liberation2/LiberationSerif-Regular.ttf", 0, "Liberation Serif", "serif", true, false, "fonts-liberation2", "OFL-1.1"},
	{"truetype/liberation2/LiberationSerif-Bold.ttf", 0, "Liberation Serif", "serif", true, false, "fonts-liberation2", "OFL-1.1"},
	{"truetype/liberation2/LiberationSans-Regular.ttf", 0, "Liberation Sans", "sans", true, false, "fonts-liberation2", "OFL-1.1"},
	{"truetype/liberation2/LiberationSans-Bold.ttf", 0, "Liberation Sans", "sans", true, false, "fonts-liberation2", "OFL-1.1"},
	{"truetype/liberation2/LiberationMono-Regular.ttf", 0, "Liberation Mono", "mono", true, false, "fonts-liberation2", "OFL-1.1"},
	{"truetype/liberation/LiberationSansNarrow-Regular.ttf", 0, "Liberation Sans Narrow", "sans", true, false, "fonts-liberation", "GPL-2 with font exception"},
	{"truetype/dejavu/DejaVuSans.ttf", 0, "DejaVu Sans", "sans", true, false, "fonts-dejavu-core", "Bitstream-Vera"},
	{"truetype/dejavu/DejaVuSerif.ttf", 0, "DejaVu Serif", "serif", true, false, "fonts-dejavu-core", "Bitstream-Vera"},
	{"truetype/dejavu/DejaVuSansMono.ttf", 0, "DejaVu Sans Mono", "mono", true, false, "fonts-dejavu-core", "Bitstream-Vera"},
	{"truetype/freefont/FreeSerif.ttf", 0, "FreeSerif", "serif", true, false, "fonts-freefont-ttf", "GPL-3+ with font exception"},
	{"truetype/freefont/FreeMono.ttf", 0, "FreeMono", "mono", true, false, "fonts-freefont-ttf", "GPL-3+ with font exception"},
	{"opentype/urw-base35/NimbusRoman-Regular.otf", 0, "Nimbus Roman", "serif", true, false, "fonts-urw-base35", "AGPL-3 with font exception"},
	{"opentype/urw-base35/NimbusSans-Regular.otf", 0, "Nimbus Sans", "sans", true, false, "fonts-urw-base35", "AGPL-3 with font exception"},
	{"opentype/urw-base35/NimbusMonoPS-Regular.otf", 0, "Nimbus Mono", "mono", true, false, "fonts-urw-base35", "AGPL-3 with font exception"},
	{"opentype/urw-base35/C059-Roman.otf", 0, "C059", "serif", true, false, "fonts-urw-base35", "AGPL-3 with font exception"},
	{"opentype/courier-prime/Courier Prime.otf", 0, "Courier Prime", "mono", true, false, "fonts-courier-prime", "OFL-1.1"},
	{"opentype/ocr-b/OCRB.otf", 0, "OCR-B", "mono", true, false, "fonts-ocr-b", "free to use"},
	{"truetype/crosextra/Carlito-Regular.ttf", 0, "Carlito", "sans", true, false, "fonts-crosextra-carlito", "OFL-1.1"},
	{"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", 0, "JetBrains Mono", "mono", true, false, "fonts-jetbrains-mono", "OFL-1.1"},
	{"truetype/open-sans/OpenSans-Regular.ttf", 0, "Open Sans", "sans", true, false, "fonts-open-sans", "Apache-2.0"},
	{"truetype/lato/Lato-Regular.ttf", 0, "Lato", "sans", true, false, "fonts-lato", "OFL-1.1"},
	{"opentype/linux-libertine/LinLibertine_R.otf", 0, "Linux Libertine", "serif", true, false, "fonts-linuxlibertine", "OFL-1.1"},
	{"truetype/crosextra/Caladea-Regular.ttf", 0, "Caladea", "serif", true, true, "fonts-crosextra-caladea", "Apache-2.0"},
	{"truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf", 0, "Roboto", "sans", true, true, "fonts-roboto-unhinted", "Apache-2.0"},
}

const fandol = "../texlive/texmf-dist/fonts/opentype/public/fandol/"

// Packages returns the Debian packages that hold the typefaces, each once.
func Packages() []string {
	var all []string
	seen := map[string]bool{}
	for _, f := range typefaces {
		if !seen[f.Package] {
			seen[f.Package] = true
			all = append(all, f.Package)
		}
	}
	return all
}

// face is a typeface ready to draw.
type face struct {
	typeface
	font *font.Font
}

// faces are those of one generator.
type faces struct{ chinese, latin []*face }

// loadFaces opens the typefaces below root/usr/share/fonts, of those never
// trained on when unseen is set, else of the others. Absent files are left out;
// it fails when nothing is left.
func loadFaces(root string, unseen bool) (faces, error) {
	var all faces
	for _, t := range typefaces {
		if t.Unseen != unseen {
			continue
		}
		path := filepath.Join(root, "usr/share/fonts", t.File)
		data, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return all, err
		}
		f := &face{typeface: t}
		loaders, err := opentype.NewLoaders(bytes.NewReader(data))
		if err != nil {
			return all, fmt.Errorf("%s: %w", path, err)
		}
		if t.Index >= len(loaders) {
			return all, fmt.Errorf("%s: holds only %d typefaces", path, len(loaders))
		}
		if f.font, err = font.NewFont(loaders[t.Index]); err != nil {
			return all, fmt.Errorf("%s: %w", path, err)
		}
		if t.Latin {
			all.latin = append(all.latin, f)
		} else {
			all.chinese = append(all.chinese, f)
		}
	}
	if len(all.chinese) == 0 || len(all.latin) == 0 {
		return all, fmt.Errorf("no typefaces below %s: install or unpack the packages %s", root, strings.Join(Packages(), " "))
	}
	return all, nil
}

// has says whether the face has a glyph for each of the characters. What
// Fandol has in the place of ¥ is a dollar sign.
func (f *face) has(text []rune) bool {
	for _, r := range text {
		if r == ' ' {
			continue
		}
		if (r == '¥' || r == '￥') && strings.HasPrefix(f.Name, "Fandol") {
			return false
		}
		if _, ok := f.font.NominalGlyph(r); !ok {
			return false
		}
	}
	return true
}
