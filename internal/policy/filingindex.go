package policy

import (
	"unicode/utf8"

	"hequan/internal/name"
)

// filingKeys are a row's name and number as they are compared.
type filingKeys struct {
	name   string // name.Normal
	core   string // ModelCore
	number string // NormalNumber, empty where there is none
}

// keys normalises the rows once: each application asks for a few of them.
func (f *Filings) keys() []filingKeys {
	f.once.Do(func() {
		f.keyed = make([]filingKeys, len(f.Rows))
		for i, r := range f.Rows {
			f.keyed[i] = filingKeys{name: name.Normal(r.Model), core: ModelCore(r.Model)}
			if r.Number != "" {
				f.keyed[i].number = NormalNumber(r.Number)
			}
		}
	})
	return f.keyed
}

// ByNumber returns the rows of a number.
func (f *Filings) ByNumber(number string) []Filing {
	var out []Filing
	n := NormalNumber(number)
	for i, k := range f.keys() {
		if k.number != "" && k.number == n {
			out = append(out, f.Rows[i])
		}
	}
	return out
}

// ByModel returns the rows whose service is that of a model name or id: the
// same name, the same family, or the same name but for version and size.
func (f *Filings) ByModel(model string) []Filing {
	var out []Filing
	family, known := FamilyOf(model)
	own, core, filedAs := name.Normal(model), ModelCore(model), ""
	if known {
		filedAs = name.Normal(family.FiledAs)
	}
	if utf8.RuneCountInString(core) < 2 {
		core = ""
	}
	for i, k := range f.keys() {
		if k.name != "" && (k.name == own || k.name == filedAs) || core != "" && k.core == core {
			out = append(out, f.Rows[i])
		}
	}
	return out
}

// NearModel returns the row whose name is closest to a model's without being
// it, for a hint; ok is false where none is close.
func (f *Filings) NearModel(model string) (Filing, bool) {
	own := name.Normal(model)
	long := utf8.RuneCountInString(own)
	for i, k := range f.keys() {
		if d := utf8.RuneCountInString(k.name) - long; d > 4 || d < -4 {
			continue // further apart than any of the likenesses below
		}
		if l := name.Compare(k.name, own); l == name.Near || l == name.Confusable || l == name.Truncated {
			return f.Rows[i], true
		}
	}
	return Filing{}, false
}
