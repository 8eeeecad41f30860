"""What managers type, read by rules: amounts with units and roles, minutes of minding, days and absences.

Nothing is guessed: what cannot be read safely comes back as a question to ask, and whatever was interpreted
says that it waits for a Yes.
"""
