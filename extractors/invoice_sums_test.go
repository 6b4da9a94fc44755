package extractors

import (
	"testing"

	"hequan"
)

// TestSumsOfAnInvoice: 合 is misread, a digit of the total lost, the row of the total stands close below.
func TestSumsOfAnInvoice(t *testing.T) {
	pages := laid(
		placedRow{0.06, []placedWord{{0.30, "电子发票(增值税专用发票)"}}},
		placedRow{0.40, []placedWord{{0.10, "*信息技术服务*星槎-Max服务费"}, {0.55, "400729.21"}, {0.70, "6%"}, {0.85, "24043.75"}}},
		placedRow{0.645, []placedWord{{0.10, "会"}, {0.20, "计"}, {0.52, "对400729.21"}, {0.80, "¥24043.75"}}},
		placedRow{0.655, []placedWord{{0.10, "价税合计(大写)"}, {0.60, "(小写)"}, {0.70, "24772.96"}}},
	)
	pages[0].Codes = []hequan.Code{{Payload: "01,31,,26612655867564392824,424772.96,20260114,,CBE5"}}
	got := Extract(hequan.KindInvoice, pages, nil)
	for name, want := range map[string]string{"amount": "400729.21", "tax": "24043.75", "total": "424772.96"} {
		if f := got.field(name); f == nil || f.Value != want || !f.Proven() {
			t.Errorf("%s: %+v, want %s", name, f, want)
		}
	}
	pages[0].Codes[0].Payload = "01,31,,26612655867564392824,424772.69,20260114,,CBE5" // another sum
	got = Extract(hequan.KindInvoice, pages, nil)
	if f := got.field("total"); f.Value != "24772.96" || f.Proven() {
		t.Errorf("total of another code: %+v", f)
	}
}

// TestFormOfAMisreadHeading: the QR code says what the heading of 增值税电子普通发票 lost, and not that
// an ordinary invoice is a special one.
func TestFormOfAMisreadHeading(t *testing.T) {
	for kind, want := range map[string]string{"10": "e_ordinary", "31": "digital_ordinary"} {
		pages := laid(placedRow{0.06, []placedWord{{0.30, "上海增条焙电子普通发票"}}}, placedRow{0.10, []placedWord{{0.60, "发票号码:31710475"}}})
		pages[0].Codes = []hequan.Code{{Payload: "01," + kind + ",031002000111,31710475,100.00,20260114,,CBE5"}}
		got := Extract(hequan.KindInvoice, pages, nil)
		if f := got.field("form"); f == nil || f.Value != want {
			t.Errorf("kind %s: %+v, want %s", kind, f, want)
		}
	}
}

// TestASumThatIsOutvoted: two readings took a 4 for a 0; the lines, their tax, the total and its words say otherwise.
func TestASumThatIsOutvoted(t *testing.T) {
	page := func(net, words string) []hequan.Page {
		pages := laid(
			placedRow{0.06, []placedWord{{0.30, "电子发票(增值税专用发票)"}}},
			placedRow{0.36, []placedWord{{0.10, "项目名称"}, {0.55, "金额"}, {0.70, "税率"}, {0.85, "税额"}}},
			placedRow{0.40, []placedWord{{0.10, "*信息技术服务*星槎-Max服务费"}, {0.55, "791460.14"}, {0.70, "6%"}, {0.85, "47487.60"}}},
			placedRow{0.645, []placedWord{{0.10, "合"}, {0.20, "计"}, {0.55, net}, {0.85, "47487.60"}}},
			placedRow{0.675, []placedWord{{0.10, "价税合计(大写)"}, {0.30, words}, {0.60, "(小写)"}, {0.70, "838947.74"}}},
		)
		for i := range pages[0].Lines {
			for k := range pages[0].Lines[i].Words {
				pages[0].Lines[i].Words[k].Proof = []hequan.Proof{hequan.ProofTwoReadings}
			}
		}
		return pages
	}
	const words = "捌拾叁万捌仟玖佰肆拾柒圆柒角肆分"
	for _, c := range [][3]string{
		{"791460.10", words, "791460.14"},
		{"791420.10", words, "791420.10"},           // two digits: for a rule to find
		{"791460.10", "捌拾叁万捌仟玖佰肆拾柒圆整", "791460.10"}, // the words say something else
	} {
		got := Extract(hequan.KindInvoice, page(c[0], c[1]), nil)
		f := got.field("amount")
		if f == nil || f.Value != c[2] {
			t.Errorf("%s: %+v, want %s", c[0], f, c[2])
		} else if c[0] != c[2] && (f.Repaired != c[0] || len(f.Proof) != 1 || f.Proof[0] != hequan.ProofArithmetic) {
			t.Errorf("it does not say that it was mended: %+v", f)
		}
	}
}

// TestFirstGroupOfANumber: a gap in a long number leaves its first group; the code knows the rest. Another number is for a rule to find.
func TestFirstGroupOfANumber(t *testing.T) {
	for printed, want := range map[string]string{"26612655": "26612655867564392824", "26612656": "26612656"} {
		pages := laid(placedRow{0.06, []placedWord{{0.30, "电子发票(普通发票)"}}}, placedRow{0.10, []placedWord{{0.60, "发票号码：" + printed}}})
		for i := range pages[0].Lines {
			pages[0].Lines[i].Words[0].Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		pages[0].Codes = []hequan.Code{{Payload: "01,32,,26612655867564392824,424772.96,20260114,,CBE5"}}
		wantFields(t, Extract(hequan.KindInvoice, pages, nil), map[string]string{"number": want})
	}
}
