package pipeline

import (
	"testing"

	"hequan"
)

// TestWordsReadTwiceAgainstTheirPicture: two readings of another amount than the
// picture shows prove nothing; of one that is really printed they do.
func TestWordsReadTwiceAgainstTheirPicture(t *testing.T) {
	for _, c := range []struct {
		prints string
		proven bool
	}{{"壹拾贰万捌仟元整", false}, {"壹拾叁万捌仟元整", true}} {
		const read = "壹拾叁万捌仟元整"
		images, f := printedName(t, c.prints, read)
		docs := []hequan.Document{{Kind: hequan.KindContract, SHA256: "ab", Fields: []hequan.Field{
			{Name: "amount", Value: "128000.00", Page: 1, Confidence: 0.95},
			{Name: "amount_words", Value: "138000.00", Text: read, Page: 1, Box: f.Reading.Pages[0].Lines[1].Words[1].Box, Confidence: 0.9, Proof: []hequan.Proof{hequan.ProofTwoReadings}},
		}}}
		settleNames(&hequan.Application{}, docs, []ReadFile{f}, images)
		got := docs[0].Field("amount_words")
		if got.Value != "138000.00" || got.Proven() != c.proven || (got.Confidence <= refutedConfidence) == c.proven {
			t.Errorf("printed %s: %+v", c.prints, *got)
		}
	}
}

// TestWordsAreSettledByTheirPicture: an amount in words that recognition made no
// sense of is read from its picture; the amount in digits proves it, and is
// proven by it.
func TestWordsAreSettledByTheirPicture(t *testing.T) {
	for _, c := range []struct{ what, prints, read, want string }{
		{"two characters misread", "壹拾贰万捌仟元整", "壹拾贰万摘什元整", "128000.00"},
		{"another amount is printed", "壹拾贰万玖仟元整", "壹拾贰万摘仟元整", "129000.00"},
		{"a larger unit is printed", "壹佰贰拾万捌仟元整", "壹拾贰万摘仟元整", "1208000.00"},
		{"more is printed than the amount", "壹拾贰万捌仟伍佰元整", "壹拾贰万摘仟伍佰元整", "128500.00"},
		{"more is printed before it", "叁佰壹拾贰万捌仟元整", "叁佰壹拾贰万摘仟元整", "3128000.00"},
		{"nothing of it was read", "壹拾贰万捌仟元整", "丰汪二去反和本", "128000.00"},
		{"nothing was read, of another amount", "壹拾贰万玖仟元整", "丰汪二去反和本", "129000.00"},
	} {
		t.Run(c.what, func(t *testing.T) {
			images, f := printedName(t, c.prints, c.read)
			p := f.Reading.Pages[0]
			box := p.Lines[1].Words[1].Box
			d := hequan.Document{Kind: hequan.KindContract, SHA256: "ab", Fields: []hequan.Field{
				{Name: "amount", Value: "128000.00", Page: 1, Confidence: 0.95},
				{Name: "amount_words", Text: c.read, Page: 1, Box: box, Confidence: 0.9},
			}}
			docs := []hequan.Document{d}
			settleNames(&hequan.Application{}, docs, []ReadFile{f}, images)
			digits, words := docs[0].Field("amount"), docs[0].Field("amount_words")
			if proven := c.want == "128000.00"; words.Value != c.want || words.Proven() != proven || digits.Proven() != proven {
				t.Errorf("printed %s, read %s: settled as %q %v, want %q", c.prints, c.read, words.Value, words.Proof, c.want)
			}
		})
	}
}

// TestTheSignOfWordsIsNotSeen: words of a red-letter invoice get the sign of its digits, and neither proves the other.
func TestTheSignOfWordsIsNotSeen(t *testing.T) {
	const read = "丰汪二去反和本"
	images, f := printedName(t, "壹拾贰万捌仟元整", read)
	docs := []hequan.Document{{Kind: hequan.KindInvoice, SHA256: "ab", Fields: []hequan.Field{
		{Name: "total", Value: "-128000.00", Page: 1, Confidence: 0.8},
		{Name: "total_words", Text: read, Page: 1, Box: f.Reading.Pages[0].Lines[1].Words[1].Box, Confidence: 0.9},
	}}}
	settleNames(&hequan.Application{}, docs, []ReadFile{f}, images)
	if digits, words := docs[0].Field("total"), docs[0].Field("total_words"); words.Value != "-128000.00" || words.Proven() || digits.Proven() {
		t.Errorf("words %+v, digits %+v", *words, *digits)
	}
}
