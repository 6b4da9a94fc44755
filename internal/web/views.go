package web

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"hequan"
	"hequan/internal/rmb"
	"hequan/internal/store"
)

// beijing is the time of the desk.
var beijing = time.FixedZone("CST", 8*3600)

// uploadView is an upload as clients see it.
type uploadView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Bytes   int64  `json:"bytes"`
	State   string `json:"state"` // queued running done dead
	Error   string `json:"error,omitempty"`
	Created string `json:"created"` // RFC 3339, UTC

	Word         string            `json:"-"`
	Time         string            `json:"-"`
	Applications []applicationView `json:"applications,omitempty"`
}

func newUploadView(u *store.Upload) uploadView {
	v := uploadView{ID: u.ID, Name: u.Name, Bytes: u.Bytes, State: string(u.State), Error: u.Error,
		Created: store.Time(u.CreatedAt).Format(time.RFC3339), Time: deskTime(u.CreatedAt), Word: "正在拆分"}
	if u.State == store.Dead {
		v.Word = "无法拆分"
	}
	return v
}

// applicationView is an application as clients see it.
type applicationView struct {
	ID         string       `json:"id"`
	Upload     string       `json:"upload"`
	Name       string       `json:"name"`
	Applicant  string       `json:"applicant"`
	Project    string       `json:"project"`
	Mode       string       `json:"mode"`
	State      string       `json:"state"` // waiting queued running done dead
	Verdict    string       `json:"verdict,omitempty"`
	PayableWan string       `json:"payable_wan,omitempty"`
	Run        int          `json:"run"`
	Error      string       `json:"error,omitempty"`
	Progress   progress     `json:"progress"`
	Created    string       `json:"created"` // RFC 3339, UTC
	Files      []fileView   `json:"files,omitempty"`
	Incoming   []uploadView `json:"incoming,omitempty"` // rounds that are not taken apart yet, or could not be

	Stage     string `json:"stage"` // how far it has come at the desk
	Claimed   string `json:"claimed_amount,omitempty"`
	Fails     int    `json:"fails"`
	Reviews   int    `json:"reviews"`
	Open      int    `json:"undecided"`
	Confirmed int    `json:"confirmed"`
	Rounds    int    `json:"rounds"`
	Assignee  string `json:"assignee,omitempty"`     // who is to look at it
	Left      int    `json:"seconds_left,omitempty"` // estimate of the time until it is read

	StageClass  string `json:"-"`
	ClaimedText string `json:"-"`

	Word     string `json:"-"` // state or verdict in Chinese
	Class    string `json:"-"`
	ModeWord string `json:"-"`
	Time     string `json:"-"`
	Busy     bool   `json:"-"`
}

// progress counts what is read.
type progress struct {
	Files      int `json:"files"`
	FilesDone  int `json:"files_done"`
	FilesDead  int `json:"files_dead"`
	PagesDone  int `json:"pages_done"`
	PagesTotal int `json:"pages_total"`      // of the files opened so far
	Rescan     int `json:"rescan,omitempty"` // pages that a glance found something on

	read float64 // files done, with those at hand counted by their pages
}

// Percent is how much is read, each file counted by its pages.
func (p progress) Percent() int {
	if p.Files == 0 {
		return 100
	}
	return min(100, int(p.read/float64(p.Files)*100))
}

func newApplicationView(s store.Summary) applicationView {
	a := s.Application
	v := applicationView{
		ID: a.ID, Upload: a.UploadID, Name: a.Name, Applicant: a.Applicant, Project: a.Project, Mode: a.Mode,
		State: string(a.State), Verdict: a.Verdict, PayableWan: a.Payable, Run: a.Run, Error: a.Error,
		Progress: progress{s.Files, s.FilesDone, s.FilesDead, s.PagesDone, s.PagesTotal, s.Rescan, s.Read},
		Created:  store.Time(a.CreatedAt).Format(time.RFC3339), Time: deskTime(a.CreatedAt),
		ModeWord: hequan.Mode(a.Mode).Chinese(),
		Fails:    s.Fails, Reviews: s.Reviews, Open: s.Open, Confirmed: s.Confirmed, Rounds: s.Rounds, Assignee: s.Assignee,
	}
	st := stageOf(s)
	v.Stage, v.StageClass = st.Word, st.Class
	if a.Claimed >= 0 {
		v.Claimed, v.ClaimedText = rmb.Fen(a.Claimed).String(), rmb.Fen(a.Claimed).Grouped()
	}
	switch a.State {
	case store.Waiting:
		v.Word, v.Class, v.Busy = "识别中", "busy", true
	case store.Queued, store.Running:
		v.Word, v.Class, v.Busy = "核对中", "busy", true
	case store.Dead:
		v.Word, v.Class = "核对失败", "dead"
		if v.Cancelled() {
			v.Word = store.Cancelled
		}
	default:
		v.Word, v.Class = hequan.Status(a.Verdict).Chinese(), a.Verdict
	}
	return v
}

