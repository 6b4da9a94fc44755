package pipeline

import (
	"image"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"hequan"
)

// onePage shows one picture whatever page is asked for.
type onePage struct{ data []byte }

func (p onePage) PageImage(string, int) ([]byte, error) { return p.data, nil }

// printedName draws a page with 供方：and a name, and gives a reading of it in
// which the name was read as another one.
func printedName(t *testing.T, prints, read string) (onePage, ReadFile) {
	t.Helper()
	const w, h, x, y = 1240, 1754, 200, 400
	face := testFace(t, 12, 150)
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	d := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(x, y)}
	d.DrawString(prints)
	width := float64(d.Dot.X.Round() - x)
	label := hequan.Word{Text: "乙方:", Box: hequan.Box{0.08, (y - 22.0) / h, 0.15, (y + 3.0) / h}, Confidence: 0.97}
	word := hequan.Word{Text: read, Box: hequan.Box{x / float64(w), (y - 22.0) / h, (x + width) / w, (y + 3.0) / h}, Confidence: 0.95}
	title := hequan.Word{Text: "大模型服务采购合同", Box: hequan.Box{0.3, 0.08, 0.7, 0.11}, Confidence: 0.98}
	page := hequan.Page{
		Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, WidthMM: 210, HeightMM: 297, DPI: 150, Color: true, Legibility: 0.96},
		Lines: []hequan.Line{{Words: []hequan.Word{title}, Box: title.Box},
			{Words: []hequan.Word{label, word}, Box: label.Box.Union(word.Box)}},
	}
	return onePage{asJPEG(t, img)}, ReadFile{Name: "6-合同.pdf", Reading: &hequan.Reading{SHA256: "ab", Pages: []hequan.Page{page}}}
}

func partyB(t *testing.T, form *hequan.Application, f ReadFile, images PageImages) hequan.Field {
	t.Helper()
	docs, _ := Documents(form, []ReadFile{f}, images)
	if len(docs) != 1 || docs[0].Field("party_b") == nil {
		t.Fatalf("no party read: %+v", docs)
	}
	return *docs[0].Field("party_b")
}

func TestANameIsSettledByItsPicture(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	for _, c := range []struct{ what, prints, read, want string }{
		{"a character that the recogniser does not know", "上海云岫数智科技有限公司", "上海云册数智科技有限公司", "上海云岫数智科技有限公司"},
		{"a lost ending", "上海云岫数智科技有限公司", "上海云册数智科技有限公", "上海云岫数智科技有限公司"},
		{"another name stays what was read", "上海云册数智科技有限公司", "上海云册数智科技有限公司", "上海云册数智科技有限公司"},
		{"a misread other name is not made the known one", "上海云屹数智科技有限公司", "上海云吃数智科技有限公司", "上海云吃数智科技有限公司"},
		{"characters that the known name has not", "上海云岫网络数智科技有限公司", "上海云岫网络数智科技有限公司", "上海云岫网络数智科技有限公司"},
		{"a character more, another misread", "上海云岫大数智科技有限公司", "上海云册大数智科技有限公司", "上海云册大数智科技有限公司"},
		{"a branch", "上海云岫数智科技有限公司北京分公司", "上海云岫数智科技有限公司北京分公司", "上海云岫数智科技有限公司北京分公司"},
		{"a speck behind the name", "上海云岫数智科技有限公司", "上海云册数智科技有限公司二", "上海云岫数智科技有限公司"},
		{"two characters that differ", "上海天岳数智科技有限公司", "上海天岳数智科技有限公司", "上海天岳数智科技有限公司"},
	} {
		t.Run(c.what, func(t *testing.T) {
			images, f := printedName(t, c.prints, c.read)
			got := partyB(t, form, f, images)
			if got.Value != c.want {
				t.Errorf("printed %s, read %s: settled as %s", c.prints, c.read, got.Value)
			}
			if got.Value != c.read && got.Repaired == "" {
				t.Error("the repair is not recorded")
			}
		})
	}
}

func TestWithoutPicturesNamesStayAsRead(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	_, f := printedName(t, "上海云岫数智科技有限公司", "上海云册数智科技有限公司")
	if got := partyB(t, form, f, nil); got.Value != "上海云册数智科技有限公司" {
		t.Errorf("got %s", got.Value)
	}
}

