package extractors

import "testing"

// FuzzQR: no payload of a code brings the extractor down, and what it gives are
// values in their normal form.
func FuzzQR(f *testing.F) {
	f.Add("01,10,012001800311,33207675,46.62,20190508,76939056883466677916,E1BD,")
	f.Add("01,31,,24112000000048542163,4449.00,20240528,,ABCD")
	f.Add("01,,,,,,,")
	f.Add(",,,,A\xaf0,")
	f.Fuzz(func(t *testing.T, payload string) {
		qr, ok := parseQR(payload)
		if ok && qr.date != "" && len(qr.date) != len("2024-05-28") {
			t.Errorf("%q gives the date %q", payload, qr.date)
		}
	})
}
