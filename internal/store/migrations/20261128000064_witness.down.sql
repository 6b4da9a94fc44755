DROP TABLE witness_head;

--bun:split

DROP TABLE witness_rows;
