"""What people around a manager get and do: the coach, the owners of guardrails, the contacts.

They are reached like everyone else, through the one queue; but they are not coached, and no week of theirs is
counted.
"""
