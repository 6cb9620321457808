"""Sweeps: what is done again and again, so that a lost hint is made good.

An app registers its own in ``AppConfig.ready``. A sweep derives what is due from
the tables and may run twice. Each run is claimed in the database, so that with
several workers one of them does it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured

from .errors import DATABASE_AWAY, trace_of
from .models import SweepRun

logger = logging.getLogger(__name__)

NAME_LENGTH = 60

#: A sweep that failed is tried again after this time, or after its own if that is shorter.
RETRY_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Sweep:
    name: str
    every: timedelta
    run: Callable[[datetime], int]


_sweeps: dict[str, Sweep] = {}


def register_sweep(name: str, *, every: timedelta, run: Callable[[datetime], int]) -> None:
    """Have the worker call ``run`` every so often.

    Args:
        name: stable word of at most 60 characters, such as ``events.lapse_holds``.
        every: time between the starts of two runs.
        run: takes the aware time and returns how many things it changed. Opens its
            own transactions; may run twice.

    Raises:
        ImproperlyConfigured: the name is too long or taken, or the time not positive.
    """
    if not name or len(name) > NAME_LENGTH or every <= timedelta():
        raise ImproperlyConfigured(f"Sweep {name!r} needs a name and a time between runs.")
    known = _sweeps.get(name)
    if known is not None and known.run is not run:
        raise ImproperlyConfigured(f"Sweep {name!r} is registered twice.")
    _sweeps[name] = Sweep(name, every, run)


def run_due_sweeps(*, now: datetime, stopping: Callable[[], bool] = lambda: False) -> int:
    """Run each sweep whose time has come; return how many ran.

    A sweep that raises is logged and tried again later; it stops no other.

    Args:
        now: aware time.
        stopping: asked before each sweep.

    Raises:
        OperationalError, InterfaceError: the database is away.
    """
    ran_at = dict(SweepRun.objects.values_list("name", "ran_at"))
    ran = 0
    for sweep in list(_sweeps.values()):
        last = ran_at.get(sweep.name)
        if last is not None and last > now - sweep.every:
            continue
        if stopping() or not _claim(sweep, last, now):
            continue
        _run(sweep, now)
        ran += 1
    return ran


def _claim(sweep: Sweep, last: datetime | None, now: datetime) -> bool:
    if last is None:
        _, created = SweepRun.objects.get_or_create(name=sweep.name, defaults={"ran_at": now})
        return created
    return bool(SweepRun.objects.filter(name=sweep.name, ran_at=last).update(ran_at=now))


def _run(sweep: Sweep, now: datetime) -> None:
    try:
        changed = sweep.run(now)
    except Exception as error:
        again_at = now + min(RETRY_AFTER, sweep.every)
        SweepRun.objects.filter(name=sweep.name).update(ran_at=again_at - sweep.every)
        if isinstance(error, DATABASE_AWAY):
            raise
        logger.error("sweep %s failed: %s", sweep.name, trace_of(error))
    else:
        if changed:
            logger.info("sweep %s: %d", sweep.name, changed)
