package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hequan/internal/alphabet"
	"hequan/internal/lstmf"
	"hequan/samples/lines"
)

// SamplesLinesCmd draws lines for training the recognisers of numbers.
type SamplesLinesCmd struct {
	Out    string `arg:"" optional:"" help:"Folder for the .lstmf files and charset.txt."`
	Fonts  string `help:"Root that the packages of typefaces are unpacked below." default:"/"`
	Seed   uint64 `help:"Equal seeds give equal lines." default:"1"`
	From   uint64 `help:"Number of the first line."`
	Count  int    `help:"How many lines." default:"1000"`
	Shard  int    `help:"Lines a file." default:"10000"`
	Unseen bool   `help:"Set them in the typefaces that are kept out of training."`
	Short  bool   `help:"Keep only lines of at most seven known characters: a net begins to learn on them sooner."`
	Jobs   int    `help:"Lines drawn at once." default:"1"`
	Words  string `help:"A list of words (dict.txt of python3-jieba): draw lines of running text for the recogniser of text." placeholder:"FILE"`

	Packages bool `help:"List the Debian packages that hold the typefaces, and quit."`
}

// Run draws the lines; a file that is already there is not drawn again.
func (c *SamplesLinesCmd) Run(ctx context.Context) error {
	if c.Packages {
		fmt.Println(strings.Join(lines.Packages(), "\n"))
		return nil
	}
	if c.Out == "" {
		return errors.New("name a folder for the lines")
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	var charset []byte
	all := alphabet.All()
	if c.Words != "" {
		all = lines.Added()
	}
	for _, r := range all {
		charset = append(charset, string(r)+"\n"...)
	}
	if err := os.WriteFile(filepath.Join(c.Out, "charset.txt"), charset, 0o644); err != nil {
		return err
	}
	g, err := lines.New(c.Fonts, c.Seed, c.Unseen)
	if err != nil {
		return err
	}
	if c.Words != "" {
		words, err := lines.LoadVocabulary(c.Words)
		if err != nil {
			return err
		}
		g = g.Running(words)
	}
	for at := 0; at < c.Count; at += c.Shard {
		first := c.From + uint64(at)
		name := filepath.Join(c.Out, fmt.Sprintf("lines-%d-%07d.lstmf", c.Seed, first))
		if _, err := os.Stat(name); err == nil {
			continue
		}
		if err := c.shard(ctx, g, name, first, min(c.Shard, c.Count-at)); err != nil {
			return err
		}
		fmt.Println(name)
	}
	return nil
}

// shard writes n lines into one file.
func (c *SamplesLinesCmd) shard(ctx context.Context, g *lines.Generator, name string, first uint64, n int) error {
	records, errs := make([][]byte, n), make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, c.Jobs) {
		wg.Go(func() {
			for i := range next {
				line, err := g.Line(first+uint64(i), "")
				if err == nil && (!c.Short || short(line)) {
					records[i], err = lstmf.Record(line.Picture, line.Label)
				}
				errs[i] = err
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	if err := errors.Join(errors.Join(errs...), ctx.Err()); err != nil {
		return err
	}
	f, err := os.Create(name + ".part")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // the second time it is closed already
	records = slices.DeleteFunc(records, func(b []byte) bool { return b == nil })
	w := bufio.NewWriter(f)
	_, err = w.Write(lstmf.Header(len(records)))
	for _, b := range records {
		if err == nil {
			_, err = w.Write(b)
		}
	}
	if err = errors.Join(err, w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}

// short says whether a line is one to begin with.
func short(l lines.Line) bool {
	size := l.Picture.Rect.Size()
	return utf8.RuneCountInString(l.Label) <= 7 && !strings.ContainsRune(l.Label, alphabet.Other) && size.X*36 < size.Y*330
}
