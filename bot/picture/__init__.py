"""The picture of a workflow's numbers, for a page, for a chat, and in words for whoever cannot look at it.

The libraries that draw are imported when something is drawn, and not before.
"""

from bot.picture.drawing import png, svg
from bot.picture.layout import Shape
from bot.picture.palette import Theme
from bot.picture.saying import Aloud, Says, alt

__all__ = ["Aloud", "Says", "Shape", "Theme", "alt", "png", "svg"]
