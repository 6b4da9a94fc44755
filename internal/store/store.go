// Package store is what the server remembers: uploads, applications, files,
// runs, dead letters. The database is the truth and the queue a hint: what is
// to be done next can always be read from the rows (see [Store.Due]).
//
// Work is fenced: a claim raises the row's attempt, and a result is accepted
// only from the attempt that holds the row. So a worker that was thought dead
// and comes back cannot overwrite what its successor did.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrFenced is returned when a result comes from an attempt that no longer holds the row.
var ErrFenced = errors.New("another attempt holds this row")

// ErrNotFound is returned when there is no such row.
var ErrNotFound = errors.New("no such row")

// Store is the database. It is safe for concurrent use.
type Store struct {
	db   *bun.DB
	key  *witnessKey
	file string // of the key; "" where there is none
	news news

	Webhooks []string // addresses that are told of every report; set before anything is judged
}

// sqliteSettings: writers wait for each other instead of failing, readers
// never wait, and a transaction takes its write lock at its start.
const sqliteSettings = "_journal_mode=WAL&_busy_timeout=10000&_synchronous=NORMAL&_foreign_keys=1&_txlock=immediate"

// Open opens the database, creates its tables when absent and brings them up to
// date. where is the path of an SQLite file, which several processes of one
// machine may share, or a postgres:// URL.
func Open(ctx context.Context, where string) (*Store, error) { return OpenWith(ctx, where, "") }

// OpenWith is Open with the file of the key that rows are marked with. Where it
// is "", the key of an SQLite file stands beside it, and is made when there is
// none; PostgreSQL's rows are marked without a secret. [ErrOtherKey] when the
// rows are marked with another one.
func OpenWith(ctx context.Context, where, keyFile string) (*Store, error) {
	if keyFile == "" {
		keyFile = keyBeside(where)
	}
	s, unlock, err := connect(ctx, where)
	if err != nil {
		return nil, err
	}
	defer unlock()
	err = s.upgrade(ctx, keyFile)
	if err == nil {
		err = errors.Join(s.readClock(ctx), s.appendOnly(ctx), s.catchUp(ctx))
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("the database's tables cannot be brought up to date: %w", err)
	}
	return s, nil
}

// keyBeside is where the key of an SQLite file is kept.
func keyBeside(where string) string {
	if onServer(where) {
		return ""
	}
	return filepath.Join(filepath.Dir(where), "witness.key")
}

func onServer(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// connect opens the database as it is; until unlock no other process migrates.
func connect(ctx context.Context, where string) (s *Store, unlock func(), err error) {
	if onServer(where) {
		return openPostgres(ctx, where)
	}
	return openSQLite(ctx, where)
}

// openSQLite opens a file; unlock lets the next process migrate.
func openSQLite(_ context.Context, path string) (s *Store, unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, nil, fmt.Errorf("data folder: %w", err)
	}
	if unlock, err = lock(path + ".migrate.lock"); err != nil {
		return nil, nil, fmt.Errorf("database %s: %w", path, err)
	}
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: sqliteSettings}).String()
	raw, err := sql.Open(sqliteDriver, name)
	if err != nil {
		unlock()
		return nil, nil, fmt.Errorf("database %s: %w", path, err)
	}
	raw.SetMaxOpenConns(8)
	raw.SetMaxIdleConns(8)
	return &Store{db: bun.NewDB(raw, sqlitedialect.New(), bun.WithDiscardUnknownColumns())}, unlock, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// lock takes an exclusive lock on a file; the system lets go of it when the process ends.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

// change runs fn in one transaction, and marks the rows that it touched.
func (s *Store) change(ctx context.Context, fn func(context.Context, bun.Tx) error) error {
	err := s.quietly(ctx, fn)
	if err == nil {
		s.tell()
	}
	return err
}

// Busy says whether an error only means that the database was occupied for too long.
func Busy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
}

// Unreachable says whether an error only means that the database could not be
// reached or had no room: the same may succeed later.
func Unreachable(err error) bool {
	var lite sqlite3.Error
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	var network *net.OpError
	switch {
	case errors.As(err, &lite):
		return lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked || lite.Code == sqlite3.ErrFull || lite.Code == sqlite3.ErrIoErr
	case errors.As(err, &pg): // connections, resources, the operator's intervention, deadlocks
		return slices.Contains([]string{"08", "53", "57", "40"}, pg.Code[:2])
	}
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.ErrUnexpectedEOF)
}

// affected is how many rows a statement changed.
func affected(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
