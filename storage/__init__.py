"""Where everything Unbadged knows is kept: facts in the open, words sealed with a key for each person."""
