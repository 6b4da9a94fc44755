// Package airlock shuts a process in before it looks at what strangers sent: it
// may compute and answer, but not reach the network, start programs, read what
// it does not need, or write anything but a cache. Each wall stands by itself:
// where a kernel or a container refuses one the others hold, and it is said.
package airlock

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// Walls are what a process is shut in by. What is empty is not allowed.
type Walls struct {
	Read  []string // files and folders that may be read; those that are missing are passed over
	Write []string // folders that may be written to
}

// fileSize bounds a file that the process writes, in bytes.
const fileSize = 256 << 20

// openFiles bounds open files.
const openFiles = 512

// Shut shuts the process in, for good. It returns what could not be done, nil
// when everything holds.
func Shut(w Walls) error {
	return errors.Join(
		named("limits", limits()),
		named("no_new_privs", unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)),
		named("not dumpable", unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)),
		named("landlock", files(w)),
		named("seccomp", calls()), // the last: it forbids what the others need
	)
}

func named(wall string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", wall, err)
}

func limits() error {
	for _, l := range []struct {
		what  int
		limit uint64
	}{{unix.RLIMIT_FSIZE, fileSize}, {unix.RLIMIT_NOFILE, openFiles}, {unix.RLIMIT_MEMLOCK, 0}} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return err
		}
	}
	return nil
}

// files has the kernel refuse all files but those named, and TCP.
func files(w Walls) error {
	rules := make([]landlock.Rule, 0, len(w.Read)+len(w.Write))
	for _, path := range w.Read {
		info, err := os.Stat(path)
		switch {
		case err != nil: // what is missing can't be read
		case info.IsDir():
			rules = append(rules, landlock.RODirs(path))
		default:
			rules = append(rules, landlock.ROFiles(path))
		}
	}
	for _, path := range w.Write {
		rules = append(rules, landlock.RWDirs(path))
	}
	config := landlock.V6
	if err := config.Restrict(rules...); err == nil {
		return nil
	}
	if err := config.BestEffort().Restrict(rules...); err != nil { // an older kernel: what it can
		return err
	}
	if !supported() {
		return errors.New("this kernel has no landlock, or it is off")
	}
	return nil
}

// supported says whether the kernel has landlock at all.
func supported() bool {
	version, _, errno := syscall.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	return errno == 0 && version > 0
}

// refused are calls that reading never needs.
var refused = []string{
	// the network, and any socket
	"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
	// other programs, other processes
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "pidfd_open", "kcmp",
	// the system
	"mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "bpf", "perf_event_open", "kexec_load", "init_module", "finit_module", "delete_module",
	"add_key", "request_key", "keyctl", "userfaultfd", "reboot", "swapon", "swapoff", "sethostname", "settimeofday", "clock_settime", "acct", "quotactl",
	"open_by_handle_at", "name_to_handle_at", "io_uring_setup", "io_uring_enter", "io_uring_register", "fsopen", "fsconfig", "fsmount", "move_mount", "open_tree",
	"setuid", "setgid", "setresuid", "setresgid", "setreuid", "setregid", "setgroups",
}

// calls has the kernel refuse calls. Threads are made by clone with CLONE_THREAD;
// without it it would be a new process. clone3 hides its flags: libraries go back
// to clone when it is not there.
func calls() error {
	if !seccomp.Supported() {
		return errors.New("this kernel has no seccomp, or it is refused here")
	}
	cpu, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	there := make([]string, 0, len(refused)) // calls differ by processor
	for _, name := range refused {
		if _, ok := cpu.SyscallNames[name]; ok {
			there = append(there, name)
		}
	}
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionAllow,
			Syscalls: []seccomp.SyscallGroup{
				{Action: seccomp.ActionErrno, Names: there},
				{Action: seccomp.ActionErrno, NamesWithCondtions: []seccomp.NameWithConditions{{Name: "clone", Conditions: seccomp.ArgumentConditions{
					{Argument: 0, Operation: seccomp.BitsNotSet, Value: unix.CLONE_THREAD}}}}},
				{Action: seccomp.ActionErrno | seccomp.Action(unix.ENOSYS), Names: []string{"clone3"}},
			},
		},
	})
}
