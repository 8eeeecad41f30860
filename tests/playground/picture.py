"""Makes the picture in the README from the running thing: `python -m tests.playground.picture`.
It lives through the written weeks up to the check-in whose summary is about to be sent, and looks.
"""

from __future__ import annotations

import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conversation import FOLDER, read
from tests.playground.conftest import CHROMIUM, QUIET
from tests.playground.living import ROOT, Hand, Machine

PICTURE = ROOT / "docs" / "images" / "playground.png"
CONVERSATION = FOLDER / "eight_weeks_to_demonstrably_better.md"
SIZE = (1280, 860)
# Cards with an open question: the assignment, then each summary. The fifth week's has earned its label.
CARD = 6
MOST_BYTES = 250_000
_IDS = "cards => cards.map(card => card.id)"


def look() -> bytes:
    script = read(CONVERSATION.read_text(encoding="utf-8"))
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        machine = Machine(Path(folder) / "data")
        machine.start()
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            width, height = SIZE
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce"
            )
            hand = Hand(page)
            page.goto(machine.address)
            page.get_by_role("link", name=script.manager).click()
            seen: set[str] = set()
            for action in script.actions:
                hand.do(*action)
                seen.update(page.locator(".message.card:has([data-state=open])").evaluate_all(_IDS))
                if len(seen) == CARD:
                    break
            page.reload()
            page.mouse.move(width / 2, 1)  # the pointer rests on nothing
            return page.screenshot(caret="hide")
        finally:
            browser.close()
            machine.kill()


def smaller(png: bytes) -> bytes:
    """The same picture, pressed as hard as its format allows and without what only a printer reads."""
    out, at, data = [png[:8]], 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IDAT":
            data += body
        elif kind == b"IHDR":
            out.append(_chunk(kind, body))
    pressed = zlib.compress(zlib.decompress(data), 9)
    return b"".join([*out, _chunk(b"IDAT", pressed), _chunk(b"IEND", b"")])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    picture = smaller(look())
    if len(picture) > MOST_BYTES:
        sys.exit(f"The picture has {len(picture)} bytes, more than {MOST_BYTES}.")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: {len(picture)} bytes")
