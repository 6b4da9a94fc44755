package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hequan/internal/audit"
	"hequan/internal/redact"
	"hequan/internal/store"
)

// auditLedger is the trail of what people saw and did.
type auditLedger interface {
	Record(ctx context.Context, e store.Event) error
	AuditLines(ctx context.Context, f store.AuditFilter, limit int) ([]audit.Line, error)
	AuditHead(ctx context.Context) (audit.Head, error)
}

// auditPageSize is how many lines a page of the trail shows.
const auditPageSize = 200

// auditView is a page of the trail.
type auditView struct {
	Person                                     visitor
	Lines                                      []auditRow
	Who, Event, Application, From, To, Trouble string
	Events                                     []eventWord
	Older                                      string // address, "" at the end
	Head                                       audit.Head
}

type auditRow struct {
	audit.Line
	Time, Word, Detail string
}

type eventWord struct{ Name, Word string }

// eventWords are the events in the staff's words, the general ones first: a
// filter by view finds all looks.
var eventWords = []eventWord{
	{"view", "查看"}, {"view.list", "查看列表"}, {"view.list.export", "导出汇总表"}, {"view.overview", "查看概览"}, {"view.application", "查看申报"}, {"view.page", "查看原页"}, {"view.passages", "查看截图"},
	{"view.report.export", "导出报告"}, {"view.summary.export", "导出表格"}, {"view.notice", "查看告知书"}, {"view.notice.export", "下载告知书"}, {"view.pages.export", "导出复核副本"}, {"application.erase", "删除申报"}, {"view.trail", "查看办理记录"}, {"view.trials", "查看复查列表"}, {"view.trial", "查看复查"}, {"view.audit", "查看审计"},
	{"upload", "收件"}, {"run", "核对"}, {"decision", "决定"}, {"correction", "更正"}, {"notice", "告知书"}, {"notice.draft", "保存告知书草稿"}, {"notice.issue", "签发告知书"},
	{"assign", "指派"}, {"handcheck", "人工核查"}, {"recheck", "重新核对"}, {"retry", "重试"}, {"cancel", "取消识别"}, {"trial", "批次复查"}, {"trial.start", "开始复查"}, {"trial.accept", "采纳复查"}, {"trial.drop", "放弃复查"},
	{"signin", "登录"}, {"signin.failed", "登录失败"}, {"signin.unknown", "未知账号登录"}, {"signout", "退出"},
	{"account", "账号"}, {"account.add", "新增账号"}, {"account.setup", "设置账号"}, {"account.password", "修改口令"}, {"account.second", "设置动态码"}, {"account.reset", "重置账号"},
	{"account.disable", "停用账号"}, {"account.enable", "启用账号"}, {"account.role", "更改角色"}, {"account.windows", "设置可见批次"}, {"account.bind", "绑定统一登录"}, {"token", "令牌"}, {"token.add", "新增令牌"}, {"token.revoke", "吊销令牌"}, {"dossier", "制作卷宗"}, {"witness.broken", "发现篡改"}, {"witness.remark", "重新生成校验码"},
}

func wordOf(event string) string {
	for _, e := range eventWords {
		if e.Name == event {
			return e.Word
		}
	}
	return event
}

// auditPage lists the trail, the newest first: ?who=&event=&application=&from=&to=&before=.
func (s *Server) auditPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := auditView{Person: person(r), Who: q.Get("who"), Event: q.Get("event"), Application: q.Get("application"), From: q.Get("from"), To: q.Get("to"), Events: eventWords}
	f := store.AuditFilter{Person: audit.Plain(v.Who), Event: audit.Plain(v.Event), Application: audit.Plain(v.Application)}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // none: from the end
	var okFrom, okTo bool
	f.From, okFrom = dayStart(v.From, 0)
	f.To, okTo = dayStart(v.To, 1)
	if !okFrom || !okTo {
		v.Trouble = "日期写作 2026-07-01"
	}
	var err error
	if v.Head, err = s.Ledger.AuditHead(r.Context()); err != nil {
		s.broken(w, r, err)
		return
	}
	lines, err := s.Ledger.AuditLines(r.Context(), f, auditPageSize)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, l := range lines {
		v.Lines = append(v.Lines, auditRow{l, store.Time(l.At).In(beijing).Format("2006-01-02 15:04:05"), wordOf(l.Event), redact.Text(strings.Trim(string(l.Detail), "{}"))})
	}
	if len(lines) == auditPageSize {
		next := url.Values{}
		for name, value := range map[string]string{"who": v.Who, "event": v.Event, "application": v.Application, "from": v.From, "to": v.To} {
			if value != "" {
				next.Set(name, value)
			}
		}
		next.Set("before", strconv.FormatInt(lines[len(lines)-1].Number, 10))
		v.Older = "/audit?" + next.Encode()
	}
	s.show(w, "audit.html", v)
}

// dayStart is the start of a day in Beijing, some days later, in milliseconds;
// 0 for no day.
func dayStart(day string, later int) (int64, bool) {
	if day == "" {
		return 0, true
	}
	at, err := time.ParseInLocation(time.DateOnly, day, beijing)
	if err != nil {
		return 0, false
	}
	return at.AddDate(0, 0, later).UnixMilli(), true
}
