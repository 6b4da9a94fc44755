DROP TABLE windows;
