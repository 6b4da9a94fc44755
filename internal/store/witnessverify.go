package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hequan/internal/audit"
)

// Witnessed is what looking at every row came to.
type Witnessed struct {
	Rows     int64
	Key      string   // the name of the key; "public" where none was given
	Problems []string // what is wrong, table by table
}

// Keyed says whether the marks prove anything against those who know the program.
func (w *Witnessed) Keyed() bool { return w.Key != publicKey.name }

// most problems that are told of a table.
const mostTold = 20

// each calls visit with name, digest and mark of every row.
func (w *witnessed) each(ctx context.Context, db bun.IConn, visit func(pk, digest, mark string)) error {
	columns := make([]string, len(w.columns))
	for i, c := range w.columns {
		columns[i] = `CAST(d."` + c + `" AS TEXT)`
	}
	pk := w.pkOf("d.")
	query := `SELECT ` + pk + `, coalesce(r.mark, ''), ` + strings.Join(columns, ", ") + ` FROM "` + w.name + `" d LEFT JOIN witness_rows r ON r.tbl = '` + w.name + `' AND r.pk = ` + pk
	values, name, mark := make([]sql.NullString, len(columns)), "", ""
	texts, into := make([]string, len(columns)), []any{&name, &mark}
	for i := range values {
		into = append(into, &values[i])
	}
	return each(ctx, db, query, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("table %s: %w", w.name, err)
		}
		for i, v := range values {
			texts[i] = v.String
		}
		visit(name, rowDigest(w.columns, texts), mark)
		return nil
	})
}

// VerifyRows compares every row with its mark, all marks with their total, and
// the end of the audit trail with the one that was marked, as of one moment.
// Others may go on working.
func (s *Store) VerifyRows(ctx context.Context) (*Witnessed, error) {
	conn, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer endSnapshot(ctx, conn)
	return s.verifyRows(ctx, conn)
}

