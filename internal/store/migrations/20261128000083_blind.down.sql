DROP TABLE blind_checks;
