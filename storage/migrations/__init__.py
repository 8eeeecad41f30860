"""How the tables came to be what they are: one revision for each release that changed them."""