func (s *Store) verifyRows(ctx context.Context, conn bun.IDB) (*Witnessed, error) {
	out := &Witnessed{Key: s.key.name}
	tables, err := witnessedTables(ctx, conn)
	if err != nil {
		return nil, err
	}
	if out.Problems, err = strangeTriggers(ctx, conn, tables); err != nil {
		return nil, err
	}
	marks, total := int64(0), new(big.Int)
	known := map[string]bool{}
	for i := range tables {
		known[tables[i].name] = true
		if err := s.verifyTable(ctx, conn, &tables[i], out, &marks, total); err != nil {
			return nil, err
		}
	}
	// Marks of tables that are gone.
	err = each(ctx, conn, `SELECT tbl, count(*) FROM witness_rows GROUP BY tbl ORDER BY tbl`, func(rows *sql.Rows) error {
		var table string
		var n int64
		err := rows.Scan(&table, &n)
		if !known[table] {
			out.Problems = append(out.Problems, fmt.Sprintf("数据表 %s 被删除（%d 行）", table, n))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.verifyHead(ctx, conn, out, marks, total); err != nil {
		return nil, err
	}
	return out, s.verifyTold(ctx, conn, out)
}

func (s *Store) verifyTable(ctx context.Context, conn bun.IConn, w *witnessed, out *Witnessed, marks *int64, total *big.Int) error {
	told := 0
	tell := func(pk, what string) {
		if told++; told <= mostTold {
			out.Problems = append(out.Problems, fmt.Sprintf("数据表 %s 的行 %s %s", w.name, pk, what))
		}
	}
	err := w.each(ctx, conn, func(pk, digest, mark string) {
		out.Rows++
		switch mark {
		case s.key.row(w.name, pk, digest):
		case "":
			tell(pk, "没有校验码（绕过程序添加）")
		default:
			tell(pk, "的内容与校验码不符（被改动）")
		}
	})
	if err != nil {
		return err
	}
	err = each(ctx, conn, `SELECT pk FROM witness_rows WHERE tbl = '`+w.name+`' EXCEPT SELECT `+w.pkOf("")+` FROM "`+w.name+`" ORDER BY 1`, func(rows *sql.Rows) error {
		var pk string
		err := rows.Scan(&pk)
		tell(pk, "有校验码而内容缺失（被删除）")
		return err
	})
	if err != nil {
		return err
	}
	if told > mostTold {
		out.Problems = append(out.Problems, fmt.Sprintf("数据表 %s 另有 %d 处", w.name, told-mostTold))
	}
	return each(ctx, conn, `SELECT pk, mark FROM witness_rows WHERE tbl = '`+w.name+`'`, func(rows *sql.Rows) error {
		var pk, mark string
		err := rows.Scan(&pk, &mark)
		*marks++
		total.Add(total, s.key.term(w.name, pk, mark))
		return err
	})
}

func (s *Store) verifyHead(ctx context.Context, conn bun.IConn, out *Witnessed, marks int64, total *big.Int) error {
	var h witnessHead
	err := conn.QueryRowContext(ctx, `SELECT `+headColumns+` FROM witness_head WHERE id = 1`).Scan(&h.Key, &h.Marks, &h.Total, &h.Nonce, &h.Number, &h.Hash, &h.Mark)
	if errors.Is(err, sql.ErrNoRows) {
		out.Problems = append(out.Problems, "总校验码被删除")
		return nil
	}
	if err != nil {
		return err
	}
	var trail audit.Head
	if err := conn.QueryRowContext(ctx, `SELECT number, hash FROM audit_head WHERE id = 1`).Scan(&trail.Number, &trail.Hash); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	want := s.key.show(h.Total, h.Nonce)
	switch {
	case h.Mark != h.markBy(s.key):
		out.Problems = append(out.Problems, "总校验码被改动，或由另一密钥生成")
	case h.Marks != marks:
		out.Problems = append(out.Problems, fmt.Sprintf("应有 %d 行，现有 %d 行的校验码（有行连同校验码被删除或添加）", h.Marks, marks))
	case want == nil || want.Cmp(total.Mod(total, modulus)) != 0:
		out.Problems = append(out.Problems, "各行校验码与总校验码不符（有行连同校验码被还原为较早的内容）")
	}
	if h.endOfTrail() != trail {
		out.Problems = append(out.Problems, fmt.Sprintf("审计记录的末行应为第 %d 行（%s…），实为第 %d 行（%s…）：审计记录被重写、截去，或数据被还原到较早的时间", h.Number, short(h.Hash), trail.Number, short(trail.Hash)))
	}
	return nil
}

func short(hash string) string { return hash[:min(8, len(hash))] }

// verifyTold repeats what the program itself found while it worked.
func (s *Store) verifyTold(ctx context.Context, conn bun.IConn, out *Witnessed) error {
	var told []string
	err := each(ctx, conn, `SELECT number, subject, detail FROM audit WHERE event = '`+eventBroken+`' AND number > (SELECT coalesce(max(number), 0) FROM audit WHERE event = '`+eventRemark+`') ORDER BY number`, func(rows *sql.Rows) error {
		var number int64
		var subject, detail string
		err := rows.Scan(&number, &subject, &detail)
		told = append(told, fmt.Sprintf("审计记录第 %d 行：程序改写前发现 %s 被篡改 %s", number, subject, detail))
		return err
	})
	out.Problems = slices.Concat(out.Problems, told[:min(len(told), mostTold)])
	if len(told) > mostTold {
		out.Problems = append(out.Problems, fmt.Sprintf("审计记录中另有 %d 处", len(told)-mostTold))
	}
	return err
}

// snapshot is a connection that sees the rows as of one moment.
func (s *Store) snapshot(ctx context.Context) (bun.Conn, error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return conn, err
	}
	begin := "BEGIN" // SQLite's read transaction
	if s.pg() {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		conn.Close()
		return conn, err
	}
	return conn, nil
}

func endSnapshot(ctx context.Context, conn bun.Conn) {
	_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // nothing was written
	conn.Close()
}
