package worker

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
)

// addresses says how Redis is named; go-redis parses what follows the scheme.
const addresses = "the address of Redis is redis://[user:password@]host:port[/db] (rediss:// with TLS), " +
	"redis+sentinel://[user:password@]host:port[/db]?master_name=NAME[&addr=host:port…] or redis+cluster://[user:password@]host:port[?addr=host:port…]"

// dial makes a client of a single server, of the master that sentinels watch,
// or of a cluster.
func dial(address string) (client redis.UniversalClient, err error) {
	scheme, rest, _ := strings.Cut(address, "://")
	plain, kind, _ := strings.Cut(scheme, "+")
	switch kind {
	case "":
		var o *redis.Options
		if o, err = redis.ParseURL(address); err == nil {
			return redis.NewClient(o), nil
		}
	case "sentinel":
		var o *redis.FailoverOptions
		if o, err = redis.ParseFailoverURL(plain + "://" + rest); err == nil && o.MasterName == "" {
			err = fmt.Errorf("master_name is missing")
		}
		if err == nil {
			return redis.NewFailoverClient(o), nil
		}
	case "cluster":
		var o *redis.ClusterOptions
		if o, err = redis.ParseClusterURL(plain + "://" + rest); err == nil {
			return redis.NewClusterClient(o), nil
		}
	default:
		err = fmt.Errorf("%s is unknown", scheme)
	}
	return nil, fmt.Errorf("%s: %w", addresses, err)
}

// Connect opens the queue at an address (see dial).
func Connect(ctx context.Context, address string) (*Redis, error) {
	client, err := dial(address)
	if err != nil {
		return nil, err
	}
	if err := client.Ping(ctx).Err(); err != nil {
		client.Close()
		return nil, fmt.Errorf("Redis at %s does not answer (is it running? is the password right?): %w", hostOf(address), err)
	}
	return &Redis{client, asynq.NewInspectorFromRedisClient(client)}, nil
}

// hostOf names the server without user and password.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "this address"
	}
	return u.Host
}
