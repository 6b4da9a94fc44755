package main

import (
	"errors"
	"fmt"
	"net/url"

	"hequan/worker"
)

// hooks has a worker tell the addresses of the flags of reports.
func (c *workFlags) hooks(r *running) error {
	for _, address := range c.Webhook {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return &exitError{exitUsage, fmt.Errorf("--webhook %q is no http or https address", address)}
		}
	}
	if len(c.Webhook) > 0 && c.WebhookSecret == "" {
		return &exitError{exitUsage, errors.New("--webhook needs --webhook-secret: what is sent must be signed")}
	}
	r.Store.Webhooks = c.Webhook
	r.Hooks = worker.Webhooks{Secret: c.WebhookSecret, AllowPrivate: c.WebhookPrivate}
	return nil
}
