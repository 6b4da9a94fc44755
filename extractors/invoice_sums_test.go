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
