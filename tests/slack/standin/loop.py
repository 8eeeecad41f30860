"""An event loop in a thread of its own, so that an ordinary test can drive what is asynchronous.
The stand-in lives in one; an app under test can be given another.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")
TURNS = 5  # of the loop, in which connections that were let go are really closed


class Loop:
    """``run`` does a coroutine in the thread and waits for it; ``close`` ends whatever is still running."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, doing: Coroutine[Any, Any, Result], seconds: float = 30.0) -> Result:
        """The coroutine's result. TimeoutError after ``seconds``; never to be called in the thread itself."""
        if threading.current_thread() is self._thread:
            doing.close()
            raise RuntimeError("this would wait for itself: await the coroutine instead")
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(seconds)

    def close(self) -> None:
        async def end_the_rest() -> None:
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            for _ in range(TURNS):
                await asyncio.sleep(0)

        self.run(end_the_rest())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
