"""Where the names on a map go. Pure; everything is in drawing units from the upper left."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import dist

Point = tuple[float, float]

#: Room that a name takes; `site.css` sets its letters 30 high at most.
LETTER_WIDTH = 16.0
LABEL_HEIGHT = 34.0
#: Nearer to the side than this share of the width, a name starts or ends there.
EDGE_SHARE = 0.15
SAMPLES = 41
#: Places to try along the visible part of a line, the middle first.
SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)


@dataclass(frozen=True)
class MapLabel:
    """A name on the map; ``anchor`` is SVG's text-anchor."""

    text: str
    x: float
    y: float
    anchor: str

    @property
    def extent(self) -> tuple[float, float]:
        """Where the name starts and ends, from left to right."""
        width = len(self.text) * LETTER_WIDTH
        before = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return self.x - before, self.x - before + width

    def covers(self, other: "MapLabel") -> bool:
        """Tell whether the two names would lie over each other."""
        start, end = self.extent
        other_start, other_end = other.extent
        return abs(self.y - other.y) < LABEL_HEIGHT and start < other_end and other_start < end


def place_labels(
    lines: Iterable[tuple[str, list[Point]]], *, width: float, height: float
) -> list[MapLabel]:
    """Return each name once, where it is free; a name without a free spot is left out.

    Args:
        lines: names with the points of their line; what comes first has the first choice.
        width, height: size of the drawing.
    """
    placed: list[MapLabel] = []
    for name, points in lines:
        if not name or any(label.text == name for label in placed):
            continue
        for x, y in _spots(points, width, height):
            label = MapLabel(name, round(x, 1), round(y, 1), _anchor(x, width))
            if not any(label.covers(other) for other in placed):
                placed.append(label)
                break
    return placed


def _spots(points: list[Point], width: float, height: float) -> Iterator[Point]:
    """Yield the places to try, on the drawing."""
    spread = [_centre(points[:-1])] if points[0] == points[-1] else list(_along(points))
    visible = [
        (x, y) for x, y in spread if 0 <= x <= width and LABEL_HEIGHT <= y <= height - LABEL_HEIGHT
    ]
    if visible:
        for share in SHARES:
            yield visible[int(share * (len(visible) - 1))]


def _centre(corners: list[Point]) -> Point:
    across = sum(x for x, _y in corners) / len(corners)
    return across, sum(y for _x, y in corners) / len(corners)


def _along(points: list[Point]) -> Iterator[Point]:
    """Yield points at equal distances along a line."""
    reached = [0.0, *accumulate(dist(a, b) for a, b in pairwise(points))]
    for sample in range(SAMPLES):
        goal = reached[-1] * sample / (SAMPLES - 1)
        index = min(max(bisect_left(reached, goal), 1), len(points) - 1)
        (x1, y1), (x2, y2) = points[index - 1], points[index]
        step = reached[index] - reached[index - 1]
        share = (goal - reached[index - 1]) / step if step else 0.0
        yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


def _anchor(x: float, width: float) -> str:
    if x < width * EDGE_SHARE:
        return "start"
    return "end" if x > width * (1 - EDGE_SHARE) else "middle"
