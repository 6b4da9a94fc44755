// Package policy holds what the guide fixes for one half-year, as data: dates,
// rates, limits, materials, seals, categories, thresholds, each with its
// clause; and the dated list of filed models kept with it.
package policy

import (
	"math/big"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/ownrule"
	"hequan/internal/rmb"
)

// Policy is one half-year's policy.
type Policy struct {
	ID         string         `yaml:"id"`
	Title      string         `yaml:"title"`
	Source     string         `yaml:"source"`
	Windows    Windows        `yaml:"windows"`
	Money      Money          `yaml:"money"`
	Materials  []Material     `yaml:"materials"`
	Audit      Audit          `yaml:"audit"`
	Seals      []SealRule     `yaml:"seals"`
	Categories []Category     `yaml:"categories"`
	Domains    Domains        `yaml:"domains"`
	Region     Region         `yaml:"region"`
	Thresholds Thresholds     `yaml:"thresholds"`
	Offers     []Offer        `yaml:"offers"`
	Readings   []Ambiguity    `yaml:"readings"`
	Rules      []ownrule.Rule `yaml:"rules"` // of one's own; see docs/own-rules.md

	own []*ownrule.Program
}

// Own returns the rules of one's own, ready to be run.
func (p *Policy) Own() []*ownrule.Program { return p.own }

// Windows are the policy's spans of time, both ends included.
type Windows struct {
	Usage      Span `yaml:"usage"`      // 政策执行期
	Invoice    Span `yaml:"invoice"`    // 开票日期
	Submission Span `yaml:"submission"` // 申报时间
}

// Span is a window of days with its source.
type Span struct {
	From   day.Day `yaml:"from"`
	To     day.Day `yaml:"to"`
	Clause string  `yaml:"clause"`
	Note   string  `yaml:"note"`
}

// Window returns the days.
func (s Span) Window() day.Window { return day.Window{From: s.From, To: s.To} }

// Money holds the rates and limits of 四.
type Money struct {
	Rate     Sum `yaml:"rate"`
	Cap      Sum `yaml:"cap"`
	Floor    Sum `yaml:"floor"`
	Unit     Sum `yaml:"unit"`
	Mismatch Sum `yaml:"mismatch"`
}

// Sum is a decimal number with its source.
type Sum struct {
	Value  string `yaml:"value"`
	Clause string `yaml:"clause"`
	Note   string `yaml:"note"`
}

// Fen returns a sum of money; Load has seen to it that it is one.
func (s Sum) Fen() rmb.Fen {
	f, _ := rmb.ParseValue(s.Value)
	return f
}

