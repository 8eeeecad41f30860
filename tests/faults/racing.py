"""Two processes that get the same message at the same moment, as two replicas behind one address would.
Each opens the database first and then waits for the other, so that they really meet.
"""

from __future__ import annotations

import json
import os
import sys

from bot import demo
from bot.incoming import Incoming
from bot.listening import Listener
from storage.store import Store
from tests.conversation import WORDS
from tests.faults.scene import StandingClock

COPIES = 2


def deliver(url: str, secret: str, moment: StandingClock, incoming: Incoming, ready: int, go: int) -> None:
    """One replica: be ready, wait for the word, take the message in."""
    store = Store(url, None, secret)
    listener = Listener(store, WORDS, moment, demo=True)
    with store.reading(demo.ORGANISATION) as repo:
        repo.person(incoming.person_id)
    os.write(ready, b".")
    os.read(go, 1)
    listener.receive(demo.ORGANISATION, incoming)


def main() -> None:
    """Read a database and messages; let two replicas race for each of them; end with 0 if none failed."""
    order = json.loads(sys.argv[1])
    failed = 0
    for message in order["messages"]:
        (is_ready, ready), (go, say_go) = os.pipe(), os.pipe()
        children = []
        for _ in range(COPIES):
            child = os.fork()
            if child == 0:
                ending = 1
                try:
                    clock = StandingClock()
                    deliver(order["url"], order["secret"], clock, Incoming(**message), ready, go)
                    ending = 0
                finally:
                    os._exit(ending)
            children.append(child)
        for _ in children:
            os.read(is_ready, 1)
        os.write(say_go, b"." * COPIES)
        failed += sum(os.waitpid(child, 0)[1] != 0 for child in children)
    sys.exit(min(failed, 100))


if __name__ == "__main__":
    main()
