"""The model, where there is one: it reads and drafts, and never decides. docs/model.md says how it is set up.

Everything here may fail, and then the conversation goes on by rules, as it would without.
"""
