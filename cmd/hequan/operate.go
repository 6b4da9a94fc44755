package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"hequan"
	"hequan/internal/metrics"
	"hequan/internal/redact"
)

// operateFlags are for those who run the program.
type operateFlags struct {
	Metrics  string `help:"Serve /metrics for Prometheus, /healthz and /readyz on this address, apart from the workbench." placeholder:"HOST:PORT" env:"HEQUAN_METRICS"`
	LogJSON  bool   `name:"log-json" help:"Write the log as JSON, an object a line." env:"HEQUAN_LOG_JSON"`
	LogDebug bool   `name:"log-debug" help:"Log more." env:"HEQUAN_LOG_DEBUG"`
	KeepFree int64  `help:"Refuse uploads while fewer megabytes than this are free in the data folder." default:"1024" placeholder:"MB" env:"HEQUAN_KEEP_FREE"`
	Backlog  int    `help:"Refuse uploads while more files than this wait to be read." default:"200000" placeholder:"N" env:"HEQUAN_BACKLOG"`
}

// logger writes to the error output.
func (c *operateFlags) logger() *slog.Logger {
	o := &slog.HandlerOptions{}
	if c.LogDebug {
		o.Level = slog.LevelDebug
	}
	if c.LogJSON {
		return slog.New(redact.Handler{Handler: slog.NewJSONHandler(os.Stderr, o)})
	}
	return slog.New(redact.Handler{Handler: slog.NewTextHandler(os.Stderr, o)})
}

// measure counts what the worker does and, where an address is given, serves
// the counters until ctx is done.
func (c *workFlags) measure(ctx context.Context, r *running, pages func() int) error {
	m := metrics.New()
	m.Store, m.Queue, m.Pages, m.Version, m.Reader = r.Store, r.Queue, pages, hequan.Version, r.Reader.Version()
	r.Worker.Version, r.Watch = hequan.Version, m.Attempt
	r.Store.Watch(m.Statement)
	r.Blobs = m.Count(r.Blobs)
	m.Blobs = r.Blobs
	if c.Metrics == "" {
		return nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Metrics)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("%s cannot be listened on (choose another with --metrics): %w", c.Metrics, err)}
	}
	server := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			r.Log.Error("the metrics are no longer served", "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { server.Close() })
	return nil
}

// room says why nothing more can be taken in now: status 0 means that it can.
func (c *workFlags) room(r *running) func(context.Context) (status int, what, remedy string) {
	return func(ctx context.Context) (int, string, string) {
		var disk unix.Statfs_t
		if err := unix.Statfs(c.Data, &disk); err == nil {
			if free := int64(disk.Bavail) * disk.Bsize >> 20; free < c.KeepFree {
				return http.StatusInsufficientStorage, fmt.Sprintf("服务器磁盘空间不足（剩余 %d MB），暂不接收新的材料", free), "请联系管理员清理数据目录所在的磁盘，然后重新上传"
			}
		}
		b, err := r.Store.Backlog(ctx)
		if err != nil {
			r.Log.Error("what waits cannot be counted", "error", err)
			return http.StatusServiceUnavailable, "数据库暂时无法访问，未接收材料", "请稍后重新上传"
		}
		if n := b.Waiting["file"]; n > c.Backlog {
			return http.StatusServiceUnavailable, fmt.Sprintf("待读取的文件过多（%d 个），暂不接收新的材料", n), "请待队列缩短后重新上传，或联系管理员增加处理机器"
		}
		return 0, "", ""
	}
}
