package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
)

// doctorAirlock says what a reader process is kept from on this machine, by
// having one try.
func doctorAirlock(ctx context.Context) {
	told, err := probeReader(ctx)
	if err != nil {
		fmt.Printf("– 读取进程的隔离：无法试验：%v\n", err)
		return
	}
	for _, w := range told.Walls {
		if w.Holds {
			fmt.Printf("✓ 读取进程%s\n", w.Name)
		} else {
			fmt.Printf("– 读取进程“%s”未生效：%s\n    系统内核或容器不允许；可换用较新的内核，或在容器中放开 landlock 与 seccomp\n", w.Name, w.Despite)
		}
	}
}

func probeReader(ctx context.Context) (*probed, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "hequan-doctor-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	out, err := exec.CommandContext(ctx, program, "reader", "--probe", l.Addr().String(), "--folder", folder).Output()
	if err != nil {
		return nil, err
	}
	told := new(probed)
	return told, json.Unmarshal(out, told)
}
