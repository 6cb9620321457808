"""``manage.py seed_demo``: the sample neighbourhoods, and large data sets of the same shape."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.sample.bulk.neighbourhoods import SAMPLES
from home.sample.bulk.services import seed_load
from home.sample.services.neighbourhoods import seed_neighbourhood
from home.sample.services.people import logins_path
from home.sample.services.report import Report
from home.sample.services.sites import SampleRefused, check_room_for_sample


class Command(BaseCommand):
    help = (
        "Make the sample neighbourhoods. Running it again finishes what is missing and"
        " changes nothing else. With --events, a large data set of the same shape is added."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--events", type=int, default=0, help="how many events to add")
        parser.add_argument(
            "--neighbourhoods",
            type=int,
            default=len(SAMPLES),
            help="over how many neighbourhoods the events are spread (default: %(default)s)",
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="same number, same events (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        events, neighbourhoods = options["events"], options["neighbourhoods"]
        if events < 0 or neighbourhoods < 1:
            raise CommandError("--events must be 0 or more, --neighbourhoods 1 or more.")
        now = timezone.now()
        try:
            check_room_for_sample(subdomains=[sample.subdomain for sample in SAMPLES])
        except SampleRefused as error:
            raise CommandError(str(error)) from error
        for sample in SAMPLES:
            report = Report()
            ground = seed_neighbourhood(sample=sample, now=now, report=report)
            self.stdout.write(f"{sample.site_name} ({ground.site.root_url}): {report}")
        if events:
            report = Report()
            seed_load(
                events=events,
                neighbourhoods=neighbourhoods,
                seed=options["seed"],
                now=now,
                report=report,
                progress=self.stdout.write if options["verbosity"] > 1 else _say_nothing,
            )
            self.stdout.write(f"Large data set, seed {options['seed']}: {report}")
        self.stdout.write(f"Logins are in {logins_path()}")


def _say_nothing(_line: str) -> None:
    """Keep quiet about progress."""
