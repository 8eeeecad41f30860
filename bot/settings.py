"""What an operator can set, read from the environment here and nowhere else. docs/settings.md explains each.

A setting that is wrong is found before anything starts, and the message says how it should read.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
ENROLMENT = ("roster", "open")
NUMBERS = frozenset(
    {"port", "retention_days", "slack_posts_per_minute"}
    | {"model_tokens_per_person_week", "model_tokens_per_organisation_day"}
)
MOST_TOKENS = 9_999_999_999
YES_OR_NO = ("yes", "no")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """A setting cannot be used. Its text never holds the value: that may be a password."""


def _named(variable: str, default: str, *, secret: bool = False) -> Any:
    return dataclasses.field(default=default, metadata={"variable": variable}, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """One installation's settings. ``keys_url`` and ``public_url`` may be empty; see docs/settings.md."""

    database_url: str = _named("DATABASE_URL", "sqlite:///unbadged.db", secret=True)
    keys_url: str = _named("KEYS_URL", "", secret=True)
    secret_key: str = _named("UNBADGED_SECRET_KEY", "", secret=True)
    host: str = _named("HOST", "127.0.0.1")
    port: int = dataclasses.field(default=3000, metadata={"variable": "PORT"})
    public_url: str = _named("PUBLIC_URL", "")
    alert_webhook: str = _named("ALERT_WEBHOOK", "", secret=True)
    retention_days: int = dataclasses.field(default=180, metadata={"variable": "RETENTION_DAYS"})
    log_level: str = _named("LOG_LEVEL", "INFO")
    slack_bot_token: str = _named("SLACK_BOT_TOKEN", "", secret=True)
    slack_app_token: str = _named("SLACK_APP_TOKEN", "", secret=True)
    slack_signing_secret: str = _named("SLACK_SIGNING_SECRET", "", secret=True)
    slack_client_id: str = _named("SLACK_CLIENT_ID", "")
    slack_client_secret: str = _named("SLACK_CLIENT_SECRET", "", secret=True)
    slack_api_url: str = _named("SLACK_API_URL", "https://slack.com/api/")
    slack_posts_per_minute: int = dataclasses.field(
        default=240, metadata={"variable": "SLACK_POSTS_PER_MINUTE"}
    )
    enrolment: str = _named("ENROLMENT", "roster")
    openai_api_key: str = _named("OPENAI_API_KEY", "", secret=True)
    openai_base_url: str = _named("OPENAI_BASE_URL", "")
    openai_model: str = _named("OPENAI_MODEL", "")
    azure_openai_endpoint: str = _named("AZURE_OPENAI_ENDPOINT", "")
    azure_openai_api_key: str = _named("AZURE_OPENAI_API_KEY", "", secret=True)
    openai_api_version: str = _named("OPENAI_API_VERSION", "")
    model_tokens_per_person_week: int = dataclasses.field(
        default=60_000, metadata={"variable": "MODEL_TOKENS_PER_PERSON_WEEK"}
    )
    model_tokens_per_organisation_day: int = dataclasses.field(
        default=1_000_000, metadata={"variable": "MODEL_TOKENS_PER_ORGANISATION_DAY"}
    )
    model_redact_names: str = _named("MODEL_REDACT_NAMES", "no")

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise SettingsError("PORT is a number from 1 to 65535, for example PORT=3000.")
        if not 30 <= self.retention_days <= 548:
            raise SettingsError("RETENTION_DAYS is a number from 30 to 548, for example 180.")
        if not 1 <= self.slack_posts_per_minute <= 1_000:
            raise SettingsError("SLACK_POSTS_PER_MINUTE is a number from 1 to 1000, for example 240.")
        if self.log_level not in LEVELS:
            raise SettingsError(f"LOG_LEVEL is one of {', '.join(LEVELS)}.")
        if self.enrolment not in ENROLMENT:
            raise SettingsError(f"ENROLMENT is one of {', '.join(ENROLMENT)}.")
        if self.model_redact_names not in YES_OR_NO:
            raise SettingsError("MODEL_REDACT_NAMES is yes or no.")
        for name in ("model_tokens_per_person_week", "model_tokens_per_organisation_day"):
            if not 1_000 <= getattr(self, name) <= MOST_TOKENS:
                raise SettingsError(f"{name.upper()} is a number of tokens, 1000 or more, for example 60000.")
        for name in ("openai_base_url", "azure_openai_endpoint"):
            if getattr(self, name) and not _is_safe(getattr(self, name)):
                raise SettingsError(
                    f"{name.upper()} reads https://model.example.com/v1: https, a name. "
                    "Plain http is for this computer only."
                )
        if not _is_api(self.slack_api_url):
            raise SettingsError("SLACK_API_URL reads https://slack.com/api/: https, a name, a / at its end.")
        if self.public_url and not _is_public(self.public_url):
            raise SettingsError(
                "PUBLIC_URL reads https://coach.example.com: https, a name, nothing after it. "
                "Plain http is for this computer only."
            )

    @property
    def has_slack(self) -> bool:
        """Whether anything of Slack is set."""
        return bool(
            self.slack_bot_token or self.slack_app_token or self.slack_signing_secret or self.slack_client_id
        )

    @property
    def slack_is_many(self) -> bool:
        """Whether the Slack app is installed by several workspaces, and not by the operator alone."""
        return bool(self.slack_client_id and self.slack_client_secret) and not self.slack_bot_token

    @property
    def has_model(self) -> bool:
        """Whether a model can be asked: where it is, what it is called, and what opens it."""
        if self.azure_openai_endpoint:
            return bool(self.azure_openai_api_key and self.openai_api_version and self.openai_model)
        return bool(self.openai_model and (self.openai_api_key or self.openai_base_url))

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of this process; an empty variable counts as not set. An error names the wrong one."""
        given = os.environ if environment is None else environment
        found: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            value = given.get(field.metadata["variable"], "").strip()
            if value:
                found[field.name] = value
        for name in NUMBERS & found.keys():
            found[name] = whole_number(found[name])
        if "log_level" in found:
            found["log_level"] = found["log_level"].upper()
        for name in {"enrolment", "model_redact_names"} & found.keys():
            found[name] = found[name].lower()
        if "public_url" in found:
            found["public_url"] = found["public_url"].rstrip("/")
        return cls(**found)


def whole_number(text: str) -> int:
    """A number as somebody wrote it; 0 for what is none, or too long to be meant."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0


def weakness(secret: str) -> str | None:
    """Why a secret should not be used, in words that follow "it is"; None if there is nothing against it.

    The newest secret is looked at: former ones, after a comma, only still open what they sealed.
    """
    newest = secret.split(",")[0].strip()
    if not newest:
        return "not set"
    if len(newest) < 32:
        return "shorter than 32 characters"
    if len(set(newest)) < 12:
        return "made of too few different characters"
    if any(word in newest.lower() for word in ("changeme", "change-me", "password", "example", "0123456789")):
        return "one that others would try first"
    return None


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment and parts.username is None
    at_home = parts.scheme == "http" and parts.hostname in LOOPBACK
    return named and bare and (parts.scheme == "https" or at_home)


def _is_api(address: str) -> bool:
    return _is_safe(address) and urlsplit(address).path.endswith("/")


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return named and safe and not parts.query and not parts.fragment and parts.username is None
