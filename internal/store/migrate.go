package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun/migrate"
)

// Migration is a step that brings the tables up to date.
type Migration struct {
	Name    string    // date and what it is about
	Applied time.Time // zero when it is still to be done
}

// Migrations says which steps the database at an address has taken and which it
// lacks, without taking any. A step that this program does not know, of a newer
// version, is listed, too.
func Migrations(ctx context.Context, where string) ([]Migration, error) {
	s, unlock, err := connect(ctx, where)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	defer unlock()
	return s.migrations(ctx)
}

func (s *Store) migrations(ctx context.Context) ([]Migration, error) {
	m, err := s.migrator(ctx)
	if err != nil {
		return nil, err
	}
	known, err := m.MigrationsWithStatus(ctx)
	if err != nil {
		return nil, err
	}
	var out []Migration
	names := map[string]bool{}
	for _, k := range known {
		out = append(out, Migration{Name: k.Name + "_" + k.Comment, Applied: k.MigratedAt})
		names[k.Name] = true
	}
	applied, err := m.AppliedMigrations(ctx)
	for _, a := range applied {
		if !names[a.Name] {
			out = append(out, Migration{Name: a.Name + " (of a newer version)", Applied: a.MigratedAt})
		}
	}
	return out, err
}

func (s *Store) migrator(ctx context.Context) (*migrate.Migrator, error) {
	all := migrate.NewMigrations()
	if err := all.Discover(migrations); err != nil {
		return nil, err
	}
	m := migrate.NewMigrator(s.db, all, migrate.WithMarkAppliedOnSuccess(true))
	return m, m.Init(ctx)
}

// migrate runs the migrations that are missing, under a lock that ends with the
// process; bun's own lock table would stay locked after a crash.
func (s *Store) migrate(ctx context.Context) error {
	m, err := s.migrator(ctx)
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx)
	return err
}

// version names the steps that the tables have taken.
func (s *Store) version(ctx context.Context) (string, error) {
	steps, err := s.migrations(ctx)
	if err != nil {
		return "", err
	}
	var names []string
	for _, m := range steps {
		if m.Applied.IsZero() {
			return "", fmt.Errorf("the step %s is still to be done: run hequan migrate up", m.Name)
		}
		names = append(names, m.Name)
	}
	return strings.Join(names, " "), nil
}
