package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"hequan/checks"
	"hequan/internal/inbox"
	"hequan/internal/policy"
	"hequan/internal/render"
	"hequan/internal/web"
)

// ServeCmd is the workbench, the HTTP API, and a worker with its queue.
type ServeCmd struct {
	Addr string `default:"127.0.0.1:8090" help:"Address to listen on." placeholder:"HOST:PORT" env:"HEQUAN_ADDR"`
	peopleFlags
	Watch string `help:"A folder from which application folders and archives are taken in, each once, when nothing of them changes any more." placeholder:"DIR" env:"HEQUAN_WATCH" type:"existingdir"`
	workFlags
}

// Run serves until it is interrupted; work at hand is then given back and
// resumed at the next start.
func (c *ServeCmd) Run(ctx context.Context) error {
	log := c.logger()
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("%s cannot be listened on (choose another with --addr): %w", c.Addr, err)}
	}
	defer listener.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w, err := c.start(ctx, log)
	if err != nil {
		return err
	}
	defer w.close()
	site := &web.Server{Ledger: w.Store, Blobs: w.Blobs, Queue: w.Queue, Log: log, Ended: ctx, LocalOnly: loopback(listener.Addr()),
		Rules: map[string]string{}, Title: w.policy.Title, Spans: spans(w.policy), Transfers: filepath.Join(c.Data, "transfers"), Room: c.room(w)}
	copier, err := copies()
	if err != nil {
		return err
	}
	defer copier.Close()
	site.Copies = copier
	if err := c.secure(ctx, site, w.Store, listener.Addr()); err != nil {
		return err
	}
	for _, rule := range checks.All() {
		site.Rules[rule.ID] = rule.Title
	}
	server := &http.Server{Handler: site.Handler(), ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	failures := make(chan error, 2)
	var wait sync.WaitGroup
	wait.Go(func() {
		if err := c.serveOn(server, listener); !errors.Is(err, http.ErrServerClosed) {
			failures <- err
			stop()
		}
	})
	if c.Watch != "" {
		box := &inbox.Inbox{Dir: c.Watch, Ledger: w.Store, Blobs: w.Blobs, Log: log, Wake: site.Wake}
		wait.Go(func() { box.Run(ctx) })
	}
	wait.Go(func() {
		if err := w.Run(ctx); err != nil {
			failures <- err
			stop()
		}
	})
	c.welcome(ctx, site, w.Store, listener.Addr(), c.Data)
	<-ctx.Done()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		log.Warn("requests were cut off", "error", err)
		server.Close()
	}
	wait.Wait()
	select {
	case err := <-failures:
		return err
	default:
		return nil
	}
}

// spans are the windows that dates are drawn against.
func spans(p *policy.Policy) []render.Span {
	w := p.Windows
	return []render.Span{{Key: "usage", Name: "政策执行期", From: w.Usage.From, To: w.Usage.To}, {Key: "invoice", Name: "开票日期", From: w.Invoice.From, To: w.Invoice.To},
		{Key: "submission", Name: "申报时间", From: w.Submission.From, To: w.Submission.To}}
}

// loopback says whether an address is reached from this machine only.
func loopback(a net.Addr) bool {
	at, err := netip.ParseAddrPort(a.String())
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// dataLock locks the data folder: alone for a queue inside the process, shared
// among processes that meet at a Redis server.
func dataLock(dir string, alone bool) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made (choose another with --data DIR): %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return nil, fmt.Errorf("the data folder cannot be used (choose another with --data DIR): %w", err)
	}
	if err := flock(f, alone); err != nil {
		f.Close()
		return nil, fmt.Errorf("the data folder %s is in use by another hequan: end that one, choose another with --data DIR, or run all of them with --redis", dir)
	}
	return f, nil
}
