"""People paste positions in many ways; each is read, or refused with its reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.coordinates import (
    CoordinateError,
    CoordinateProblem,
    format_position,
    parse_position,
)

HERE = (Decimal("52.378700"), Decimal("4.851200"))
SECONDS = (Decimal("52.378611"), Decimal("4.851111"))


@pytest.mark.parametrize(
    "text",
    [
        "52.3787, 4.8512",
        "52.3787,4.8512",
        "  52.3787   4.8512 ",
        "52.3787;4.8512",
        "(52.3787, 4.8512)",
        "+52.3787, +4.8512",
        "52,3787 4,8512",
        "52,3787, 4,8512",
        "52,3787,4,8512",
        "52,3787; 4,8512",
        "52.3787° N, 4.8512° E",
        "N 52.3787 E 4.8512",
        "4,8512° O, 52,3787° N",
        "https://www.openstreetmap.org/#map=18/52.3787/4.8512",
        "https://www.openstreetmap.org/node/12#map=19/52.37870/4.85120&layers=N",
        "https://www.openstreetmap.org/?mlat=52.3787&mlon=4.8512#map=18/1.5/2.5",
        "https://www.google.com/maps/@52.3787,4.8512,17z",
        "https://www.google.nl/maps/place/Caf%C3%A9/@1.5,2.5,17z/data=!8m2!3d52.3787!4d4.8512!16s",
        "https://maps.google.com/?q=52.3787,4.8512",
        "https://maps.google.com/maps?q=loc:52.3787,4.8512",
        "www.google.com/maps/search/?api=1&query=52.3787%2C4.8512",
        "https://maps.apple.com/?q=Plein&ll=52.3787,4.8512",
        "geo:52.3787,4.8512",
        "geo:52.3787,4.8512,12;crs=wgs84;u=35",
        "GEO:0,0?q=52.3787,4.8512(Plein)",
    ],
)
def test_reads_decimal_degrees(text: str) -> None:
    assert parse_position(text) == HERE


@pytest.mark.parametrize(
    "text",
    [
        "52°22′43″N 4°51′04″E",
        "52°22'43\"N 4°51'4\"E",
        "52° 22' 43'' N, 4° 51' 04'' O",
        "N52°22′43″ E4°51′04″",
        "4°51′04″E 52°22′43″N",
        "52°22′43″, 4°51′04″",
        "https://www.google.com/maps?q=52%C2%B022%2743%22N+4%C2%B051%2704%22E",
    ],
)
def test_reads_degrees_minutes_and_seconds(text: str) -> None:
    assert parse_position(text) == SECONDS


def test_reads_minutes_with_decimals() -> None:
    assert parse_position("52° 22.5' N 4° 51,3' E") == (Decimal("52.375"), Decimal("4.855"))


@pytest.mark.parametrize("text", ["33°30′S 70°36′W", "33°30′Z 70°36′W", "-33.5, -70.6"])
def test_south_and_west_are_negative(text: str) -> None:
    assert parse_position(text) == (Decimal("-33.5"), Decimal("-70.6"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", CoordinateProblem.UNREADABLE),
        ("Egidiusstraat 12", CoordinateProblem.UNREADABLE),
        ("52,37", CoordinateProblem.UNREADABLE),
        ("52.37", CoordinateProblem.UNREADABLE),
        ("52.37, 4.85, 3.1", CoordinateProblem.UNREADABLE),
        ("52°60′N 4°1′E", CoordinateProblem.UNREADABLE),
        ("52°1′60″N 4°1′E", CoordinateProblem.UNREADABLE),
        ("52°N 53°N", CoordinateProblem.UNREADABLE),
        ("52°N 4°N", CoordinateProblem.UNREADABLE),
        ("١٢, ٣", CoordinateProblem.UNREADABLE),
        ("1" * 3000, CoordinateProblem.UNREADABLE),
        ("https://[", CoordinateProblem.UNREADABLE),
        ("https://www.google.com/maps/place/Plein", CoordinateProblem.UNREADABLE),
        ("geo:52.3787", CoordinateProblem.UNREADABLE),
        ("https://maps.app.goo.gl/AbCdEf", CoordinateProblem.SHORT_LINK),
        ("https://osm.org/go/0E6VvPC", CoordinateProblem.SHORT_LINK),
        ("geo:121000,487000;crs=rd", CoordinateProblem.UNREADABLE),
        ("geo:12,48;crs=rd", CoordinateProblem.OTHER_SYSTEM),
        ("91, 4", CoordinateProblem.OUT_OF_RANGE),
        ("52.3, 180.1", CoordinateProblem.OUT_OF_RANGE),
        ("https://www.google.com/maps/@152.3,4.8,17z", CoordinateProblem.OUT_OF_RANGE),
    ],
)
def test_refuses_the_rest_with_a_reason(text: str, problem: CoordinateProblem) -> None:
    with pytest.raises(CoordinateError) as error:
        parse_position(text)
    assert error.value.problem is problem


def test_rounds_to_a_tenth_of_a_metre() -> None:
    assert parse_position("52.37871234567, 4.85119999") == (
        Decimal("52.378712"),
        Decimal("4.851200"),
    )


def test_zero_has_no_sign() -> None:
    assert format_position(*parse_position("-0.0000001, 0.0")) == "0.000000, 0.000000"


@given(
    st.decimals(-90, 90, places=6, allow_nan=False, allow_infinity=False),
    st.decimals(-180, 180, places=6, allow_nan=False, allow_infinity=False),
)
def test_what_is_shown_is_read_back_as_the_same(latitude: Decimal, longitude: Decimal) -> None:
    assert parse_position(format_position(latitude, longitude)) == (latitude, longitude)


@given(st.text(max_size=200))
def test_any_text_is_a_position_or_a_clear_refusal(text: str) -> None:
    try:
        latitude, longitude = parse_position(text)
    except CoordinateError:
        return
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180


@given(st.text("0123456789.,;°'\"NSEWOZ+- /@!3d4=#?:geo", max_size=2000))
def test_texts_that_look_like_positions_are_decided_too(text: str) -> None:
    for candidate in (text, f"geo:{text}", f"https://maps.example/{text}"):
        try:
            parse_position(candidate)
        except CoordinateError:
            continue
