-- What lists show of an application stands in its row, so that a window of thousands is filtered, sorted and
-- paged by the database. The counts follow the findings, decisions, notices and rounds (see tally).

ALTER TABLE applications ADD COLUMN fails INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN still_open INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN notices INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN issued_at BIGINT NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN rounds INTEGER NOT NULL DEFAULT 0;

--bun:split

ALTER TABLE applications ADD COLUMN round_at BIGINT NOT NULL DEFAULT 0;

--bun:split

-- Who is to look at it; the history is in assignments.
ALTER TABLE applications ADD COLUMN assignee TEXT NOT NULL DEFAULT '';

--bun:split

-- What it can be found by, in lower case: names, numbers of contracts and invoices, codes.
ALTER TABLE applications ADD COLUMN search TEXT NOT NULL DEFAULT '';

--bun:split

-- The new columns of judged applications are filled when the database is opened next.
UPDATE applications SET digested = 0;

--bun:split

UPDATE applications SET search = lower(name || ' ' || applicant || ' ' || project);

--bun:split

CREATE TABLE assignments (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  assignee TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

-- Filters of the list that a person keeps; query is that of the list's address.
CREATE TABLE saved_filters (
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person, name)
);

--bun:split

-- What no paper tells and people look up by hand; the latest of an item counts.
CREATE TABLE hand_checks (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  item TEXT NOT NULL,
  ticked INTEGER NOT NULL,
  note TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);

--bun:split

CREATE INDEX applications_of_upload ON applications (upload_id, ordinal);

--bun:split

CREATE INDEX applications_by_update ON applications (updated_at);

--bun:split

CREATE INDEX files_by_update ON files (updated_at);

--bun:split

CREATE INDEX uploads_by_update ON uploads (updated_at);

--bun:split

CREATE INDEX trials_by_update ON trials (updated_at);
