// Client hands an application in and prints what became of it, by the HTTP API
// alone. It is an example to copy from.
//
//	client -token TOKEN http://127.0.0.1:8090 2026H1-0017.zip
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

func main() {
	token := flag.String("token", "", "token of an account, made on its page")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: client [-token TOKEN] ADDRESS ARCHIVE")
		os.Exit(2)
	}
	c := &client{base: flag.Arg(0), token: *token, pause: 2 * time.Second}
	if err := c.run(context.Background(), flag.Arg(1), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

// client asks a hequan serve.
type client struct {
	base  string
	token string        // "" while the server has no accounts
	pause time.Duration // between looks at what is being worked on
}

// application is the part of an application that is needed here; see openapi.json.
type application struct {
	ID, Name, State, Verdict, Error string
	PayableWan                      string `json:"payable_wan"`
}

// run hands an archive in, waits for its applications and prints them.
func (c *client) run(ctx context.Context, archive string, out io.Writer) error {
	data, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	var upload struct{ ID string }
	// The key lets the request be made again after a broken connection: it is taken in once.
	err = c.ask(ctx, "POST", "/api/applications?name="+url.QueryEscape(filepath.Base(archive)), "application/zip", data, rand.Text(), &upload)
	if err != nil {
		return err
	}
	for {
		var state struct {
			State, Error string
			Applications []application
		}
		if err := c.ask(ctx, "GET", "/api/uploads/"+upload.ID, "", nil, "", &state); err != nil {
			return err
		}
		if state.State == "dead" {
			return fmt.Errorf("the upload could not be taken apart: %s", state.Error)
		}
		open := state.State != "done"
		for _, a := range state.Applications {
			open = open || a.State != "done" && a.State != "dead"
		}
		if !open {
			for _, a := range state.Applications {
				fmt.Fprintf(out, "%s\t%s\t%s 万元\t%s\n", a.Name, a.Verdict, a.PayableWan, a.Error)
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(c.pause):
		}
	}
}

// ask makes a request and decodes its answer into v.
func (c *client) ask(ctx context.Context, method, path, media string, body []byte, key string, v any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		var told struct{ Error, Remedy string }
		if json.NewDecoder(resp.Body).Decode(&told) == nil && told.Error != "" {
			return fmt.Errorf("%s: %s。%s", resp.Status, told.Error, told.Remedy)
		}
		return fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(v)
}
