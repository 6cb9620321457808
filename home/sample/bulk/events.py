"""Made-up events, any number of them: the same seed and number give the same event."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from events.enums import RegistrationStatus

from ..bolo import BOLO
from ..shapes import EventSample, Guest, sample_key
from .neighbourhoods import PLACES_PER_NEIGHBOURHOOD, STREETS

FIRST_DAY, LAST_DAY = -60, 669  # days from today: 24 months in all
SHARE_WITH_GUESTS = 1 / 8
SHARE_CANCELLED = 1 / 50
SHARE_IN_ENGLISH = 1 / 4
MOST_PARTIES = 8
CANCEL_REASON = "Te weinig mensen. We proberen het later nog eens."
TOPICS = tuple(event for event in BOLO.events if not event.is_draft)
FIRST_NAMES = tuple(sorted({guest.name for event in TOPICS for guest in event.guests}))


@dataclass(frozen=True)
class LoadEvent:
    """One made-up event: a topic of the sample, on another day and in another street."""

    seed: int
    number: int
    topic: EventSample
    street: str
    place: int
    starts_at: datetime
    ends_at: datetime
    guests: tuple[Guest, ...]
    is_cancelled: bool
    is_translated: bool

    @property
    def key(self) -> UUID:
        return load_key(self.seed, self.number)

    def slug(self, word: str) -> str:
        """Return an address word that no other event of any seed has."""
        return f"{word}-{self.seed}-{self.number}"


def load_key(seed: int, number: int) -> UUID:
    """Return the translation key of event ``number``, counted from 0, of a seed."""
    return sample_key("load", seed, number)


def make_event(*, seed: int, number: int, today: date, zone: ZoneInfo) -> LoadEvent:
    """Return event ``number`` of ``seed``, within 24 months around ``today``."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - not for secrets
    topic = random.choice(TOPICS)
    day = today + timedelta(days=random.randint(FIRST_DAY, LAST_DAY))
    starts_at = datetime.combine(day, topic.when.start, tzinfo=zone)
    return LoadEvent(
        seed=seed,
        number=number,
        topic=topic,
        street=random.choice(STREETS),
        place=random.randrange(PLACES_PER_NEIGHBOURHOOD),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=topic.when.minutes),
        guests=_guests(random, topic),
        is_cancelled=random.random() < SHARE_CANCELLED,
        is_translated=topic.en is not None and random.random() < SHARE_IN_ENGLISH,
    )


def _guests(random: Random, topic: EventSample) -> tuple[Guest, ...]:
    if not topic.takes_registrations or random.random() >= SHARE_WITH_GUESTS:
        return ()
    names = random.sample(FIRST_NAMES, random.randint(1, MOST_PARTIES))
    return tuple(Guest(name, random.randint(1, topic.party_limit)) for name in names)


def seat_guests(
    guests: tuple[Guest, ...], capacity: int | None
) -> list[tuple[Guest, RegistrationStatus]]:
    """Return who comes and who waits: first come, first served, nobody pushes in."""
    seated = []
    taken, somebody_waits = 0, False
    for guest in guests:
        fits = capacity is None or taken + guest.people <= capacity
        somebody_waits = somebody_waits or not fits
        status = RegistrationStatus.WAITING if somebody_waits else RegistrationStatus.GOING
        taken += guest.people if status == RegistrationStatus.GOING else 0
        seated.append((guest, status))
    return seated
