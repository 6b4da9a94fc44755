package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hequan"
	"hequan/checks"
	"hequan/internal/store"
)

// fromDatabase judges the applications of an upload again, from the documents
// of their latest runs, and adds the runs that differ, all in one transaction.
func (c *RecheckCmd) fromDatabase(ctx context.Context, rules checks.Case) (before, after []*hequan.Report, failed int, err error) {
	db, err := c.openDatabase(ctx)
	if err != nil {
		return nil, nil, 0, &exitError{exitUsage, err}
	}
	defer db.Close()
	uploads, err := c.uploads(ctx, db)
	if err != nil {
		return nil, nil, 0, &exitError{exitUsage, err}
	}
	var runs []store.Run
	for _, u := range uploads {
		was, kept, err := c.members(ctx, db, u, &failed)
		if err != nil {
			return nil, nil, 0, err
		}
		var cases []checks.Case
		for i, r := range was {
			one, err := caseOf(r, rules)
			if err != nil {
				return nil, nil, 0, fmt.Errorf("%s: %w", kept[i].ApplicationID, err)
			}
			cases = append(cases, one)
		}
		is, err := judgeAgain(ctx, cases)
		if err != nil {
			return nil, nil, 0, err
		}
		for i, r := range is {
			data, err := json.Marshal(r)
			if err != nil {
				return nil, nil, 0, err
			}
			if run := kept[i]; string(data) != run.Report {
				run.Policy, run.Version, run.Verdict, run.Report = r.Policy, r.Version, string(r.Verdict), string(data)
				runs = append(runs, run)
			}
		}
		before, after = append(before, was...), append(after, is...)
	}
	if c.DryRun {
		return before, after, failed, nil
	}
	left, err := db.AddRuns(ctx, runs)
	for _, id := range left {
		fmt.Fprintf(os.Stderr, "hequan: application %s was judged by another meanwhile: its newer run stands\n", id)
	}
	return before, after, failed + len(left), err
}

func (c *RecheckCmd) openDatabase(ctx context.Context) (*store.Store, error) {
	if c.Database != "" {
		return store.OpenWith(ctx, c.Database, c.Witness)
	}
	path := filepath.Join(c.Data, "hequan.db")
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("%s is no data folder of serve: it holds no hequan.db", c.Data)
	}
	return store.OpenWith(ctx, path, c.Witness)
}

// mostListed bounds what is looked through for an upload.
const mostListed = 1_000_000

// uploads returns the ids of the uploads that are meant.
func (c *RecheckCmd) uploads(ctx context.Context, db *store.Store) ([]string, error) {
	list, err := db.List(ctx, "", mostListed)
	if err != nil {
		return nil, err
	}
	var ids, known []string
	seen := map[string]bool{}
	for i := len(list) - 1; i >= 0; i-- { // the oldest first
		id := list[i].UploadID
		if seen[id] {
			continue
		}
		seen[id] = true
		u, err := db.Upload(ctx, id)
		if err != nil {
			return nil, err
		}
		known = append(known, fmt.Sprintf("%s (%s)", id, u.Name))
		if c.Window == "all" || c.Window == id || c.Window == u.Name {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("there is no upload %q; there are: %s", c.Window, strings.Join(known, ", "))
	}
	return ids, nil
}

// members returns the reports of an upload's applications and their latest
// runs. Applications that are not judged yet are told and counted.
func (c *RecheckCmd) members(ctx context.Context, db *store.Store, upload string, failed *int) ([]*hequan.Report, []store.Run, error) {
	all, err := db.List(ctx, upload, mostListed)
	if err != nil {
		return nil, nil, err
	}
	var reports []*hequan.Report
	var runs []store.Run
	for _, app := range all {
		if app.State != store.Done {
			fmt.Fprintf(os.Stderr, "hequan: %s is not judged yet (%s): left out\n", app.Name, app.State)
			*failed++
			continue
		}
		run, err := db.LatestRun(ctx, app.ID)
		if err != nil {
			return nil, nil, err
		}
		r := new(hequan.Report)
		if err := json.Unmarshal([]byte(run.Report), r); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("run %d of %s cannot be read", run.Number, app.ID), err)
		}
		if r.Form == nil { // written by an older version: the form is kept beside the report
			var kept struct {
				Form    *hequan.Application `json:"form"`
				Present bool                `json:"present"`
			}
			if err := json.Unmarshal([]byte(app.Form), &kept); err != nil {
				return nil, nil, fmt.Errorf("the form of %s: %w", app.ID, err)
			}
			if kept.Present {
				r.Form = kept.Form
			}
		}
		reports, runs = append(reports, r), append(runs, *run)
	}
	return reports, runs, nil
}
