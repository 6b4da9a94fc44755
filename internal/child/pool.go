package child

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sort"
	"sync"
	"time"
)

// Errors of a call that the child did not survive.
var (
	ErrTimeout = errors.New("the child took too long and was killed")
	ErrDied    = errors.New("the child died")
)

// Pool keeps up to Size children of the same command.
type Pool struct {
	Command func() *exec.Cmd // makes a fresh command; stdin, stdout and stderr are set here
	Recycle int              // requests after which a child is replaced; 0: never

	slots chan *Child
	once  sync.Once
	size  int

	mu   sync.Mutex
	pids map[int]bool
}

// Pids returns the process ids of the running children, in order.
func (p *Pool) Pids() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]int, 0, len(p.pids))
	for pid := range p.pids {
		out = append(out, pid)
	}
	sort.Ints(out)
	return out
}

// NewPool makes a pool of size children, started when first needed.
func NewPool(size, recycle int, command func() *exec.Cmd) *Pool {
	p := &Pool{Command: command, Recycle: recycle, slots: make(chan *Child, size), size: size, pids: map[int]bool{}}
	for range size {
		p.slots <- &Child{pool: p}
	}
	return p
}

// Acquire waits for a free child. It must be given back with Release.
func (p *Pool) Acquire(ctx context.Context) (*Child, error) {
	select {
	case c := <-p.slots:
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Release gives a child back.
func (p *Pool) Release(c *Child) {
	if p.Recycle > 0 && c.served >= p.Recycle {
		c.stop()
	}
	p.slots <- c
}

// Close ends all children. It waits for those in use.
func (p *Pool) Close() {
	p.once.Do(func() {
		for range p.size {
			(<-p.slots).stop()
		}
	})
}

// Child is one worker process. It is not safe for concurrent use.
type Child struct {
	Holds string // what the process keeps between calls, for its user to note; emptied when the process is replaced

	pool   *Pool
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *tail
	served int
}

// Call sends one request and reads the answer, starting the process if need
// be. The process is killed when the limit passes (ErrTimeout) or ctx ends; a
// process that dies gives ErrDied with the end of its stderr. Either way the
// next call has a fresh process.
func (c *Child) Call(ctx context.Context, limit time.Duration, request any, body []byte, answer any) ([]byte, error) {
	if err := c.start(); err != nil {
		return nil, err
	}
	c.served++
	type result struct {
		body []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		if err := WriteFrame(c.in, request, body); err != nil {
			done <- result{nil, err}
			return
		}
		b, err := ReadFrame(c.out, answer)
		done <- result{b, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r := <-done:
		if r.err == nil {
			return r.body, nil
		}
		state := c.stop()
		return nil, fmt.Errorf("%w: %v; %s", ErrDied, state, c.stderr)
	case <-timer.C:
		_ = c.cmd.Process.Kill() // ends the frame being read
		<-done
		c.wait()
		return nil, fmt.Errorf("%w after %s", ErrTimeout, limit)
	case <-ctx.Done():
		_ = c.cmd.Process.Kill()
		<-done
		c.wait()
		return nil, ctx.Err()
	}
}

func (c *Child) start() error {
	if c.cmd != nil {
		return nil
	}
	cmd := c.pool.Command()
	c.stderr = &tail{}
	cmd.Stderr = c.stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the reader cannot be started: %w", err)
	}
	c.pool.mu.Lock()
	c.pool.pids[cmd.Process.Pid] = true
	c.pool.mu.Unlock()
	c.cmd, c.in, c.out, c.served, c.Holds = cmd, in, bufio.NewReaderSize(out, 1<<16), 0, ""
	return nil
}

// stop closes the child's stdin, which ends it, and waits a moment before it is killed.
func (c *Child) stop() *os.ProcessState {
	if c.cmd == nil {
		return nil
	}
	_ = c.in.Close()
	timer := time.AfterFunc(2*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	return c.wait()
}

func (c *Child) wait() *os.ProcessState {
	_, _ = io.Copy(io.Discard, c.out)
	_ = c.cmd.Wait()
	state := c.cmd.ProcessState
	c.pool.mu.Lock()
	delete(c.pool.pids, c.cmd.Process.Pid)
	c.pool.mu.Unlock()
	c.cmd, c.Holds = nil, ""
	return state
}

// tail keeps the last bytes written to it.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if len(t.buf) > 8192 {
		t.buf = append(t.buf[:0], t.buf[len(t.buf)-4096:]...)
	}
	return len(p), nil
}

// String returns the first line of the last panic or the last line written.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := bytes.Split(bytes.TrimSpace(t.buf), []byte("\n"))
	for _, l := range lines {
		if bytes.HasPrefix(l, []byte("panic:")) || bytes.HasPrefix(l, []byte("fatal error:")) || bytes.HasPrefix(l, []byte("SIG")) {
			return string(l)
		}
	}
	return string(lines[len(lines)-1])
}
