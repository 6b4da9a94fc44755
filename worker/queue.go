// Package worker does the work that the store says is due: it takes uploads
// apart, reads files and judges applications. The queue only wakes it up;
// losing the queue loses nothing, because the reconciler asks the store again.
package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"hequan/internal/store"
)

// Queue tells workers that something is due. Telling twice is harmless.
type Queue interface {
	Enqueue(ctx context.Context, t store.Task, delay time.Duration) error
}

// The types of tasks and the queues they go through.
var (
	taskTypes = map[store.Kind]string{
		store.KindUpload: "upload:intake", store.KindFile: "file:read", store.KindApplication: "application:check",
		store.KindWindow: "window:check", store.KindTrial: "window:recheck", store.KindWebhook: "webhook:deliver", store.KindRange: "file:range",
	}
	taskQueues = map[store.Kind]string{
		store.KindUpload: "intake", store.KindFile: "read", store.KindApplication: "check",
		store.KindWindow: "check", store.KindTrial: "batch", store.KindWebhook: "intake", store.KindRange: "read",
	}
)

// queueOf is the queue that a task goes through: files of a batch go through
// one of several, by the end of their id (see [store.Lanes]).
func queueOf(t store.Task) string {
	queue := taskQueues[t.Kind]
	if i := strings.LastIndexByte(t.ID, '-'); (t.Kind == store.KindFile || t.Kind == store.KindRange) && i >= 0 {
		return queue + t.ID[i:]
	}
	return queue
}

// readQueues are the queues of files with their weights: while all have work,
// half of the readers are at what people wait for, the others at batches in turn.
func readQueues() map[string]int {
	queues := map[string]int{"read": store.Lanes}
	for i := range store.Lanes {
		queues[fmt.Sprintf("read-%d", i)] = 1
	}
	return queues
}

// payload is all that a task holds.
type payload struct {
	ID string `json:"id"`
}

// Redis is a queue on a Redis server, behind sentinels or on a cluster; see [Connect].
type Redis struct {
	client    redis.UniversalClient
	inspector *asynq.Inspector
}

// Waiting is how many tasks wait in each queue, and how many are at hand.
func (q *Redis) Waiting() (waiting, active map[string]int, err error) {
	names, err := q.inspector.Queues()
	if err != nil {
		return nil, nil, err
	}
	waiting, active = map[string]int{}, map[string]int{}
	for _, name := range names {
		info, err := q.inspector.GetQueueInfo(name)
		if err != nil {
			return nil, nil, err
		}
		waiting[name], active[name] = info.Pending+info.Scheduled+info.Retry, info.Active
	}
	return waiting, active, nil
}

// Policy is what the server does when its memory is full; anything but
// noeviction loses tasks, which then wait for the reconciler.
func (q *Redis) Policy(ctx context.Context) (string, error) {
	got, err := q.client.ConfigGet(ctx, "maxmemory-policy").Result()
	return got["maxmemory-policy"], err
}

// Close closes the connection.
func (q *Redis) Close() error { return q.client.Close() }

// Ping says whether the server answers.
func (q *Redis) Ping(ctx context.Context) error { return q.client.Ping(ctx).Err() }

// keepTrying is how often asynq itself repeats a task whose handler could not
// reach the database. It must not be 0: such tasks are archived when their
// worker dies.
const keepTrying = 3

// longest is the time a task may take at most; reading a file of a thousand pages takes hours.
const longest = 12 * time.Hour

// Enqueue puts the task into its queue. Its id is what it works on and the
// row's attempt, so that telling twice makes one task.
func (q *Redis) Enqueue(ctx context.Context, t store.Task, delay time.Duration) error {
	id := fmt.Sprintf("%s:%s:%d", t.Kind, t.ID, t.Attempt)
	err := q.put(ctx, t, id, delay)
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return err
	}
	info, err := q.inspector.GetTaskInfo(queueOf(t), id)
	switch {
	case errors.Is(err, asynq.ErrTaskNotFound), errors.Is(err, asynq.ErrQueueNotFound): // gone meanwhile
		return q.put(ctx, t, id, delay)
	case err != nil:
		return err
	}
	switch info.State {
	case asynq.TaskStateArchived, asynq.TaskStateCompleted:
		// The id stays taken as long as the old task is kept.
		if err := q.inspector.DeleteTask(queueOf(t), id); err != nil && !errors.Is(err, asynq.ErrTaskNotFound) {
			return err
		}
		return q.put(ctx, t, id, delay)
	case asynq.TaskStateActive:
		// The row is due, so nobody works on it: this task's worker died and
		// the task may stay active for minutes, or for ever.
		return q.put(ctx, t, fmt.Sprintf("%s:again-%d", id, time.Now().Unix()), delay)
	}
	return nil // it waits in the queue already
}

// put enqueues under the id. The client is made anew each time: it remembers
// which queues it has registered, and would not do so again after Redis lost its data.
func (q *Redis) put(ctx context.Context, t store.Task, id string, delay time.Duration) error {
	body, err := json.Marshal(payload{t.ID})
	if err != nil {
		return err
	}
	_, err = asynq.NewClientFromRedisClient(q.client).EnqueueContext(ctx, asynq.NewTask(taskTypes[t.Kind], body),
		asynq.TaskID(id), asynq.Queue(queueOf(t)), asynq.MaxRetry(keepTrying), asynq.ProcessIn(delay), asynq.Timeout(longest))
	return err
}
