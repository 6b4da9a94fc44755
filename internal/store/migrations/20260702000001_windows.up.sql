-- An upload of several applications is an intake window; its id is the upload's.

CREATE TABLE windows (
  id TEXT PRIMARY KEY REFERENCES uploads (id),
  state TEXT NOT NULL, attempt BIGINT NOT NULL, tries INTEGER NOT NULL, owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);

--bun:split

CREATE INDEX windows_by_state ON windows (state, due_at);