// Rat returns a rate.
func (s Sum) Rat() *big.Rat {
	r, ok := rmb.Number(s.Value)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// Material is one that the guide asks for.
type Material struct {
	Kind   hequan.Kind   `yaml:"kind"`
	Modes  []hequan.Mode `yaml:"modes"` // empty: all
	Clause string        `yaml:"clause"`
}

// Audit says how many years of reports are due.
type Audit struct {
	Years Count `yaml:"years"`
}

// Count is a whole number with its source.
type Count struct {
	Value  int    `yaml:"value"`
	Clause string `yaml:"clause"`
	Note   string `yaml:"note"`
}

// SealRule names the kinds of seal that a document may bear.
type SealRule struct {
	Kind     hequan.Kind `yaml:"kind"`
	Accepted []string    `yaml:"accepted"`
	Clause   string      `yaml:"clause"`
	Note     string      `yaml:"note"`
}

// Category is a kind of cost.
type Category struct {
	Name     string   `yaml:"name"`
	Chinese  string   `yaml:"chinese"`
	Eligible bool     `yaml:"eligible"`
	Clause   string   `yaml:"clause"`
	Note     string   `yaml:"note"`
	Words    []string `yaml:"words"`
}

// Domains are the fields of use that the guide names.
type Domains struct {
	Clause string   `yaml:"clause"`
	Note   string   `yaml:"note"`
	Fields []Domain `yaml:"fields"`
}

// Domain is a field of use with the words that tell it.
type Domain struct {
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"`
}

// Region lists places of 亦庄新城.
type Region struct {
	Clause string   `yaml:"clause"`
	Note   string   `yaml:"note"`
	Inside []string `yaml:"inside"`
	Partly []string `yaml:"partly"`
}

// Thresholds say how good a reading must be.
type Thresholds struct {
	Field      Threshold `yaml:"field"`
	Contradict Threshold `yaml:"contradict"`
	Name       Threshold `yaml:"name"`
	Seal       Threshold `yaml:"seal"`
	Kind       Threshold `yaml:"kind"`
	Legibility Threshold `yaml:"legibility"`
	DPI        Threshold `yaml:"dpi"`
}

// Threshold is a number with its reason.
type Threshold struct {
	Value float64 `yaml:"value"`
	Note  string  `yaml:"note"`
}

// Offer is a provider known to sell what another entity filed.
type Offer struct {
	Provider string `yaml:"provider"`
	Entity   string `yaml:"entity"`
}

// Ambiguity is a point that the guide leaves open.
type Ambiguity struct {
	ID           string            `yaml:"id"`
	Question     string            `yaml:"question"`
	Clause       string            `yaml:"clause"`
	Key          string            `yaml:"key"`
	Chosen       string            `yaml:"chosen"`
	Alternatives []string          `yaml:"alternatives"`
	Words        map[string]string `yaml:"words"` // each reading in Chinese
	Note         string            `yaml:"note"`
}

// In says a reading in Chinese.
func (a Ambiguity) In(reading string) string {
	if w, ok := a.Words[reading]; ok {
		return w
	}
	return reading
}

// Award is money that an applicant was granted before.
type Award struct {
	Applicant string  // name
	USCC      string  // where known
	Year      int     // natural year of payment
	Amount    rmb.Fen // yuan inside
	Note      string  // which programme or application
}

// Reading returns what was chosen for an open point, by its key.
func (p *Policy) Reading(key string) string {
	for _, a := range p.Readings {
		if a.Key == key {
			return a.Chosen
		}
	}
	return ""
}

// With returns a copy that takes another reading of one open point.
func (p *Policy) With(key, reading string) *Policy {
	c := *p
	c.Readings = slices.Clone(p.Readings)
	for i := range c.Readings {
		if c.Readings[i].Key == key {
			c.Readings[i].Chosen = reading
		}
	}
	return &c
}

// AcceptedSeals returns the kinds of seal that a kind of document may bear.
func (p *Policy) AcceptedSeals(k hequan.Kind) []string {
	for _, s := range p.Seals {
		if s.Kind == k {
			return s.Accepted
		}
	}
	return nil
}

// Required says whether a kind of document is due in a mode.
func (p *Policy) Required(k hequan.Kind, m hequan.Mode) bool {
	for _, x := range p.Materials {
		if x.Kind == k {
			return len(x.Modes) == 0 || slices.Contains(x.Modes, m)
		}
	}
	return false
}

// Category returns a category by its name.
func (p *Policy) Category(name string) (Category, bool) {
	for _, c := range p.Categories {
		if c.Name == name {
			return c, true
		}
	}
	return Category{}, false
}

// Categorise returns the category of an item by the words of its name, and
// whether any word told it.
func (p *Policy) Categorise(item string) (Category, bool) {
	lower := strings.ToLower(item)
	for _, c := range p.Categories {
		for _, w := range c.Words {
			if strings.Contains(lower, strings.ToLower(w)) {
				return c, true
			}
		}
	}
	return Category{}, false
}

// DomainOf returns the guide's field of use that a text names.
func (p *Policy) DomainOf(text string) (string, bool) {
	for _, d := range p.Domains.Fields {
		if strings.Contains(text, d.Name) {
			return d.Name, true
		}
		for _, w := range d.Words {
			if strings.Contains(text, w) {
				return d.Name, true
			}
		}
	}
	return "", false
}
