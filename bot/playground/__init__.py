"""A chat on this computer in which one lives through the weeks of a programme as one of three demo managers.
The clock is moved by hand, so that eight weeks fit into one coffee."""
