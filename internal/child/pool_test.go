package child

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestMain makes the test binary its own child: the variable says how it
// misbehaves.
func TestMain(m *testing.M) {
	if how := os.Getenv("CHILD_TEST"); how != "" {
		behave(how)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

type question struct {
	Do string
	N  int
}

type reply struct {
	Pid, N int
}

// behave answers the questions of its parent, each as it asks to.
func behave(string) {
	for {
		var q question
		body, err := ReadFrame(os.Stdin, &q)
		if err != nil {
			return
		}
		switch q.Do {
		case "echo":
			if err := WriteFrame(os.Stdout, reply{os.Getpid(), q.N}, body); err != nil {
				panic(err)
			}
		case "hang":
			time.Sleep(time.Hour)
		case "die":
			fmt.Fprintln(os.Stderr, "some words before\npanic: out of paper\ngoroutine 1 [running]")
			os.Exit(2)
		case "half":
			os.Stdout.Write([]byte{200, 0, 0, 0, 0, 0, 0, 0, '{'})
			os.Exit(0)
		case "garbage":
			fmt.Print("this is no frame, but a message from some library\n")
		case "noJSON":
			os.Stdout.Write(append([]byte{5, 0, 0, 0, 0, 0, 0, 0}, "hello"...))
		case "flood": // more than the pipe holds, after a frame that is too large
			var head [8]byte
			binary.LittleEndian.PutUint32(head[4:], maxBody+1)
			os.Stdout.Write(head[:])
			os.Stdout.Write(make([]byte, 1<<20))
		}
	}
}

func testPool(t *testing.T, size, recycle int) *Pool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(size, recycle, func() *exec.Cmd {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), "CHILD_TEST=1")
		return cmd
	})
	t.Cleanup(p.Close)
	return p
}

func acquire(t *testing.T, p *Pool) *Child {
	t.Helper()
	c, err := p.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// echo asks for an answer that must come and returns the child's process id.
func echo(t *testing.T, c *Child) int {
	t.Helper()
	sent := bytes.Repeat([]byte("页"), 100_000)
	var got reply
	body, err := c.Call(t.Context(), 20*time.Second, question{Do: "echo", N: 7}, sent, &got)
	if err != nil {
		t.Fatal(err)
	}
	if got.N != 7 || !bytes.Equal(body, sent) {
		t.Fatalf("answer %+v with %d bytes, want 7 with %d", got, len(body), len(sent))
	}
	return got.Pid
}

func TestMisbehaviour(t *testing.T) {
	for _, c := range []struct {
		do    string
		limit time.Duration
		want  error
		says  string
	}{
		{"hang", 300 * time.Millisecond, ErrTimeout, "after 300ms"},
		{"die", 20 * time.Second, ErrDied, "exit status 2; panic: out of paper"},
		{"half", 20 * time.Second, ErrDied, ""},
		{"garbage", 20 * time.Second, ErrDied, ""},
		{"noJSON", 20 * time.Second, ErrDied, ""},
		{"flood", 20 * time.Second, ErrDied, ""},
	} {
		t.Run(c.do, func(t *testing.T) {
			p := testPool(t, 1, 0)
			child := acquire(t, p)
			first := echo(t, child)
			child.Holds = "a file"
			began := time.Now()
			var got reply
			_, err := child.Call(t.Context(), c.limit, question{Do: c.do}, nil, &got)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %v with %q", err, c.want, c.says)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
			if child.Holds != "" {
				t.Errorf("the dead child still holds %q", child.Holds)
			}
			if pids := p.Pids(); len(pids) != 0 {
				t.Errorf("processes %v are left", pids)
			}
			if again := echo(t, child); again == first {
				t.Error("the next call went to the same process")
			}
			p.Release(child)
		})
	}
}

func TestCancelledCall(t *testing.T) {
	p := testPool(t, 1, 0)
	child := acquire(t, p)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	var got reply
	if _, err := child.Call(ctx, time.Hour, question{Do: "hang"}, nil, &got); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if _, err := p.Acquire(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a child was had of an empty pool: %v", err)
	}
	echo(t, child)
	p.Release(child)
}

func TestRecycle(t *testing.T) {
	p := testPool(t, 1, 2)
	var pids []int
	for range 5 {
		c := acquire(t, p)
		pids = append(pids, echo(t, c))
		p.Release(c)
	}
	if pids[0] != pids[1] || pids[1] == pids[2] || pids[2] != pids[3] || pids[3] == pids[4] {
		t.Errorf("processes %v, want a new one after every second call", pids)
	}
}

func TestPoolKeepsItsSizeAndCloses(t *testing.T) {
	p := testPool(t, 2, 0)
	a, b := acquire(t, p), acquire(t, p)
	if echo(t, a) == echo(t, b) {
		t.Error("two children are one process")
	}
	if n := len(p.Pids()); n != 2 {
		t.Errorf("%d processes, want 2", n)
	}
	p.Release(a)
	p.Release(b)
	p.Close()
	if pids := p.Pids(); len(pids) != 0 {
		t.Errorf("processes %v are left after Close", pids)
	}
}

func TestMissingProgram(t *testing.T) {
	p := NewPool(1, 0, func() *exec.Cmd { return exec.Command("/no/such/program") })
	defer p.Close()
	c := acquire(t, p)
	defer p.Release(c)
	var got reply
	if _, err := c.Call(t.Context(), time.Second, question{}, nil, &got); err == nil || errors.Is(err, ErrDied) {
		t.Errorf("error %v, want that it cannot be started", err)
	}
}

func TestFrames(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteFrame(&buf, question{Do: "a"}, []byte("body")); err != nil {
		t.Fatal(err)
	}
	whole := buf.Bytes()
	for cut := range len(whole) {
		var q question
		if _, err := ReadFrame(bytes.NewReader(whole[:cut]), &q); err == nil {
			t.Errorf("a frame of %d of %d bytes was read", cut, len(whole))
		} else if (cut == 0) != errors.Is(err, io.EOF) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	var q question
	if body, err := ReadFrame(bytes.NewReader(whole), &q); err != nil || string(body) != "body" || q.Do != "a" {
		t.Errorf("%q %+v %v", body, q, err)
	}
}
