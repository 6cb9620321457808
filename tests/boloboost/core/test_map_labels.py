"""Names on the map stay on it and apart from each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.map_labels import LABEL_HEIGHT, Point, place_labels

WIDTH, HEIGHT = 800.0, 600.0


def texts(*lines: tuple[str, list[Point]]) -> list[str]:
    return [label.text for label in place_labels(lines, width=WIDTH, height=HEIGHT)]


def test_a_name_stands_halfway_its_line() -> None:
    line = ("Weg", [(100.0, 300.0), (200.0, 300.0), (700.0, 300.0)])
    (label,) = place_labels([line], width=WIDTH, height=HEIGHT)
    assert (label.x, label.y, label.anchor) == (400.0, 300.0, "middle")


def test_only_the_part_on_the_map_counts() -> None:
    line = ("Weg", [(400.0, -2000.0), (400.0, 300.0)])
    (label,) = place_labels([line], width=WIDTH, height=HEIGHT)
    assert LABEL_HEIGHT <= label.y <= 300


def test_a_line_off_the_map_has_no_name() -> None:
    assert texts(("Elders", [(900.0, 100.0), (900.0, 500.0)])) == []


def test_an_area_has_its_name_in_the_middle() -> None:
    corners = [(100.0, 100.0), (500.0, 100.0), (500.0, 400.0), (100.0, 400.0), (100.0, 100.0)]
    (label,) = place_labels([("Park", corners)], width=WIDTH, height=HEIGHT)
    assert (label.x, label.y) == (300.0, 250.0)


@pytest.mark.parametrize(("x", "anchor"), [(10.0, "start"), (400.0, "middle"), (790.0, "end")])
def test_a_name_near_the_side_stays_on_the_map(x: float, anchor: str) -> None:
    (label,) = place_labels([("Weg", [(x, 100.0), (x, 500.0)])], width=WIDTH, height=HEIGHT)
    assert label.anchor == anchor


def test_a_name_that_would_lie_over_another_moves_along_its_line() -> None:
    across = ("Dwarsweg", [(100.0, 300.0), (700.0, 300.0)])
    down = ("Gracht", [(400.0, 100.0), (400.0, 500.0)])
    first, second = place_labels([across, down], width=WIDTH, height=HEIGHT)
    assert not first.covers(second)


def test_a_name_without_a_free_spot_is_left_out() -> None:
    long = ("Heel lange straatnaam", [(350.0, 300.0), (450.0, 300.0)])
    short = ("Steeg", [(399.0, 300.0), (401.0, 301.0)])
    assert texts(long, short) == ["Heel lange straatnaam"]


def test_a_name_in_pieces_stands_there_once() -> None:
    piece = ("Weg", [(100.0, 300.0), (300.0, 300.0)])
    other = ("Weg", [(300.0, 300.0), (700.0, 300.0)])
    assert texts(piece, other, ("", [(0.0, 0.0), (9.0, 9.0)])) == ["Weg"]


POINTS = st.tuples(st.floats(-900, 1700), st.floats(-900, 1700))


@given(
    st.lists(
        st.tuples(st.text("abcde", max_size=12), st.lists(POINTS, min_size=2, max_size=6)),
        max_size=8,
    )
)
def test_no_two_names_lie_over_each_other(lines: list[tuple[str, list[Point]]]) -> None:
    labels = place_labels(lines, width=WIDTH, height=HEIGHT)
    for index, label in enumerate(labels):
        assert 0 <= label.x <= WIDTH
        assert 0 <= label.y <= HEIGHT
        assert not any(label.covers(other) for other in labels[:index])
