package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"hequan"
	"hequan/internal/audit"
	"hequan/internal/blob"
	"hequan/internal/dossier"
	"hequan/internal/store"
)

// DossierCmd files an application away.
type DossierCmd struct {
	Make   DossierMakeCmd   `cmd:"" help:"Write all that is known of an application into one file: reports, readings, decisions, letters, audit lines, with hashes."`
	Verify DossierVerifyCmd `cmd:"" help:"Check such a file, without a database."`
}

// DossierMakeCmd makes a dossier.
type DossierMakeCmd struct {
	Application string `arg:"" help:"Id of the application, as in the address of its page."`
	Output      string `short:"o" required:"" help:"File to write." placeholder:"FILE.zip" type:"path"`
	dataFlags
}

// Run writes the file and prints the hash of its manifest.
func (c *DossierMakeCmd) Run(ctx context.Context) error {
	ctx = byConsole(ctx)
	db, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	blobs, err := c.openBlobs() //nolint:contextcheck // blobs bound their own time
	if err != nil {
		return err
	}
	m, files, err := gather(ctx, db, blobs, c.Application)
	if errors.Is(err, store.ErrNotFound) {
		return &exitError{exitUsage, fmt.Errorf("there is no application %s, or it is not judged yet: its id stands in the address of its page", c.Application)}
	}
	if err != nil {
		return err
	}
	var out bytes.Buffer
	hash, err := dossier.Write(&out, *m, files)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Output, out.Bytes(), 0o600); err != nil {
		return &exitError{exitUsage, err}
	}
	if err := db.Record(ctx, store.Event{Name: "dossier", Application: m.Application, Detail: struct {
		Manifest string `json:"manifest"`
	}{hash}}); err != nil {
		return err
	}
	fmt.Println(hash)
	fmt.Fprintf(os.Stderr, "卷宗 %s：%d 个文件。请另行保存上面的散列，供以后核验。\n", c.Output, len(files))
	return nil
}

// original is a file that was handed in, by its hash; the file itself stays where it is.
type original struct {
	Name       string `json:"name"`
	SHA256     string `json:"sha256"`
	Bytes      int64  `json:"bytes"`
	Round      int    `json:"round"`
	ReplacedIn int    `json:"replaced_in"`
	Reading    string `json:"reading,omitempty"` // entry of the dossier that holds what was read of it, gzipped JSON
}

// gather collects what the dossier holds.
func gather(ctx context.Context, db *store.Store, blobs blob.Store, id string) (*dossier.Manifest, map[string][]byte, error) {
	app, err := db.Application(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	head, err := db.AuditHead(ctx)
	if err != nil {
		return nil, nil, err
	}
	m := &dossier.Manifest{Application: id, Name: app.Name, Applicant: app.Applicant, Version: hequan.Version, AuditHead: head.String()}
	files := map[string][]byte{}
	if err := addRuns(ctx, db, app, m, files); err != nil {
		return nil, nil, err
	}
	if err := addOriginals(ctx, db, blobs, id, files); err != nil {
		return nil, nil, err
	}
	if err := addPeople(ctx, db, id, files); err != nil {
		return nil, nil, err
	}
	var lines bytes.Buffer
	err = db.EachAuditLine(ctx, id, 0, func(l *audit.Line) error {
		text, err := l.Canonical()
		if err != nil {
			return err
		}
		enc := json.NewEncoder(&lines)
		enc.SetEscapeHTML(false)
		return enc.Encode(dossier.Line{Line: text, Previous: l.Previous, Hash: l.Hash})
	})
	files[dossier.AuditName] = lines.Bytes()
	return m, files, err
}

func addRuns(ctx context.Context, db *store.Store, app *store.Application, m *dossier.Manifest, files map[string][]byte) error {
	if app.Run == 0 {
		return store.ErrNotFound
	}
	for n := 1; n <= app.Run; n++ {
		run, err := db.RunOf(ctx, app.ID, n)
		if err != nil {
			return err
		}
		files[dossier.RunName(n)], m.Policy = []byte(run.Report), run.Policy
	}
	return nil
}

func addOriginals(ctx context.Context, db *store.Store, blobs blob.Store, id string, files map[string][]byte) error {
	live, err := db.Files(ctx, id)
	if err != nil {
		return err
	}
	old, err := db.Replaced(ctx, id)
	if err != nil {
		return err
	}
	list := []original{}
	for _, f := range append(live, old...) {
		o := original{Name: f.Name, SHA256: f.SHA256, Bytes: f.Bytes, Round: f.Round, ReplacedIn: f.ReplacedIn}
		if f.State == store.Done && f.Reading != "" {
			data, err := blobs.Get(f.Reading)
			if err != nil {
				return fmt.Errorf("what was read of %s: %w", f.Name, err)
			}
			o.Reading = "readings/" + f.SHA256 + ".json.gz"
			files[o.Reading] = data
		}
		list = append(list, o)
	}
	return addJSON(files, dossier.OriginalsName, list)
}

// addPeople adds what people decided, corrected, wrote and handed in.
func addPeople(ctx context.Context, db *store.Store, id string, files map[string][]byte) error {
	decisions, err := db.Decisions(ctx, id)
	if err != nil {
		return err
	}
	corrections, err := db.Corrections(ctx, id)
	if err != nil {
		return err
	}
	notices, err := db.Notices(ctx, id)
	if err != nil {
		return err
	}
	rounds, err := db.Rounds(ctx, id)
	if err != nil {
		return err
	}
	assignments, err := db.Assignments(ctx, id)
	if err != nil {
		return err
	}
	ticks, err := db.HandChecks(ctx, id)
	if err != nil {
		return err
	}
	for i := range notices {
		if notices[i].IssuedAt > 0 {
			files[dossier.NoticeName(notices[i].Number)] = []byte(notices[i].Body)
		}
	}
	return errors.Join(addJSON(files, dossier.DecisionsName, decisions), addJSON(files, dossier.CorrectionsName, corrections),
		addJSON(files, dossier.NoticesName, notices), addJSON(files, dossier.RoundsName, rounds),
		addJSON(files, dossier.AssignmentsName, assignments), addJSON(files, dossier.HandChecksName, ticks))
}

func addJSON(files map[string][]byte, name string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	files[name] = data
	return err
}

// DossierVerifyCmd checks a dossier.
type DossierVerifyCmd struct {
	File string `arg:"" type:"existingfile"`
	Kept string `help:"The hash that was printed when it was made." placeholder:"HASH"`
}

// Run prints what is wrong; the exit status is 1 then.
func (c *DossierVerifyCmd) Run() error {
	f, err := os.Open(c.File)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	m, hash, problems, err := dossier.Verify(f, info.Size())
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("%s is no dossier: %w", c.File, err)}
	}
	if c.Kept != "" && c.Kept != hash {
		problems = append(problems, "清单与另存的散列不符：不是当时制作的那一份")
	}
	for _, p := range problems {
		fmt.Println("✗", p)
	}
	if len(problems) > 0 {
		return &exitError{exitFinding, errors.New("the dossier was tampered with, see above")}
	}
	fmt.Printf("✓ %s %s：%d 个文件完整，审计记录至 %s\n清单散列 %s\n", m.Name, m.Applicant, len(m.Files), m.AuditHead, hash)
	return nil
}
