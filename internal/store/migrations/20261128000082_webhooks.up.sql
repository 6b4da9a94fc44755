-- What other programs are to be told: a row a report and an address, worked on like any other row.
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES applications (id),
  run INTEGER NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE INDEX webhooks_by_state ON webhooks (state, due_at);

--bun:split

-- Answers to requests that bore an Idempotency-Key, to be given again; status 0 while one is at work.
CREATE TABLE answers (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  status INTEGER NOT NULL,
  location TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (scope, key)
);