// Cancelled says whether a person ended its reading.
func (v applicationView) Cancelled() bool {
	return v.State == string(store.Dead) && strings.HasPrefix(v.Error, store.Cancelled)
}

// Reading says whether its files are being read: that can be cancelled.
func (v applicationView) Reading() bool { return v.State == string(store.Waiting) }

// LeftText says how long it takes until the application is read, "" when nobody knows.
func (v applicationView) LeftText() string {
	switch minutes := (v.Left + 59) / 60; {
	case v.Left <= 0:
		return ""
	case v.Left < 60:
		return "尚需不到 1 分钟"
	case minutes < 90:
		return fmt.Sprintf("尚需约 %d 分钟", minutes)
	default:
		return fmt.Sprintf("尚需约 %.1f 小时", float64(minutes)/60)
	}
}

// foresee estimates for applications that are being read how long that takes.
func (s *Server) foresee(ctx context.Context, views []*applicationView) error {
	reading := false
	for _, v := range views {
		reading = reading || v.Reading()
	}
	if !reading {
		return nil
	}
	o, err := s.Ledger.Outlook(ctx)
	if err != nil || o.PerSecond == 0 {
		return err
	}
	for _, v := range views {
		if ahead, ok := o.Ahead[v.ID]; ok && v.Reading() {
			v.Left = max(1, int(ahead/o.PerSecond))
		}
	}
	return nil
}

// fileView is a file as clients see it.
type fileView struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	SHA256     string `json:"sha256"`
	Bytes      int64  `json:"bytes"`
	State      string `json:"state"` // queued running done dead
	PagesDone  int    `json:"pages_done"`
	PagesTotal int    `json:"pages_total"`
	Problem    string `json:"problem,omitempty"`
	Error      string `json:"error,omitempty"`

	Triage []store.Triage `json:"triage,omitempty"` // what a glance found before it was read

	Word  string `json:"-"`
	Class string `json:"-"`
	Size  string `json:"-"`
}

func newFileView(f store.File) fileView {
	v := fileView{ID: f.ID, Name: f.Name, SHA256: f.SHA256, Bytes: f.Bytes, State: string(f.State), PagesDone: f.PagesDone, PagesTotal: f.PagesTotal,
		Problem: f.Problem, Error: f.Error, Size: size(f.Bytes)}
	if err := json.Unmarshal([]byte(f.Triage), &v.Triage); err != nil {
		v.Triage = nil // a help, no more
	}
	switch {
	case f.State == store.Dead && f.Error == store.Cancelled:
		v.Word = store.Cancelled
	case f.State == store.Dead:
		v.Word, v.Class = "读取失败，已放弃", "dead"
	case f.Problem != "":
		v.Word, v.Class = hequan.ProblemCode(f.Problem).Chinese(), "fail"
	case f.State == store.Done:
		v.Word, v.Class = fmt.Sprintf("已识别 %d 页", f.PagesTotal), "pass"
	case (f.State == store.Running || f.State == store.Waiting) && f.PagesTotal > 0: // a long file waits for its parts
		v.Word, v.Class = fmt.Sprintf("识别中 %d / %d 页", f.PagesDone, f.PagesTotal), "busy"
	case f.State == store.Running:
		v.Word, v.Class = "正在打开", "busy"
	case f.Error != "":
		v.Word, v.Class = "出错，等待重试", "busy"
	default:
		v.Word = "等待"
	}
	return v
}

// Retry says whether the file can be read again by itself.
func (v fileView) Retry() bool { return v.State == string(store.Dead) && v.Error != store.Cancelled }

// Percent is how far the file is read.
func (v fileView) Percent() int {
	switch {
	case v.State == string(store.Done), v.Retry():
		return 100
	case v.PagesTotal == 0:
		return 0
	}
	return v.PagesDone * 100 / v.PagesTotal
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

func deskTime(ms int64) string { return store.Time(ms).In(beijing).Format("01-02 15:04") }
