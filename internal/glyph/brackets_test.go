package glyph

import "testing"

// TestBracketsAreToldApart: behind and before a character each form is seen as what it is, in every face.
func TestBracketsAreToldApart(t *testing.T) {
	s := Load()
	for face := range s.Faces() {
		for _, form := range append([]string{"()"}, Brackets...) {
			open, shut := string([]rune(form)[0]), string([]rune(form)[1])
			page := printed(t, s, face, "字"+open+"25"+shut+"第")
			for _, c := range []struct {
				at      int
				closing bool
			}{{0, false}, {5, true}} {
				got, like, lead := s.Bracket(page, at(c.at), c.closing)
				if got != form && !(form == "()" && got == "（）") {
					t.Errorf("face %d: %s (closing %v) is seen as %s, %.2f, ahead by %.2f", face, form, c.closing, got, like, lead)
				}
			}
		}
	}
}
