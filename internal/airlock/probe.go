package airlock

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// Wall is one of the things that a process must not be able to do.
type Wall struct {
	Name    string `json:"name"` // in the staff's words
	Holds   bool   `json:"holds"`
	Despite string `json:"despite,omitempty"` // what went through
}

// Probe tries from inside what must not go, and says what holds. listening is
// the address of somebody who listens for TCP, file one that exists and is
// nobody's business here, folder one where files could be made.
func Probe(listening, file, folder string) []Wall {
	return []Wall{
		try("不能连接网络", func() error {
			c, err := net.Dial("tcp", listening) //nolint:gosec,noctx // our own listener; the process ends soon
			if err == nil {
				c.Close()
			}
			return err
		}),
		try("不能读取其他文件", func() error {
			f, err := os.Open(file)
			if err == nil {
				f.Close()
			}
			return err
		}),
		try("不能写入文件", func() error {
			path := filepath.Join(folder, "airlock-probe")
			err := os.WriteFile(path, nil, 0o600)
			if err == nil {
				os.Remove(path)
			}
			return err
		}),
		try("不能启动程序", func() error { return exec.CommandContext(context.Background(), "/bin/true").Run() }),
		try("不能取得新权限", func() error {
			if on, err := unix.PrctlRetInt(unix.PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); err == nil && on == 1 {
				return syscall.EPERM
			}
			return nil
		}),
		try("文件大小受限", func() error {
			var l unix.Rlimit
			if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &l); err == nil && l.Max == fileSize {
				return syscall.EPERM
			}
			return nil
		}),
	}
}

// try says that a wall holds where the kernel refused; that something is not
// there proves nothing.
func try(name string, what func() error) Wall {
	err := what()
	switch {
	case errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EACCES):
		return Wall{Name: name, Holds: true}
	case err == nil:
		return Wall{Name: name, Despite: "成功了"}
	}
	return Wall{Name: name, Despite: err.Error()}
}
