"""Limits: one table, counted in fixed windows, told in docs/limits.md."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from boloboost.core.limits import (
    LIMITS,
    LimitOutcome,
    check_limit,
    client_address,
    network_of,
    too_many_requests,
)

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "limits.md"


@pytest.mark.parametrize("name", LIMITS)
def test_the_one_after_the_limit_has_to_wait(name: str, now: datetime) -> None:
    for _ in range(LIMITS[name].number):
        assert check_limit(name, "somebody", now).allowed
    refused = check_limit(name, "somebody", now)
    assert not refused.allowed
    assert timedelta() < timedelta(seconds=refused.retry_after) <= LIMITS[name].window


def test_waiting_as_long_as_told_is_enough(now: datetime) -> None:
    at = now + timedelta(minutes=40)
    for _ in range(6):
        outcome = check_limit("rsvp-mail", "somebody", at)
    assert outcome.retry_after == 20 * 60
    assert check_limit("rsvp-mail", "somebody", at + timedelta(seconds=20 * 60)).allowed


def test_others_are_not_held_up(now: datetime) -> None:
    for _ in range(6):
        check_limit("rsvp-mail", "somebody", now)
    assert check_limit("rsvp-mail", "somebody else", now).allowed
    assert check_limit("rsvp-network", "somebody", now).allowed


def test_the_cache_does_not_know_who_it_was(now: datetime) -> None:
    check_limit("rsvp-mail", "guest@bolo.example", now)
    stored = repr(getattr(cache, "_cache", {}))
    assert "guest@bolo.example" not in stored


def test_a_counter_that_was_pushed_out_starts_again(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(key: str) -> int:
        raise ValueError(key)

    monkeypatch.setattr("boloboost.core.limits.cache.incr", gone)
    assert check_limit("rsvp-mail", "somebody", now).allowed


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:12:3456::9", "2001:db8:12:3400::/56"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_network_is_what_a_household_shares(address: str, network: str) -> None:
    assert network_of(address) == network


def test_the_address_is_that_of_the_visitor(rf: RequestFactory) -> None:
    assert client_address(rf.get("/", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"


@pytest.mark.django_db
def test_the_page_says_when_to_come_back(rf: RequestFactory) -> None:
    response = too_many_requests(rf.get("/"), LimitOutcome(90))
    assert response.status_code == 429
    assert response["Retry-After"] == "90"
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>" in response.content


def test_each_limit_is_in_the_document() -> None:
    rows = {
        tuple(cell.strip(" `") for cell in line.strip("|").split("|"))[:4]
        for line in DOCUMENT.read_text().splitlines()
        if line.startswith("| `")
    }
    periods = {timedelta(hours=1): "hour", timedelta(minutes=1): "minute"}
    assert rows == {
        (limit.name, limit.per, str(limit.number), periods[limit.window])
        for limit in LIMITS.values()
    }
