package worker

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// Embedded is a queue inside this process: nothing to install, and gone with
// the process, which costs nothing (see the reconciler).
type Embedded struct {
	*Redis
	server *miniredis.Miniredis
	stop   chan struct{}
}

// Embed starts the queue on a free port of the loopback interface, under a password.
func Embed(ctx context.Context) (*Embedded, error) {
	server := miniredis.NewMiniRedis()
	password := rand.Text()
	server.RequireAuth(password)
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("the queue inside this process cannot listen on the loopback interface: %w", err)
	}
	address := url.URL{Scheme: "redis", User: url.UserPassword("default", password), Host: server.Addr()}
	client, err := Connect(ctx, address.String())
	if err != nil {
		server.Close()
		return nil, err
	}
	q := &Embedded{Redis: client, server: server, stop: make(chan struct{})}
	go q.tick()
	return q, nil
}

// tick moves the server's clock: its expiry times stand still by themselves.
func (q *Embedded) tick() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			q.server.FastForward(time.Second)
		case <-q.stop:
			return
		}
	}
}

// Close ends the queue.
func (q *Embedded) Close() error {
	close(q.stop)
	err := q.Redis.Close()
	q.server.Close()
	return err
}
