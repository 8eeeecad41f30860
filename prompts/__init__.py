"""The coach's words, one folder per language, and what turns a name into words for one reader.
A line is changed in its `.ftl` file, never in a program."""
