"""Reading a position the way people copy it.

Nothing is asked of the network: a short link is refused with its own reason.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

MAX_LENGTH = 2000
SIX_DECIMALS = Decimal("0.000001")
MAX_LATITUDE = 90
MAX_LONGITUDE = 180

Position = tuple[Decimal, Decimal]

NUMBER = r"[0-9]{1,3}(?:[.,][0-9]+)?"
POINT_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?"
COMMA_NUMBER = r"[+-]?[0-9]{1,3},[0-9]+"
NUMBER_PAIRS = (
    # 52.3787, 4.8512; without a space after the comma one of the two needs a point, because
    # "52,3" is one number in Dutch.
    re.compile(rf"({POINT_NUMBER})(?: ?[,;] | ?; ?| )({POINT_NUMBER})"),
    re.compile(r"([+-]?[0-9]{1,3}\.[0-9]+),([+-]?[0-9]{1,3}(?:\.[0-9]+)?)"),
    re.compile(r"([+-]?[0-9]{1,3}),([+-]?[0-9]{1,3}\.[0-9]+)"),
    # 52,3787 4,8512
    re.compile(rf"({COMMA_NUMBER})(?: ?[,;] ?| )({COMMA_NUMBER})"),
)
LETTER = "(?P<letter@>[NSEWOZ])"
ANGLE = (
    "(?P<degrees@>[+-]?" + NUMBER + ") ?(?P<sign@>°)?"
    " ?(?:(?P<minutes@>" + NUMBER + ") ?' ?(?:(?P<seconds@>" + NUMBER + ') ?")?)?'
)
#: Letters before both numbers, or behind them.
ANGLE_PAIRS = tuple(
    re.compile(angle.replace("@", "1") + " ?[,;]? ?" + angle.replace("@", "2"))
    for angle in (f"{LETTER} ?{ANGLE}", f"{ANGLE} ?{LETTER}?")
)
#: Compass letters, the Dutch ones (zuid, oost) too: which number it is and its sign.
COMPASS = {"N": (0, 1), "S": (0, -1), "Z": (0, -1), "E": (1, 1), "O": (1, 1), "W": (1, -1)}
LOOKALIKES = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "´": "'", "″": '"', "”": '"', "“": '"', "º": "°", "−": "-"}
)

LINK_START = re.compile(r"(?:[a-z]+://|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}[/?#])", re.IGNORECASE)
SHORT_LINK_HOSTS = {"maps.app.goo.gl", "goo.gl", "g.co", "osm.org"}
LINK_NUMBERS = r"(-?[0-9]{1,3}(?:\.[0-9]+)?)"
GOOGLE_PIN = re.compile(rf"!3d{LINK_NUMBERS}!4d{LINK_NUMBERS}")
GOOGLE_VIEW = re.compile(rf"@{LINK_NUMBERS},{LINK_NUMBERS}(?:,|$)")
OSM_VIEW = re.compile(rf"map=[0-9.]+/{LINK_NUMBERS}/{LINK_NUMBERS}(?:&|$)")
ONE_PARAMETER = ("q", "query", "ll", "center", "destination", "daddr")
TWO_PARAMETERS = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"))

#: RFC 5870, 3.3: coordinates, then parameters; the height is not used.
GEO = re.compile(
    rf"geo:{LINK_NUMBERS},{LINK_NUMBERS}(?:,-?[0-9.]+)?(?P<parameters>(?:;[^;?]*)*)(?:\?(?P<query>.*))?",
    re.IGNORECASE,
)
WGS84 = "wgs84"


class CoordinateProblem(StrEnum):
    """Why a text is no position."""

    UNREADABLE = "unreadable"
    SHORT_LINK = "short_link"
    OUT_OF_RANGE = "out_of_range"
    OTHER_SYSTEM = "other_system"


class CoordinateError(ValueError):
    """A text that is no position; ``problem`` says why."""

    def __init__(self, problem: CoordinateProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def parse_position(text: str) -> Position:
    """Return (latitude, longitude) in WGS 84 degrees, rounded to six decimals (0.1 m).

    Understands decimal numbers with a point or a Dutch comma, degrees with minutes and
    seconds, links of OpenStreetMap and Google Maps, and geo URIs (RFC 5870).

    Raises:
        CoordinateError: with the reason.
    """
    if len(text) > MAX_LENGTH:
        raise CoordinateError(CoordinateProblem.UNREADABLE)
    tidy = " ".join(text.split())
    if tidy.lower().startswith("geo:"):
        return _from_geo(tidy)
    if LINK_START.match(tidy):
        return _from_link(tidy)
    return _from_text(tidy)


def format_position(latitude: Decimal, longitude: Decimal) -> str:
    """Return a text that ``parse_position`` reads back as the same position."""
    return f"{latitude:f}, {longitude:f}"


def _from_text(text: str) -> Position:
    bare = text.translate(LOOKALIKES).replace("''", '"').strip("()[] ")
    for pattern in NUMBER_PAIRS:
        if found := pattern.fullmatch(bare):
            return _checked(_decimal(found[1]), _decimal(found[2]))
    for pattern in ANGLE_PAIRS:
        if found := pattern.fullmatch(bare.upper()):
            return _from_angles(found)
    raise CoordinateError(CoordinateProblem.UNREADABLE)


def _from_angles(found: re.Match[str]) -> Position:
    """Put two angles in order by their compass letters; without letters they need a °."""
    values: list[Decimal | None] = [None, None]
    for number in ("1", "2"):
        letter = found[f"letter{number}"]
        if not letter and not found[f"sign{number}"]:
            raise CoordinateError(CoordinateProblem.UNREADABLE)
        index, sign = COMPASS[letter] if letter else (int(number) - 1, 1)
        if values[index] is not None:
            raise CoordinateError(CoordinateProblem.UNREADABLE)
        values[index] = sign * _angle(found, number)
    latitude, longitude = values
    if latitude is None or longitude is None:
        raise CoordinateError(CoordinateProblem.UNREADABLE)
    return _checked(latitude, longitude)


def _angle(found: re.Match[str], number: str) -> Decimal:
    degrees = _decimal(found[f"degrees{number}"])
    minutes = _decimal(found[f"minutes{number}"] or "0")
    seconds = _decimal(found[f"seconds{number}"] or "0")
    if minutes >= 60 or seconds >= 60:
        raise CoordinateError(CoordinateProblem.UNREADABLE)
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return -size if degrees.is_signed() else size


def _from_geo(text: str) -> Position:
    found = GEO.fullmatch(text)
    if found is None:
        raise CoordinateError(CoordinateProblem.UNREADABLE)
    system = WGS84
    for parameter in found["parameters"].lower().split(";"):
        name, _, value = parameter.partition("=")
        if name == "crs":
            system = value
    if system != WGS84:
        raise CoordinateError(CoordinateProblem.OTHER_SYSTEM)
    # Phones write "geo:0,0?q=52.3787,4.8512(Name)" for a pin.
    for name, value in parse_qsl(found["query"] or ""):
        if name == "q" and (pin := _quietly(value.partition("(")[0])):
            return pin
    return _checked(_decimal(found[1]), _decimal(found[2]))


def _from_link(text: str) -> Position:
    try:
        link = urlsplit(text if "://" in text else f"https://{text}")
        host = (link.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise CoordinateError(CoordinateProblem.UNREADABLE) from error
    for latitude, longitude in _pairs_in(link):
        return _checked(_decimal(latitude), _decimal(longitude))
    for name, value in parse_qsl(link.query):
        if name in ONE_PARAMETER and (pin := _quietly(value.removeprefix("loc:"))):
            return pin
    if found := OSM_VIEW.search(link.fragment) or GOOGLE_VIEW.search(unquote(link.path)):
        return _checked(_decimal(found[1]), _decimal(found[2]))
    short = host in SHORT_LINK_HOSTS
    raise CoordinateError(CoordinateProblem.SHORT_LINK if short else CoordinateProblem.UNREADABLE)


def _pairs_in(link: SplitResult) -> Iterator[tuple[str, str]]:
    """Yield the pins a link names, as opposed to the middle of the map it shows."""
    pins = GOOGLE_PIN.findall(unquote(link.path))
    if pins:
        yield pins[-1]
    query = dict(parse_qsl(link.query))
    for first, second in TWO_PARAMETERS:
        values = query.get(first, ""), query.get(second, "")
        if all(re.fullmatch(LINK_NUMBERS, value) for value in values):
            yield values


def _quietly(text: str) -> Position | None:
    """Return the position in a part of a link, or None when it holds something else."""
    try:
        return _from_text(" ".join(text.split()))
    except CoordinateError:
        return None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _checked(latitude: Decimal, longitude: Decimal) -> Position:
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > MAX_LONGITUDE:
        raise CoordinateError(CoordinateProblem.OUT_OF_RANGE)
    return _rounded(latitude), _rounded(longitude)


def _rounded(value: Decimal) -> Decimal:
    # Adding zero turns "-0.000000" into "0.000000".
    return value.quantize(SIX_DECIMALS, rounding=ROUND_HALF_UP) + 0
