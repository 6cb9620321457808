"""Made-up neighbourhoods beside the two of the sample, and places for all of them."""

from random import Random

from boloboost.accounts.enums import Role
from boloboost.core.maps import MapBounds

from ..bolo import BOLO
from ..categories import CATEGORIES
from ..noorderbuurt import NOORDERBUURT
from ..shapes import (
    MapSample,
    NeighbourhoodSample,
    PageSample,
    PageWords,
    PersonSample,
    PlaceSample,
)

SAMPLES = (BOLO, NOORDERBUURT)
PLACES_PER_NEIGHBOURHOOD = 24
TREES = (
    "Wilgen",
    "Linden",
    "Elzen",
    "Beuken",
    "Iepen",
    "Vlier",
    "Kastanje",
    "Hazelaar",
    "Populieren",
    "Meidoorn",
    "Esdoorn",
    "Berken",
)
AREAS = ("buurt", "hof", "kwartier", "dorp", "oord")
ROADS = ("laan", "straat", "kade", "plein", "hof", "weg")
KINDS_OF_PLACE = ("Buurthuis", "Café", "Bakkerij", "Gymzaal", "Moestuin", "Boekhandel")
STREETS = tuple(f"{tree}{road}" for tree in TREES for road in ROADS)
SOUTH, WEST = 52.30, 4.70
STEP, SIZE, COLUMNS = 0.02, 0.012, 20


def load_neighbourhood(number: int) -> NeighbourhoodSample:
    """Return neighbourhood ``number``, counted from 1; the first two are the sample's own."""
    if number <= len(SAMPLES):
        return SAMPLES[number - 1]
    key = f"buurt-{number}"
    name = f"{TREES[number % len(TREES)]}{AREAS[number % len(AREAS)]} {number}"
    return NeighbourhoodSample(
        key=key,
        subdomain=key,
        site_name=name,
        neighbourhood=name,
        town=name,
        contact_email=f"hallo@{key}.example",
        tagline=f"{name}, kom erbij.",
        closing_line="Kom maar kijken.",
        home=PageSample(
            "home",
            PageWords(name, key, f"Wat er te doen is in {name}.", ""),
            PageWords(name, f"{key}-en", f"What is on in {name}.", ""),
        ),
        calendar=PageSample(
            "agenda",
            PageWords("Agenda", "agenda", f"Wat er te doen is in {name}.", ""),
            PageWords("Calendar", "agenda", f"What is on in {name}.", ""),
            in_menu=True,
        ),
        map=_map(number),
        categories=CATEGORIES,
        places=(),
        people=(PersonSample(f"redacteur@{key}.example", "Redactie", name, Role.EDITOR, False),),
    )


def _map(number: int) -> MapSample:
    """Return a square of about a kilometre in a grid, with two streets that cross."""
    row, column = divmod(number, COLUMNS)
    south, west = round(SOUTH + row * STEP, 4), round(WEST + column * STEP, 4)
    north, east = round(south + SIZE, 4), round(west + SIZE, 4)
    middle_lat, middle_lon = round(south + SIZE / 2, 4), round(west + SIZE / 2, 4)
    return MapSample(
        MapBounds(south=south, west=west, north=north, east=east),
        (
            ("road", STREETS[number % len(STREETS)], ((middle_lat, west), (middle_lat, east))),
            ("street", "Dorpsstraat", ((south, middle_lon), (north, middle_lon))),
        ),
    )


def load_places(sample: NeighbourhoodSample) -> tuple[PlaceSample, ...]:
    """Return made-up places within the neighbourhood's map, always the same ones."""
    random = Random(f"places/{sample.key}")  # noqa: S311 - not for secrets
    bounds = sample.map.bounds
    places = []
    for number in range(PLACES_PER_NEIGHBOURHOOD):
        street = random.choice(STREETS)
        kind = KINDS_OF_PLACE[number % len(KINDS_OF_PLACE)]
        places.append(
            PlaceSample(
                slug=f"plek-{number + 1}",
                name=f"{kind} {street}",
                street_address=street,
                latitude=round(random.uniform(bounds.south, bounds.north), 6),
                longitude=round(random.uniform(bounds.west, bounds.east), 6),
                step_free=random.random() < 0.8,
            )
        )
    return tuple(places)
