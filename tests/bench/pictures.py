"""How long a picture of eight weeks takes, as SVG and as PNG, once the library that draws is loaded.
Loading it is paid once in a process, by the first who looks; what is measured is everybody after that.
"""

from __future__ import annotations

import statistics
import time
from decimal import Decimal

from bot.picture import Aloud, Theme, png, svg
from coaching.catalogue import Better
from coaching.chart import Chart, Dot, Finding, Week, theme_of
from coaching.verdict import Label, Method
from prompts.words import Words

DRAWINGS = 20
BAR = 300.0  # milliseconds

CHART = Chart(
    measure="M07",
    unit="rounds",
    better=Better.LOWER,
    before=tuple(Dot(Decimal(value), Decimal(value)) for value in (3, 4, 3, 5, 4)),
    since=tuple(Dot(Decimal(2), Decimal(2 + week % 2), week, week > 2) for week in range(1, 9)),
    weeks=tuple(Week(week, theme_of(week)) for week in range(1, 9)),
    aim=Decimal(2),
    found=Finding(Label.DEMONSTRABLY_BETTER, None, 5, 6, Method.BEST_BEFORE, Decimal(3)),
)


def pictures() -> bool:
    """Measure, print, and say whether each kind is drawn within the bar, for each reader."""
    words, worst = Words(), 0.0
    for language, market in (("en", "SG"), ("ja", "JP")):
        say = Aloud(words, words.reader(language, market, "UTC"))
        for name, draw in (("SVG", svg), ("PNG", png)):
            draw(CHART, say, Theme.LIGHT)  # the first loads the library and its fonts
            took = []
            for _ in range(DRAWINGS):
                begins = time.perf_counter()
                draw(CHART, say, Theme.LIGHT)
                took.append((time.perf_counter() - begins) * 1000)
            median = statistics.median(took)
            worst = max(worst, median)
            print(f"a picture, {name} {language} {median:6.0f} ms, bar {BAR:.0f}   n = {DRAWINGS}")
    return worst <= BAR
