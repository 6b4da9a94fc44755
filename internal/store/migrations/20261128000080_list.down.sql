DROP INDEX trials_by_update;

--bun:split

DROP INDEX uploads_by_update;

--bun:split

DROP INDEX files_by_update;

--bun:split

DROP INDEX applications_by_update;

--bun:split

DROP INDEX applications_of_upload;

--bun:split

DROP TABLE hand_checks;

--bun:split

DROP TABLE saved_filters;

--bun:split

DROP TABLE assignments;

--bun:split

ALTER TABLE applications DROP COLUMN search;

--bun:split

ALTER TABLE applications DROP COLUMN assignee;

--bun:split

ALTER TABLE applications DROP COLUMN round_at;

--bun:split

ALTER TABLE applications DROP COLUMN rounds;

--bun:split

ALTER TABLE applications DROP COLUMN issued_at;

--bun:split

ALTER TABLE applications DROP COLUMN notices;

--bun:split

ALTER TABLE applications DROP COLUMN confirmed;

--bun:split

ALTER TABLE applications DROP COLUMN still_open;

--bun:split

ALTER TABLE applications DROP COLUMN reviews;

--bun:split

ALTER TABLE applications DROP COLUMN fails;
