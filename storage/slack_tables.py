"""Where the app is installed in Slack, the tokens given for it, sealed with the operator's secret, and which
pictures were put there.

The columns of the former are those that Slack's own SDK reads and writes (docs/decisions/0012); before them
stands the organisation, as everywhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Index, Text

from storage.columns import Instant, Retention, belongs, fact, table


def token(name: str) -> Column[Any]:
    """A column for what opens a workspace: it is sealed before it is written, whoever writes it."""
    column = fact(name, Text, nullable=True)
    column.info["sealed"] = True
    return column


def _moment(name: str, *, nullable: bool = False) -> Column[Any]:
    return fact(name, DateTime, nullable=nullable)  # UTC without saying so, as the SDK writes it


def _where() -> tuple[Column[Any], ...]:
    return (
        fact("id", Text),
        fact("client_id", Text),
        fact("app_id", Text),
        fact("enterprise_id", Text, nullable=True),
        fact("enterprise_name", Text, nullable=True),
        fact("team_id", Text, nullable=True),
        fact("team_name", Text, nullable=True),
        token("bot_token"),
        fact("bot_id", Text, nullable=True),
        fact("bot_user_id", Text, nullable=True),
        fact("bot_scopes", Text, nullable=True),
        token("bot_refresh_token"),
        _moment("bot_token_expires_at", nullable=True),
        fact("is_enterprise_install", Boolean),
        _moment("installed_at"),
    )


slack_bot = table(
    "slack_bot",
    *_where(),
    # Who is renewing the token just now, so that a refresh token, which works once, is spent once.
    fact("renewing_by", Text, nullable=True),
    fact("renewing_until", Instant, nullable=True),
    Index("ix_slack_bot_where", "client_id", "enterprise_id", "team_id", "installed_at"),
    key=("id",),
    retention=Retention.KEPT,
)

slack_installation = table(
    "slack_installation",
    *_where(),
    fact("enterprise_url", Text, nullable=True),
    fact("user_id", Text),
    token("user_token"),
    fact("user_scopes", Text, nullable=True),
    token("user_refresh_token"),
    _moment("user_token_expires_at", nullable=True),
    token("incoming_webhook_url"),
    fact("incoming_webhook_channel", Text, nullable=True),
    fact("incoming_webhook_channel_id", Text, nullable=True),
    token("incoming_webhook_configuration_url"),
    fact("token_type", Text, nullable=True),
    Index("ix_slack_installation_where", "client_id", "enterprise_id", "team_id", "user_id", "installed_at"),
    key=("id",),
    retention=Retention.KEPT,
)

# The mark an installation page is opened with; it works once, for ten minutes.
slack_state = table(
    "slack_state",
    fact("id", Text),
    fact("state", Text),
    _moment("expire_at"),
    Index("ix_slack_state_state", "state"),
    key=("id",),
    retention=Retention.KEPT,
)

# A picture that lies with Slack, of what is in ``digest``. Without a person it is nobody's any more: then
# it is still to be deleted there, and until that is done this row is all that knows of it.
slack_file = table(
    "slack_file",
    fact("id", Text),
    fact("enterprise_id", Text),
    fact("team_id", Text),
    fact("person_id", Text, nullable=True),
    fact("digest", Text, nullable=True),
    fact("at", Instant),
    belongs("person", "person_id"),
    Index("ix_slack_file_person", "organisation_id", "person_id"),
    key=("id",),
    retention=Retention.WITH_PERSON,
)

TABLES = (slack_bot, slack_installation, slack_state)
