-- A file of many pages is read by many: a row for each range of its pages, gone when the file is read.
CREATE TABLE ranges (
  id TEXT PRIMARY KEY,
  file_id TEXT NOT NULL REFERENCES files (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  first INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  reading TEXT NOT NULL,
  pictures TEXT NOT NULL,
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE INDEX ranges_of_file ON ranges (file_id, first);

--bun:split

CREATE INDEX ranges_by_state ON ranges (state, due_at);
