"""Makes the model of the settings, if they name one, with what stands before it.

What a vendor brings is loaded now, before anybody waits for it, and not at all where no model is set.
"""

from __future__ import annotations

from bot.clock import Clock
from bot.model.answering import Model
from bot.model.endpoint import OPENAI, Endpoint
from bot.model.gate import Budgets, Gate
from bot.settings import Settings
from storage.store import Store


def model(settings: Settings, store: Store, clock: Clock, *, demo: bool = False) -> Model | None:
    """The model, or None where none is configured."""
    if not settings.has_model:
        return None
    endpoint = endpoint_of(settings)
    endpoint.prepare()
    budgets = Budgets(settings.model_tokens_per_person_week, settings.model_tokens_per_organisation_day)
    hides_names = settings.model_redact_names == "yes"
    return Model(store, clock, endpoint, Gate(endpoint.host, budgets), hides_names, demo)


def endpoint_of(settings: Settings) -> Endpoint:
    """Where the model of the settings is asked. Azure counts where it is set."""
    if settings.azure_openai_endpoint:
        key, version = settings.azure_openai_api_key, settings.openai_api_version
        return Endpoint(settings.azure_openai_endpoint, key, settings.openai_model, version)
    return Endpoint(settings.openai_base_url or OPENAI, settings.openai_api_key, settings.openai_model)
