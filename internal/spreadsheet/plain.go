package spreadsheet

import "strings"

// starts are the characters at which a spreadsheet may take text for a formula,
// when a file is opened or saved as CSV and opened again; also in their wide forms.
const starts = "=+-@\t\r\n|%＝＋－＠｜％"

// Plain makes sure that a spreadsheet takes no text for a formula: such text
// gets an apostrophe before it.
func Plain(text string) string {
	for _, r := range text { // the first one
		if strings.ContainsRune(starts, r) {
			return "'" + text
		}
		break
	}
	return text
}
