"""The background worker: ``manage.py worker [--once]``."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand

from boloboost.core.work.errors import DATABASE_AWAY
from boloboost.core.work.heartbeats import Heart, sign_off
from boloboost.core.work.worker import BackgroundWorker, new_worker_id

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends mail, does due work and runs sweeps. Ctrl-C or SIGTERM stops it cleanly."
    # The website checks itself when it starts; the worker must not wait for its pages.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Do everything that is due, then stop (for cron)."
        )

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker_id = new_worker_id()
        worker = BackgroundWorker(worker_id)
        heart = Heart(worker_id)
        with _stopped_by_signals(worker):
            logger.info("worker %s started", worker_id)
            heart.start()
            try:
                if once:
                    worker.run_what_is_due()
                else:
                    worker.run()
            finally:
                heart.stop()
            if not once:
                _sign_off(worker_id)
            logger.info("worker %s stopped", worker_id)


def _sign_off(worker_id: str) -> None:
    # After --once the heartbeat stays: it says that cron still works.
    try:
        sign_off(worker_id=worker_id)
    except DATABASE_AWAY as error:
        logger.warning("could not sign off: %s", type(error).__name__)


@contextmanager
def _stopped_by_signals(worker: BackgroundWorker) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: worker.stop()) for number in caught}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
