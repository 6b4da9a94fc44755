-- An account that is limited sees the uploads (windows) that were given to it, and no others.
ALTER TABLE accounts ADD COLUMN limited INTEGER NOT NULL DEFAULT 0;

--bun:split

CREATE TABLE grants (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  upload_id TEXT NOT NULL REFERENCES uploads (id),
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, upload_id)
);
