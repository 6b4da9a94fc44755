package eval

import (
	"cmp"
	_ "embed" // worst.html
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"hequan"
)

// hardestSeals is how many impressions the page of the worst shows.
const hardestSeals = 40

//go:embed worst.html
var worstPage string

// Cut returns a JPEG of a box on a page of the file with that SHA-256.
type Cut func(sha256 string, page int, box hequan.Box) ([]byte, error)

// shown is a miss with its crop.
type shown struct {
	Miss
	Crop   template.URL // data: URL; empty where there is no place to show
	NoCrop string       // why not
}

// shownSeal is an impression with its crop.
type shownSeal struct {
	SealReading
	Crop   template.URL
	NoCrop string
	Text   string // as labelled
	Read   string // as recognised
	Like   string // how alike these are, per cent
}

// Whose says in a word what became of the question whose seal it is.
func (s shownSeal) Whose() string {
	switch {
	case !s.Found:
		return "未找到"
	case s.Party == "":
		return "未定归属"
	case !s.Right:
		return "认错：" + partyWords[s.Party]
	}
	return "认得：" + partyWords[s.Party]
}

var partyWords = map[string]string{"applicant": "申报单位", "provider": "提供方", "other": "其他"}

// WriteWorst writes an HTML page (one file, no links) with the n worst misses
// and the hardest seals: what stands there, cut out of the page, beside what
// the label says and what was read.
func WriteWorst(w io.Writer, s *Score, n int, cut Cut) error {
	page, err := template.New("worst").Parse(worstPage)
	if err != nil {
		return err
	}
	var data struct {
		Misses        []shown
		Seals         []shownSeal
		All, AllSeals int
	}
	data.All, data.AllSeals = len(s.Misses), len(s.Seals)
	for _, m := range worst(s.Misses, n) {
		data.Misses = append(data.Misses, show(m, cut))
	}
	for _, r := range hardest(s.Seals, hardestSeals) {
		c := show(r.Miss, cut)
		x := shownSeal{SealReading: r, Crop: c.Crop, NoCrop: c.NoCrop, Like: strconv.Itoa(int(100*r.Likeness+.5)) + " %"}
		_, x.Text, _ = strings.Cut(r.Want, " ")
		_, x.Read, _ = strings.Cut(r.Got, " ")
		data.Seals = append(data.Seals, x)
	}
	return page.Execute(w, data)
}

func show(m Miss, cut Cut) shown {
	x := shown{Miss: m}
	switch {
	case m.Page == 0 || m.SHA256 == "" || cut == nil:
		x.NoCrop = "no place on a page"
	default:
		jpg, err := cut(m.SHA256, m.Page, m.Box)
		if err != nil {
			x.NoCrop = err.Error()
			break
		}
		x.Crop = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(jpg))
	}
	return x
}

// grave is the order of the misses that come first whatever their number.
func grave(m Miss) int {
	switch {
	case m.What == "proof":
		return 0
	case m.What == "fault" && m.Silent:
		return 1
	case m.What == "party":
		return 2
	case m.What == "alarm":
		return 3
	case m.What == "fault":
		return 4
	}
	return 5
}

// worst returns n misses: the grave ones first, then of all the others in
// turn one of each name, so that no single field fills the page.
func worst(misses []Miss, n int) []Miss {
	type ranked struct {
		Miss
		rank, turn int
	}
	seen := map[string]int{}
	var all []ranked
	for _, m := range misses {
		r := ranked{m, grave(m), 0}
		if r.rank == 5 {
			r.turn = seen[m.What+m.Name]
			seen[m.What+m.Name]++
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.turn - b.turn
	})
	var out []Miss
	for _, r := range all[:min(n, len(all))] {
		out = append(out, r.Miss)
	}
	return out
}

// hardest returns the n hardest pressed seals: those not found, those taken for
// another's, those that stayed open, then those whose text was read worst. Name seals,
// which nobody reads, and the pieces of a seal over several pages' edges are left out.
func hardest(seals []SealReading, n int) []SealReading {
	list := slices.DeleteFunc(slices.Clone(seals), func(s SealReading) bool { return s.Across || s.Kind == "person" })
	slices.SortStableFunc(list, func(a, b SealReading) int {
		return cmp.Or(cmp.Compare(a.ease(), b.ease()), cmp.Compare(a.Likeness, b.Likeness))
	})
	return list[:min(n, len(list))]
}

// ease orders impressions by what became of them, the worst first.
func (s SealReading) ease() int {
	switch {
	case !s.Found:
		return 0
	case s.Right:
		return 3
	case s.Party != "":
		return 1
	}
	return 2
}
