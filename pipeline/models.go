package pipeline

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
)

// agreeOnModels gives one and the same model one name over an application: a
// hyphen is easily lost, and I, l and 1, O and 0 are one to a recogniser. Of
// the forms that are equal but for these the one that a text layer gives
// stands, else the one of the application's form where only hyphens differ, else
// the one that was read most often, else the first. In the names of lines the
// hyphens of models are put back.
func agreeOnModels(form *hequan.Application, docs []hequan.Document) {
	type spelling struct {
		text  string
		count int
		layer bool
	}
	forms := map[string][]*spelling{}
	each(docs, func(value *string, proven bool) {
		key := modelKey(*value)
		if key == "" {
			return
		}
		for _, f := range forms[key] {
			if f.text == *value {
				f.count++
				f.layer = f.layer || proven
				return
			}
		}
		forms[key] = append(forms[key], &spelling{*value, 1, proven})
	})
	each(docs, func(value *string, proven bool) {
		if proven {
			return
		}
		list := forms[modelKey(*value)]
		if len(list) == 0 {
			return
		}
		best := list[0]
		for _, f := range list[1:] {
			hyphens := strings.Count(f.text, "-") - strings.Count(best.text, "-")
			switch {
			case f.layer != best.layer:
				if f.layer {
					best = f
				}
			case hyphens > 0, hyphens == 0 && f.count > best.count:
				best = f
			}
		}
		*value = best.text
		for _, m := range form.Models {
			if !best.layer && hyphenless(m) == hyphenless(best.text) {
				*value = m
			}
		}
	})
	known := append([]string(nil), form.Models...)
	each(docs, func(value *string, _ bool) {
		if modelKey(*value) != "" && !contains(known, *value) {
			known = append(known, *value)
		}
	})
	hyphensInLines(docs, known)
}

func hyphenless(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, name)
}

// hyphensInLines puts the hyphens of known models back into the names of lines.
func hyphensInLines(docs []hequan.Document, models []string) {
	for i := range docs {
		for t := range docs[i].Tables {
			table := &docs[i].Tables[t]
			c := table.Column("name")
			if c < 0 {
				continue
			}
			for r := range table.Rows {
				cell := &table.Rows[r][c]
				for _, m := range models {
					if !hasProof(cell.Proof, hequan.ProofTextLayer) && hyphenless(m) != m && len([]rune(hyphenless(m))) >= 4 && !strings.Contains(cell.Value, m) {
						cell.Value = withHyphens(cell.Value, m)
					}
				}
			}
		}
	}
}

// withHyphens replaces by a model's name the first place of a text that is equal to it but for hyphens lost.
func withHyphens(text, model string) string {
	lax := regexp.MustCompile(hyphen.ReplaceAllString(regexp.QuoteMeta(model), "[-_ ]?"))
	if at := lax.FindStringIndex(text); at != nil {
		return text[:at[0]] + model + text[at[1]:]
	}
	return text
}

var hyphen = regexp.MustCompile(`[-_ ]`)

// each calls f for each model's name in the documents.
func each(docs []hequan.Document, f func(value *string, proven bool)) {
	for i := range docs {
		d := &docs[i]
		for k := range d.Fields {
			if x := &d.Fields[k]; x.Name == "models" || x.Name == "model" {
				f(&x.Value, hasProof(x.Proof, hequan.ProofTextLayer))
			}
		}
		for t := range d.Tables {
			c := d.Tables[t].Column("model")
			if c < 0 {
				continue
			}
			for r := range d.Tables[t].Rows {
				cell := &d.Tables[t].Rows[r][c]
				f(&cell.Value, hasProof(cell.Proof, hequan.ProofTextLayer))
			}
		}
	}
}

// modelKey is what two names of one model have in common; "" for what has no
// Latin letter, of which nothing can be folded.
func modelKey(name string) string {
	var b strings.Builder
	latin := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r == '-' || r == '_' || unicode.IsSpace(r):
			continue
		case r == 'l' || r == 'i' || r == '|':
			r = '1'
		case r == 'o':
			r = '0'
		}
		latin = latin || r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	if !latin {
		return ""
	}
	return b.String()
}
