package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Errors of decisions and accounts.
var (
	ErrNotDismissed = errors.New("nothing of that finding was dismissed")
	ErrSamePerson   = errors.New("the same person dismissed it")
	ErrTaken        = errors.New("an account of that login exists")
)

// Account is a person who may sign in. Times are milliseconds UTC, 0: never.
type Account struct {
	bun.BaseModel `bun:"table:accounts"`

	ID          string `bun:"id,pk"`
	Login       string `bun:"login"`
	Name        string `bun:"name"`
	Role        string `bun:"role"`     // see people.Role
	Password    string `bun:"password"` // argon2id in the PHC form; "" before it was set
	TOTP        string `bun:"totp"`     // secret of the second factor; "" where there is none
	TOTPStep    int64  `bun:"totp_step"`
	Subject     string `bun:"subject"`  // "issuer subject" of the sign-in service; "" where there is none
	Failures    int    `bun:"failures"` // since the last success
	LockedUntil int64  `bun:"locked_until"`
	Epoch       int    `bun:"epoch"` // sessions of an older one have ended
	Disabled    bool   `bun:"disabled,type:integer"`
	Setup       string `bun:"setup"` // sha256 of the one-time link; "" when there is none
	SetupUntil  int64  `bun:"setup_until"`
	SeenAt      int64  `bun:"seen_at"`              // last sign-in
	Limited     bool   `bun:"limited,type:integer"` // sees only the uploads that were given to it
	CreatedAt   int64  `bun:"created_at"`
	UpdatedAt   int64  `bun:"updated_at"`
}

const accountColumns = `id, login, name, role, password, totp, totp_step, subject, failures, locked_until, epoch, disabled <> 0 AS disabled, limited <> 0 AS limited, setup, setup_until, seen_at, created_at, updated_at`

// HasAccounts says whether there is any account, be it not set up yet. Once
// there was one there always is: accounts are disabled, never deleted.
func (s *Store) HasAccounts(ctx context.Context) (bool, error) {
	var n int
	err := s.db.NewRaw(`SELECT count(*) FROM (SELECT 1 FROM accounts LIMIT 1) a`).Scan(ctx, &n)
	return n > 0, err
}

// Accounts lists all accounts, by login.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	var rows []Account
	err := s.db.NewRaw(`SELECT `+accountColumns+` FROM accounts ORDER BY login`).Scan(ctx, &rows)
	return rows, err
}

// Account returns one account; ErrNotFound when there is none.
func (s *Store) Account(ctx context.Context, id string) (*Account, error) {
	return s.account(ctx, "id", id)
}

// AccountByLogin returns one account; ErrNotFound when there is none.
func (s *Store) AccountByLogin(ctx context.Context, login string) (*Account, error) {
	return s.account(ctx, "login", login)
}

// AccountBySetup returns the account of a one-time link that still holds; hash
// is its sha256.
func (s *Store) AccountBySetup(ctx context.Context, hash string) (*Account, error) {
	a, err := s.account(ctx, "setup", hash)
	if err == nil && (hash == "" || a.SetupUntil < now() || a.Disabled) {
		return nil, ErrNotFound
	}
	return a, err
}

// AccountBySubject returns the account of a person of a sign-in service.
func (s *Store) AccountBySubject(ctx context.Context, subject string) (*Account, error) {
	if subject == "" {
		return nil, ErrNotFound
	}
	return s.account(ctx, "subject", subject)
}

func (s *Store) account(ctx context.Context, column, value string) (*Account, error) {
	a := new(Account)
	return a, one(s.db.NewRaw(`SELECT `+accountColumns+` FROM accounts WHERE ? = ?`, bun.Ident(column), value).Scan(ctx, a))
}

// AddAccount records a new account; ErrTaken when there is one of that login.
func (s *Store) AddAccount(ctx context.Context, a Account) (*Account, error) {
	t := now()
	a.ID, a.CreatedAt, a.UpdatedAt = newID(), t, t
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewRaw(`INSERT INTO accounts (id, login, name, role, password, totp, totp_step, subject, failures, locked_until, epoch, disabled, limited, setup, setup_until, seen_at, created_at, updated_at)
			VALUES (?, ?, ?, ?, '', '', 0, '', 0, 0, 0, 0, ?, ?, ?, 0, ?, ?) ON CONFLICT (login) DO NOTHING`, a.ID, a.Login, a.Name, a.Role, bit(a.Limited), a.Setup, a.SetupUntil, t, t).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrTaken
		}
		return record(ctx, tx, Event{"account.add", "", a.Login, struct {
			Name    string `json:"name"`
			Role    string `json:"role"`
			Limited bool   `json:"limited,omitempty"`
		}{a.Name, a.Role, a.Limited}})
	})
	return &a, err
}

