"""Puts a view on a canvas: the only place where the terminal's pages become pixels."""

from appliance.display import shapes
from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.marks import Box
from rating_terminal.view import FaceSign, Label, Tick, View


def paint(canvas: Canvas, view: View) -> list[Label]:
    """Draw `view`; the labels that had to be cut short."""
    canvas.fill(view.ground)
    cut: list[Label] = []
    for mark in view.marks:
        match mark:
            case Box():
                canvas.put(mark)
            case Label():
                style, least = Style(mark.size, mark.bold), mark.least
                setting = canvas.text(
                    *(mark.rect, mark.words, style, mark.colour),
                    across=mark.across,
                    down=mark.down,
                    lines=mark.lines,
                    least=least,
                )
                if not setting.whole:
                    cut.append(mark)
            case FaceSign(rect, level, levels, colour):
                shapes.face(canvas, rect, level, levels, colour)
            case Tick(rect, colour):
                shapes.tick(canvas, rect, colour)
    return cut
