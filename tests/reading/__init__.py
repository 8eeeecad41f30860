"""How well free text is read: replies with labels, and what the rules make of them.

The labels were there before the rules; a third of them is held back for counting alone.
"""
