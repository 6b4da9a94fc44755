package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"hequan/internal/audit"
	"hequan/internal/blob"
	"hequan/internal/dossier"
	"hequan/internal/store"
)

// AuditCmd reads the audit trail.
type AuditCmd struct {
	Verify  AuditVerifyCmd  `cmd:"" help:"Check that no line of the audit trail, no row of any table and no kept file was altered, deleted, moved or inserted."`
	Export  AuditExportCmd  `cmd:"" help:"Write the audit trail as JSON lines, each with its hash."`
	Witness AuditWitnessCmd `cmd:"" help:"Mark all rows anew as they stand: after mending by hand, with another key. It is told to the audit trail."`
}

// AuditVerifyCmd checks trail, rows and files.
type AuditVerifyCmd struct {
	NoFiles bool   `help:"Don't read the kept files, which may take long."`
	Kept    string `help:"An end of the trail that was printed earlier and kept elsewhere: it must still be part of it." placeholder:"NUMBER:HASH"`
	dataFlags
}

// Run prints what is wrong; the exit status is 1 then.
func (c *AuditVerifyCmd) Run(ctx context.Context) error {
	kept := audit.Head{}
	if c.Kept != "" {
		var err error
		if kept, err = audit.ParseHead(c.Kept); err != nil {
			return &exitError{exitUsage, err}
		}
	}
	db, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := db.VerifyAudit(ctx, kept)
	if err != nil {
		return err
	}
	rows, err := db.VerifyRows(ctx)
	if err != nil {
		return err
	}
	files, wrong, err := c.verifyFiles(ctx, db)
	if err != nil {
		return err
	}
	problems := slices.Concat(v.Problems, rows.Problems, wrong)
	for _, p := range problems {
		fmt.Println("✗", p)
	}
	if len(problems) > 0 {
		return &exitError{exitFinding, errors.New("the audit trail, rows or files were tampered with, see above")}
	}
	fmt.Printf("✓ 数据库 %d 行与校验码（密钥 %s）相符，%s\n", rows.Rows, rows.Key, files)
	if !rows.Keyed() {
		fmt.Println("! 未指定密钥（--witness-key）：了解本程序的人改动数据后可以重新生成校验码")
	}
	fmt.Printf("✓ 审计记录 %d 行完整。末行（请另行保存，供以后核验）：\n%s\n", v.Last.Number, v.Last)
	return nil
}

// verifyFiles compares each kept file that a row speaks of with its name, its sha256.
func (c *AuditVerifyCmd) verifyFiles(ctx context.Context, db *store.Store) (told string, wrong []string, err error) {
	if c.NoFiles {
		return "文件未核对", nil, nil
	}
	blobs, err := c.openBlobs() //nolint:contextcheck // blobs have time limits of their own
	if err != nil {
		return "", nil, err
	}
	done := map[string]bool{}
	err = db.References(ctx, func(sum string) error {
		if done[sum] {
			return ctx.Err()
		}
		done[sum] = true
		err := readBlob(blobs, sum)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			wrong = append(wrong, fmt.Sprintf("文件 %s 缺失", sum))
		case errors.Is(err, blob.ErrDamaged):
			wrong = append(wrong, fmt.Sprintf("文件 %s 的内容与其散列不符（被改动或调换）", sum))
		default:
			return err
		}
		return nil
	})
	return fmt.Sprintf("%d 个文件与其散列相符", len(done)), wrong, err
}

// readBlob reads a whole blob; the store compares it with its name.
func readBlob(blobs blob.Store, sum string) error {
	dir, err := os.MkdirTemp("", "hequan-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	_, err = blobs.File(sum, dir)
	return err
}

// AuditWitnessCmd marks rows.
type AuditWitnessCmd struct {
	Reason string `required:"" help:"Why: it is kept in the audit trail." placeholder:"TEXT"`
	dataFlags
}

// Run tells what was wrong before.
func (c *AuditWitnessCmd) Run(ctx context.Context) error {
	if err := c.existing(); err != nil {
		return &exitError{exitUsage, err}
	}
	if c.Database == "" {
		lock, err := dataLock(c.Data, true)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		defer lock.Close()
	}
	wrong, err := store.Remark(byConsole(ctx), c.database(), c.dataFlags.Witness, strings.TrimSpace(c.Reason))
	if err != nil {
		return &exitError{exitFailed, err}
	}
	for _, w := range wrong {
		fmt.Println("!", w)
	}
	fmt.Printf("已按现状重新生成校验码；此前有 %d 处不符，已记入审计记录\n", len(wrong))
	return nil
}

// AuditExportCmd writes the trail.
type AuditExportCmd struct {
	Application string `help:"Only lines of this application." placeholder:"ID"`
	Output      string `short:"o" help:"Write to a file instead of the terminal." placeholder:"FILE" type:"path"`
	dataFlags
}

// Run writes a JSON object a line.
func (c *AuditExportCmd) Run(ctx context.Context) (err error) {
	db, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	file := os.Stdout
	if c.Output != "" {
		if file, err = os.OpenFile(c.Output, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return &exitError{exitUsage, err}
		}
		defer func() { err = errors.Join(err, file.Close()) }()
	}
	out := bufio.NewWriter(file)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err = db.EachAuditLine(ctx, c.Application, 0, func(l *audit.Line) error {
		text, err := l.Canonical()
		if err != nil {
			return err
		}
		return enc.Encode(dossier.Line{Line: text, Previous: l.Previous, Hash: l.Hash})
	})
	return errors.Join(err, out.Flush())
}
