DROP TABLE grants;

--bun:split

ALTER TABLE accounts DROP COLUMN limited;
