-- Work is given to an account; while there are none, to a name.
ALTER TABLE applications ADD COLUMN assignee_account TEXT NOT NULL DEFAULT '';

--bun:split

ALTER TABLE assignments ADD COLUMN assignee_account TEXT NOT NULL DEFAULT '';

--bun:split

-- What is given already to a name that is one account's alone is that account's.
UPDATE applications SET assignee_account = (SELECT min(id) FROM accounts WHERE accounts.name = applications.assignee)
  WHERE assignee <> '' AND (SELECT count(*) FROM accounts WHERE accounts.name = applications.assignee) = 1;
