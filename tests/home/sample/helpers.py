"""Seeding in small portions, and counting what came of it."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from django.apps import apps

from home.sample.bolo import BOLO
from home.sample.services.neighbourhoods import seed_neighbourhood
from home.sample.services.report import Report
from home.sample.shapes import NeighbourhoodSample

#: Rows that say that something ran, not what there is.
NOT_CONTENT = frozenset({"sessions.session", "django_tasks_database.dbtaskresult"})


def bolo_with(*slugs: str) -> NeighbourhoodSample:
    """Return Bos en Lommer with only these events."""
    return replace(BOLO, events=tuple(row for row in BOLO.events if row.nl.slug in slugs))


def seed(sample: NeighbourhoodSample, now: datetime) -> Report:
    report = Report()
    seed_neighbourhood(sample=sample, now=now, report=report)
    return report


def row_counts() -> Counter[str]:
    """Return ``{model: rows}`` for every table of the installation."""
    models = [model for model in apps.get_models() if model._meta.label_lower not in NOT_CONTENT]
    return Counter({model._meta.label: model._base_manager.count() for model in models})
