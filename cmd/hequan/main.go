// Command hequan reads and checks applications for the 模型券 subsidy.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hequan"
)

// Exit statuses of the command (see the contract).
const (
	exitClear   = 0
	exitFinding = 1 // something to correct or to look at
	exitUsage   = 2
	exitFailed  = 3 // an application could not be processed
)

// cli is every command and the flags that all share.
type cli struct {
	Check    CheckCmd    `cmd:"" help:"Read and check applications; no server needed."`
	Serve    ServeCmd    `cmd:"" help:"Workbench and HTTP API, with worker and queue inside."`
	Worker   WorkerCmd   `cmd:"" help:"A worker alone, for more processes on one queue (needs --redis)."`
	Recheck  RecheckCmd  `cmd:"" help:"Judge again what was read before, and say what changed."`
	Read     ReadCmd     `cmd:"" help:"Show what is read of one file."`
	Eval     EvalCmd     `cmd:"" help:"Score the reading and the findings of a labelled set."`
	Rules    RulesCmd    `cmd:"" help:"List every rule."`
	Explain  ExplainCmd  `cmd:"" help:"Say how a rule came to its findings in a report: every value and condition, with its place."`
	Policy   PolicyCmd   `cmd:"" help:"Look at policy files: lint, show, diff, text."`
	Filings  FilingsCmd  `cmd:"" help:"The list of filed models: import, lookup."`
	Awards   AwardsCmd   `cmd:"" help:"Earlier awards: import."`
	Migrate  MigrateCmd  `cmd:"" help:"The tables of the database: status, up."`
	Erase    EraseCmd    `cmd:"" help:"Erase an application: its papers, what was read, found and decided."`
	Ready    ReadyCmd    `cmd:"" hidden:""`
	Export   ExportCmd   `cmd:"" help:"Write all that an installation keeps, rows and files, into a folder."`
	Import   ImportCmd   `cmd:"" help:"Fill an empty installation from an exported folder."`
	Samples  SamplesCmd  `cmd:"" help:"Make labelled sample applications."`
	Accounts AccountsCmd `cmd:"" help:"Who may sign in: list, add, reset, disable."`
	Audit    AuditCmd    `cmd:"" help:"The audit trail: verify, export."`
	Dossier  DossierCmd  `cmd:"" help:"An application filed away in one file: make, verify."`
	Doctor   DoctorCmd   `cmd:"" help:"Say what is missing on this machine and how to install it."`
	Reader   ReaderCmd   `cmd:"" hidden:""`

	Config  kong.ConfigFlag  `help:"Take flags from this file, NAME: VALUE a line (also HEQUAN_CONFIG); the command line and the environment count more." placeholder:"FILE"`
	Version kong.VersionFlag `help:"Print the version and quit."`
}

// exitError ends the program with a status and, where there is one, a message.
type exitError struct {
	status int
	err    error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.err.Error()
}

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	var c cli
	config, err := configuration()
	if err == nil {
		err = readSecrets()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hequan:", err)
		return exitUsage
	}
	parser, err := kong.New(&c, kong.Name("hequan"), config,
		kong.Description("核券：读取“模型券”申报材料，逐条核对办事指南，给出带原页截图的核查报告。"),
		kong.Vars{"version": hequan.Version}, kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(os.Stderr, "hequan:", err)
		return exitUsage
	}
	parsed, err := parser.Parse(args)
	if err == nil {
		err = hideSecrets()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hequan:", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run()
	var exit *exitError
	switch {
	case err == nil:
		return exitClear
	case errors.As(err, &exit):
		if exit.err != nil {
			fmt.Fprintln(os.Stderr, "hequan:", exit.err)
		}
		return exit.status
	}
	fmt.Fprintln(os.Stderr, "hequan:", err)
	return exitFailed
}
