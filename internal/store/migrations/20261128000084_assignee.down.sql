ALTER TABLE assignments DROP COLUMN assignee_account;

--bun:split

ALTER TABLE applications DROP COLUMN assignee_account;
