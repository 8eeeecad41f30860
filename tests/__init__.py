"""The tests, most of them whole conversations."""
