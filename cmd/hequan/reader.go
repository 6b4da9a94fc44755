package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"

	"hequan/internal/airlock"
	"hequan/internal/ocr"
	"hequan/internal/raster"
	"hequan/internal/reviewcopy"
	"hequan/pipeline"
)

// ReaderCmd is the reader child: it is started by the other commands, never by people.
type ReaderCmd struct {
	Modules  string
	Tessdata string
	Copies   bool   `help:"Write remarks into PDFs instead of reading files."`
	Warm     bool   `help:"Compile PDFium into the modules folder, and no more."`
	Probe    string `help:"Shut the process in, try what must not go against this address, and tell."`
	Folder   string `help:"Of the probe: a folder that the user may write to."`
}

// Run answers requests on stdin until it is closed, shut in (see package
// airlock): what comes from now on was sent by strangers.
func (c *ReaderCmd) Run() error {
	if c.Warm {
		return warm(c.Modules)
	}
	if c.Probe == "" && !c.Copies && c.Modules != "" {
		if err := warmOnce(c.Modules, c.Tessdata); err != nil {
			return err
		}
	}
	shut := airlock.Shut(airlock.Walls{Read: c.readable()})
	if c.Probe != "" {
		return json.NewEncoder(os.Stdout).Encode(probed{airlock.Probe(c.Probe, "/etc/passwd", c.Folder), fmt.Sprint(shut)})
	}
	if c.Copies {
		return reviewcopy.ServeChild(os.Stdin, os.Stdout)
	}
	return pipeline.ServeChild(os.Stdin, os.Stdout, c.Modules, c.Tessdata)
}

// probed is what a shut process tells of its walls.
type probed struct {
	Walls []airlock.Wall
	Shut  string
}

// readable is what reading needs of the machine: models, fonts, the compiled
// PDFium, libraries, and what the C library looks up of processors and time.
func (c *ReaderCmd) readable() []string {
	return []string{c.Modules, c.Tessdata, ocr.LinesDir(), os.Getenv("TESSDATA_PREFIX"), "/usr/share/tesseract-ocr", "/usr/share/fonts", "/usr/share/texmf", "/usr/share/zoneinfo", "/etc/localtime",
		"/usr/lib", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/urandom"}
}

// warmOnce has PDFium compiled before the process is shut in, by a process of
// its own: what a reader could write other readers would run.
func warmOnce(modules, tessdata string) error {
	mark := filepath.Join(modules, ".compiled-"+pdfiumVersion())
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if out, err := exec.CommandContext(context.Background(), program, "reader", "--warm", "--modules", modules, "--tessdata", tessdata).CombinedOutput(); err != nil {
		return fmt.Errorf("PDFium cannot be prepared in %s: %w: %s", modules, err, out)
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil && !errors.Is(err, os.ErrPermission) {
		return err
	}
	return nil
}

func warm(modules string) error {
	p, err := raster.OpenPDFium(modules)
	if err != nil {
		return err
	}
	return p.Close()
}

// copies makes review copies by children of this program, shut in as readers are.
func copies() (*reviewcopy.Copier, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return reviewcopy.NewCopier(func() *exec.Cmd {
		cmd := exec.Command(program, "reader", "--copies")
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), pipeline.ChildEnv + "=1"}
		return cmd
	}), nil
}

// pdfiumVersion names what the compiled module depends on.
func pdfiumVersion() string {
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/klippa-app/go-pdfium" || m.Path == "github.com/tetratelabs/wazero" {
				version += "-" + m.Version
			}
		}
	}
	if version == "" {
		return "unknown"
	}
	return version[1:]
}

// readerFlags are the flags of every command that reads files.
type readerFlags struct {
	Jobs     int    `help:"Reader processes at a time (default: as many as cores)." placeholder:"N"`
	NoCache  bool   `help:"Read everything again and keep nothing."`
	Cache    string `help:"Folder of the cache (default: hequan in the user's cache folder)." placeholder:"DIR" env:"HEQUAN_CACHE"`
	Tessdata string `help:"Folder of Tesseract's language models (default: TESSDATA_PREFIX, else Debian's)." placeholder:"DIR"`
	Clamd    string `help:"A ClamAV daemon that is asked before a file is read: its socket, or HOST:PORT. A file in which it finds something is not read; without its answer none is." placeholder:"ADDRESS" env:"HEQUAN_CLAMD"`
}

func (f readerFlags) open() (*pipeline.Reader, error) {
	return pipeline.OpenReader(pipeline.Options{CacheDir: f.Cache, NoCache: f.NoCache, Jobs: f.Jobs, Tessdata: f.Tessdata, Clamd: f.Clamd})
}
