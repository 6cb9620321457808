"""The neighbourhood's own map, ready for the template ``core/includes/map.html``."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .map_labels import MapLabel, place_labels
from .maps import MAP_WIDTH, MapBounds, bounds_of
from .models import NeighbourhoodSettings

Degrees = float | Decimal

#: What lies below comes first.
DRAWING_ORDER = ("water", "park", "rail", "street", "road")


@dataclass(frozen=True)
class MapLine:
    """A line, or an area when it ends where it began. ``path`` is SVG path data."""

    kind: str
    path: str
    is_area: bool


@dataclass(frozen=True)
class MapDrawing:
    """A map in drawing units, from the upper left."""

    title: str
    bounds: MapBounds
    width: int
    height: int
    lines: tuple[MapLine, ...]
    labels: tuple[MapLabel, ...]
    marker_x: float | None
    marker_y: float | None


def drawing_of_site(
    site_id: int, *, latitude: Degrees | None = None, longitude: Degrees | None = None
) -> MapDrawing | None:
    """Return the map of a neighbourhood; see ``draw_map``."""
    settings = NeighbourhoodSettings.objects.filter(site_id=site_id).first()
    return draw_map(settings, latitude=latitude, longitude=longitude) if settings else None


def draw_map(
    settings: NeighbourhoodSettings,
    *,
    latitude: Degrees | None = None,
    longitude: Degrees | None = None,
    title: str = "",
) -> MapDrawing | None:
    """Return the map of a neighbourhood, or None when it has no (sound) map.

    Args:
        settings: where the edges and lines are kept.
        latitude: of the marker, in WGS 84 degrees; outside the map there is no marker.
        longitude: likewise.
        title: what the picture shows, for people who don't see it.
    """
    try:
        bounds = bounds_of(
            settings.map_south, settings.map_west, settings.map_north, settings.map_east
        )
    except ValidationError:
        return None
    if bounds is None:
        return None
    marker_x, marker_y = _marker(bounds, latitude, longitude)
    lines = sorted(settings.map_lines, key=lambda line: DRAWING_ORDER.index(line["kind"]))
    default = _("Map of %(neighbourhood)s") % {
        "neighbourhood": settings.neighbourhood or settings.name
    }
    return MapDrawing(
        title=title or default,
        bounds=bounds,
        width=MAP_WIDTH,
        height=bounds.height,
        lines=tuple(_line(bounds, line) for line in lines),
        labels=tuple(place_labels(_named(bounds, lines), width=MAP_WIDTH, height=bounds.height)),
        marker_x=marker_x,
        marker_y=marker_y,
    )


def _marker(
    bounds: MapBounds, latitude: Degrees | None, longitude: Degrees | None
) -> tuple[float | None, float | None]:
    if latitude is None or longitude is None:
        return None, None
    position = float(latitude), float(longitude)
    return bounds.to_drawing(*position) if bounds.contains(*position) else (None, None)


def _named(
    bounds: MapBounds, lines: list[dict[str, Any]]
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield names with their lines, those of roads first."""
    for line in reversed(lines):
        yield line["name"].strip(), [bounds.to_drawing(*point) for point in line["points"]]


def _line(bounds: MapBounds, line: dict[str, Any]) -> MapLine:
    points = line["points"]
    is_area = len(points) > 3 and points[0] == points[-1]
    drawn = [bounds.to_drawing(*point) for point in points]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn)
    return MapLine(kind=line["kind"], path=f"{path}Z" if is_area else path, is_area=is_area)
