"""Everything of a neighbourhood but its events; every step finds what an earlier run made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.core.models import NeighbourhoodSettings, Place
from brand.models import BrandSettings
from events.models import CalendarPage, Category, CategoryName

from ..shapes import CategorySample, NeighbourhoodSample, PlaceSample
from .pages import ensure_calendars, ensure_homes, ensure_text_pages
from .people import ensure_people
from .report import Report
from .sites import ensure_locales, ensure_site


@dataclass(frozen=True)
class Ground:
    """What events need to know about the neighbourhood they are in."""

    site: Site
    calendars: dict[str, CalendarPage]
    categories: dict[str, Category]
    places: dict[str, Place]
    author: User
    publisher: User


def lay_ground(*, sample: NeighbourhoodSample, now: datetime, report: Report) -> Ground:
    """Make everything but the events: pages, site, settings, kinds, places and people."""
    with transaction.atomic():
        homes = ensure_homes(sample=sample, locales=ensure_locales(), report=report)
        site = ensure_site(sample=sample, home=homes["nl"], report=report)
        ensure_settings(sample=sample, site=site, report=report)
        calendars = ensure_calendars(sample=sample, homes=homes, report=report)
        ensure_text_pages(sample=sample, homes=homes, report=report)
        categories = ensure_categories(samples=sample.categories, site=site, report=report)
        places = ensure_places(samples=sample.places, site=site, town=sample.town, report=report)
    people = ensure_people(sample=sample, site=site, now=now, report=report)
    by_role = {person.role: people[person.email] for person in sample.people}
    publisher = by_role[Role.EDITOR]
    return Ground(
        site=site,
        calendars=calendars,
        categories=categories,
        places=places,
        author=by_role.get(Role.LEAD, publisher),
        publisher=publisher,
    )


def ensure_settings(*, sample: NeighbourhoodSample, site: Site, report: Report) -> None:
    """Fill in name, map and brand lines; settings that somebody filled in stay."""
    neighbourhood = NeighbourhoodSettings.for_site(site)
    if not neighbourhood.neighbourhood:
        bounds = sample.map.bounds
        neighbourhood.name = sample.home.nl.title
        neighbourhood.neighbourhood = sample.neighbourhood
        neighbourhood.contact_email = sample.contact_email
        neighbourhood.map_south, neighbourhood.map_west = bounds.south, bounds.west
        neighbourhood.map_north, neighbourhood.map_east = bounds.north, bounds.east
        neighbourhood.map_lines = sample.map.as_json()
        neighbourhood.full_clean()
        neighbourhood.save()
        report.add("settings")
    brand = BrandSettings.for_site(site)
    if not brand.tagline:
        brand.tagline, brand.closing_line = sample.tagline, sample.closing_line
        brand.save()
        report.add("settings")


def ensure_categories(
    *, samples: Iterable[CategorySample], site: Site, report: Report
) -> dict[str, Category]:
    """Return ``{slug: category}``, each with its English name."""
    found = {}
    for order, sample in enumerate(samples):
        category, is_new = Category.objects.get_or_create(
            site=site,
            slug=sample.slug,
            defaults={"name": sample.name, "icon": sample.icon, "order": order},
        )
        if is_new:
            CategoryName.objects.create(category=category, language="en", name=sample.name_en)
            report.add("kinds of events")
        found[sample.slug] = category
    return found


def ensure_places(
    *, samples: Iterable[PlaceSample], site: Site, town: str, report: Report
) -> dict[str, Place]:
    """Return ``{slug: place}``."""
    found = {}
    for sample in samples:
        found[sample.slug], is_new = Place.objects.get_or_create(
            site=site,
            slug=sample.slug,
            defaults={
                "name": sample.name,
                "street_address": sample.street_address,
                "city": town,
                "latitude": Decimal(str(sample.latitude)),
                "longitude": Decimal(str(sample.longitude)),
                "directions": sample.directions,
                "step_free": sample.step_free,
            },
        )
        report.add("places", is_new)
    return found
