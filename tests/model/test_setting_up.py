"""Which settings make a model, which are only half of one, and what the check says of each."""

from __future__ import annotations

import pytest
from llmock.pytest_plugin import LLMock

from bot.checks import Mark
from bot.model.checking import check_model
from bot.model.setting_up import endpoint_of
from bot.settings import Settings, SettingsError
from tests.model.odd import Odd

AZURE = {
    "AZURE_OPENAI_ENDPOINT": "https://acme.openai.azure.com",
    "AZURE_OPENAI_API_KEY": "k",
    "OPENAI_API_VERSION": "2025-04-01-preview",
    "OPENAI_MODEL": "ours",
}


@pytest.mark.parametrize(
    "given, host",
    [
        ({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}, "api.openai.com"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_MODEL": "m"}, "127.0.0.1"),
        (AZURE, "acme.openai.azure.com"),
    ],
)
def test_what_makes_a_model(given: dict[str, str], host: str) -> None:
    settings = Settings.read(given)
    assert settings.has_model
    assert endpoint_of(settings).host == host
    assert "k" not in repr(endpoint_of(settings)).replace("key", "").split("'")


@pytest.mark.parametrize(
    "given, said",
    [
        ({"OPENAI_API_KEY": "k"}, "OPENAI_MODEL"),
        ({"OPENAI_MODEL": "m"}, "OPENAI_API_KEY or OPENAI_BASE_URL"),
        ({**AZURE, "OPENAI_API_VERSION": ""}, "OPENAI_API_VERSION"),
    ],
)
def test_half_a_model_is_none_and_the_check_names_the_other_half(given: dict[str, str], said: str) -> None:
    settings = Settings.read(given)
    assert not settings.has_model
    (found,) = check_model(settings)
    assert found.mark is Mark.NOTE
    assert said in found.said


def test_none_at_all_is_fine() -> None:
    (found,) = check_model(Settings())
    assert found.mark is Mark.FINE


@pytest.mark.parametrize(
    "variable, value",
    [
        ("OPENAI_BASE_URL", "http://model.example.com/v1"), ("OPENAI_BASE_URL", "https://u:pw@model.example.com"),
        ("AZURE_OPENAI_ENDPOINT", "acme"), ("MODEL_TOKENS_PER_PERSON_WEEK", "12"),
        ("MODEL_TOKENS_PER_ORGANISATION_DAY", "plenty"), ("MODEL_REDACT_NAMES", "perhaps"),
    ],
)  # fmt: skip
def test_a_wrong_setting_names_itself(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable) as refused:
        Settings.read({variable: value})
    assert value not in str(refused.value)


def test_the_check_asks_one_invented_thing(llmock: LLMock, odd: Odd) -> None:
    llmock.reply('{"answer": "ready"}')
    given = {"OPENAI_BASE_URL": llmock.base_url(), "OPENAI_MODEL": "m"}
    (found,) = check_model(Settings.read(given))
    assert found.mark is Mark.FINE
    assert "127.0.0.1" in found.said
    odd.does["chat/completions"] = 401
    (found,) = check_model(Settings.read({**given, "OPENAI_BASE_URL": odd.url}))
    assert found.mark is Mark.NOTE
    assert "not_allowed" in found.said


def test_azure_is_asked_at_its_deployment(odd: Odd) -> None:
    odd.does["completions?api-version=v9"] = 403
    given = {**AZURE, "AZURE_OPENAI_ENDPOINT": odd.url.removesuffix("/v1"), "OPENAI_API_VERSION": "v9"}
    (found,) = check_model(Settings.read(given))
    assert [path for path, _ in odd.asked] == ["/openai/deployments/ours/chat/completions?api-version=v9"]
    assert "not_allowed" in found.said
