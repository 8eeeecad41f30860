"""The smallest coach that slack-bolt can make: it answers a message, a button, a form and a command.
It is real Bolt on a real port, to show that the stand-in speaks to it as Slack does.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.standin import Loop, Slack

QUIET = logging.getLogger("tiny-app")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False

FORM = {
    "type": "modal",
    "callback_id": "minutes",
    "title": {"type": "plain_text", "text": "Minutes"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "checking",
            "label": {"type": "plain_text", "text": "Checking"},
            "element": {"type": "number_input", "action_id": "n", "is_decimal_allowed": False},
        }
    ],
}


def button(label: str, value: str) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"tap.{value}",
        "text": {"type": "plain_text", "text": label},
        "value": value,
    }


def question(text: str, *labels: str) -> list[dict[str, Any]]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button(label, label.lower()) for label in labels]},
    ]


class TinyApp:
    """``with TinyApp(slack) as app``: listens over HTTP, or with ``connections`` over Socket Mode.

    ``heard`` are the texts it was told, in order. A text "fail once" fails the first time; "slow once"
    takes ``slow`` seconds the first time.
    """

    def __init__(self, slack: Slack, *, connections: int = 0, secret: str | None = None) -> None:
        self.slack, self.connections = slack, connections
        self.secret = secret or slack.app.signing_secret
        self.heard: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.seen: set[str] = set()
        self.slow = 1.5
        self.no_retry = False
        self._news = threading.Condition()
        self.values: dict[str, Any] = {}

    def __enter__(self) -> TinyApp:
        self.loop = Loop("tiny-app")
        self.loop.run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.slack.lets_go()
        self.loop.run(self._stop())
        self.loop.close()

    async def _start(self) -> None:
        self.session = aiohttp.ClientSession()
        client = AsyncWebClient(self.slack.bot_token, base_url=self.slack.api_url, session=self.session)
        self.app = AsyncApp(
            client=client, signing_secret=self.secret, process_before_response=True, logger=QUIET
        )
        self._listen()
        self.handlers: list[AsyncSocketModeHandler] = []
        for _ in range(self.connections):
            handler = AsyncSocketModeHandler(self.app, self.slack.app_token, logger=QUIET, ping_interval=0.2)
            self.handlers.append(handler)
            await handler.connect_async()  # type: ignore[no-untyped-call]
        if not self.connections:
            site = web.Application()
            site.router.add_post("/slack/events", self._post)
            self.runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
            await self.runner.setup()
            await web.TCPSite(self.runner, "127.0.0.1", 0).start()
            self.slack.listens_at(f"http://127.0.0.1:{self.runner.addresses[0][1]}/slack/events")

    async def _stop(self) -> None:
        for handler in self.handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]
        if not self.connections:
            await self.runner.cleanup()
        await self.session.close()

    async def _post(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        answer = await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))
        if self.no_retry:
            answer.headers["X-Slack-No-Retry"] = "1"
        return answer

    def wait_until_heard(self, text: str, times: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.heard.count(text) == times, 5)

    def _hear(self, text: str) -> None:
        with self._news:
            self.heard.append(text)
            self._news.notify_all()

    def _first(self, text: str) -> bool:
        fresh = text not in self.seen
        self.seen.add(text)
        return fresh

    def _listen(self) -> None:  # one closure for each thing Bolt may hand over
        app = self.app

        @app.event("message")
        async def message(event: dict[str, Any], client: AsyncWebClient) -> None:
            if "subtype" in event:
                self._hear(event["subtype"])
                return
            text = event["text"]
            if text == "fail once" and self._first(text):
                raise RuntimeError("the first time fails")
            if text == "slow once" and self._first(text):
                await asyncio.sleep(self.slow)
            self._hear(text)
            await client.chat_postMessage(
                channel=event["channel"],
                text=f"I heard {text}",
                blocks=question(f"I heard: {text}. Right?", "Yes", "No"),
                metadata={"event_type": "said", "event_payload": {"job": event["ts"]}},
            )

        @app.event("app_home_opened")
        async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
            view = {"type": "home", "blocks": question("Your data", "Export")}
            await client.views_publish(user_id=event["user"], view=view)

        @app.action("tap.yes")
        async def yes(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            channel, ts = body["channel"]["id"], body["message"]["ts"]
            await client.chat_update(channel=channel, ts=ts, text="Kept.")

        @app.action("tap.no")
        async def no(ack: Any, respond: Any) -> None:
            await ack()
            await respond("What then?", replace_original=True)

        @app.shortcut("fill_in")
        async def open_form(ack: Any, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

        @app.view("minutes")
        async def submitted(ack: Any, view: dict[str, Any]) -> None:
            self.values = view["state"]["values"]
            too_many = int(self.values["checking"]["n"]["value"]) > 600
            await ack(
                response_action="errors", errors={"checking": "That is a day."}
            ) if too_many else await ack()

        @app.view_closed("minutes")
        async def closed(ack: Any) -> None:
            await ack()
            self._hear("closed")

        @app.command("/coach")
        async def coach(ack: Any, command: dict[str, Any]) -> None:
            await ack(f"Paused: {command['text']}")
