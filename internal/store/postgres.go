package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib" // and the driver "pgx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// migrationLock is the number of the advisory lock under which tables are changed.
const migrationLock = 0x6865_7175_616e // "hequan"

// openPostgres connects to a server; unlock lets the next process migrate.
func openPostgres(ctx context.Context, address string) (s *Store, unlock func(), err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, nil, fmt.Errorf("the address of PostgreSQL is postgres://[user:password@]host[:port]/database: %w", err)
	}
	// Each connection has a tag that nobody can guess: what triggers note of its
	// changes is told from what others write into that table (see witness.go).
	raw := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, `SELECT set_config('hequan.tag', $1, false)`, rand.Text())
		return err
	}))
	raw.SetMaxOpenConns(16)
	raw.SetMaxIdleConns(8)
	held, err := raw.Conn(ctx)
	if err == nil {
		_, err = held.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock))
	}
	if err != nil {
		raw.Close()
		return nil, nil, fmt.Errorf("PostgreSQL at %s does not answer (is it running? are user, password and database right?): %w", hostOf(address), err)
	}
	unlock = func() {
		// Closing the connection would do, but it goes back to the pool.
		if _, err := held.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrationLock)); err != nil {
			raw.Close()
		}
		held.Close()
	}
	return &Store{db: bun.NewDB(raw, pgdialect.New(), bun.WithDiscardUnknownColumns())}, unlock, nil
}

// hostOf names the server without user and password.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "this address"
	}
	return u.Host + u.Path
}
