DROP TABLE answers;

--bun:split

DROP TABLE webhooks;
