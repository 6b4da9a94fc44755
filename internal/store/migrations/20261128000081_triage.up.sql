-- What a glance at a file found before it is read: JSON, a list of {page, what}. And of how many of its pages.
ALTER TABLE files ADD COLUMN triage TEXT NOT NULL DEFAULT '[]';

--bun:split

ALTER TABLE files ADD COLUMN rescan INTEGER NOT NULL DEFAULT 0;

--bun:split

-- What a watched folder has taken in: each version of an entry once.
CREATE TABLE watched (
  path TEXT NOT NULL,
  version TEXT NOT NULL,
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (path, version)
);
