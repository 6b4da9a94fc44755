DROP TABLE audit_head;

--bun:split

DROP TABLE audit;

--bun:split

ALTER TABLE decisions DROP COLUMN account;

--bun:split

DROP TABLE tokens;

--bun:split

DROP TABLE sessions;

--bun:split

DROP TABLE accounts;
