"""A manager's own pages on the service: reached by a link that signs one person in, once and not for long.

What the pages hold is made in `bot/record/`; here is who is let in (docs/decisions/0017).
"""
