package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"

	"hequan/internal/audit"
	"hequan/internal/store"
	"hequan/worker"
)

// EraseCmd erases an application.
type EraseCmd struct {
	Application string `arg:"" help:"Its id, as in the address of its page."`
	Reason      string `required:"" help:"Why: it is kept in the audit trail." placeholder:"TEXT"`
	dataFlags
}

// Run erases rows and files; what other machines have in their caches they
// remove themselves within a minute.
func (c *EraseCmd) Run(ctx context.Context) error {
	if err := c.existing(); err != nil {
		return &exitError{exitUsage, err}
	}
	db, err := store.OpenWith(ctx, c.database(), c.Witness)
	if err != nil {
		return err
	}
	defer db.Close()
	blobs, err := c.openBlobs() //nolint:contextcheck // blobs have time limits of their own
	if err != nil {
		return err
	}
	who := "命令行"
	if u, err := user.Current(); err == nil {
		who = u.Username
	}
	erased, err := db.Erase(audit.With(ctx, audit.Actor{Person: who, Role: "console"}), c.Application, c.Reason)
	if errors.Is(err, store.ErrNotFound) {
		return &exitError{exitUsage, fmt.Errorf("there is no application %q: the id stands in the address of its page", c.Application)}
	}
	if err != nil {
		return err
	}
	removed, later := 0, 0
	for sum := range erased.Blobs {
		gone, err := worker.RemoveUnused(ctx, db, blobs, sum)
		if err != nil {
			return fmt.Errorf("the rows are erased; a file is not, and will be by the workers: %w", err)
		}
		if gone {
			removed++
		} else {
			later++
		}
	}
	fmt.Printf("已抹除申报 %s：%d 行记录；%d 个文件已删除或仍被其他申报使用", c.Application, erased.Rows, removed)
	if later > 0 {
		fmt.Printf("；%d 个文件写入未满 24 小时，届时由处理程序删除", later)
	}
	fmt.Println()
	return nil
}
