"""A whole neighbourhood, step by step."""

from datetime import datetime

from ..shapes import NeighbourhoodSample
from .events import EventSeeder
from .ground import Ground, lay_ground
from .report import Report


def seed_neighbourhood(*, sample: NeighbourhoodSample, now: datetime, report: Report) -> Ground:
    """Make a neighbourhood with its events, or what of it is not there yet."""
    ground = lay_ground(sample=sample, now=now, report=report)
    seeder = EventSeeder(sample=sample, ground=ground, now=now, report=report)
    for event in sample.events:
        seeder.ensure_event(event)
    return ground
