package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hequan/internal/clamd"
	"hequan/internal/exttool"
	"hequan/internal/ocr"
)

// DoctorCmd says what is there, what is missing and how to get it.
type DoctorCmd struct {
	Tessdata string `help:"Folder of Tesseract's language models." placeholder:"DIR"`
	Cache    string `help:"Folder of the cache." placeholder:"DIR" env:"HEQUAN_CACHE"`
	Redis    string `help:"Redis server of the queue, where there is one." placeholder:"URL" env:"HEQUAN_REDIS"`
	Clamd    string `help:"ClamAV daemon, where there is one." placeholder:"ADDRESS" env:"HEQUAN_CLAMD"`
	dataFlags
}

// Run prints a line a tool; the exit status is 1 when a required one is missing.
func (c *DoctorCmd) Run(ctx context.Context) error {
	missing := false
	for _, t := range exttool.Probe(ctx, c.Tessdata, ocr.TesseractVersion(), ocr.LinesDir()) {
		switch {
		case t.Found != "":
			fmt.Printf("✓ %s：%s\n", t.Name, t.Found)
		case t.Required:
			missing = true
			fmt.Printf("✗ %s：缺少（用于%s）\n    安装：%s\n", t.Name, t.For, t.Install)
		default:
			fmt.Printf("– %s：未安装（用于%s）\n    安装：%s\n", t.Name, t.For, t.Install)
		}
	}
	dir, err := writableCache(c.Cache)
	if err != nil {
		missing = true
		fmt.Printf("✗ 缓存目录：%v\n    请用 --cache 指定一个可写目录\n", err)
	} else {
		fmt.Printf("✓ 缓存目录：%s\n", dir)
	}
	if c.Clamd != "" {
		version, err := clamd.Scanner{Address: c.Clamd}.Version(ctx)
		if err != nil {
			missing = true
			fmt.Printf("✗ 病毒扫描：%v\n    请启动 clamd，或检查 --clamd 的地址；未得到扫描结果的文件不会被读取\n", err)
		} else {
			fmt.Printf("✓ 病毒扫描：%s\n", version)
		}
	}
	doctorAirlock(ctx)
	if !c.installation(ctx) {
		missing = true
	}
	if missing {
		return &exitError{exitFinding, errors.New("required parts are missing or ill, see above")}
	}
	return nil
}

// writableCache makes sure that the cache folder takes files.
func writableCache(dir string) (string, error) {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(base, "hequan")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	return dir, f.Close()
}
