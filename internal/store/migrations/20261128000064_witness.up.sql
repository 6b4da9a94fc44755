-- A mark of each row that only who has the key can make (see witness.go), and the sum of all marks.
CREATE TABLE witness_rows (
  tbl TEXT NOT NULL,
  pk TEXT NOT NULL,
  mark TEXT NOT NULL,
  PRIMARY KEY (tbl, pk)
);

--bun:split

-- One row; key says whose marks they are, '' before the first. number and hash are the end of the audit trail.
CREATE TABLE witness_head (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  marks BIGINT NOT NULL,
  total TEXT NOT NULL,
  nonce TEXT NOT NULL,
  number BIGINT NOT NULL,
  hash TEXT NOT NULL,
  mark TEXT NOT NULL
);

--bun:split

INSERT INTO witness_head (id, key, marks, total, nonce, number, hash, mark) VALUES (1, '', 0, '', '', 0, '', '');
