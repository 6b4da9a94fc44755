package pipeline

import (
	"sort"
	"strings"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/seal"
)

// How like the name that a ring looks most like must be, and by how much liker
// than to any other, to be named to staff as what it may be.
const (
	namedLikeness = 0.5
	namedLead     = 0.08
)

// impressions returns what the seals of each document look like, in the order
// of its Seals; nil for a seal of which no picture was kept.
func impressions(docs []hequan.Document, files []ReadFile) [][]*hequan.Impression {
	readings := map[string]*hequan.Reading{}
	for _, f := range files {
		readings[f.Name] = f.Reading
	}
	out := make([][]*hequan.Impression, len(docs))
	for i, d := range docs {
		for k := range readings[d.File].Pages {
			p := &readings[d.File].Pages[k]
			if p.Info.Page < d.Pages[0] || p.Info.Page > d.Pages[1] {
				continue
			}
			of := make([]*hequan.Impression, len(p.Seals))
			for m := range p.Impressions {
				if at := p.Impressions[m].Seal; at >= 0 && at < len(of) {
					of[at] = &p.Impressions[m]
				}
			}
			out[i] = append(out[i], of...)
		}
	}
	return out
}

// tieSeals says whose seals they are: a seal is a party's only where every
// character of that party's name was recognised on its ring. And of what kind:
// by the line in the middle, by the ring of 监制章, by whose document it is.
func tieSeals(form *hequan.Application, docs []hequan.Document, looks [][]*hequan.Impression) {
	applicants, providers := partyNames(form, docs)
	var named []looked
	for i := range docs {
		d := &docs[i]
		firms := firmNames(d)
		names := func(text string) []candidate { return candidates(text, applicants, providers, firms) }
		for k := range d.Seals {
			s, look := &d.Seals[k], looks[i][k]
			if look == nil || s.Across || s.Shape == "square" {
				continue
			}
			if s.Shape == "oval" && seal.Supervision(*look) {
				s.Kind, s.Party, s.Text, s.Center = "supervision", "other", "全国统一发票监制章", ""
				continue
			}
			tilt, l := tieSeal(s, look, names(s.Text))
			if s.Kind == "authority" && s.Party == "" || d.Kind == hequan.KindBusinessLicense && s.Party == "" && s.Shape == "round" {
				s.Kind, s.Party, s.Note = "authority", "other", ""
				continue
			}
			if l.like != nil {
				named = append(named, l)
			}
			if kind, line := seal.Kind(*look, tilt); kind != "" && (s.Shape == "round" || line != "") {
				s.Kind = kind
				if s.Shape == "round" {
					s.Center = line
				}
			}
		}
		named = append(named, tieAcross(d, looks[i], names)...)
	}
	lend(named)
}

// looked is a seal that looks most like one name: one, or all the pieces of one.
type looked struct {
	seals []*hequan.Seal
	name  candidate
	like  *seal.Likeness
}

// lend ties seals that stayed open by what other impressions of the same seal show.
func lend(all []looked) {
	var likes []*seal.Likeness
	for _, l := range all {
		likes = append(likes, l.like)
	}
	for _, l := range all {
		if l.like.Read() {
			continue
		}
		l.like.Borrow(likes)
		for _, s := range l.seals {
			if s.Note = ""; l.like.Read() {
				bears(s, l.name, l.like)
			} else {
				s.Note = openCharacters(l.like)
			}
		}
	}
}

// candidate is a name that a seal may bear, and whose it then is.
type candidate struct {
	name   string
	party  string
	likely float64 // by the ring's text as recognised
}

// candidates orders the names by how likely the recognised text makes them.
func candidates(text string, applicants, providers, firms []string) []candidate {
	var out []candidate
	for _, list := range []struct {
		party string
		names []string
	}{{"applicant", applicants}, {"provider", providers}, {"other", firms}} {
		for _, n := range list.names {
			out = append(out, candidate{n, list.party, ringLikeness(text, n)})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].likely > out[j].likely })
	return out
}

