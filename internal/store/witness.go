package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strconv"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"hequan/internal/audit"
)

// Every row has a mark: a keyed hash of table, name and contents (witness_rows).
// Triggers note which rows a transaction touched, with the digests of what was
// and what is (witness_touched, empty outside of transactions); before it ends
// the program compares what was with its mark and marks what is. The sum of all
// marks is kept masked in witness_head, itself marked together with the end of
// the audit trail: so a row that goes or is set back together with its mark is
// missed, too. Who has no key can make neither.

// markedRow is the mark of a row.
type markedRow struct {
	bun.BaseModel `bun:"table:witness_rows"`

	Table string `bun:"tbl,pk"`
	PK    string `bun:"pk,pk"`
	Mark  string `bun:"mark"`
}

// witnessHead is the one row that says what marks there are.
type witnessHead struct {
	Key    string `bun:"key"`
	Marks  int64  `bun:"marks"`
	Total  string `bun:"total"` // masked, see witnessKey.hide
	Nonce  string `bun:"nonce"`
	Number int64  `bun:"number"` // of the last line of the audit trail
	Hash   string `bun:"hash"`
	Mark   string `bun:"mark"`
}

func (h *witnessHead) markBy(k *witnessKey) string {
	return k.mark("head", h.Key, strconv.FormatInt(h.Marks, 10), h.Total, h.Nonce, strconv.FormatInt(h.Number, 10), h.Hash)
}

const headColumns = `key, marks, total, nonce, number, hash, mark`

// Events of the trail about marks: only those after the last remark count in a verification.
const (
	eventBroken = "witness.broken" // a row that was changed or deleted had no right mark
	eventRemark = "witness.remark" // all rows were marked anew as they stood
)

// portion is how many touched rows are looked at at a time.
const portion = 2000

// transition is what happened to a row, and its mark.
type transition struct {
	ID     int64  `bun:"id"`
	Table  string `bun:"tbl"`
	PK     string `bun:"pk"`
	Before string `bun:"before"` // digest; "": there was no such row
	After  string `bun:"after"`  // "": there is none any more
	Mark   string `bun:"mark"`   // "": there is none
}

// witness marks what the transaction touched. It is the last thing that a
// transaction does.
func (s *Store) witness(ctx context.Context, tx bun.Tx, end *trailEnd) error {
	delta, marks := new(big.Int), int64(0)
	var broken []Event
	touched := false
	for {
		rows, err := s.touched(ctx, tx)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		touched = true
		wrong, err := s.remark(ctx, tx, rows, delta, &marks)
		if err != nil {
			return err
		}
		broken = append(broken, wrong...)
		if len(rows) < portion {
			break
		}
	}
	if err := record(ctx, tx, broken...); err != nil {
		return err
	}
	if !touched && end.Number == 0 {
		return nil
	}
	return s.moveHead(ctx, tx, delta, marks, end)
}

// touched takes the next portion of what this transaction touched.
func (s *Store) touched(ctx context.Context, tx bun.Tx) (rows []transition, err error) {
	if s.pg() {
		err = tx.NewRaw(`WITH t AS (DELETE FROM witness_touched WHERE id IN (SELECT id FROM witness_touched WHERE tag = coalesce(current_setting('hequan.tag', true), '') ORDER BY id LIMIT ?) RETURNING id, tbl, pk, before, after)
			SELECT t.*, coalesce(r.mark, '') AS mark FROM t LEFT JOIN witness_rows r ON r.tbl = t.tbl AND r.pk = t.pk ORDER BY t.id`, portion).Scan(ctx, &rows)
		return rows, err
	}
	err = tx.NewRaw(`SELECT t.id, t.tbl, t.pk, t.before, t.after, coalesce(r.mark, '') AS mark FROM witness_touched t
		LEFT JOIN witness_rows r ON r.tbl = t.tbl AND r.pk = t.pk ORDER BY t.id LIMIT ?`, portion).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	_, err = tx.NewRaw(`DELETE FROM witness_touched WHERE id <= ?`, rows[len(rows)-1].ID).Exec(ctx)
	return rows, err
}

