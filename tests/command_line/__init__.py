"""The command line as an operator uses it: each command in a process of its own, on a folder of its own."""
