DROP TABLE watched;

--bun:split

ALTER TABLE files DROP COLUMN rescan;

--bun:split

ALTER TABLE files DROP COLUMN triage;
