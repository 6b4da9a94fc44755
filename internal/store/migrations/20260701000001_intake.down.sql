DROP TABLE dead_letters;

--bun:split

DROP TABLE runs;

--bun:split

DROP TABLE files;

--bun:split

DROP TABLE applications;

--bun:split

DROP TABLE upload_files;

--bun:split

DROP TABLE uploads;
