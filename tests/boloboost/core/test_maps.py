"""The edges and lines of a neighbourhood's map are checked when they are saved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from boloboost.core.maps import MAX_LINES, bounds_of, validate_map_lines
from boloboost.core.models import NeighbourhoodSettings


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


GOOD = (52.36, 4.83, 52.39, 4.87)


def test_four_sound_edges_make_a_map() -> None:
    bounds = bounds_of(*GOOD)
    assert bounds is not None
    height, width = bounds.sides
    assert height == pytest.approx(3340, rel=0.01)
    assert width == pytest.approx(2720, rel=0.01)


def test_no_edges_is_no_map() -> None:
    assert bounds_of(None, None, None, None) is None


@pytest.mark.parametrize(
    "edges",
    [
        (52.36, 4.83, 52.39, None),
        (52.39, 4.83, 52.36, 4.87),
        (52.36, 4.87, 52.39, 4.83),
        (52.36, 4.83, 52.36, 4.87),
        (52.36, 4.83, 52.60, 4.87),
        (52.36, 4.83, 52.39, 5.20),
        (52.36, 4.83, 52.3601, 4.87),
        (89.99, 4.83, 90.0, 4.87),
        (487000.0, 121000.0, 488000.0, 122000.0),
    ],
)
def test_other_edges_are_refused(edges: tuple[float | None, ...]) -> None:
    with pytest.raises(ValidationError):
        bounds_of(*edges)


def test_the_settings_form_refuses_half_a_map() -> None:
    with pytest.raises(ValidationError, match="all four"):
        NeighbourhoodSettings(map_south=52.36, map_north=52.39).clean()


@pytest.mark.parametrize(
    "value",
    [
        {},
        "road",
        [{"name": "Weg", "kind": "motorway", "points": [[52.3, 4.8], [52.4, 4.8]]}],
        [{"name": "Weg", "kind": "road", "points": [[52.3, 4.8]]}],
        [{"name": "Weg", "kind": "road", "points": [[52.3, 4.8], [152.4, 4.8]]}],
        [{"name": "Weg", "kind": "road", "points": [[52.3, 4.8], ["52.4", 4.8]]}],
        [{"kind": "road", "points": [[52.3, 4.8], [52.4, 4.8]]}],
        [{"name": "Weg", "kind": "road", "points": [[52.3, 4.8], [52.4, 4.8]]}] * (MAX_LINES + 1),
    ],
)
def test_lines_that_cannot_be_drawn_are_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        validate_map_lines(value)


def test_lines_with_a_name_a_kind_and_points_are_kept() -> None:
    validate_map_lines([{"name": "Weg", "kind": "road", "points": [[52.3, 4.8], [52.4, 4.8]]}])
