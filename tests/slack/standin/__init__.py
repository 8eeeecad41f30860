"""A Slack of our own on loopback that speaks the real wire, so that slack-bolt and slack_sdk run unpatched.
It keeps a ledger of all it sent and got, and lets a test be the person in front of it.

    with Slack() as slack:                              # or Slack(socket_mode=True)
        start_the_app(slack.api_url, slack.bot_token, slack.app.signing_secret)
        slack.listens_at("http://127.0.0.1:3000/slack/events")
        mei = slack.joins("Tan Mei Ling", tz="Asia/Singapore")
        mei.says("the offers take three days")
        slack.ledger.wait_until(lambda: slack.ledger.posts_in(mei.channel.id))
        mei.presses("Yes")
        print(mei.transcript())

Tests and people's actions run in any thread but the stand-in's own; they wait, so an app that shares the
test's event loop is driven by ``await asyncio.to_thread(mei.says, ...)``. What goes wrong is said beforehand:
``slack.faults.add(Fault(What.DROP))``. Waits are shortened with ``Timing(scale=0.001, ack_seconds=0.3)``.
Before an app is stopped, ``slack.lets_go()``: else a connection may come through the closing door.
"""

from tests.slack.standin.faults import Fault, What
from tests.slack.standin.forms import NotPossibleError
from tests.slack.standin.ledger import Attempt, Call, Change, Delivery, Kind, Ledger, Post, Shown
from tests.slack.standin.loop import Loop
from tests.slack.standin.people import Did, Human
from tests.slack.standin.seen import Seen
from tests.slack.standin.server import Slack
from tests.slack.standin.timing import Timing
from tests.slack.standin.tokens import BOT_SCOPES
from tests.slack.standin.workspace import Channel, Workspace
from tests.slack.standin.world import HELD, LOST, ONCE, AppIdentity, Sending

__all__ = [
    "BOT_SCOPES", "HELD", "LOST", "ONCE", "AppIdentity", "Attempt", "Call", "Change", "Channel", "Delivery",
    "Did", "Fault", "Human", "Kind", "Ledger", "Loop", "NotPossibleError", "Post", "Seen", "Sending", "Shown",
    "Slack", "Timing", "What", "Workspace",
]  # fmt: skip
