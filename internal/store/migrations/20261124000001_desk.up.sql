-- What people at the desk do: decisions, corrections, notices, rounds of 补正. Rows are added, never changed,
-- but for the draft of a notice. number counts within the application.

ALTER TABLE applications ADD COLUMN claimed_fen BIGINT NOT NULL DEFAULT -1;

--bun:split

-- The run whose findings stand in the table findings.
ALTER TABLE applications ADD COLUMN digested INTEGER NOT NULL DEFAULT 0;

--bun:split

-- The round in which a file came, and the one in which another took its place (0: none did).
ALTER TABLE files ADD COLUMN round INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE files ADD COLUMN replaced_in INTEGER NOT NULL DEFAULT 0;

--bun:split

-- An upload of a round names its application, and which file each of its files replaces (JSON: name to name).
ALTER TABLE uploads ADD COLUMN round_of TEXT NOT NULL DEFAULT '';

--bun:split

ALTER TABLE uploads ADD COLUMN replaces TEXT NOT NULL DEFAULT '{}';

--bun:split

ALTER TABLE uploads ADD COLUMN person TEXT NOT NULL DEFAULT '';

--bun:split

-- The grave findings of the latest run, so that lists can count them.
CREATE TABLE findings (
  application_id TEXT NOT NULL REFERENCES applications (id),
  ordinal INTEGER NOT NULL,
  finding TEXT NOT NULL,
  rule TEXT NOT NULL,
  clause TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (application_id, ordinal)
);

--bun:split

CREATE TABLE decisions (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  finding TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  run INTEGER NOT NULL,
  message TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

CREATE INDEX decisions_of_finding ON decisions (application_id, finding, number);

--bun:split

CREATE TABLE corrections (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  page INTEGER NOT NULL,
  field TEXT NOT NULL,
  nth INTEGER NOT NULL,
  before TEXT NOT NULL,
  value TEXT NOT NULL,
  withdrawn INTEGER NOT NULL,
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  run INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

CREATE TABLE notices (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  run INTEGER NOT NULL,
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

CREATE TABLE rounds (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  run INTEGER NOT NULL,
  added INTEGER NOT NULL,
  replaced INTEGER NOT NULL,
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

-- A trial judges a window anew without changing anything, until it is accepted.
CREATE TABLE trials (
  id TEXT PRIMARY KEY,
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  person TEXT NOT NULL,
  total INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE TABLE trial_reports (
  trial_id TEXT NOT NULL REFERENCES trials (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  run INTEGER NOT NULL,
  policy TEXT NOT NULL,
  version TEXT NOT NULL,
  verdict TEXT NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (trial_id, application_id)
);
