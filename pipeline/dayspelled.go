package pipeline

import (
	"cmp"
	"image"
	"math"
	"slices"

	"hequan/internal/day"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// daySpelled is a day that was found in a place, where before was read before.
type daySpelled struct {
	at         day.Day
	before     string
	text       string
	rect       image.Rectangle
	cost, lead float64 // of all planes together
	proven     bool
	confidence float64
}

// seenDay is a day that a plane may show, in its likeliest form; a month is the zero day.
type seenDay struct {
	ocr.Spelled
	at day.Day
}

// dayPlanes are the text planes that are asked for a day, in their order: the usual one; a lighter one, on which what is left of
// a seal's red fades and print, even below it, stays; and the faint one, which keeps all strokes.
type dayPlanes [3]func() *image.Gray

const (
	dayUsual = iota
	dayLighter
	dayFaint
)

// dayView is what the planes show in a rectangle, the likeliest day first. A plane that was not asked shows none.
type dayView struct {
	crop  image.Rectangle
	found [len(dayPlanes{})][]seenDay
}

// lighterThan is how much lighter that plane is than the usual one.
const lighterThan = 1.25

// lighter is a plane on which only what is dark is left.
func lighter(plane *image.Gray) *image.Gray {
	out := imaging.Copy(plane)
	for i, v := range out.Pix {
		out.Pix[i] = uint8(min(255, lighterThan*float64(v)))
	}
	return out
}

// spellDay asks which day stands in a place; nil where none does. What lies beside a day, a seal's rim or
// another stroke, is now and then taken for a part of it: where a first look is not clear, narrower and wider ones are asked too.
func spellDay(engine ocr.Engine, p prepared, planes dayPlanes, at dayPlace) (*daySpelled, error) {
	h := at.tall
	y0, y1 := at.all.Min.Y-h/8, at.all.Max.Y+h/8
	seen := withTouching(p.text, image.Rect(at.all.Min.X, y0, at.all.Max.X, y1), at.left, at.right, h/2)
	seen.Min.X, seen.Max.X = max(at.left, seen.Min.X-h/4), min(at.right, seen.Max.X+h/4)
	left, right := max(at.left, at.all.Min.X-h/4), min(at.right, at.all.Max.X+h*3/2)
	crops := []image.Rectangle{
		seen,
		image.Rect(left, y0, right, y1),
		image.Rect(left, y0, at.right, y1),
		image.Rect(at.left, y0, at.right, y1),
	}
	if at.blank && at.text != "" { // a label: what a seal hides stands behind it, if there is room
		if crops = crops[2:]; at.right-at.all.Max.X < dayNarrowest*h {
			return nil, nil
		}
	}
	var views []dayView
	for i, r := range crops {
		if slices.Contains(crops[:i], r) {
			continue
		}
		v := dayView{crop: r}
		for k, plane := range planes {
			found, err := spellOn(engine, plane(), r)
			if err != nil {
				return nil, err
			}
			if i == 0 && k <= dayLighter && len(v.found[dayUsual]) == 0 && at.hopeless(found) {
				if k == dayLighter || isClear(found) {
					return nil, nil
				}
				continue // a seal may hide it there
			}
			if len(found) == 0 || found[0].Cost > 2*dayCost {
				continue // there is none, or too little of it
			}
			if v.found[k] = found; k > dayUsual && len(v.found[dayUsual]) > 0 {
				v.found[k] = monthOfFirst(v.found[dayUsual], found)
			} else if i == 0 && !at.own.IsZero() && isClear(found) && found[0].at == at.own {
				return weighDays([]dayView{v}, at), nil // Tesseract read the same
			}
			if usual := v.found[dayUsual]; k == dayLighter && len(usual) > 0 && v.proves(usual[0].at) {
				return weighDays([]dayView{v}, at), nil
			}
		}
		if slices.ContainsFunc(v.found[:], func(f []seenDay) bool { return len(f) > 0 }) {
			views = append(views, v)
		}
	}
	return weighDays(views, at), nil
}

// monthOfFirst gives the days of another plane the likeliest month of the first: where a seal darkens
// the end of a day, the faint plane shows a month.
func monthOfFirst(first, second []seenDay) []seenDay {
	isMonth := func(s seenDay) bool { return s.at.IsZero() }
	second = slices.DeleteFunc(second, isMonth)
	if i := slices.IndexFunc(first, isMonth); i >= 0 {
		second = append(second, first[i])
	}
	slices.SortStableFunc(second, func(a, b seenDay) int { return cmp.Compare(a.Cost, b.Cost) })
	return second
}

// hopeless says whether nothing is to be hoped for after a first look: no day is shown, or clearly a month. Of 98 places asked for on
// six applications none was given a day that more looks would not have shown at first. Where nothing was read a day must be clear at once.
func (at dayPlace) hopeless(found []seenDay) bool {
	most := 2 * dayCost
	if at.blank && at.text == "" {
		most = dayCost
	}
	return len(found) == 0 || found[0].Cost > most || isClear(found) && found[0].at.IsZero()
}

// proves says whether two planes at least show a day with a lead, and none another one so.
func (v dayView) proves(at day.Day) bool {
	if at.IsZero() {
		return false
	}
	planes, leads := 0.0, 0.0
	for _, found := range v.found {
		if len(found) == 0 || found[0].Cost > dayCost/2 || leadOf(found) < dayProven {
			continue
		}
		if found[0].at != at {
			return false
		}
		planes++
		leads += leadOf(found)
	}
	return planes > 1 && leads/planes >= daySure
}

// isClear says whether a plane shows a day, or a month, and nothing like another.
func isClear(found []seenDay) bool {
	return len(found) > 0 && found[0].Cost <= dayCost/2 && leadOf(found) >= dayClear
}

// spellOn is the days that a plane may show in a rectangle.
func spellOn(engine ocr.Engine, plane *image.Gray, r image.Rectangle) ([]seenDay, error) {
	if err := engine.SetPicture(plane); err != nil {
		return nil, err
	}
	found, err := engine.Spell(r, dayWords())
	return seenDays(found), err
}

// seenDays is the days of words, each in its likeliest form.
func seenDays(words []ocr.Spelled) []seenDay {
	var out []seenDay
	for _, s := range words {
		at, _ := day.Of(s.Word)
		if !slices.ContainsFunc(out, func(o seenDay) bool { return o.at == at }) {
			out = append(out, seenDay{s, at})
		}
	}
	return out
}

// leadOf is by how much the first is likelier than the second.
func leadOf(found []seenDay) float64 {
	if len(found) < 2 {
		return 2 * dayClear // all others are left far behind
	}
	return found[1].Cost - found[0].Cost
}

// dayAbsent is the cost of a day that is not among those that a plane may show.
const dayAbsent = 15.0

// weighDays puts together what the planes show in all rectangles, where they show a day at all; nil where none is clearly the likeliest.
func weighDays(views []dayView, at dayPlace) *daySpelled {
	sum := map[day.Day]float64{}
	var days []day.Day // in the order in which they were found
	looks := 0.0
	for _, v := range views {
		for _, found := range v.found {
			if len(found) == 0 || found[0].Cost > dayCost {
				continue
			}
			looks++
			for _, s := range found {
				if _, ok := sum[s.at]; !ok {
					days = append(days, s.at)
				}
				sum[s.at] += min(s.Cost, dayAbsent) - dayAbsent
			}
		}
	}
	if looks == 0 {
		return nil
	}
	slices.SortStableFunc(days, func(a, b day.Day) int { return cmp.Compare(sum[a], sum[b]) })
	out := &daySpelled{at: days[0], before: at.text, cost: sum[days[0]]/looks + dayAbsent, lead: 2 * dayClear}
	if len(days) > 1 {
		out.lead = min(out.lead, (sum[days[1]]-sum[days[0]])/looks)
	}
	likely, first := math.Inf(1), 0.0
	shown, against := false, false // by two planes of a view; by a look that shows another one with a lead
	clearly := false               // on the plane that a seal darkens least
	for _, v := range views {
		shown = shown || v.proves(out.at)
		for k, found := range v.found {
			if len(found) == 0 || found[0].Cost > dayCost {
				continue
			}
			switch same := found[0].at == out.at; {
			case same:
				first++
				clearly = clearly || k == dayLighter && isClear(found)
			case leadOf(found) >= dayProven:
				against = true
			}
			for _, s := range found {
				if s.at == out.at && s.Cost < likely {
					likely, out.text = s.Cost, s.Word
					out.rect = image.Rect(s.From-2*at.tall/5, v.crop.Min.Y, s.To+2*at.tall/5, v.crop.Max.Y)
				}
			}
		}
	}
	clearly = clearly && !against
	if out.at.IsZero() || out.lead < dayLead || 2*first <= looks && !clearly {
		return nil
	}
	out.proven = !against && (shown || out.at == at.own && first == looks && out.lead >= daySure)
	if at.blank && !((out.proven || clearly) && out.cost <= dayCost/2) {
		return nil
	}
	out.confidence = round3(0.99 - 0.3*math.Exp(-out.lead/2))
	return out
}
