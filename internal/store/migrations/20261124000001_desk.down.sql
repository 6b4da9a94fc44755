DROP TABLE trial_reports;

--bun:split

DROP TABLE trials;

--bun:split

DROP TABLE rounds;

--bun:split

DROP TABLE notices;

--bun:split

DROP TABLE corrections;

--bun:split

DROP TABLE decisions;

--bun:split

DROP TABLE findings;

--bun:split

ALTER TABLE uploads DROP COLUMN person;

--bun:split

ALTER TABLE uploads DROP COLUMN replaces;

--bun:split

ALTER TABLE uploads DROP COLUMN round_of;

--bun:split

ALTER TABLE files DROP COLUMN replaced_in;

--bun:split

ALTER TABLE files DROP COLUMN round;

--bun:split

ALTER TABLE applications DROP COLUMN digested;

--bun:split

ALTER TABLE applications DROP COLUMN claimed_fen;