// The box of a word that holds narrow characters besides gives the places of the
// others badly: the neighbours that were read right are looked for.
func TestANameIsSettledInAWordOfUnevenCharacters(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	const tail = "(盖章)iii"
	for _, c := range []struct{ prints, read, want string }{
		{"上海云岫数智科技有限公司", "上海云册数智科技有限公司", "上海云岫数智科技有限公司"},
		{"上海云册数智科技有限公司", "上海云册数智科技有限公司", "上海云册数智科技有限公司"},
		{"上海云岫数智科技有限公司", "上海云册数智科技有银公司", "上海云岫数智科技有限公司"},
	} {
		images, f := printedName(t, c.prints+tail, c.read+tail)
		if got := partyB(t, form, f, images); got.Value != c.want {
			t.Errorf("printed %s, read %s: settled as %s", c.prints, c.read, got.Value)
		}
	}
}

// A reading that the picture bears out no more than the known name is unsure; one
// that it shows is another name, however near.
func TestARefutedNameIsUnsure(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	for _, c := range []struct {
		prints, read string
		unsure       bool
	}{
		{"上海云屹数智科技有限公司", "上海云融数智科技有限公司", true},
		{"上海云融数智科技有限公司", "上海云融数智科技有限公司", false},
	} {
		images, f := printedName(t, c.prints, c.read)
		if got := partyB(t, form, f, images); got.Value != c.read || (got.Confidence <= refutedConfidence) != c.unsure {
			t.Errorf("printed %s, read %s: %+v", c.prints, c.read, got)
		}
	}
}

// TestANameThatAnotherReadingHas: of two readings one is the name that the form gives, made
// without knowing it. The picture, which shows a third, is not asked.
func TestANameThatAnotherReadingHas(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	for _, c := range []struct{ alt, want string }{
		{"上海云岫数智科技有限公司", "上海云岫数智科技有限公司"},
		{"上海云山数智科技有限公司", "上海云册数智科技有限公司"},
		{"上海云岫数智科技有限公司北京分公司", "上海云册数智科技有限公司"},
	} {
		images, f := printedName(t, "上海云屹数智科技有限公司", "上海云册数智科技有限公司")
		f.Reading.Pages[0].Lines[1].Words[1].Alt = c.alt
		if got := partyB(t, form, f, images); got.Value != c.want || got.Proven() {
			t.Errorf("with %s beside it: %s %v, want %s", c.alt, got.Value, got.Proof, c.want)
		}
	}
}

// TestBracketsByTheirPicture: the form of the brackets round a number's year is the picture's, whatever was read for it; of
// a text layer it stays.
func TestBracketsByTheirPicture(t *testing.T) {
	for _, c := range []struct{ prints, read, want string }{
		{"某衡审字[2026]第367号", "某衡审字〔2026〕第367号", "某衡审字[2026]第367号"},
		{"某衡审字〔2026〕第367号", "某衡审字[2026]第367号", "某衡审字〔2026〕第367号"},
		{"某衡审字〔2026〕第367号", "某衡审字人2026〕第367号", "某衡审字〔2026〕第367号"},
		{"某衡审字（2026）第367号", "某衡审字〔2026〕第367号", "某衡审字（2026）第367号"},
		{"某衡审字〔2026〕第367号", "某衡审字〔2026〕第367号", "某衡审字〔2026〕第367号"},
	} {
		images, file := printedName(t, c.prints, c.read)
		page := file.Reading.Pages[0]
		s := &settler{images: images, pages: map[string]hequan.Page{pageKey("ab", 1): page}, planes: map[string]*image.Gray{}}
		d := &hequan.Document{SHA256: "ab", Kind: hequan.KindAuditReport}
		f := hequan.Field{Name: "report_number", Value: c.read, Page: 1, Box: page.Lines[1].Words[1].Box, Confidence: 0.95}
		if s.settleBrackets(d, &f); f.Value != c.want {
			t.Errorf("printed %s, read %s: %s", c.prints, c.read, f.Value)
		}
		layer := hequan.Field{Name: "report_number", Value: c.read, Page: 1, Box: f.Box, Proof: []hequan.Proof{hequan.ProofTextLayer}}
		if s.settleBrackets(d, &layer); layer.Value != c.read {
			t.Errorf("a text layer's %s became %s", c.read, layer.Value)
		}
	}
}