// remark compares the marks of what was and marks what is.
func (s *Store) remark(ctx context.Context, tx bun.Tx, rows []transition, delta *big.Int, marks *int64) (broken []Event, err error) {
	type name struct{ table, pk string }
	now, was, order := map[name]string{}, map[name]string{}, []name(nil)
	for _, r := range rows {
		n := name{r.Table, r.PK}
		mark, seen := now[n]
		if !seen {
			mark, order = r.Mark, append(order, n)
			was[n] = mark
		}
		want := ""
		if r.Before != "" {
			want = s.key.row(r.Table, r.PK, r.Before)
		}
		if mark != want {
			broken = append(broken, Event{Name: eventBroken, Subject: r.Table + " " + r.PK, Detail: map[string]string{"why": whyBroken(mark, want)}})
		}
		now[n] = ""
		if r.After != "" {
			now[n] = s.key.row(r.Table, r.PK, r.After)
		}
	}
	var kept []markedRow
	for _, n := range order {
		before, after := was[n], now[n]
		if before == after {
			continue
		}
		if before != "" {
			delta.Sub(delta, s.key.term(n.table, n.pk, before))
			*marks--
		}
		if after != "" {
			delta.Add(delta, s.key.term(n.table, n.pk, after))
			*marks++
			kept = append(kept, markedRow{Table: n.table, PK: n.pk, Mark: after})
			continue
		}
		if _, err := tx.NewRaw(`DELETE FROM witness_rows WHERE tbl = ? AND pk = ?`, n.table, n.pk).Exec(ctx); err != nil {
			return nil, err
		}
	}
	for len(kept) > 0 {
		part := kept[:min(500, len(kept))]
		if _, err := tx.NewInsert().Model(&part).On("CONFLICT (tbl, pk) DO UPDATE").Set("mark = EXCLUDED.mark").Exec(ctx); err != nil {
			return nil, err
		}
		kept = kept[len(part):]
	}
	return broken, nil
}

func whyBroken(mark, want string) string {
	switch {
	case mark == "":
		return "绕过程序添加的行"
	case want == "":
		return "绕过程序删除过的行"
	}
	return "绕过程序改动过的行"
}

// moveHead adds to the total, and marks it with the end of the trail. Others
// wait from here until the transaction ends.
func (s *Store) moveHead(ctx context.Context, tx bun.Tx, delta *big.Int, marks int64, end *trailEnd) error {
	lock := ""
	if s.pg() {
		lock = " FOR UPDATE"
	}
	var h witnessHead
	if err := tx.NewRaw(`SELECT `+headColumns+` FROM witness_head WHERE id = 1`+lock).Scan(ctx, &h); err != nil {
		return fmt.Errorf("marks: %w", err)
	}
	if h.Key != s.key.name {
		return fmt.Errorf("%w (%s)", ErrOtherKey, h.Key)
	}
	total := s.key.show(h.Total, h.Nonce)
	if total == nil || h.Mark != h.markBy(s.key) {
		if err := record(ctx, tx, Event{Name: eventBroken, Subject: "witness_head", Detail: map[string]string{"why": "总校验码被改动"}}); err != nil {
			return err
		}
		if total == nil {
			total = new(big.Int)
		}
	}
	if end.Number > 0 {
		h.Number, h.Hash = end.Number, end.Hash
	}
	h.Marks += marks
	return s.keepHead(ctx, tx, &h, total.Add(total, delta))
}

func (s *Store) keepHead(ctx context.Context, tx bun.Tx, h *witnessHead, total *big.Int) error {
	h.Key, h.Nonce = s.key.name, rand.Text()
	h.Total = s.key.hide(total, h.Nonce)
	h.Mark = h.markBy(s.key)
	_, err := tx.NewRaw(`UPDATE witness_head SET key = ?, marks = ?, total = ?, nonce = ?, number = ?, hash = ?, mark = ? WHERE id = 1`,
		h.Key, h.Marks, h.Total, h.Nonce, h.Number, h.Hash, h.Mark).Exec(ctx)
	return err
}

func (s *Store) pg() bool { return s.db.Dialect().Name() == dialect.PG }

// quietly runs fn in a transaction that nobody waits to hear of.
func (s *Store) quietly(ctx context.Context, fn func(context.Context, bun.Tx) error) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if !s.pg() { // what others wrote past the program is not to be marked; PostgreSQL has tags, see openPostgres
			if _, err := tx.ExecContext(ctx, `DELETE FROM witness_touched`); err != nil {
				return err
			}
		}
		end := new(trailEnd)
		ctx = context.WithValue(ctx, trailEnd{}, end)
		if err := fn(ctx, tx); err != nil {
			return err
		}
		return s.witness(ctx, tx, end)
	})
}

// trailEnd is the last line that a transaction wrote into the trail, zero when
// it wrote none. It is also the key that it stands under in the context.
type trailEnd audit.Head

// quietly1 runs one statement so.
func (s *Store) quietly1(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = s.quietly(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err = affected(tx.NewRaw(query, args...).Exec(ctx))
		return err
	})
	return n, err
}

// endOfTrail is what heads of marks and of the trail are compared by.
func (h *witnessHead) endOfTrail() audit.Head { return audit.Head{Number: h.Number, Hash: h.Hash} }
