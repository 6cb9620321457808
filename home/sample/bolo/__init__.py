"""Bos en Lommer in Amsterdam, the neighbourhood that a visitor sees first."""

from ..categories import CATEGORIES
from ..shapes import NeighbourhoodSample
from . import events_food, events_indoors, events_outdoors, events_pub
from .map import MAP
from .pages import CALENDAR, HOME, PAGES
from .people import PEOPLE
from .places import PLACES

BOLO = NeighbourhoodSample(
    key="bos-en-lommer",
    subdomain="",
    site_name="Bos en Lommer",
    neighbourhood="Bos en Lommer",
    town="Amsterdam",
    contact_email="hallo@boloboost.example",
    tagline="Niks mis met BoLo.",
    closing_line="Kom maar kijken.",
    home=HOME,
    calendar=CALENDAR,
    map=MAP,
    categories=CATEGORIES,
    places=PLACES,
    people=PEOPLE,
    pages=PAGES,
    events=(
        *events_pub.EVENTS,
        *events_food.EVENTS,
        *events_outdoors.EVENTS,
        *events_indoors.EVENTS,
    ),
)