// tieSeal compares a seal with the names, the likeliest first. It returns the
// clockwise turn of the seal in radians, and the name that it looks most like.
func tieSeal(s *hequan.Seal, look *hequan.Impression, names []candidate) (float64, looked) {
	if len(names) == 0 {
		return seal.Tilt(*look), looked{}
	}
	first := seal.Compare(*look, []seal.Expected{expectedName(names[0].name)})
	if len(first) == 1 && first[0].Read() {
		bears(s, names[0], &first[0])
		return first[0].Tilt, looked{[]*hequan.Seal{s}, names[0], &first[0]}
	}
	var all []seal.Expected
	for _, n := range names {
		all = append(all, expectedName(n.name))
	}
	found := seal.Compare(*look, all)
	best, second := -1, 0.0
	for i := range found {
		if best < 0 || found[i].Mean > found[best].Mean {
			if best >= 0 {
				second = found[best].Mean
			}
			best = i
		} else {
			second = max(second, found[i].Mean)
		}
	}
	var named looked
	switch {
	case best < 0:
	case found[best].Read() && found[best].Mean >= second+namedLead:
		bears(s, names[best], &found[best])
		named = looked{[]*hequan.Seal{s}, names[best], &found[best]}
	case found[best].Mean >= namedLikeness && found[best].Mean >= second+namedLead:
		s.Note = openCharacters(&found[best])
		named = looked{[]*hequan.Seal{s}, names[best], &found[best]}
	case found[best].Mean < namedLikeness && stranger(s, names):
		s.Party = "other"
	}
	if best >= 0 && found[best].Mean >= namedLikeness {
		return found[best].Tilt, named
	}
	return seal.Tilt(*look), named
}

// bears notes that a seal bears a name.
func bears(s *hequan.Seal, n candidate, l *seal.Likeness) {
	s.Party, s.Text = n.party, n.name
	s.Confidence = round3(min(1, 0.5+l.Mean/2))
}

// openCharacters says which characters kept a seal from being tied to a name.
func openCharacters(l *seal.Likeness) string {
	open := l.Open()
	if open == "" {
		return "最像“" + l.Name + "”，但名称之外似还有文字"
	}
	return "最像“" + l.Name + "”，其中“" + open + "”未能确认"
}

// stranger says whether a seal's text was recognised well enough to say that it
// is none of the names.
func stranger(s *hequan.Seal, names []candidate) bool {
	return s.Confidence >= 0.85 && len([]rune(s.Text)) >= 8 && name.Organisation(s.Text) && names[0].likely < 0.3
}

// firmNames are the other names that seals of a document may bear: the firm of
// an audit report.
func firmNames(d *hequan.Document) []string {
	var out []string
	if f := d.Field("firm"); d.Kind == hequan.KindAuditReport && f != nil && f.Value != "" {
		out = append(out, name.Normal(f.Value))
	}
	return out
}

// partyNames collects the names of applicant and provider: from the form, else
// from licence and contract.
func partyNames(form *hequan.Application, docs []hequan.Document) (applicants, providers []string) {
	add := func(list *[]string, n string) {
		if n = name.Normal(n); n == "" {
			return
		}
		for _, have := range *list {
			if have == n {
				return
			}
		}
		*list = append(*list, n)
	}
	add(&applicants, form.Applicant.Name)
	for _, p := range form.Providers {
		add(&providers, p.Name)
	}
	for _, d := range docs {
		for _, from := range []struct {
			kind  hequan.Kind
			field string
			list  *[]string
		}{
			{hequan.KindBusinessLicense, "name", &applicants},
			{hequan.KindContract, "party_a", &applicants}, {hequan.KindContract, "party_b", &providers},
			{hequan.KindInvoice, "buyer", &applicants}, {hequan.KindInvoice, "seller", &providers},
		} {
			if d.Kind == from.kind && len(*from.list) == 0 {
				if f := d.Field(from.field); f != nil {
					add(from.list, f.Value)
				}
			}
		}
	}
	return applicants, providers
}

// ringLikeness is the share of a name's characters that the ring shows in
// their order, each character of a rare place counting more than the endings
// that all companies share (有限公司).
func ringLikeness(ring, name string) float64 {
	a, b := []rune(strings.ToUpper(ring)), []rune(strings.ToUpper(name))
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	weight := make([]float64, len(b))
	total := 0.0
	common := commonEnding(name)
	for i := range b {
		weight[i] = 1
		if i >= len(b)-common {
			weight[i] = 0.35
		}
		total += weight[i]
	}
	best := make([]float64, len(b)+1)
	for i := range a {
		previous := 0.0
		for j := range b {
			keep := best[j+1]
			if a[i] == b[j] {
				best[j+1] = max(best[j+1], previous+weight[j])
			} else {
				best[j+1] = max(best[j+1], best[j])
			}
			previous = keep
		}
	}
	return best[len(b)] / total
}

func commonEnding(name string) int {
	for _, end := range []string{"科技股份有限公司", "科技有限责任公司", "科技有限公司", "股份有限公司", "有限责任公司", "有限公司", "公司"} {
		if strings.HasSuffix(name, end) {
			return len([]rune(end))
		}
	}
	return 0
}