// ChangeAccount has fn change an account inside a transaction, and tells the
// audit trail of it by what. fn sees the row as it is; an error of it ends the
// transaction. An empty what is not told: it is a look's bookkeeping.
func (s *Store) ChangeAccount(ctx context.Context, id, what string, fn func(*Account) error) (*Account, error) {
	a := new(Account)
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`UPDATE accounts SET updated_at = updated_at WHERE id = ?`, id).Exec(ctx); err != nil { // others wait
			return err
		}
		*a = Account{}
		if err := one(tx.NewRaw(`SELECT `+accountColumns+` FROM accounts WHERE id = ?`, id).Scan(ctx, a)); err != nil {
			return err
		}
		before := *a
		if err := fn(a); err != nil {
			return err
		}
		a.UpdatedAt = now()
		_, err := tx.NewRaw(`UPDATE accounts SET name = ?, role = ?, password = ?, totp = ?, totp_step = ?, subject = ?, failures = ?, locked_until = ?, epoch = ?, disabled = ?, setup = ?, setup_until = ?, seen_at = ?, updated_at = ? WHERE id = ?`,
			a.Name, a.Role, a.Password, a.TOTP, a.TOTPStep, a.Subject, a.Failures, a.LockedUntil, a.Epoch, bit(a.Disabled), a.Setup, a.SetupUntil, a.SeenAt, a.UpdatedAt, id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("account: %w", err)
		}
		if err := keepsAdmin(ctx, tx, &before, a); err != nil {
			return err
		}
		if a.Disabled && !before.Disabled {
			if _, err := tx.NewRaw(`UPDATE tokens SET revoked_at = ? WHERE account_id = ? AND revoked_at = 0`, now(), id).Exec(ctx); err != nil {
				return err
			}
		}
		if what == "" {
			return nil
		}
		return record(ctx, tx, Event{what, "", a.Login, accountChange(&before, a)})
	})
	return a, err
}

// ErrLastAdmin is returned when nobody would be left to manage accounts.
var ErrLastAdmin = errors.New("this is the last account that manages accounts")

// adminRole is people.Admin: the store knows no other role by name.
const adminRole = "管理"

func keepsAdmin(ctx context.Context, tx bun.Tx, before, after *Account) error {
	if before.Role != adminRole || before.Disabled || after.Role == adminRole && !after.Disabled {
		return nil
	}
	var n int
	if err := tx.NewRaw(`SELECT count(*) FROM accounts WHERE role = ? AND disabled = 0`, adminRole).Scan(ctx, &n); err != nil {
		return err
	}
	if n == 0 {
		return ErrLastAdmin
	}
	return nil
}

// accountChange says what changed of an account: never a secret.
func accountChange(before, after *Account) any {
	change := map[string][2]string{}
	note := func(name, was, is string) {
		if was != is {
			change[name] = [2]string{was, is}
		}
	}
	note("name", before.Name, after.Name)
	note("role", before.Role, after.Role)
	note("disabled", fmt.Sprint(before.Disabled), fmt.Sprint(after.Disabled))
	note("second_factor", fmt.Sprint(before.TOTP != ""), fmt.Sprint(after.TOTP != ""))
	note("subject", before.Subject, after.Subject)
	note("locked", fmt.Sprint(before.LockedUntil), fmt.Sprint(after.LockedUntil))
	if before.Password != after.Password {
		change["password"] = [2]string{"", "changed"}
	}
	return change
}

// Token lets a program act for a person.
type Token struct {
	bun.BaseModel `bun:"table:tokens"`

	ID        string `bun:"id,pk"`
	AccountID string `bun:"account_id"`
	Label     string `bun:"label"`
	Hash      string `bun:"hash"`       // sha256; the token itself is not kept
	ExpiresAt int64  `bun:"expires_at"` // milliseconds UTC
	UsedAt    int64  `bun:"used_at"`
	RevokedAt int64  `bun:"revoked_at"`
	CreatedAt int64  `bun:"created_at"`
}

// AddToken records a token.
func (s *Store) AddToken(ctx context.Context, t Token) error {
	t.ID, t.CreatedAt = newID(), now()
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(&t).Exec(ctx); err != nil {
			return err
		}
		return record(ctx, tx, Event{Name: "token.add", Subject: t.ID, Detail: struct {
			Label string `json:"label"`
		}{t.Label}})
	})
}

// Tokens lists the tokens of an account that work, newest first.
func (s *Store) Tokens(ctx context.Context, account string) ([]Token, error) {
	var rows []Token
	err := s.db.NewSelect().Model(&rows).Where("account_id = ?", account).Where("revoked_at = 0").Where("expires_at > ?", now()).Order("created_at DESC", "id").Scan(ctx)
	return rows, err
}

// RevokeToken ends a token of an account; ErrNotFound when it has none of that id.
func (s *Store) RevokeToken(ctx context.Context, account, id string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewRaw(`UPDATE tokens SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at = 0`, now(), id, account).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		return record(ctx, tx, Event{Name: "token.revoke", Subject: id})
	})
}

// AccountByToken returns the account of a token that works; hash is its sha256.
func (s *Store) AccountByToken(ctx context.Context, hash string) (*Account, error) {
	t := new(Token)
	if err := one(s.db.NewSelect().Model(t).Where("hash = ?", hash).Where("revoked_at = 0").Where("expires_at > ?", now()).Scan(ctx)); err != nil {
		return nil, err
	}
	if now()-t.UsedAt > time.Minute.Milliseconds() { // when it was last used, to the minute
		if _, err := s.db.NewRaw(`UPDATE tokens SET used_at = ? WHERE id = ?`, now(), t.ID).Exec(ctx); err != nil {
			return nil, err
		}
	}
	return s.Account(ctx, t.AccountID)
}
