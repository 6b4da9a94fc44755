-- Values that people read off a page without seeing what the machine had read: an estimate of how often it is right.
CREATE TABLE blind_checks (
  application_id TEXT NOT NULL REFERENCES applications (id),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  page INTEGER NOT NULL,
  field TEXT NOT NULL,
  nth INTEGER NOT NULL,
  machine TEXT NOT NULL,
  human TEXT NOT NULL,
  agrees INTEGER NOT NULL,
  person TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (application_id, number)
);
