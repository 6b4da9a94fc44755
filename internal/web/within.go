package web

import (
	"context"
	"slices"

	"hequan/internal/audit"
	"hequan/internal/people"
	"hequan/internal/store"
)

// windowLedger knows which windows were given to whom. A window is an upload
// with all that it brought.
type windowLedger interface {
	Granted(ctx context.Context, account string) ([]string, error)
	MayEnter(ctx context.Context, account string, k store.Kind, id string) (bool, error)
	GiveWindows(ctx context.Context, account string, all bool, uploads []string) error
}

// within is the ledger as the visitor of a context may see and change it: what
// is not in a window that was given to them is not there. Every page and every
// call of the API goes through it, whatever their ids come from. Each method of
// [Ledger] that speaks of applications stands below; a test proves it.
type within struct{ Ledger }

// Limited says whether the visitor sees only the windows given to them. 管理
// and 审计 answer for all of them.
func (v visitor) Limited() bool {
	return v.Account != nil && v.Account.Limited && v.Role.May(people.Handle)
}

// enter is ErrNotFound where the visitor may not see the row.
func (l within) enter(ctx context.Context, k store.Kind, id string) error {
	v := visiting(ctx)
	if !v.Limited() {
		return nil
	}
	may, err := l.Ledger.MayEnter(ctx, v.account(), k, id)
	if err == nil && !may {
		err = store.ErrNotFound
	}
	return err
}

// granted are the uploads that the visitor sees; nil: all.
func (l within) granted(ctx context.Context) ([]string, error) {
	v := visiting(ctx)
	if !v.Limited() {
		return nil, nil
	}
	ids, err := l.Ledger.Granted(ctx, v.account())
	return append([]string{}, ids...), err
}

// one is what a look at an application comes to.
func one[T any](ctx context.Context, l within, application string, look func() (T, error)) (none T, err error) {
	if err := l.enter(ctx, store.KindApplication, application); err != nil {
		return none, err
	}
	return look()
}

// ofUploads gathers what belongs to an upload, or to all that the visitor sees.
func ofUploads[T any](ctx context.Context, l within, upload string, look func(upload string) ([]T, error)) ([]T, error) {
	if upload != "" {
		if err := l.enter(ctx, store.KindUpload, upload); err != nil {
			return nil, err
		}
		return look(upload)
	}
	ids, err := l.granted(ctx)
	if err != nil || ids == nil {
		if err != nil {
			return nil, err
		}
		return look("")
	}
	var all []T
	for _, id := range ids {
		rows, err := look(id)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// seen leaves of rows those that the visitor may see.
func seen[T any](ctx context.Context, l within, rows []T, err error, of func(T) (store.Kind, string)) ([]T, error) {
	if err != nil || !visiting(ctx).Limited() {
		return rows, err
	}
	var out []T
	for _, row := range rows {
		k, id := of(row)
		may, err := l.Ledger.MayEnter(ctx, visiting(ctx).account(), k, id)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, row)
		}
	}
	return out, nil
}

func (l within) Application(ctx context.Context, id string) (*store.Application, error) {
	return one(ctx, l, id, func() (*store.Application, error) { return l.Ledger.Application(ctx, id) })
}

func (l within) Summary(ctx context.Context, id string) (*store.Summary, error) {
	return one(ctx, l, id, func() (*store.Summary, error) { return l.Ledger.Summary(ctx, id) })
}

func (l within) Files(ctx context.Context, id string) ([]store.File, error) {
	return one(ctx, l, id, func() ([]store.File, error) { return l.Ledger.Files(ctx, id) })
}

func (l within) Replaced(ctx context.Context, id string) ([]store.File, error) {
	return one(ctx, l, id, func() ([]store.File, error) { return l.Ledger.Replaced(ctx, id) })
}

func (l within) LatestRun(ctx context.Context, id string) (*store.Run, error) {
	return one(ctx, l, id, func() (*store.Run, error) { return l.Ledger.LatestRun(ctx, id) })
}

func (l within) RunOf(ctx context.Context, id string, number int) (*store.Run, error) {
	return one(ctx, l, id, func() (*store.Run, error) { return l.Ledger.RunOf(ctx, id, number) })
}

