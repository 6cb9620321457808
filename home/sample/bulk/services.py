"""Adding a large data set to the sample."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from events.models import Event

from ..services.ground import ensure_places, lay_ground
from ..services.report import Report
from ..shapes import NeighbourhoodSample
from .events import load_key, make_event
from .neighbourhoods import load_neighbourhood, load_places
from .write import BulkWriter

BATCH = 1000


def seed_load(
    *,
    events: int,
    neighbourhoods: int,
    seed: int,
    now: datetime,
    report: Report,
    progress: Callable[[str], None],
) -> None:
    """Add made-up events until there are ``events`` of this ``seed``.

    Event number n goes to neighbourhood n modulo ``neighbourhoods``. What is there stays
    where it is, so the same numbers again add nothing and a higher number adds the
    difference. Each batch is a transaction: an interrupted run is finished by the next.
    """
    missing = _missing_numbers(events=events, neighbourhoods=neighbourhoods, seed=seed)
    zone = ZoneInfo(settings.TIME_ZONE)
    today = timezone.localdate(now, zone)
    done = 0
    for index in range(neighbourhoods):
        writer = _writer(load_neighbourhood(index + 1), now=now, report=report)
        numbers = missing[index]
        for start in range(0, len(numbers), BATCH):
            batch = [
                make_event(seed=seed, number=number, today=today, zone=zone)
                for number in numbers[start : start + BATCH]
            ]
            report.add("registrations", writer.write_events(batch))
            report.add("events", len(batch))
            done += len(batch)
            progress(f"{done} events written")


def _missing_numbers(*, events: int, neighbourhoods: int, seed: int) -> dict[int, list[int]]:
    """Return ``{index of the neighbourhood: numbers of events that are not there yet}``."""
    present = set(Event.objects.values_list("translation_key", flat=True))
    missing: dict[int, list[int]] = defaultdict(list)
    for number in range(events):
        if load_key(seed, number) not in present:
            missing[number % neighbourhoods].append(number)
    return missing


def _writer(sample: NeighbourhoodSample, *, now: datetime, report: Report) -> BulkWriter:
    ground = lay_ground(sample=sample, now=now, report=report)
    places = ensure_places(
        samples=load_places(sample), site=ground.site, town=sample.town, report=report
    )
    return BulkWriter(ground=ground, places=list(places.values()), now=now)
