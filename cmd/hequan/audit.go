package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"hequan/internal/audit"
	"hequan/internal/dossier"
)

// AuditCmd reads the audit trail.
type AuditCmd struct {
	Verify AuditVerifyCmd `cmd:"" help:"Check that no line of the audit trail was altered, deleted, moved or inserted."`
	Export AuditExportCmd `cmd:"" help:"Write the audit trail as JSON lines, each with its hash."`
}

// AuditVerifyCmd checks the trail.
type AuditVerifyCmd struct {
	Kept string `help:"An end of the trail that was printed earlier and kept elsewhere: it must still be part of it." placeholder:"NUMBER:HASH"`
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
	for _, p := range v.Problems {
		fmt.Println("✗", p)
	}
	if len(v.Problems) > 0 {
		return &exitError{exitFinding, errors.New("the audit trail was tampered with, see above")}
	}
	fmt.Printf("✓ %d 行完整。末行（请另行保存，供以后核验）：\n%s\n", v.Last.Number, v.Last)
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
