package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"hequan/internal/audit"
)

// Granted lists the uploads that were given to an account.
func (s *Store) Granted(ctx context.Context, account string) ([]string, error) {
	var ids []string
	err := s.db.NewRaw(`SELECT upload_id FROM grants WHERE account_id = ? ORDER BY upload_id`, account).Scan(ctx, &ids)
	return ids, err
}

// MayEnter says whether the row belongs to an upload that was given to the
// account. A row that is not there belongs to none. A round belongs to the
// upload of its application.
func (s *Store) MayEnter(ctx context.Context, account string, k Kind, id string) (bool, error) {
	upload := s.UploadOf(ctx, k, id)
	var n int
	err := s.db.NewRaw(`SELECT count(*) FROM grants WHERE account_id = ? AND (upload_id = ? OR upload_id = (SELECT a.upload_id FROM uploads u JOIN applications a ON a.id = u.round_of WHERE u.id = ?))`,
		account, upload, upload).Scan(ctx, &n)
	return n > 0, err
}

// GiveWindows says which uploads an account sees: all of them, or those of the
// list alone. What it had and is not listed is taken. ErrNotFound when there is
// no such account or upload.
func (s *Store) GiveWindows(ctx context.Context, account string, all bool, uploads []string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		a := new(Account)
		if err := one(tx.NewRaw(`SELECT `+accountColumns+` FROM accounts WHERE id = ?`, account).Scan(ctx, a)); err != nil {
			return err
		}
		var had []string
		if err := tx.NewRaw(`SELECT upload_id FROM grants WHERE account_id = ? ORDER BY upload_id`, account).Scan(ctx, &had); err != nil {
			return err
		}
		given, taken := []string{}, []string{}
		for _, u := range had {
			if all || !slices.Contains(uploads, u) {
				taken = append(taken, u)
				if _, err := tx.NewRaw(`DELETE FROM grants WHERE account_id = ? AND upload_id = ?`, account, u).Exec(ctx); err != nil {
					return err
				}
			}
		}
		for _, u := range uploads {
			if all || slices.Contains(had, u) || slices.Contains(given, u) {
				continue
			}
			given = append(given, u)
			n, err := affected(tx.NewRaw(`INSERT INTO grants (account_id, upload_id, person, created_at) SELECT ?, id, ?, ? FROM uploads WHERE id = ?`, account, audit.By(ctx).Person, now(), u).Exec(ctx))
			if err == nil && n == 0 {
				err = ErrNotFound
			}
			if err != nil {
				return err
			}
		}
		if _, err := tx.NewRaw(`UPDATE accounts SET limited = ?, updated_at = ? WHERE id = ?`, bit(!all), now(), account).Exec(ctx); err != nil {
			return err
		}
		return record(ctx, tx, Event{"account.windows", "", a.Login, map[string]any{"all": [2]bool{!a.Limited, all}, "given": given, "taken": taken}})
	})
}

// giveOwn gives an upload to the account that hands it in, where that account
// sees no others.
func giveOwn(ctx context.Context, tx bun.Tx, up *Upload) error {
	account := audit.By(ctx).Account
	if account == "" || up.RoundOf != "" {
		return nil
	}
	_, err := tx.NewRaw(`INSERT INTO grants (account_id, upload_id, person, created_at) SELECT id, ?, name, ? FROM accounts WHERE id = ? AND limited <> 0`, up.ID, now(), account).Exec(ctx)
	return err
}
