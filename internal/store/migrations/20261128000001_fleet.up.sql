-- The version of the reader that read a file, so that no machine reads an equal file again.
ALTER TABLE files ADD COLUMN reader TEXT NOT NULL DEFAULT '';
