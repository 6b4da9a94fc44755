package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// dataFlags say where an installation keeps what it knows.
type dataFlags struct {
	Data     string `default:"hequan-data" help:"Folder of the database and the files." placeholder:"DIR" env:"HEQUAN_DATA" type:"path"`
	Database string `help:"PostgreSQL instead of SQLite in the data folder: postgres://[user:password@]host[:port]/database." placeholder:"URL" env:"HEQUAN_DATABASE"`
	Witness  string `name:"witness-key" help:"File of the key that rows are marked with, so that tampering is detected; made when absent. SQLite: witness.key in the data folder, if not named; PostgreSQL: without it anybody can make marks." placeholder:"FILE" env:"HEQUAN_WITNESS_KEY" type:"path"`
	Blobs    string `help:"Where the files are kept, if not in the data folder: a folder that all machines share, or s3://HOST[:PORT]/BUCKET[/PREFIX] (docs/operations.md)." placeholder:"DIR|URL" env:"HEQUAN_BLOBS"`
}

// database is the address of the database.
func (f *dataFlags) database() string {
	if f.Database != "" {
		return f.Database
	}
	return filepath.Join(f.Data, "hequan.db")
}

// openBlobs opens the files.
func (f *dataFlags) openBlobs() (blob.Store, error) {
	where := f.Blobs
	if where == "" {
		where = filepath.Join(f.Data, "blobs")
	}
	blobs, err := blob.Open(where)
	if err != nil {
		return nil, err
	}
	if s3, ok := blobs.(*blob.S3); ok {
		s3.Spool = filepath.Join(f.Data, "spool")
		return blobs, s3.Ping()
	}
	return blobs, nil
}

// existing refuses a data folder without a database, which would be made anew.
func (f *dataFlags) existing() error {
	if f.Database != "" {
		return nil
	}
	if _, err := os.Stat(f.database()); err != nil {
		return fmt.Errorf("%s is no data folder of serve: it holds no hequan.db (choose another with --data DIR, or name a --database URL)", f.Data)
	}
	return nil
}

// ExportCmd writes all that an installation keeps.
type ExportCmd struct {
	Dir string `arg:"" help:"Folder to write to; it must be empty or absent." type:"path"`
	dataFlags
}

// Run exports rows, then the files that they speak of. Others may go on working
// meanwhile: what they add is not part of it.
func (c *ExportCmd) Run(ctx context.Context) error {
	if err := c.existing(); err != nil {
		return &exitError{exitUsage, err}
	}
	if left, err := os.ReadDir(c.Dir); err == nil && len(left) > 0 {
		return &exitError{exitUsage, fmt.Errorf("%s is not empty", c.Dir)}
	}
	db, err := store.OpenWith(ctx, c.database(), c.Witness)
	if err != nil {
		return err
	}
	defer db.Close()
	from, err := c.openBlobs() //nolint:contextcheck // blobs have time limits of their own
	if err != nil {
		return err
	}
	to, err := blob.OpenFolder(filepath.Join(c.Dir, "blobs"))
	if err != nil {
		return err
	}
	rows, err := os.Create(filepath.Join(c.Dir, "rows.jsonl.part"))
	if err != nil {
		return err
	}
	err = errors.Join(db.Export(ctx, rows), rows.Sync(), rows.Close())
	if err != nil {
		return err
	}
	n, err := copyBlobs(ctx, db, from, to)
	if err != nil {
		return err
	}
	// The name says that all is there.
	if err := os.Rename(rows.Name(), filepath.Join(c.Dir, "rows.jsonl")); err != nil {
		return err
	}
	fmt.Printf("%d files and all rows are in %s\n", n, c.Dir)
	return nil
}

// copyBlobs copies every blob that the rows of db speak of.
func copyBlobs(ctx context.Context, db *store.Store, from, to blob.Store) (int, error) {
	done := map[string]bool{}
	err := db.References(ctx, func(sum string) error {
		if done[sum] {
			return ctx.Err()
		}
		done[sum] = true
		return copyBlob(from, to, sum)
	})
	return len(done), err
}

func copyBlob(from, to blob.Store, sum string) error {
	dir, err := os.MkdirTemp("", "hequan-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, err := from.File(sum, dir)
	if err != nil {
		return fmt.Errorf("the file %s: %w", sum, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = to.Put(f, 0)
	return err
}

// ImportCmd fills an empty installation.
type ImportCmd struct {
	Dir string `arg:"" help:"Folder that hequan export wrote." type:"existingdir"`
	dataFlags
}

// Run imports the files, then the rows, all or none.
func (c *ImportCmd) Run(ctx context.Context) error {
	rows, err := os.Open(filepath.Join(c.Dir, "rows.jsonl"))
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("%s is no finished export: %w", c.Dir, err)}
	}
	defer rows.Close()
	from, err := blob.OpenFolder(filepath.Join(c.Dir, "blobs"))
	if err != nil {
		return err
	}
	to, err := c.openBlobs() //nolint:contextcheck // blobs have time limits of their own
	if err != nil {
		return err
	}
	db, err := store.OpenWith(ctx, c.database(), c.Witness)
	if err != nil {
		return err
	}
	defer db.Close()
	files := 0
	err = from.Walk(func(b blob.Info) error {
		files++
		return errors.Join(ctx.Err(), copyBlob(from, to, b.SHA256))
	})
	if err != nil {
		return err
	}
	n, err := db.Import(ctx, rows)
	if err != nil {
		return err
	}
	if err := db.References(ctx, func(sum string) error { _, err := to.Get(sum); return err }); err != nil {
		return fmt.Errorf("the rows are imported, but a file is missing: %w", err)
	}
	fmt.Printf("%d rows and %d files are imported\n", n, files)
	return nil
}

// MigrateCmd is about the tables of the database.
type MigrateCmd struct {
	Up     MigrateUpCmd     `cmd:"" help:"Bring the tables up to date; serve and worker do so themselves at their start."`
	Status MigrateStatusCmd `cmd:"" help:"List the steps that the tables have taken or lack; exit status 1 when they lack some."`
}

// MigrateUpCmd takes the steps that are missing.
type MigrateUpCmd struct{ dataFlags }

// Run takes them.
func (c *MigrateUpCmd) Run(ctx context.Context) error {
	db, err := store.OpenWith(ctx, c.database(), c.Witness)
	if err != nil {
		return err
	}
	db.Close()
	return (&MigrateStatusCmd{c.dataFlags}).Run(ctx)
}

// MigrateStatusCmd lists the steps.
type MigrateStatusCmd struct{ dataFlags }

// Run lists them.
func (c *MigrateStatusCmd) Run(ctx context.Context) error {
	if err := c.existing(); err != nil {
		return &exitError{exitUsage, err}
	}
	steps, err := store.Migrations(ctx, c.database())
	if err != nil {
		return err
	}
	missing := 0
	for _, m := range steps {
		if m.Applied.IsZero() {
			missing++
			fmt.Printf("– %s\n", m.Name)
			continue
		}
		fmt.Printf("✓ %s\n", m.Name)
	}
	if missing > 0 {
		return &exitError{exitFinding, fmt.Errorf("%d steps are missing: run hequan migrate up", missing)}
	}
	return nil
}
