-- Times are milliseconds since 1970 in UTC: they compare the same in every database.
-- A row that is worked on carries state, attempt (the fence), tries, owner, lease_until, due_at, error.

CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE TABLE upload_files (
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (upload_id, ordinal)
);

--bun:split

CREATE TABLE applications (
  id TEXT PRIMARY KEY,
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  applicant TEXT NOT NULL,
  project TEXT NOT NULL,
  mode TEXT NOT NULL,
  form TEXT NOT NULL,
  problems TEXT NOT NULL,
  verdict TEXT NOT NULL,
  payable_wan TEXT NOT NULL,
  run INTEGER NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE TABLE files (
  id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES applications (id),
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  pages_done INTEGER NOT NULL,
  pages_total INTEGER NOT NULL,
  reading TEXT NOT NULL,
  pictures TEXT NOT NULL,
  problem TEXT NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE TABLE runs (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  policy TEXT NOT NULL,
  version TEXT NOT NULL,
  verdict TEXT NOT NULL,
  report TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

CREATE TABLE dead_letters (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  tries INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT NOT NULL
);

--bun:split

CREATE INDEX files_of_application ON files (application_id, ordinal);

--bun:split

CREATE INDEX files_by_state ON files (state, due_at);

--bun:split

CREATE INDEX files_by_content ON files (sha256);

--bun:split

CREATE INDEX applications_by_state ON applications (state, due_at);

--bun:split

CREATE INDEX applications_by_time ON applications (created_at);

--bun:split

CREATE INDEX uploads_by_state ON uploads (state, due_at);

--bun:split

CREATE INDEX dead_letters_open ON dead_letters (resolved_at, created_at);
