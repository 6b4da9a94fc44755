package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"

	"hequan/internal/eval"
)

// writeParts writes a score into the folder of --parts, and beside it the
// measures of each family and of the labels themselves: of one reading.
func (c *EvalCmd) writeParts(score *eval.Score, cases, perfect []evalCase) error {
	if err := os.MkdirAll(c.Parts, 0o755); err != nil {
		return err
	}
	file := func(name string, print func(io.Writer) error) error {
		var buf bytes.Buffer
		if err := print(&buf); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(c.Parts, name), buf.Bytes(), 0o644)
	}
	measures := func(name string, s *eval.Score) error {
		return file(name+".txt", func(w io.Writer) error {
			eval.PrintMeasures(w, s)
			return nil
		})
	}
	if err := file("score.json", func(w io.Writer) error { return writeIndented(w, score) }); err != nil {
		return err
	}
	if err := file("score.txt", func(w io.Writer) error { eval.Print(w, score); return nil }); err != nil {
		return err
	}
	if err := measures("all", score); err != nil {
		return err
	}
	families := map[string][]evalCase{}
	for _, one := range cases {
		name := one.truth.FamilyName()
		families[name] = append(families[name], one)
	}
	for name, members := range families {
		if err := measures(name, scoreOf(members)); err != nil {
			return err
		}
	}
	return measures("from-truth", scoreOf(perfect))
}
