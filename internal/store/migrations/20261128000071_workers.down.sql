DROP TABLE erased;

--bun:split

DROP TABLE workers;
