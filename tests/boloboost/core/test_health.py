"""What monitors are told."""

from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from boloboost.core import health
from tests.factories import Neighbourhood

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An installation in which nobody has to look; a test breaks one part."""
    monkeypatch.setattr(health, "worker_alive", lambda now: True)
    monkeypatch.setattr(health, "oldest_unsent_age", lambda now: timedelta())
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100, 10, 90))
    monkeypatch.setattr(health, "_migrations", health._Migrations())
    return monkeypatch


def away(*args: object, **kwargs: object) -> Any:
    raise OperationalError("connection refused")


def checks(client: Client) -> dict[str, str]:
    response = client.get("/statusz")
    found: dict[str, str] = response.json()["checks"]
    alarm = "alarm" in found.values()
    assert response.status_code == (503 if alarm else 200)
    assert response.json()["status"] == ("alarm" if alarm else "ok")
    return found


def test_the_process_is_up_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_with_a_database_that_is_up_to_date(
    well: pytest.MonkeyPatch, client: Client, django_assert_max_num_queries: Any
) -> None:
    assert client.get("/readyz").status_code == 200
    with django_assert_max_num_queries(1):
        assert client.get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_it_is_not_ready_while_migrations_wait(well: pytest.MonkeyPatch, client: Client) -> None:
    waiting = [("core", "0002_next")]
    well.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: waiting)
    assert client.get("/readyz").status_code == 503
    waiting.clear()
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_without_a_database(well: pytest.MonkeyPatch, client: Client) -> None:
    well.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_all_is_well(well: pytest.MonkeyPatch, client: Client) -> None:
    assert checks(client) == {"cache": "ok", "mail": "ok", "worker": "ok", "disk": "ok"}


@pytest.mark.parametrize(
    ("name", "target", "value"),
    [
        ("mail", "oldest_unsent_age", lambda now: timedelta(minutes=15)),
        ("mail", "oldest_unsent_age", away),
        ("worker", "worker_alive", lambda now: False),
        ("worker", "worker_alive", away),
        ("disk", "shutil.disk_usage", lambda path: Usage(100, 85, 15)),
        ("cache", "cache.is_away", lambda: True),
    ],
)
def test_one_part_that_fails_is_an_alarm(
    name: str, target: str, value: Any, well: pytest.MonkeyPatch, client: Client
) -> None:
    well.setattr(f"boloboost.core.health.{target}", value, raising=False)
    found = checks(client)
    assert found.pop(name) == "alarm"
    assert set(found.values()) == {"ok"}


def test_mail_may_wait_a_little(well: pytest.MonkeyPatch, client: Client) -> None:
    well.setattr(health, "oldest_unsent_age", lambda now: timedelta(minutes=14))
    assert checks(client)["mail"] == "ok"


@pytest.mark.django_db
def test_the_parts_of_the_project_answer(client: Client, neighbourhood: Neighbourhood) -> None:
    found = checks(client)
    assert found["mail"] == "ok"
    assert found["worker"] == "alarm"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/statusz"])
def test_monitors_only_read(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405
