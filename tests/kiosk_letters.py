"""Where the letters of a page really stand, once the fonts have had their say."""

from dataclasses import dataclass

from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.text import Setting, fit
from kiosk.drivers.painter import halves
from kiosk.view import Label, Pair, View


@dataclass(frozen=True)
class Written:
    """A label as it is set: the mark `index` of its page, the place that it takes."""

    index: int
    label: Label
    setting: Setting
    place: Rect


def written(shown: View) -> list[Written]:
    """Every label of a page."""
    found = []
    for index, mark in enumerate(shown.marks):
        if isinstance(mark, Label):
            found.append(_set(index, mark, mark.rect))
        if isinstance(mark, Pair):
            found += [_set(index, label, rect) for label, rect in halves(mark) if label.words]
    return found


def _set(index: int, label: Label, rect: Rect) -> Written:
    setting = fit(label.words, Style(label.size, label.bold), (rect.w, rect.h), label.lines, label.least)
    across = {"left": 0, "middle": (rect.w - setting.width) // 2, "right": rect.w - setting.width}[label.across]
    down = {"top": 0, "middle": (rect.h - setting.height) // 2, "bottom": rect.h - setting.height}[label.down]
    return Written(index, label, setting, Rect(rect.x + across, rect.y + down, setting.width, setting.height))
