package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"hequan"
	"hequan/internal/store"
	"hequan/worker"
)

// installation looks at the database, the files, the queue and the workers of
// the installation that the flags name, if they name one. It says whether all
// is well.
func (c *DoctorCmd) installation(ctx context.Context) bool {
	if c.existing() != nil && c.Blobs == "" && c.Redis == "" {
		return true
	}
	well := true
	tell := func(name string, err error, found, mend string) {
		if err != nil {
			well = false
			fmt.Printf("✗ %s：%v\n    %s\n", name, err, mend)
			return
		}
		fmt.Printf("✓ %s：%s\n", name, found)
	}
	if err := c.existing(); err == nil {
		c.lookAtDatabase(ctx, tell)
	}
	blobs, err := c.openBlobs() //nolint:contextcheck // blobs have time limits of their own
	if err == nil {
		err = blobs.Ping()
	}
	where := c.Blobs
	if where == "" {
		where = c.Data
	}
	tell("材料存储", err, where, "请检查 --blobs 的地址、密钥（AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）与存储桶")
	if c.Redis != "" {
		found, err := lookAtQueue(ctx, c.Redis)
		tell("队列", err, found, "请检查 --redis 的地址与口令；Redis 应设 maxmemory-policy noeviction")
	}
	var disk unix.Statfs_t
	if unix.Statfs(c.Data, &disk) == nil {
		free := int64(disk.Bavail) * disk.Bsize >> 30
		err = nil
		if free < 5 {
			err = fmt.Errorf("%s 只剩 %d GB", c.Data, free)
		}
		tell("磁盘", err, fmt.Sprintf("%s 剩余 %d GB", c.Data, free), "请清理磁盘；剩余低于 --keep-free 时不再接收上传")
	}
	return well
}

// lookAtKey says with which key rows are marked, and who could read it.
func lookAtKey(db *store.Store) {
	name, file := db.Key()
	info, err := os.Stat(file)
	switch {
	case file == "":
		fmt.Println("– 行校验码：没有密钥，了解本程序的人改动数据后可以重新生成\n    请以 --witness-key 指定各机器相同的密钥文件（docs/security.md）")
	case err == nil && info.Mode().Perm()&0o077 != 0:
		fmt.Printf("– 行校验码：密钥 %s，但 %s 可被其他用户读取\n    chmod 600 %s\n", name, file, file)
	default:
		fmt.Printf("✓ 行校验码：密钥 %s（%s；请另行备份）\n", name, file)
	}
}

// lookAtDatabase says which steps its tables lack and who works on it.
func (c *DoctorCmd) lookAtDatabase(ctx context.Context, tell func(name string, err error, found, mend string)) {
	steps, err := store.Migrations(ctx, c.database())
	missing := 0
	for _, m := range steps {
		if m.Applied.IsZero() {
			missing++
		}
	}
	if err == nil && missing > 0 {
		err = fmt.Errorf("还有 %d 步升级未执行", missing)
	}
	tell("数据库", err, fmt.Sprintf("%d 步升级均已执行", len(steps)), "请运行 hequan migrate up；地址以 --database 指定")
	if err != nil {
		return
	}
	db, err := store.OpenWith(ctx, c.database(), c.Witness)
	if err != nil {
		tell("数据库", err, "", "请检查地址与口令")
		return
	}
	defer db.Close()
	lookAtKey(db)
	list, err := db.Workers(ctx)
	var words []string
	readers := map[string]bool{}
	for _, w := range list {
		words, readers[w.Reader] = append(words, fmt.Sprintf("%s（%s，同时读取 %d 份）", w.ID, w.Version, w.Readers)), true
		if w.Version != hequan.Version {
			err = fmt.Errorf("%s 的版本是 %s，本程序是 %s", w.ID, w.Version, hequan.Version)
		}
	}
	if err == nil && len(readers) > 1 {
		err = fmt.Errorf("各机器的识别程序或语言模型不同：%s", strings.Join(words, "、"))
	}
	tell("处理机器", err, fmt.Sprintf("%d 台在线 %s", len(list), strings.Join(words, "、")), "升级期间可以并存；升级完成后各机器应为同一版本、同一语言模型")
	b, err := db.Backlog(ctx)
	if err == nil && b.Dead > 0 {
		err = fmt.Errorf("%d 项工作多次失败后被放弃", b.Dead)
	}
	if err != nil {
		tell("待办", err, "", "请在工作台查看原因并重试")
		return
	}
	tell("待办", nil, fmt.Sprintf("待读取 %d 个文件，待核对 %d 份申报", b.Waiting[store.KindFile], b.Waiting[store.KindApplication]), "")
}

// lookAtQueue says how the queue's server is set.
func lookAtQueue(ctx context.Context, address string) (string, error) {
	q, err := worker.Connect(ctx, address)
	if err != nil {
		return "", err
	}
	defer q.Close()
	policy, err := q.Policy(ctx)
	if err != nil {
		return "可用（无权查看设置）", nil
	}
	if policy != "noeviction" {
		return "", fmt.Errorf("maxmemory-policy 为 %s，内存不足时任务会被丢弃", policy)
	}
	return "可用", nil
}
