package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"hequan"
)

// Stage is how far an application has come at the desk.
type Stage string

// The stages, in the order in which an application goes through them.
const (
	StageReceived  Stage = "received"  // 受理: nothing of it is read yet
	StageJudging   Stage = "judging"   // 初审中
	StageBroken    Stage = "broken"    // 处理失败
	StageOpen      Stage = "open"      // 待复核: people have not decided everything
	StageDefective Stage = "defective" // 须补正: decided, and something is to be mended
	StageAsked     Stage = "asked"     // 待补正: the notice is out
	StageMended    Stage = "mended"    // 已补正: papers came, not all is decided
	StageSettled   Stage = "settled"   // 复核通过: everything was dismissed
	StageClear     Stage = "clear"     // 通过: nothing was found
)

// stageOf is the SQL of the stage of applications a.
const stageOf = `CASE WHEN a.state = 'dead' THEN 'broken'
	WHEN a.state = 'waiting' AND a.run = 0 AND NOT EXISTS (SELECT 1 FROM files s WHERE s.application_id = a.id AND (s.pages_done > 0 OR s.state IN ('done', 'dead'))) THEN 'received'
	WHEN a.state <> 'done' THEN 'judging' WHEN a.issued_at > a.round_at THEN 'asked' WHEN a.rounds > 0 AND a.still_open > 0 THEN 'mended'
	WHEN a.verdict = 'pass' THEN 'clear' WHEN a.still_open > 0 THEN 'open' WHEN a.confirmed > 0 THEN 'defective' ELSE 'settled' END`

// classOf is the SQL of what chips of a list count: the verdict, or busy or dead.
const classOf = `CASE WHEN a.state = 'dead' THEN 'dead' WHEN a.state <> 'done' THEN 'busy' ELSE a.verdict END`

// Query chooses applications; what is empty chooses all.
type Query struct {
	Upload   string
	Class    string // fail, review, pass, busy, dead
	Stage    Stage
	Assignee string   // name of who it is given to
	Account  string   // id of the account that it is given to
	Nobody   bool     // those that are assigned to nobody
	Words    string   // each must occur in names, numbers or codes
	IDs      []string // these alone
	Uploads  []string // of these alone; nil: of all
	Sort     string   // a key of orders, "" for the newest first
	Down     bool
	Offset   int
	Limit    int
}

// orders are what a list can be sorted by.
var orders = map[string]string{
	"name": "a.name", "applicant": "a.applicant", "open": "a.still_open", "claimed": "a.claimed_fen", "time": "a.created_at", "assignee": "a.assignee",
	"payable": "CAST(CASE WHEN a.payable_wan = '' THEN '-1' ELSE a.payable_wan END AS REAL)",
	"verdict": "CASE " + classOf + " WHEN 'fail' THEN 0 WHEN 'dead' THEN 1 WHEN 'review' THEN 2 WHEN 'busy' THEN 3 ELSE 4 END",
}

// newest is the order of a list that nobody sorted.
const newest = "a.created_at DESC, a.upload_id, a.ordinal"

func (q Query) order() bun.Safe {
	by, ok := orders[q.Sort]
	switch {
	case !ok && q.Upload != "":
		return "a.ordinal"
	case !ok:
		return newest
	case q.Down:
		by += " DESC"
	}
	return bun.Safe(by + ", " + newest)
}

// where is the condition over applications a, without the class when it is
// left out: that is what the classes are counted over.
func (q Query) where(withClass bool) (cond string, args []any) {
	parts := []string{"1 = 1"}
	add := func(part string, arg ...any) {
		parts = append(parts, part)
		args = append(args, arg...)
	}
	if q.Upload != "" {
		add("a.upload_id = ?", q.Upload)
	}
	if q.Stage != "" {
		add("("+stageOf+") = ?", q.Stage)
	}
	if q.Assignee != "" {
		add("a.assignee = ?", q.Assignee)
	}
	if q.Account != "" {
		add("a.assignee_account = ?", q.Account)
	}
	if q.Nobody {
		add("a.assignee = ''")
	}
	if q.IDs != nil {
		add("a.id IN (?)", bun.List(append([]string{""}, q.IDs...)))
	}
	if q.Uploads != nil {
		add("a.upload_id IN (?)", bun.List(append([]string{""}, q.Uploads...)))
	}
	for _, word := range strings.Fields(strings.ToLower(q.Words)) {
		add(`a.search LIKE ? ESCAPE '!'`, "%"+likeEscape.Replace(word)+"%")
	}
	if withClass && q.Class != "" {
		add("("+classOf+") = ?", q.Class)
	}
	return strings.Join(parts, " AND "), args
}

