"""What a sample neighbourhood is made of: plain data, no database and no clock."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from boloboost.accounts.enums import Role
from boloboost.core.maps import MapBounds
from events.enums import CategoryIcon

SAMPLE_NAMESPACE = UUID("6f1c1b0e-6b0a-5d0e-9a3c-b01ab005700d")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def sample_key(*parts: object) -> UUID:
    """Return the fixed key of one sample object, so that it is found again on the next run."""
    return uuid5(SAMPLE_NAMESPACE, "/".join(str(part) for part in parts))


@dataclass(frozen=True)
class When:
    """A time counted from the day of seeding.

    The day is the first ``weekday`` that is at least ``after_days`` days later; the
    number is negative for something that is over.
    """

    after_days: int
    weekday: int
    start: time
    minutes: int

    def day(self, today: date) -> date:
        earliest = today + timedelta(days=self.after_days)
        return earliest + timedelta(days=(self.weekday - earliest.weekday()) % 7)

    def span(self, today: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return start and end as aware times in ``zone``."""
        starts_at = datetime.combine(self.day(today), self.start, tzinfo=zone)
        length = timedelta(minutes=self.minutes)
        return starts_at, (starts_at.astimezone(ZoneInfo("UTC")) + length).astimezone(zone)


@dataclass(frozen=True)
class PageWords:
    """The words of a page in one language; ``body`` is rich text."""

    title: str
    slug: str
    introduction: str
    body: str
    bring: str = ""


@dataclass(frozen=True)
class PageSample:
    """A page of text, in Dutch and perhaps in English."""

    key: str
    nl: PageWords
    en: PageWords | None = None
    in_menu: bool = False


@dataclass(frozen=True)
class PlaceSample:
    slug: str
    name: str
    street_address: str
    latitude: float
    longitude: float
    directions: str = ""
    step_free: bool = True


@dataclass(frozen=True)
class CategorySample:
    slug: str
    name: str
    name_en: str
    icon: CategoryIcon


@dataclass(frozen=True)
class PersonSample:
    """Somebody with an account; without ``has_password`` they log in by code only."""

    email: str
    first_name: str
    last_name: str
    role: Role
    has_password: bool = True


@dataclass(frozen=True)
class Guest:
    """A party that signed up."""

    name: str
    people: int = 1
    language: str = "nl"


@dataclass(frozen=True)
class EventSample:
    """One event. ``cancel_reason`` calls it off; ``is_draft`` leaves it waiting for approval."""

    nl: PageWords
    category: str
    place: str
    when: When
    en: PageWords | None = None
    capacity: int | None = None
    takes_registrations: bool = True
    party_limit: int = 6
    guests: tuple[Guest, ...] = ()
    cancel_reason: str = ""
    is_draft: bool = False

    @property
    def key(self) -> str:
        return self.nl.slug


def repeated(event: EventSample, *, times: int, every_weeks: int = 1) -> tuple[EventSample, ...]:
    """Return the same event ``times`` times; guests sign up for the first one only."""
    copies = [event]
    for number in range(2, times + 1):
        weeks = every_weeks * (number - 1)
        copies.append(
            replace(
                event,
                nl=replace(event.nl, slug=f"{event.nl.slug}-{number}"),
                en=event.en and replace(event.en, slug=f"{event.en.slug}-{number}"),
                when=replace(event.when, after_days=event.when.after_days + 7 * weeks),
                guests=(),
            )
        )
    return tuple(copies)


@dataclass(frozen=True)
class MapSample:
    """The drawing of a neighbourhood: its rectangle and ``(kind, name, points)`` lines."""

    bounds: MapBounds
    lines: tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "kind": kind, "points": [list(point) for point in points]}
            for kind, name, points in self.lines
        ]


@dataclass(frozen=True)
class NeighbourhoodSample:
    """A whole neighbourhood. ``key`` is the slug of its home page and never changes.

    ``subdomain`` stands before the host of the installation; the empty one is the
    installation's own address.
    """

    key: str
    subdomain: str
    site_name: str
    neighbourhood: str
    town: str
    contact_email: str
    tagline: str
    closing_line: str
    home: PageSample
    calendar: PageSample
    map: MapSample
    categories: tuple[CategorySample, ...]
    places: tuple[PlaceSample, ...]
    people: tuple[PersonSample, ...]
    pages: tuple[PageSample, ...] = ()
    events: tuple[EventSample, ...] = ()

    @property
    def home_key(self) -> UUID:
        return sample_key("home", self.key)
