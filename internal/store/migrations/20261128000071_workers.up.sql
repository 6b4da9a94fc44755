-- Who works on this database, as of the last time they asked what is due.
CREATE TABLE workers (
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  reader TEXT NOT NULL,
  readers INTEGER NOT NULL,
  seen_at BIGINT NOT NULL
);

--bun:split

-- Contents that were erased with an application: every machine removes its copies.
CREATE TABLE erased (
  sha256 TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);
