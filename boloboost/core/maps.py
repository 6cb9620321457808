"""The site's own map drawing: lines and a rectangle, no map service.

A small neighbourhood is flat: degrees become pixels by an equirectangular
projection around the middle of the rectangle.
"""

import math
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LINE_KINDS = ("road", "street", "park", "water", "rail")
MAX_LINES = 400
MAX_POINTS = 500
MAP_WIDTH = 800
MIN_SIDE_METRES = 200
MAX_SIDE_METRES = 20_000
METRES_PER_DEGREE = 111_320
#: Beyond this the flat drawing no longer holds.
MAX_MAP_LATITUDE = 80


@dataclass(frozen=True)
class MapBounds:
    """A rectangle in WGS 84 degrees."""

    south: float
    west: float
    north: float
    east: float

    @property
    def height(self) -> int:
        """Height in drawing units for a drawing that is ``MAP_WIDTH`` wide."""
        middle = math.radians((self.south + self.north) / 2)
        ratio = (self.north - self.south) / ((self.east - self.west) * math.cos(middle))
        return round(MAP_WIDTH * ratio)

    @property
    def sides(self) -> tuple[float, float]:
        """Height and width of the ground it shows, in metres."""
        middle = math.radians((self.south + self.north) / 2)
        width = (self.east - self.west) * math.cos(middle) * METRES_PER_DEGREE
        return (self.north - self.south) * METRES_PER_DEGREE, width

    def to_drawing(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the (x, y) of a position, in drawing units from the upper left."""
        x = (longitude - self.west) / (self.east - self.west) * MAP_WIDTH
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)

    def contains(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def bounds_of(
    south: float | None, west: float | None, north: float | None, east: float | None
) -> MapBounds | None:
    """Return the rectangle of a neighbourhood's map, or None when it has none.

    Args:
        south, west, north, east: edges in WGS 84 degrees; all four, or none of them.

    Raises:
        ValidationError: when the edges make no rectangle of a neighbourhood's size.
    """
    if south is None and west is None and north is None and east is None:
        return None
    if south is None or west is None or north is None or east is None:
        raise ValidationError(_("Give all four edges of the map, or none of them."))
    if not (-MAX_MAP_LATITUDE <= south <= MAX_MAP_LATITUDE and -180 <= west <= 180):
        raise ValidationError(_("The edges of the map are degrees, such as 52.37 and 4.84."))
    if south >= north:
        raise ValidationError(_("The northern edge must be a larger number than the southern."))
    if west >= east:
        raise ValidationError(_("The eastern edge must be a larger number than the western."))
    bounds = MapBounds(south, west, north, east)
    if not all(MIN_SIDE_METRES <= side <= MAX_SIDE_METRES for side in bounds.sides):
        raise ValidationError(
            _("Each side of the map must be from %(least)d metres to %(most)d kilometres long.")
            % {"least": MIN_SIDE_METRES, "most": MAX_SIDE_METRES // 1000}
        )
    return bounds


def validate_map_lines(value: Any) -> None:
    """Refuse anything but ``[{"name": str, "kind": str, "points": [[lat, lon], …]}, …]``."""
    if not isinstance(value, list) or len(value) > MAX_LINES:
        raise ValidationError(_("This must be a list of at most %d lines.") % MAX_LINES)
    for number, line in enumerate(value, start=1):
        if not _is_line(line):
            raise ValidationError(
                _("Line %(number)d needs a name, a kind (%(kinds)s) and points.")
                % {"number": number, "kinds": ", ".join(LINE_KINDS)}
            )


def _is_line(line: Any) -> bool:
    return (
        isinstance(line, dict)
        and isinstance(line.get("name"), str)
        and line.get("kind") in LINE_KINDS
        and isinstance(line.get("points"), list)
        and 2 <= len(line["points"]) <= MAX_POINTS
        and all(_is_point(point) for point in line["points"])
    )


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(number, int | float) for number in point)
        and -90 <= point[0] <= 90
        and -180 <= point[1] <= 180
    )
