DROP TABLE ranges;
