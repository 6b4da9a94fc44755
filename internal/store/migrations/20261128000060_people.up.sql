-- Who may sign in, with what, and what everybody looked at and changed. Times are milliseconds UTC, 0: never.
-- epoch grows when all sessions of an account must end; setup is the sha256 of its one-time link.

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  totp TEXT NOT NULL,
  totp_step BIGINT NOT NULL,
  subject TEXT NOT NULL,
  failures INTEGER NOT NULL,
  locked_until BIGINT NOT NULL,
  epoch INTEGER NOT NULL,
  disabled INTEGER NOT NULL,
  setup TEXT NOT NULL,
  setup_until BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

--bun:split

-- token is the sha256 of what the browser holds.
CREATE TABLE sessions (
  token TEXT PRIMARY KEY,
  data TEXT NOT NULL,
  expiry BIGINT NOT NULL
);

--bun:split

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  label TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

--bun:split

-- The account of the person, "" where there were no accounts yet.
ALTER TABLE decisions ADD COLUMN account TEXT NOT NULL DEFAULT '';

--bun:split

-- Lines are added, never changed; each holds the hash of the one before it.
CREATE TABLE audit (
  number BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  address TEXT NOT NULL,
  event TEXT NOT NULL,
  application TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

--bun:split

CREATE INDEX audit_of_application ON audit (application, number);

--bun:split

-- The one row with the last line's number and hash: writers wait for each other here.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY,
  number BIGINT NOT NULL,
  hash TEXT NOT NULL
);

--bun:split

INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '');
