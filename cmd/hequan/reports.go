package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hequan"
)

// loadReports reads reports as check --format json wrote them: one object,
// JSON Lines, or a folder of such files, in the order of their names.
func loadReports(path string) ([]*hequan.Report, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", path, errors.Unwrap(err))
	}
	files := []string{path}
	if info.IsDir() {
		files = nil
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if ext := filepath.Ext(e.Name()); !e.IsDir() && (ext == ".json" || ext == ".jsonl") && !strings.HasPrefix(e.Name(), ".") {
				files = append(files, filepath.Join(path, e.Name()))
			}
		}
		slices.Sort(files)
	}
	var out []*hequan.Report
	for _, file := range files {
		reports, err := loadReportFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, reports...)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no report of check --format json", path)
	}
	return out, nil
}

func loadReportFile(path string) ([]*hequan.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []*hequan.Report
	for dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)); ; {
		r := new(hequan.Report)
		err := dec.Decode(r)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("report %d is no JSON of a report: %w", len(out)+1, err)
		}
		if r.Schema != hequan.Schema {
			return nil, fmt.Errorf("object %d is no report: its schema is %q, not %q", len(out)+1, r.Schema, hequan.Schema)
		}
		out = append(out, r)
	}
}
