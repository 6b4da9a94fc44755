package store

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun/dialect"
)

// reading is what a server's clock said at a moment of this process.
type reading struct {
	at time.Time // with the monotonic clock, which does not jump
	ms int64
}

// clock is the last reading of the database server's clock; nil where the
// database is a file of this machine. Leases are only worth something among
// machines that agree on the time, so the server's time is everybody's. A
// process has one database.
var clock atomic.Pointer[reading]

// now is the time in milliseconds, UTC.
func now() int64 {
	if c := clock.Load(); c != nil {
		return c.ms + time.Since(c.at).Milliseconds()
	}
	return time.Now().UnixMilli()
}

// readClock asks the database server for the time.
func (s *Store) readClock(ctx context.Context) error {
	if s.db.Dialect().Name() != dialect.PG {
		return nil
	}
	var c reading
	if err := s.db.QueryRowContext(ctx, `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint`).Scan(&c.ms); err != nil {
		return err
	}
	c.at = time.Now()
	clock.Store(&c)
	return nil
}

// LongestLease is further than any lease or backoff may reach: one that ends
// later was given before the clock was set back.
const LongestLease = 10 * time.Minute

const longestLease = int64(LongestLease / time.Millisecond)
