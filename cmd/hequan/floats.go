package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"hequan/internal/lstmf"
)

// SamplesFloatsCmd makes a net in floating point of one in integers, so that
// training goes on from a model whose checkpoints are gone.
type SamplesFloatsCmd struct {
	In  string `arg:"" type:"existingfile" help:"Network in integers, as combine_tessdata -u unpacks it (.lstm)."`
	Out string `arg:"" help:"Network for lstmtraining --continue_from."`
}

// Run writes the net.
func (c *SamplesFloatsCmd) Run() error {
	model, err := os.ReadFile(c.In)
	if err != nil {
		return err
	}
	floats, err := lstmf.Floats(model)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	return os.WriteFile(c.Out, floats, 0o644)
}

// SamplesWidenCmd adds characters to a model's character set, in place.
type SamplesWidenCmd struct {
	Unicharset string `arg:"" type:"existingfile" help:"Character set (.lstm-unicharset)."`
	Recoder    string `arg:"" type:"existingfile" help:"How outputs spell it (.lstm-recoder)."`
	Charset    string `arg:"" type:"existingfile" help:"Characters that must be in it, a line each."`
}

// Run rewrites both files.
func (c *SamplesWidenCmd) Run() error {
	set, err := os.ReadFile(c.Unicharset)
	if err != nil {
		return err
	}
	recoder, err := os.ReadFile(c.Recoder)
	if err != nil {
		return err
	}
	add, err := os.ReadFile(c.Charset)
	if err != nil {
		return err
	}
	wide, codes, err := lstmf.Widen(set, recoder, []rune(strings.ReplaceAll(string(add), "\n", "")))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Unicharset, err)
	}
	return errors.Join(os.WriteFile(c.Unicharset, wide, 0o644), os.WriteFile(c.Recoder, codes, 0o644))
}
