"""Slack: how the coach's lines look there, and what people do there as the rest of the program knows it.
Everything in these files is plain data in, plain data out; nothing here talks to Slack.
"""