var likeEscape = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// Page is a page of a list.
type Page struct {
	Rows    []Summary
	Total   int            // of all pages
	Classes map[string]int // how many of each class the other conditions leave
}

// Search returns a page of the applications that a query chooses.
func (s *Store) Search(ctx context.Context, q Query) (*Page, error) {
	p := &Page{Classes: map[string]int{}}
	cond, args := q.where(false)
	var counts []struct {
		Class string `bun:"class"`
		N     int    `bun:"n"`
	}
	if err := s.db.NewRaw(`SELECT class, count(*) AS n FROM (SELECT `+classOf+` AS class FROM applications a WHERE `+cond+`) c GROUP BY class`, args...).Scan(ctx, &counts); err != nil {
		return nil, err
	}
	for _, c := range counts {
		p.Classes[c.Class] = c.N
		if q.Class == "" || q.Class == c.Class {
			p.Total += c.N
		}
	}
	cond, args = q.where(true)
	order := q.order()
	var ids []string
	if err := s.db.NewRaw(`SELECT a.id FROM applications a WHERE `+cond+` ORDER BY ? LIMIT ? OFFSET ?`, append(args, order, q.Limit, q.Offset)...).Scan(ctx, &ids); err != nil || len(ids) == 0 {
		return p, err
	}
	which := bun.SafeQuery("SELECT * FROM applications WHERE id IN (?)", bun.List(ids))
	scope := bun.SafeQuery("application_id IN (?)", bun.List(ids))
	return p, s.summary(which, scope, order).Scan(ctx, &p.Rows)
}

// tally counts anew what lists show of an application: its findings, what was
// decided of them, notices and rounds.
func tally(ctx context.Context, tx bun.Tx, id string) error {
	// A dismissed fail stays open until a second person agrees, see Decision.Pending.
	const last = `coalesce((SELECT CASE WHEN d.action = 'dismiss' AND f.status = 'fail' AND d.account <> '' THEN 'reopen' ELSE d.action END FROM decisions d WHERE d.application_id = f.application_id AND d.finding = f.finding ORDER BY d.number DESC LIMIT 1), 'reopen')`
	const of = `FROM findings f WHERE f.application_id = applications.id`
	_, err := tx.NewRaw(`UPDATE applications SET
		fails = (SELECT count(*) `+of+` AND f.status = 'fail'), reviews = (SELECT count(*) `+of+` AND f.status = 'review'),
		still_open = (SELECT count(*) `+of+` AND `+last+` = 'reopen'), confirmed = (SELECT count(*) `+of+` AND `+last+` = 'confirm'),
		notices = (SELECT count(*) FROM notices n WHERE n.application_id = applications.id AND n.issued_at > 0),
		issued_at = (SELECT coalesce(max(n.issued_at), 0) FROM notices n WHERE n.application_id = applications.id),
		rounds = (SELECT count(*) FROM rounds r WHERE r.application_id = applications.id),
		round_at = (SELECT coalesce(max(r.created_at), 0) FROM rounds r WHERE r.application_id = applications.id)
		WHERE id = ?`, id).Exec(ctx)
	return err
}

// searched are the fields that an application can be found by.
var searched = map[string]bool{"number": true, "code": true, "uscc": true, "name": true, "buyer_tax_id": true, "seller_tax_id": true, "seller": true, "party_b": true,
	"provider": true, "model": true, "report_number": true, "account": true}

// searchText is what an application can be found by, in lower case.
func searchText(r *hequan.Report, more ...string) string {
	seen := map[string]bool{}
	var parts []string
	add := func(text string) {
		if text = strings.ToLower(strings.TrimSpace(text)); text != "" && !seen[text] {
			seen[text] = true
			parts = append(parts, text)
		}
	}
	for _, text := range append(more, r.Application.ID, r.Application.Applicant, r.Application.Project) {
		add(text)
	}
	for _, d := range r.Documents {
		for _, f := range d.Fields {
			if searched[f.Name] {
				add(f.Value)
			}
		}
	}
	return strings.Join(parts, "\n")
}
