"""The service: it says how it is, and every two seconds it does what has become due.

Asked to stop, it finishes what it has in hand first; what was cut off by force is found again by its lease.
"""

from __future__ import annotations

import errno
import logging
import signal
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, Protocol

import uvicorn
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.alert_page import alert_routes
from bot.alerts import TO_THE_OPERATOR
from bot.clock import Clock
from bot.worker import Worker
from prompts.words import Words
from storage.alerts import oldest_open
from storage.care import left_to_the_operator
from storage.database import BusyError, StorageError, transaction
from storage.jobs import JobState, job_table
from storage.migrate import newest, stamp_of
from storage.questions import left_unanswered
from storage.store import Store

TICK_SECONDS = 2
STOPPING_SECONDS = 10
LATE_SECONDS = 300  # so late a due job may be before health says degraded
TICKS_MISSING_SECONDS = 60.0
PORTS_TRIED = 20

log = logging.getLogger(__name__)


class PortTakenError(Exception):
    """Somebody else listens there. The text says what to do."""


class Tick:
    """Runs the worker every two seconds in a thread of its own, never twice at once."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._failing = False
        self.last = time.monotonic()
        self._scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(1)})
        self._scheduler.add_job(
            self.run,
            "interval",
            seconds=TICK_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def run(self) -> None:
        """Do what is due. A failure is written down once, and the next tick tries again."""
        try:
            self._worker.run_due()
        except BusyError:
            return
        except Exception as failure:
            if not self._failing:
                log.error(
                    "what is due cannot be done; trying again every %s s", TICK_SECONDS, exc_info=failure
                )
            self._failing = True
            return
        self.last = time.monotonic()
        if self._failing:
            log.info("what is due is being done again")
        self._failing = False

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """Finish what is in hand, then end."""
        self._scheduler.shutdown(wait=True)


@dataclass(frozen=True)
class Health:
    """How the service is. ``oldest_due_seconds``: how long the job that is due longest has been waiting.
    ``alert_minutes``: for how long nobody has taken on the oldest alert. ``untaken``: how many concerns
    neither their owner nor a backup took up in time; ``unanswered``: the same of questions to owners.
    """

    status: str
    database: str
    oldest_due_seconds: int = 0
    unknown: int = 0
    dead: int = 0
    alert_minutes: int = 0
    untaken: int = 0
    unanswered: int = 0

    @property
    def is_up(self) -> bool:
        """Whether it can do its work at all."""
        return self.database != "away"


def health(store: Store, now: datetime) -> Health:
    """Look at the database and at the queue of every organisation."""
    c = job_table.c
    lost = (JobState.UNKNOWN, JobState.DEAD)
    counted = select(c.state, func.count()).where(c.state.in_(lost)).group_by(c.state)
    oldest = select(func.min(c.try_at)).where(c.state == JobState.READY, c.try_at <= now)
    try:
        with transaction(store.engine, reading=True) as connection:
            counts = {state: int(number) for state, number in connection.execute(counted)}
            due: datetime | None = connection.execute(oldest).scalar_one()
            raised: datetime | None = connection.execute(oldest_open()).scalar_one()
            untaken = int(connection.execute(left_to_the_operator()).scalar_one())
            unanswered = int(connection.execute(left_unanswered()).scalar_one())
    except BusyError:
        return Health("degraded", "busy")
    except StorageError:
        return Health("unavailable", "away")
    waited = 0 if due is None else int((now - due).total_seconds())
    unknown, dead = counts.get(JobState.UNKNOWN, 0), counts.get(JobState.DEAD, 0)
    alert = timedelta() if raised is None else now - raised
    late = waited > LATE_SECONDS or alert >= TO_THE_OPERATOR
    status = "degraded" if unknown or dead or late or untaken else "ok"
    minutes = int(alert.total_seconds()) // 60
    return Health(status, "reachable", waited, unknown, dead, minutes, untaken, unanswered)


class Listening(Protocol):
    """A platform that is listened to while the service runs."""

    def routes(self) -> list[Route]:
        """Where the platform comes to us."""
        ...

    def listening(self) -> AbstractAsyncContextManager[None]:
        """Listen until it is left."""
        ...

    def said(self) -> dict[str, Any]:
        """How it is, for health."""
        ...


def pages(
    store: Store,
    words: Words,
    url: str,
    clock: Clock,
    tick: Tick,
    platforms: Mapping[str, Listening] | None = None,
    own: Sequence[Route] = (),
) -> Starlette:
    """The service's pages: how it is, whether it is ready for work, what an alert's link leads to, where
    platforms come to us, and the managers' ``own`` pages.
    """
    needed, listened_to = newest(), platforms or {}

    def healthz(_request: Request) -> Response:
        found = health(store, clock.now())
        said = vars(found) | {name: each.said() for name, each in listened_to.items()}
        return JSONResponse(said, 200 if found.is_up else 503, {"cache-control": "no-store"})

    def readyz(_request: Request) -> Response:
        waiting = []
        try:
            if stamp_of(url) != needed:
                waiting.append("the database's tables are those of another release: unbadged migrate")
        except StorageError:
            waiting.append("the database is away")
        if time.monotonic() - tick.last > TICKS_MISSING_SECONDS:
            waiting.append("what is due is not being done; the log says why")
        said = {"ready": not waiting, "waiting_for": waiting}
        return JSONResponse(said, 503 if waiting else 200, {"cache-control": "no-store"})

    @asynccontextmanager
    async def listening(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for each in listened_to.values():
                await stack.enter_async_context(each.listening())
            yield

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *alert_routes(store, words, clock)]
    theirs = [route for each in listened_to.values() for route in each.routes()]
    return Starlette(routes=[*routes, *theirs, *own], lifespan=listening)


def listen(host: str, port: int, *, or_next: bool = False) -> socket.socket:
    """A socket that listens there, or with ``or_next`` at the first free port after it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536) if or_next else port + 1):
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, candidate))
            door.listen(128)
        except OSError as failure:
            door.close()
            if failure.errno == errno.EADDRINUSE:
                continue
            why = {
                errno.EACCES: "it may not be used",
                errno.EADDRNOTAVAIL: "HOST is not an address of this computer",
            }
            said = why.get(failure.errno or 0, failure.strerror or "it cannot be opened")
            raise PortTakenError(
                f"{host}, port {candidate}: {said}. Choose another with PORT or --port."
            ) from None
        return door
    raise PortTakenError(
        f"Port {port} is taken, perhaps by another Unbadged. End that one, or choose another port: "
        f"--port {port + 1 if port < 65535 else port - 1} (for serve: PORT)."
    )


def answer(app: ASGIApp, door: socket.socket, *, quiet: bool = False) -> None:
    """Answer at ``door`` until SIGINT or SIGTERM, and finish the requests in hand."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1 if quiet else STOPPING_SECONDS,
    )
    before = signal.signal(signal.SIGTERM, _interrupt)  # uvicorn raises the signal again once it is done
    try:
        uvicorn.Server(config).run(sockets=[door])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        door.close()


def _interrupt(_number: int, _frame: FrameType | None) -> Any:
    raise KeyboardInterrupt
