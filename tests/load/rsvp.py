"""400 people want one of 50 seats, 20 at a time, through the production server.

``python -m tests.load.rsvp`` serves a site of its own, on SQLite or in a new database on the
server of ``DATABASE_URL``, and checks afterwards that the first 50 are going, the others wait in
order of arrival, and each has one mail. Exits with 1 when that is not so.
"""

import http.client
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.tools.running_site import RunningSite, prepare, serving, site_environment

PEOPLE = 400
SEATS = 50
AT_A_TIME = 20
FORM_AGE_SECONDS = 4  # A form that is sent within three seconds is taken for a robot's.
DATABASE = "boloboost_load"


@dataclass(frozen=True)
class Answer:
    """What one person got back, after how many seconds."""

    status: int
    seconds: float
    body: str = ""


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """Give a new, empty database on the same PostgreSQL server; the given one stays untouched."""
    if not url:
        yield ""
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
        finally:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def make_event_with_seats() -> int:
    """Make a neighbourhood with one event next week; return the occurrence's number."""
    from django.utils import timezone

    from tests.factories import make_event, make_neighbourhood, occurrence_of

    neighbourhood = make_neighbourhood(hostname="localhost", default=True)
    starts_at = timezone.now() + timedelta(days=7)
    page = make_event(
        neighbourhood, title="Straatdiner", starts_at=starts_at, capacity=SEATS, slug="straatdiner"
    )
    return int(occurrence_of(page).pk)


def ask(site: RunningSite, person: int, method: str, path: str, form: str = "") -> Answer:
    """Send one request from the address of one person, behind the trusted proxy."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {
        "Host": f"localhost:{site.port}",
        "Origin": f"http://localhost:{site.port}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.{person // 250}.{person % 250}.7",
    }
    try:
        connection.request(method, path, body=form or None, headers=headers)
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
        return Answer(response.status, time.monotonic() - begin, body)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, time.monotonic() - begin, str(error))
    finally:
        connection.close()


def everybody_signs_up(site: RunningSite, occurrence_id: int) -> tuple[list[Answer], float]:
    """Open all forms, then send them; return the answers and how many seconds it took."""
    path = f"/aanmelden/{occurrence_id}/"

    def open_form(person: int) -> str:
        found = re.search(r'name="token" value="([^"]+)"', ask(site, person, "GET", path).body)
        if not found:
            raise SystemExit(f"{path} shows no form.")
        return found[1]

    def send_form(person: int, token: str) -> Answer:
        mail = f"buur{person}@straat.example"
        form = {"name": f"Buur {person}", "email": mail, "party_size": 1, "token": token}
        return ask(site, person, "POST", path, urlencode({**form, "website": ""}))

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        tokens = list(pool.map(open_form, range(PEOPLE)))
        time.sleep(FORM_AGE_SECONDS)
        begin = time.monotonic()
        answers = list(pool.map(send_form, range(PEOPLE), tokens))
    return answers, time.monotonic() - begin


def problems(occurrence_id: int) -> list[str]:
    """Return what is wrong in the database; an empty list when all is as promised."""
    from boloboost.core.mail.models import OutgoingMail
    from events.models import Occurrence, Registration

    rows = list(
        Registration.objects.filter(occurrence=occurrence_id)
        .order_by("queue_number")
        .values_list("queue_number", "status")
    )
    mails = Counter(OutgoingMail.objects.values_list("recipient", flat=True))
    found = []
    if [number for number, _ in rows] != list(range(1, PEOPLE + 1)):
        found.append("The places in the queue have a gap or a double.")
    if [status for _, status in rows] != ["going"] * SEATS + ["waiting"] * (PEOPLE - SEATS):
        found.append(f"Not exactly the first {SEATS} are going: {Counter(s for _, s in rows)}.")
    if Occurrence.objects.get(pk=occurrence_id).seats_taken != SEATS:
        found.append("The count of seats taken is wrong.")
    if len(mails) != PEOPLE or set(mails.values()) != {1}:
        found.append(f"{len(mails)} people have mail, of {PEOPLE}; most: {mails.most_common(1)}.")
    return found


def report(name: str, answers: list[Answer], seconds: float, wrong: list[str]) -> None:
    """Print one line of figures, then what is wrong."""
    times = quantiles((answer.seconds for answer in answers), n=100)
    statuses = Counter(answer.status for answer in answers)
    errors = PEOPLE - statuses[200]
    print(
        f"{name}: {PEOPLE} sign-ups for {SEATS} seats, {AT_A_TIME} at a time:"
        f" {errors} errors, {PEOPLE / seconds:.0f}/s,"
        f" p50 {times[49]:.2f} s, p99 {times[98]:.2f} s"
    )
    if errors:
        print(f"  answers: {dict(statuses)}")
    print("\n".join(f"  {line}" for line in wrong) or "  seats, queue and mails are right")


def main() -> int:
    """Run the load once; return 1 when something was lost or doubled."""
    import django

    with (
        own_database(os.environ.get("DATABASE_URL", "")) as url,
        site_environment(DATABASE_URL=url, TRUSTED_PROXIES="127.0.0.1/32") as env,
    ):
        os.environ.update(env)
        django.setup()
        prepare(env)
        occurrence_id = make_event_with_seats()
        with serving(env) as site:
            answers, seconds = everybody_signs_up(site, occurrence_id)
        wrong = problems(occurrence_id)
        from django.db import connection

        report(connection.vendor, answers, seconds, wrong)
        connection.close()
    return 1 if wrong or any(answer.status != 200 for answer in answers) else 0


if __name__ == "__main__":
    sys.exit(main())
