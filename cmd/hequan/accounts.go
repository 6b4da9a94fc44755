package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-runewidth"

	"hequan/internal/audit"
	"hequan/internal/people"
	"hequan/internal/store"
	"hequan/internal/web"
)

// open opens the database; with create one that is not there yet is made.
func (f *dataFlags) open(ctx context.Context, create bool) (*store.Store, error) {
	if !create {
		if err := f.existing(); err != nil {
			return nil, &exitError{exitUsage, err}
		}
	}
	db, err := store.OpenWith(ctx, f.database(), f.Witness)
	if err != nil {
		return nil, &exitError{exitFailed, err}
	}
	return db, nil
}

// AccountsCmd manages accounts from the machine itself.
type AccountsCmd struct {
	List    AccountsListCmd    `cmd:"" help:"List all accounts."`
	Add     AccountsAddCmd     `cmd:"" help:"Add an account; prints the one-time link by which its owner sets the password."`
	Reset   AccountsResetCmd   `cmd:"" help:"Take password and second factor off an account and print a new one-time link."`
	Bind    AccountsBindCmd    `cmd:"" help:"Tie an identity of the sign-in service to an account."`
	Disable AccountsDisableCmd `cmd:"" help:"Disable an account: its sessions and tokens end."`
}

// byConsole marks what is done at the machine in the audit trail.
func byConsole(ctx context.Context) context.Context {
	name := "console"
	if user := os.Getenv("SUDO_USER"); user != "" {
		name += " " + user
	} else if user := os.Getenv("USER"); user != "" {
		name += " " + user
	}
	return audit.With(ctx, audit.Actor{Person: name, Role: "console"})
}

// AccountsListCmd lists accounts.
type AccountsListCmd struct{ dataFlags }

// Run prints a line an account.
func (c *AccountsListCmd) Run(ctx context.Context) error {
	db, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Accounts(ctx)
	if err != nil {
		return err
	}
	for i := range rows {
		a := &rows[i]
		second := "无动态码"
		if a.TOTP != "" {
			second = "有动态码"
		}
		if a.Limited {
			second += " 仅限指定批次"
		}
		fmt.Printf("%s %s %s %s %s\n", runewidth.FillRight(a.Login, 20), runewidth.FillRight(a.Name, 16), a.Role, runewidth.FillRight(web.AccountState(a, time.Now().UnixMilli()), 10), second)
	}
	if len(rows) == 0 {
		fmt.Println("还没有账号：hequan accounts add 账号 --name 姓名 --role 管理")
	}
	return nil
}

// AccountsAddCmd adds an account.
type AccountsAddCmd struct {
	Login   string `arg:"" help:"What is typed to sign in."`
	Name    string `help:"The person's name, under which decisions are kept (default: the login)." placeholder:"姓名"`
	Role    string `required:"" help:"初审, 复核, 管理 or 审计." placeholder:"ROLE" enum:"初审,复核,管理,审计"`
	Limited bool   `help:"Sees no window but what it hands in itself, until 管理 gives it others (账号管理 → 可见批次)."`
	URL     string `default:"http://127.0.0.1:8090" help:"Address of the workbench, for the link." placeholder:"URL"`
	dataFlags
}

// Run adds the account and prints its link.
func (c *AccountsAddCmd) Run(ctx context.Context) error {
	if c.Name == "" {
		c.Name = c.Login
	}
	if err := web.ProperAccount(c.Login, c.Name, people.Role(c.Role)); err != nil {
		return &exitError{exitUsage, err}
	}
	db, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close()
	link := people.NewLink()
	_, err = db.AddAccount(byConsole(ctx), store.Account{Login: c.Login, Name: c.Name, Role: c.Role, Limited: c.Limited, Setup: people.HashSecret(link), SetupUntil: time.Now().Add(people.LinkTime).UnixMilli()})
	if errors.Is(err, store.ErrTaken) {
		return &exitError{exitUsage, fmt.Errorf("there is an account %s already: hequan accounts reset %s gives it a new link", c.Login, c.Login)}
	}
	if err != nil {
		return err
	}
	printLink(c.URL, link)
	return nil
}

func printLink(url, link string) {
	fmt.Printf("%s/setup?token=%s\n", url, link)
	fmt.Fprintln(os.Stderr, "上面的链接用于设置口令：24 小时内有效，只能使用一次，请交给本人。")
}

// AccountsResetCmd resets an account.
type AccountsResetCmd struct {
	Login string `arg:""`
	URL   string `default:"http://127.0.0.1:8090" help:"Address of the workbench, for the link." placeholder:"URL"`
	dataFlags
}

// Run resets the account and prints its link.
func (c *AccountsResetCmd) Run(ctx context.Context) error {
	link := people.NewLink()
	if err := c.change(ctx, c.Login, "account.reset", func(a *store.Account) error { web.Reset(a, link); return nil }); err != nil {
		return err
	}
	printLink(c.URL, link)
	return nil
}

// AccountsDisableCmd disables an account.
type AccountsDisableCmd struct {
	Login string `arg:""`
	dataFlags
}

// Run disables the account.
func (c *AccountsDisableCmd) Run(ctx context.Context) error {
	return c.change(ctx, c.Login, "account.disable", func(a *store.Account) error {
		a.Disabled = true
		a.Epoch++
		return nil
	})
}

func (f *dataFlags) change(ctx context.Context, login, what string, fn func(*store.Account) error) error {
	db, err := f.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	a, err := db.AccountByLogin(ctx, login)
	if errors.Is(err, store.ErrNotFound) {
		return &exitError{exitUsage, fmt.Errorf("there is no account %s: hequan accounts list shows them", login)}
	}
	if err != nil {
		return err
	}
	_, err = db.ChangeAccount(byConsole(ctx), a.ID, what, fn)
	if errors.Is(err, store.ErrLastAdmin) {
		return &exitError{exitUsage, errors.New("this is the last account of the role 管理: add another first")}
	}
	return err
}

// AccountsBindCmd ties an identity to an account.
type AccountsBindCmd struct {
	Login   string `arg:""`
	Issuer  string `required:"" help:"Address of the sign-in service, as given to serve." placeholder:"URL"`
	Subject string `required:"" help:"The person's id there; the sign-in page shows it to who is not bound." placeholder:"ID"`
	dataFlags
}

// Run binds the identity.
func (c *AccountsBindCmd) Run(ctx context.Context) error {
	db, err := c.open(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	a, err := db.AccountByLogin(ctx, c.Login)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("there is no account %s: hequan accounts list shows them", c.Login)}
	}
	if err := web.Bind(byConsole(ctx), db, a.ID, web.Subject(c.Issuer, c.Subject)); err != nil {
		return &exitError{exitUsage, err}
	}
	return nil
}
