"""Getting a payload to the app, and trying again as Slack does: at once, after a minute, after five.
How one try goes over the wire is `http_mode` and `socket_mode`; what is in it is `events` and `interactions`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from copy import deepcopy
from typing import Any, Protocol

from tests.slack.standin.ledger import Attempt, Delivery
from tests.slack.standin.world import ONCE, Sending, World

RETRIED = "events_api"  # interactions and commands are tried once: the person sees an error


class Way(Protocol):
    """One try to hand a delivery over; notes nothing itself."""

    async def attempt(self, delivery: Delivery, number: int, sending: Sending) -> Attempt: ...


class Deliveries:
    """Every payload on its way. All of it runs in the stand-in's loop."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.way: Way | None = None  # nobody listens yet
        self._running: set[asyncio.Task[None]] = set()
        self._first: dict[str, list[asyncio.Future[None]]] = {}

    def send(self, delivery: Delivery, sending: Sending = ONCE) -> Delivery:
        """Begin to deliver; to know how it went, ask the delivery or wait with `tried`."""
        delivery.payload = deepcopy(delivery.payload)  # as things stood; they may change before a retry
        self.world.ledger.note(delivery)
        if sending.held:
            delivery.held = True
        elif sending.lost or self.way is None:
            delivery.given_up = True
        else:
            self._begin(delivery, sending)
        return delivery

    def release(self, delivery: Delivery, sending: Sending = ONCE) -> None:
        """Send what was held or lost."""
        delivery.held = delivery.given_up = False
        self._begin(delivery, sending)

    async def tried(self, delivery: Delivery) -> None:
        """Until every copy has been tried once."""
        await asyncio.gather(*self._first.get(delivery.id, []))

    async def settled(self) -> None:
        """Until nothing is on its way any more, retries included."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def stop(self) -> None:
        """Nothing more is tried."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self, delivery: Delivery, sending: Sending) -> None:
        loop = asyncio.get_running_loop()
        firsts: list[asyncio.Future[None]] = [loop.create_future() for _ in range(sending.copies)]
        self._first[delivery.id] = firsts
        for index, first in enumerate(firsts):
            before = None if sending.together or index == 0 else firsts[index - 1]
            self._start(self._copy(delivery, sending, before, first))

    def _start(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _copy(
        self,
        delivery: Delivery,
        sending: Sending,
        before: asyncio.Future[None] | None,
        first: asyncio.Future[None],
    ) -> None:
        try:
            if before is not None:
                await before
            await self._try_on(delivery, sending, first)
        finally:
            if not first.done():
                first.set_result(None)

    async def _try_on(self, delivery: Delivery, sending: Sending, first: asyncio.Future[None]) -> None:
        waits = self.world.timing.retry_waits if delivery.kind == RETRIED else ()
        for number in range(len(waits) + 1):
            if number:
                await asyncio.sleep(waits[number - 1] * self.world.timing.scale)
            if self.way is None:
                break
            tried = await self.way.attempt(delivery, number, sending)
            delivery.attempts.append(tried)
            self.world.ledger.stir()
            if not first.done():
                first.set_result(None)
            if tried.acknowledged or tried.reason == "no_retry":
                return
        delivery.given_up = True
        self.world.ledger.stir()
