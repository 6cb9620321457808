"""``manage.py make_neighbourhood NAME``: start a neighbourhood on an empty installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.services.neighbourhoods import NeighbourhoodExists, make_neighbourhood


class Command(BaseCommand):
    help = "Make a neighbourhood: its site, home page, calendar and groups, in every language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="how people call it")
        parser.add_argument(
            "--url", default=settings.SITE_URL, help="its address (default: SITE_URL)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["url"].startswith(("http://", "https://")):
            raise CommandError("--url must start with https:// (or http:// on this machine).")
        try:
            site = make_neighbourhood(name=options["name"], url=options["url"])
        except NeighbourhoodExists as error:
            raise CommandError(f"There is a neighbourhood at {options['url']} already.") from error
        self.stdout.write(f"{site.site_name} is at {site.root_url}. The admin: /beheer/")