func (l within) Picture(ctx context.Context, id, sha256 string, page int) (string, error) {
	return one(ctx, l, id, func() (string, error) { return l.Ledger.Picture(ctx, id, sha256, page) })
}

func (l within) AcceptRound(ctx context.Context, name string, files []store.Incoming, of store.Supplement) (*store.Upload, error) {
	return one(ctx, l, of.Application, func() (*store.Upload, error) { return l.Ledger.AcceptRound(ctx, name, files, of) })
}

func (l within) Upload(ctx context.Context, id string) (*store.Upload, error) {
	if err := l.enter(ctx, store.KindUpload, id); err != nil {
		return nil, err
	}
	return l.Ledger.Upload(ctx, id)
}

func (l within) OpenUploads(ctx context.Context, limit int) ([]store.Upload, error) {
	rows, err := l.Ledger.OpenUploads(ctx, limit)
	return seen(ctx, l, rows, err, func(u store.Upload) (store.Kind, string) { return store.KindUpload, u.ID })
}

func (l within) Intakes(ctx context.Context, limit int) ([]store.Intake, error) {
	rows, err := l.Ledger.Intakes(ctx, limit)
	return seen(ctx, l, rows, err, func(u store.Intake) (store.Kind, string) { return store.KindUpload, u.ID })
}

func (l within) List(ctx context.Context, upload string, limit int) ([]store.Summary, error) {
	return ofUploads(ctx, l, upload, func(id string) ([]store.Summary, error) { return l.Ledger.List(ctx, id, limit) })
}

func (l within) Search(ctx context.Context, q store.Query) (*store.Page, error) {
	ids, err := l.granted(ctx)
	if err != nil {
		return nil, err
	}
	if ids != nil {
		q.Uploads = ids
	}
	return l.Ledger.Search(ctx, q)
}

func (l within) Grave(ctx context.Context, upload string) ([]store.Found, error) {
	return ofUploads(ctx, l, upload, func(id string) ([]store.Found, error) { return l.Ledger.Grave(ctx, id) })
}

func (l within) DeadLetters(ctx context.Context, limit int) ([]store.DeadLetter, error) {
	rows, err := l.Ledger.DeadLetters(ctx, limit)
	return seen(ctx, l, rows, err, func(d store.DeadLetter) (store.Kind, string) { return d.Kind, d.SubjectID })
}

func (l within) Retry(ctx context.Context, k store.Kind, id string) error {
	if err := l.enter(ctx, k, id); err != nil {
		return err
	}
	return l.Ledger.Retry(ctx, k, id)
}

func (l within) Recheck(ctx context.Context, id string) error {
	if err := l.enter(ctx, store.KindApplication, id); err != nil {
		return err
	}
	return l.Ledger.Recheck(ctx, id)
}

func (l within) Cancel(ctx context.Context, id, person string) error {
	if err := l.enter(ctx, store.KindApplication, id); err != nil {
		return err
	}
	return l.Ledger.Cancel(ctx, id, person)
}

func (l within) Decide(ctx context.Context, id string, decisions []store.Decision) error {
	if err := l.enter(ctx, store.KindApplication, id); err != nil {
		return err
	}
	return l.Ledger.Decide(ctx, id, decisions)
}

func (l within) Decisions(ctx context.Context, id string) ([]store.Decision, error) {
	return one(ctx, l, id, func() ([]store.Decision, error) { return l.Ledger.Decisions(ctx, id) })
}

func (l within) Correct(ctx context.Context, c store.Correction) ([]store.Task, error) {
	return one(ctx, l, c.ApplicationID, func() ([]store.Task, error) { return l.Ledger.Correct(ctx, c) })
}

func (l within) Corrections(ctx context.Context, id string) ([]store.Correction, error) {
	return one(ctx, l, id, func() ([]store.Correction, error) { return l.Ledger.Corrections(ctx, id) })
}

func (l within) CorrectionsOf(ctx context.Context, upload string) ([]store.Correction, error) {
	return ofUploads(ctx, l, upload, func(id string) ([]store.Correction, error) { return l.Ledger.CorrectionsOf(ctx, id) })
}

func (l within) KeepNotice(ctx context.Context, n store.Notice, issue bool) (int, error) {
	return one(ctx, l, n.ApplicationID, func() (int, error) { return l.Ledger.KeepNotice(ctx, n, issue) })
}

