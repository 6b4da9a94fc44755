package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the test binary the program itself: it stands on the PATH as
// hequan, for the scripts and for TestServe.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hequan": main})
}

// TestScripts runs the command line as a person does; see testdata.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("the scripts read real files")
	}
	shared, err := filepath.Abs("../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := filepath.Abs("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	next, err := filepath.Abs("../../internal/policy/testdata/2026H2.yaml")
	if err != nil {
		t.Fatal(err)
	}
	modules := compiledModules(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SHARED", shared)
			e.Setenv("SCHEMA", schema)
			e.Setenv("NEXT", next) // a fictitious later policy
			e.Setenv("HEQUAN_CACHE", filepath.Join(e.WorkDir, ".cache"))
			if err := os.Mkdir(filepath.Join(e.WorkDir, ".cache"), 0o700); err != nil {
				return err
			}
			return os.Symlink(modules, filepath.Join(e.WorkDir, ".cache", "modules"))
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "shared":
				_, err := os.Stat(shared)
				return err == nil, nil
			case "otheruser":
				cmd := exec.Command("/bin/true")
				cmd.SysProcAttr = nobody()
				return cmd.Run() == nil, nil
			}
			return false, errors.New("unknown condition " + cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":       exits,
			"asnobody":    asNobody,
			"sheet":       drawSheet,
			"hugepng":     hugePNG,
			"zipped":      zipped,
			"cut":         cutOff,
			"validreport": validReport,
			"lines":       countLines,
			"appendfile":  appendFile,
		},
	})
}

// compiledModules is the folder of PDFium's compiled module that all tests
// share: compiling takes seconds.
func compiledModules(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if cache, err := os.UserCacheDir(); err == nil {
		if shared := filepath.Join(cache, "hequan", "modules"); os.MkdirAll(shared, 0o700) == nil {
			dir = shared
		}
	}
	return dir
}

// exits STATUS PROGRAM ARGS… runs a program that must end with that status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		status = exit.ExitCode()
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}

// nobody are the credentials of a user who may not read everything; nil where
// the tests themselves run as one.
func nobody() *syscall.SysProcAttr {
	if os.Geteuid() != 0 {
		return nil
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}

// asnobody STATUS FILE runs hequan check --format json on the folder app as a
// user who may not read everything, and writes what it prints to FILE.
func asNobody(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: asnobody STATUS FILE")
	}
	program, err := exec.LookPath("hequan")
	ts.Check(err)
	cache := ts.MkAbs("nobody")
	ts.Check(os.Mkdir(cache, 0o700))
	cmd := exec.Command(program, "check", "--format", "json", "--jobs", "1", "--cache", cache, "app")
	cmd.Dir = ts.MkAbs(".")
	if cmd.SysProcAttr = nobody(); cmd.SysProcAttr != nil {
		ts.Check(os.Chown(cache, 65534, 65534))
		for _, from := range []string{cmd.Dir, filepath.Dir(program)} {
			for dir := from; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
				info, err := os.Stat(dir)
				ts.Check(err)
				ts.Check(os.Chmod(dir, info.Mode()|0o011)) // may be passed through
			}
		}
		ts.Check(os.Chmod(program, 0o755))
	}
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		ts.Fatalf("%v", err)
	}
	if status := strconv.Itoa(cmd.ProcessState.ExitCode()); status != args[0] {
		ts.Fatalf("exit status %s, want %s: %v", status, args[0], exit)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o644))
}
