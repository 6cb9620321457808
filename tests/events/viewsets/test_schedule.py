"""The schedule screens and the guest list, as an organiser uses them."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from boloboost.accounts.enums import Role
from events.models import Occurrence
from events.services.registrations import register_guest
from tests.factories import NOW, Neighbourhood, make_event, make_user, occurrence_of


@pytest.fixture(autouse=True)
def _frozen(settings: object) -> Iterator[None]:
    settings.SAMPLE = True  # type: ignore[attr-defined]
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dinner(neighbourhood: Neighbourhood) -> Occurrence:
    return occurrence_of(make_event(neighbourhood, capacity=10))


def client_for(neighbourhood: Neighbourhood, role: Role) -> Client:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(
        make_user(f"{role}@example.org", site=neighbourhood.site, role=role, first_name="Ans")
    )
    return client


@pytest.fixture
def editor(neighbourhood: Neighbourhood) -> Client:
    return client_for(neighbourhood, Role.EDITOR)


def guest(occurrence: Occurrence, number: int, name: str = "Fatma") -> None:
    register_guest(
        occurrence_id=occurrence.pk,
        name=name,
        email=f"gast{number}@example.org",
        party_size=2,
        language="nl",
        idempotency_key=f"gast{number}",
        now=NOW,
    )


def typed(occurrence: Occurrence, **changes: str) -> dict[str, str]:
    values = {
        "version": str(occurrence.event.version),
        "starts_at": f"{timezone.localtime(occurrence.starts_at):%d-%m-%Y %H:%M}",
        "ends_at": f"{timezone.localtime(occurrence.ends_at):%d-%m-%Y %H:%M}",
        "place": "",
        "takes_registrations": "on",
        "capacity": "10",
        "party_limit": "6",
        "notice": "",
    }
    return {**values, **changes}


def test_the_list_shows_events_and_seats(editor: Client, dinner: Occurrence) -> None:
    guest(dinner, 1)
    html = editor.get(reverse("schedule:index")).content.decode()
    assert "Straatdiner" in html
    assert "2" in html


def test_what_is_past_has_a_list_of_its_own(
    editor: Client, neighbourhood: Neighbourhood, dinner: Occurrence
) -> None:
    make_event(neighbourhood, title="Burendag", starts_at=NOW - timedelta(days=30))
    coming = editor.get(reverse("schedule:index")).content.decode()
    past = editor.get(reverse("schedule:index") + "?past=1").content.decode()
    assert ("Straatdiner" in coming, "Burendag" in coming) == (True, False)
    assert ("Straatdiner" in past, "Burendag" in past) == (False, True)


def test_the_list_is_searched_by_title(
    editor: Client, neighbourhood: Neighbourhood, dinner: Occurrence
) -> None:
    make_event(neighbourhood, title="Soepavond")
    html = editor.get(reverse("schedule:index") + "?q=soep").content.decode()
    assert "Soepavond" in html
    assert "Straatdiner" not in html


def test_list_queries_do_not_grow(editor: Client, neighbourhood: Neighbourhood) -> None:
    def count(number: int) -> int:
        for _ in range(number):
            make_event(neighbourhood)
        editor.get(reverse("schedule:index"))
        with CaptureQueriesContext(connection) as captured:
            editor.get(reverse("schedule:index"))
        return len(captured)

    assert count(4) == count(4)


def test_guest_list_queries_do_not_grow(editor: Client, neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood))

    def count(first: int) -> int:
        for number in range(first, first + 4):
            guest(occurrence, number)
        address = reverse("schedule:guests", args=[occurrence.pk])
        editor.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address).status_code == 200
        return len(captured)

    assert count(0) == count(10)


def test_moving_counts_at_once(editor: Client, dinner: Occurrence) -> None:
    later = timezone.localtime(dinner.starts_at + timedelta(hours=1))
    response = editor.post(
        reverse("schedule:edit", args=[dinner.pk]),
        typed(dinner, starts_at=f"{later:%d-%m-%Y %H:%M}", notice="Neem een trui mee"),
    )
    assert response.status_code == 302
    dinner.refresh_from_db()
    assert dinner.starts_at == later
    assert dinner.event.notice == "Neem een trui mee"


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": "01-01-2020 10:00"},
        {"ends_at": "31-12-9999 10:00"},
        {"starts_at": "01-01-0001 00:00"},
        {"starts_at": "01-01-2040 00:00", "ends_at": "01-01-2040 10:00"},
        {"starts_at": "morgen"},
        {"capacity": "0"},
        {"capacity": "-3"},
        {"capacity": "veel"},
        {"party_limit": "21"},
        {"place": "999999"},
        {"notice": "x" * 201},
        {"version": "99"},
        {"version": "x"},
    ],
)
def test_bad_input_changes_nothing(
    editor: Client, dinner: Occurrence, changes: dict[str, str]
) -> None:
    before = Occurrence.objects.filter(pk=dinner.pk).values().get()
    response = editor.post(reverse("schedule:edit", args=[dinner.pk]), typed(dinner, **changes))
    assert response.status_code == 200
    assert Occurrence.objects.filter(pk=dinner.pk).values().get() == before


def test_a_place_of_another_neighbourhood_is_refused(
    editor: Client, dinner: Occurrence, other_neighbourhood: Neighbourhood
) -> None:
    from tests.factories import make_place

    foreign = make_place(other_neighbourhood.site)
    response = editor.post(
        reverse("schedule:edit", args=[dinner.pk]), typed(dinner, place=str(foreign.pk))
    )
    assert response.status_code == 200
    dinner.event.refresh_from_db()
    assert dinner.event.place is None


def test_calling_off_and_letting_it_go_on(editor: Client, dinner: Occurrence) -> None:
    guest(dinner, 1)
    cancel = reverse("schedule:cancel", args=[dinner.pk])
    assert editor.get(cancel).status_code == 200
    dinner.refresh_from_db()
    assert not dinner.is_cancelled
    assert editor.post(cancel, {"reason": ""}).status_code == 200
    assert editor.post(cancel, {"reason": "Storm"}).status_code == 302
    dinner.refresh_from_db()
    assert dinner.is_cancelled
    assert editor.post(reverse("schedule:restore", args=[dinner.pk])).status_code == 302
    dinner.refresh_from_db()
    assert not dinner.is_cancelled


@pytest.mark.parametrize("name", ["edit", "cancel", "restore", "guests"])
def test_a_lead_runs_only_own_events(
    neighbourhood: Neighbourhood, dinner: Occurrence, name: str
) -> None:
    lead = client_for(neighbourhood, Role.LEAD)
    address = reverse(f"schedule:{name}", args=[dinner.pk])
    assert lead.get(address).status_code in {302, 403, 404}
    assert "Straatdiner" not in lead.get(address, follow=True).content.decode()
    dinner.event.organisers.add(lead.session["_auth_user_id"])
    assert lead.get(address).status_code == 200


def test_guests_as_csv_and_xlsx_without_formulas(editor: Client, dinner: Occurrence) -> None:
    guest(dinner, 1, name="=HYPERLINK(1)")
    guest(dinner, 2, name="+31 6")
    address = reverse("schedule:guests", args=[dinner.pk])
    text = b"".join(editor.get(f"{address}?export=csv")).decode()
    names = [row[1] for row in csv.reader(io.StringIO(text))]
    assert names[1:] == ["'=HYPERLINK(1)", "'+31 6"]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(editor.get(f"{address}?export=xlsx").streaming_content))
    )
    cells = [cell.value for cell in book.active["B"]]
    assert cells[1:] == ["'=HYPERLINK(1)", "'+31 6"]


def test_guests_are_found_by_name(editor: Client, dinner: Occurrence) -> None:
    guest(dinner, 1, name="Fatma")
    guest(dinner, 2, name="Wout")
    html = editor.get(reverse("schedule:guests", args=[dinner.pk]) + "?q=Wout").content.decode()
    assert "gast2@example.org" in html
    assert "gast1@example.org" not in html
