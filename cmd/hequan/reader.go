package main

import (
	"os"

	"hequan/pipeline"
)

// ReaderCmd is the reader child: it is started by the other commands, never by people.
type ReaderCmd struct {
	Modules  string
	Tessdata string
}

// Run answers requests on stdin until it is closed.
func (c *ReaderCmd) Run() error {
	return pipeline.ServeChild(os.Stdin, os.Stdout, c.Modules, c.Tessdata)
}

// readerFlags are the flags of every command that reads files.
type readerFlags struct {
	Jobs     int    `help:"Reader processes at a time (default: as many as cores)." placeholder:"N"`
	NoCache  bool   `help:"Read everything again and keep nothing."`
	Cache    string `help:"Folder of the cache (default: hequan in the user's cache folder)." placeholder:"DIR" env:"HEQUAN_CACHE"`
	Tessdata string `help:"Folder of Tesseract's language models (default: TESSDATA_PREFIX, else Debian's)." placeholder:"DIR"`
}

func (f readerFlags) open() (*pipeline.Reader, error) {
	return pipeline.OpenReader(pipeline.Options{CacheDir: f.Cache, NoCache: f.NoCache, Jobs: f.Jobs, Tessdata: f.Tessdata})
}