func (l within) Notices(ctx context.Context, id string) ([]store.Notice, error) {
	return one(ctx, l, id, func() ([]store.Notice, error) { return l.Ledger.Notices(ctx, id) })
}

func (l within) Rounds(ctx context.Context, id string) ([]store.Round, error) {
	return one(ctx, l, id, func() ([]store.Round, error) { return l.Ledger.Rounds(ctx, id) })
}

func (l within) Assign(ctx context.Context, ids []string, to store.Assignee, person string) error {
	for _, id := range ids {
		if err := l.enter(ctx, store.KindApplication, id); err != nil {
			return err
		}
	}
	return l.Ledger.Assign(ctx, ids, to, person)
}

func (l within) Assignments(ctx context.Context, id string) ([]store.Assignment, error) {
	return one(ctx, l, id, func() ([]store.Assignment, error) { return l.Ledger.Assignments(ctx, id) })
}

func (l within) KeepBlindCheck(ctx context.Context, c store.BlindCheck) error {
	if err := l.enter(ctx, store.KindApplication, c.ApplicationID); err != nil {
		return err
	}
	return l.Ledger.KeepBlindCheck(ctx, c)
}

func (l within) BlindChecks(ctx context.Context, upload string) ([]store.BlindCheck, error) {
	return ofUploads(ctx, l, upload, func(id string) ([]store.BlindCheck, error) { return l.Ledger.BlindChecks(ctx, id) })
}

func (l within) Tick(ctx context.Context, c store.HandCheck) error {
	if err := l.enter(ctx, store.KindApplication, c.ApplicationID); err != nil {
		return err
	}
	return l.Ledger.Tick(ctx, c)
}

func (l within) HandChecks(ctx context.Context, id string) ([]store.HandCheck, error) {
	return one(ctx, l, id, func() ([]store.HandCheck, error) { return l.Ledger.HandChecks(ctx, id) })
}

func (l within) StartTrial(ctx context.Context, upload, person string) (*store.Trial, error) {
	if err := l.enter(ctx, store.KindUpload, upload); err != nil {
		return nil, err
	}
	return l.Ledger.StartTrial(ctx, upload, person)
}

func (l within) Trial(ctx context.Context, id string) (*store.Trial, error) {
	if err := l.enter(ctx, store.KindTrial, id); err != nil {
		return nil, err
	}
	return l.Ledger.Trial(ctx, id)
}

func (l within) Trials(ctx context.Context, limit int) ([]store.Trial, error) {
	rows, err := l.Ledger.Trials(ctx, limit)
	return seen(ctx, l, rows, err, func(t store.Trial) (store.Kind, string) { return store.KindUpload, t.UploadID })
}

func (l within) TrialDone(ctx context.Context, id string) (int, error) {
	if err := l.enter(ctx, store.KindTrial, id); err != nil {
		return 0, err
	}
	return l.Ledger.TrialDone(ctx, id)
}

func (l within) TrialReports(ctx context.Context, id string) ([]store.TrialReport, error) {
	if err := l.enter(ctx, store.KindTrial, id); err != nil {
		return nil, err
	}
	return l.Ledger.TrialReports(ctx, id)
}

func (l within) AcceptTrial(ctx context.Context, id string) (taken, skipped int, err error) {
	if err := l.enter(ctx, store.KindTrial, id); err != nil {
		return 0, 0, err
	}
	return l.Ledger.AcceptTrial(ctx, id)
}

func (l within) DropTrial(ctx context.Context, id string) error {
	if err := l.enter(ctx, store.KindTrial, id); err != nil {
		return err
	}
	return l.Ledger.DropTrial(ctx, id)
}

func (l within) AuditLines(ctx context.Context, f store.AuditFilter, limit int) ([]audit.Line, error) {
	if visiting(ctx).Limited() {
		if err := l.enter(ctx, store.KindApplication, f.Application); err != nil {
			return nil, err
		}
	}
	return l.Ledger.AuditLines(ctx, f, limit)
}

// GiveWindows keeps to windows that are there.
func (l within) GiveWindows(ctx context.Context, account string, all bool, uploads []string) error {
	slices.Sort(uploads)
	return l.Ledger.GiveWindows(ctx, account, all, slices.Compact(uploads))
}
