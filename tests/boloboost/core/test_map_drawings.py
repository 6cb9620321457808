"""The neighbourhood's map is drawn from its own lines."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.map_drawings import MapDrawing, draw_map
from boloboost.core.maps import MAP_WIDTH, MapBounds
from boloboost.core.models import NeighbourhoodSettings

SVG = "{http://www.w3.org/2000/svg}"


def make_settings(**fields: object) -> NeighbourhoodSettings:
    edges = {"map_south": 52.36, "map_west": 4.83, "map_north": 52.39, "map_east": 4.87}
    return NeighbourhoodSettings(**{"name": "BoLo", **edges, **fields})


def draw(**fields: object) -> MapDrawing:
    drawing = draw_map(make_settings(**fields))
    assert drawing is not None
    return drawing


def test_no_edges_no_map() -> None:
    empty = NeighbourhoodSettings(name="BoLo")
    assert draw_map(empty) is None


def test_edges_that_make_no_rectangle_give_no_map() -> None:
    assert draw_map(make_settings(map_south=52.40)) is None


def test_a_position_on_the_map_has_a_marker() -> None:
    drawing = draw_map(make_settings(), latitude=52.375, longitude=4.85)
    assert drawing is not None
    assert drawing.marker_x == pytest.approx(MAP_WIDTH / 2)
    assert drawing.marker_y == pytest.approx(drawing.height / 2, abs=0.5)


@pytest.mark.parametrize("position", [(52.5, 4.85), (52.375, 5.0), (None, None)])
def test_a_position_off_the_map_has_none(position: tuple[float | None, float | None]) -> None:
    latitude, longitude = position
    drawing = draw_map(make_settings(), latitude=latitude, longitude=longitude)
    assert drawing is not None
    assert drawing.marker_x is None


def test_ground_lies_below_streets() -> None:
    lines = [
        {"name": "", "kind": kind, "points": [[52.37, 4.84], [52.38, 4.85]]}
        for kind in ("road", "street", "rail", "park", "water")
    ]
    kinds = [line.kind for line in draw(map_lines=lines).lines]
    assert kinds == ["water", "park", "rail", "street", "road"]


def test_a_line_that_returns_to_its_start_is_an_area() -> None:
    park = {
        "name": "Rembrandtpark",
        "kind": "park",
        "points": [[52.37, 4.84], [52.38, 4.84], [52.38, 4.85], [52.37, 4.84]],
    }
    canal = {"name": "Kostverlorenvaart", "kind": "water", "points": [[52.36, 4.86], [52.39, 4.86]]}
    water, grass = draw(map_lines=[park, canal]).lines
    assert grass.is_area
    assert grass.path.endswith("Z")
    assert not water.is_area


def test_each_name_stands_on_the_map_once() -> None:
    pieces = [
        {"name": "Admiralengracht", "kind": "water", "points": [[52.36, 4.85], [52.37, 4.85]]},
        {"name": "Admiralengracht", "kind": "water", "points": [[52.37, 4.85], [52.39, 4.85]]},
        {"name": "Elders", "kind": "road", "points": [[53.0, 4.85], [53.1, 4.85]]},
        {"name": " ", "kind": "road", "points": [[52.37, 4.84], [52.38, 4.84]]},
    ]
    assert [label.text for label in draw(map_lines=pieces).labels] == ["Admiralengracht"]


def test_a_name_never_lies_over_another() -> None:
    street = {"name": "Egidiusstraat", "kind": "street", "points": [[52.37, 4.84], [52.37, 4.86]]}
    road = {
        "name": "Bos en Lommerweg",
        "kind": "road",
        "points": [[52.3702, 4.84], [52.3702, 4.86]],
    }
    far = {"name": "Erasmusgracht", "kind": "water", "points": [[52.38, 4.84], [52.38, 4.86]]}
    shown = [label.text for label in draw(map_lines=[street, road, far]).labels]
    assert shown == ["Bos en Lommerweg", "Erasmusgracht"]


@pytest.mark.parametrize(
    ("longitude", "anchor"), [(4.831, "start"), (4.85, "middle"), (4.869, "end")]
)
def test_names_near_the_side_stay_on_the_map(longitude: float, anchor: str) -> None:
    line = {"name": "Straat", "kind": "street", "points": [[52.37, longitude], [52.38, longitude]]}
    assert draw(map_lines=[line]).labels[0].anchor == anchor


def test_the_picture_is_sound_in_a_language_with_a_decimal_comma() -> None:
    line = {
        "name": "<Jan & Piet>",
        "kind": "street",
        "points": [[52.3711, 4.8431], [52.3811, 4.8531]],
    }
    drawing = draw_map(make_settings(map_lines=[line]), latitude=52.3711, longitude=4.8431)
    with translation.override("nl"):
        markup = render_to_string("core/includes/map.html", {"map": drawing})
    svg = ElementTree.fromstring(markup)
    assert svg.get("role") == "img"
    assert "BoLo" in svg.findtext(f"{SVG}title", "")
    assert "," not in svg.find(f"{SVG}circle").get("cx")
    assert svg.findtext(f"{SVG}text") == "<Jan & Piet>"
    assert "style" not in markup
    assert {element.get("class") for element in svg} >= {
        "map__ground",
        "map__street",
        "map__label",
        "map__marker",
    }


@given(st.floats(0, 1), st.floats(0, 1))
def test_every_position_within_the_edges_lies_on_the_drawing(down: float, across: float) -> None:
    bounds = MapBounds(52.36, 4.83, 52.39, 4.87)
    x, y = bounds.to_drawing(52.36 + down * (52.39 - 52.36), 4.83 + across * (4.87 - 4.83))
    assert 0 <= x <= MAP_WIDTH
    assert 0 <= y <= bounds.height
