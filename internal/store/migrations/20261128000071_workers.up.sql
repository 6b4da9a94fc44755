-- Who works on this database, as of the last time they asked what is due.
CREATE TABLE workers (
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  reader TEXT NOT NULL,
  readers INTEGER NOT NULL,
  seen_at BIGINT NOT NULL
);
