"""The domain of the coach: pure rules, no clock, no network, no database."""
