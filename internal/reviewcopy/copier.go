package reviewcopy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"time"

	"hequan/internal/child"
)

// Limits of a child that makes copies.
const (
	copyTime     = 60 * time.Second
	addressSpace = 4 << 30 // bytes; Go reserves far more than it uses
	recycleAfter = 20      // copies
)

// request is what the parent asks: the body is the PDF, then the appendix.
type request struct {
	PDF   int    `json:"pdf"` // bytes of the body that are the PDF
	Marks []Mark `json:"marks"`
}

// answer says why no copy was made, "" with a copy as the body.
type answer struct {
	Unfit string `json:"unfit,omitempty"`
}

// Copier makes review copies in a child process. It is safe for concurrent use.
type Copier struct {
	pool *child.Pool
}

// NewCopier makes a copier whose children are made by command; they must call
// [ServeChild]. They start when first needed.
func NewCopier(command func() *exec.Cmd) *Copier {
	return &Copier{child.NewPool(1, recycleAfter, command)}
}

// Close ends the child.
func (c *Copier) Close() error {
	c.pool.Close()
	return nil
}

// Copy is Annotate in the child. A file on which the child dies, or that takes
// it too long, is unfit, too.
func (c *Copier) Copy(ctx context.Context, pdf []byte, marks []Mark, appendix []byte) ([]byte, error) {
	one, err := c.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer c.pool.Release(one)
	var ans answer
	out, err := one.Call(ctx, copyTime, request{len(pdf), marks}, append(bytes.Clone(pdf), appendix...), &ans)
	switch {
	case errors.Is(err, child.ErrDied), errors.Is(err, child.ErrTimeout):
		return nil, fmt.Errorf("%w: %v", ErrUnfit, err)
	case err != nil:
		return nil, err
	case ans.Unfit != "":
		return nil, fmt.Errorf("%w (%s)", ErrUnfit, ans.Unfit)
	}
	return out, nil
}

// ServeChild is the main function of a child: it answers requests on in until
// in is closed.
func ServeChild(in io.Reader, out io.Writer) error {
	if err := child.Limit(addressSpace, 600); err != nil {
		return err
	}
	debug.SetMemoryLimit(1 << 30)
	return child.Serve(in, out, serve)
}

func serve(req request, body []byte) (answer, []byte) {
	if req.PDF < 0 || req.PDF > len(body) {
		return answer{Unfit: "the request is cut off"}, nil
	}
	var appendix []byte
	if req.PDF < len(body) {
		appendix = body[req.PDF:]
	}
	var out bytes.Buffer
	if err := Annotate(&out, body[:req.PDF], req.Marks, appendix); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return answer{Unfit: err.Error()}, nil
	}
	return answer{}, out.Bytes()
}
