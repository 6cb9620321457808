"""How fast the site is, against a bare Django view on the same server in the same run.

``make bench`` runs this. Requests a second depend on the machine and on what else it does;
compare the ratios, and the processor time of one request.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from boloboost.serve import Options, web_command
from tests.benchmarks.wrk import Load, measure
from tests.tools.running_site import ROOT, RunningSite, prepare, serving, site_environment

EVENTS = 2000
ROUNDS = 3
FORM_AGE_SECONDS = 4
HERE = Path(__file__).parent
Measure = Callable[[], Load]


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured, on which of the two servers."""

    name: str
    measure: Measure


def get(site: RunningSite, path: str) -> tuple[str, str]:
    """Return the body of a page and its ETag."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", path, headers={"Host": f"localhost:{site.port}"})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answers {response.status}.")
    return body, response.headers.get("ETag", "")


def event_with_form(site: RunningSite) -> tuple[str, str]:
    """Return the paths of an event that takes registrations, and of its form."""
    feed = json.loads(get(site, "/feeds/agenda.json")[0])
    for item in feed["items"]:
        page = urlsplit(item["url"]).path
        if found := re.search(r'href="(/aanmelden/\d+/)"', get(site, page)[0]):
            return page, found[1]
    raise SystemExit("No event in the sample takes registrations.")


def rsvp(site: RunningSite, path: str) -> Load:
    """Send the form with one token of the right age, each time as somebody else."""
    found = re.search(r'name="token" value="([^"]+)"', get(site, path)[0])
    if not found:
        raise SystemExit(f"{path} shows no form.")
    os.environ["FORM_TOKEN"] = found[1]
    time.sleep(FORM_AGE_SECONDS)
    return measure(site, path, script=HERE / "rsvp.lua")


def rows(floor: RunningSite, site: RunningSite) -> list[Row]:
    """Return what is measured; the first row is what the others are compared with."""
    event, form = event_with_form(site)
    feed = "/feeds/agenda.ics"
    etag = get(site, feed)[1]
    return [
        Row("bare view", lambda: measure(floor, "/")),
        Row("home", lambda: measure(site, "/")),
        Row("agenda, month", lambda: measure(site, "/agenda/")),
        Row("event", lambda: measure(site, event)),
        Row("feed, kept", lambda: measure(site, feed)),
        Row("feed, 304", lambda: measure(site, feed, headers=(f"If-None-Match: {etag}",))),
        Row("sign-up (POST)", lambda: rsvp(site, form)),
    ]


def report(results: dict[str, list[Load]], memory: float) -> None:
    """Print the medians of the rounds, each beside its ratio to the first row."""
    print(f"{'':16}{'req/s':>8}{'x bare':>8}{'ms CPU':>9}{'x bare':>8}{'p99 ms':>9}{'failed':>8}")
    bare: Load | None = None
    for name, loads in results.items():
        load = Load(
            per_second=median(load.per_second for load in loads),
            median=median(load.median for load in loads),
            p99=median(load.p99 for load in loads),
            cpu=median(load.cpu for load in loads),
            failed=sum(load.failed for load in loads),
        )
        bare = bare or load
        print(
            f"{name:16}{load.per_second:8.0f}{load.per_second / bare.per_second:8.2f}"
            f"{load.cpu:9.2f}{load.cpu / bare.cpu:8.2f}{load.p99:9.1f}{load.failed:8d}"
        )
    print(f"memory of web and worker afterwards: {memory:.0f} MB (proportional set size)")


def main() -> None:
    """Serve the floor and the site, measure every row in turn, print the table."""
    with (
        site_environment(SAMPLE="1", TRUSTED_PROXIES="127.0.0.1/32") as env,
        site_environment(DJANGO_SETTINGS_MODULE="") as floor_env,
    ):
        prepare(env)
        command = [sys.executable, "manage.py", "seed_demo", f"--events={EVENTS}"]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        floor_command = web_command(Options.read(floor_env))
        floor_command = [
            part.replace("boloboost.wsgi", "tests.benchmarks.floor.wsgi") for part in floor_command
        ]
        with serving(floor_env, floor_command, ready="/") as floor, serving(env) as site:
            table = rows(floor, site)
            results: dict[str, list[Load]] = {row.name: [] for row in table}
            for _ in range(ROUNDS):
                for row in table:
                    results[row.name].append(row.measure())
            report(results, site.memory_mb())


if __name__ == "__main__":
    main()
