package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// ReadyCmd asks a running serve or worker whether it is ready: for the health
// check of a container, which has no other program to ask with.
type ReadyCmd struct {
	Metrics string `default:"127.0.0.1:9090" help:"Its --metrics address." placeholder:"HOST:PORT" env:"HEQUAN_METRICS"`
}

// Run exits with 1 when it is not, or does not answer.
func (c *ReadyCmd) Run(ctx context.Context) error {
	host, port, err := net.SplitHostPort(c.Metrics)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 8*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return &exitError{exitFinding, err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 10_000))
	fmt.Println(strings.TrimSpace(string(body)))
	if err == nil && resp.StatusCode != http.StatusOK {
		err = errors.New("not ready")
	}
	if err != nil {
		return &exitError{exitFinding, err}
	}
	return nil
}
