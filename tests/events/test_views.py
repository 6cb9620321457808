"""Calendar, event page, form and the guest's own page, over HTTP."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from boloboost.core.models import OutgoingMail
from boloboost.core.public_forms import issue_form_token
from events.enums import RegistrationStatus
from events.models import Occurrence, Registration
from events.services.schedule import cancel_occurrence
from events.tokens import registration_token
from tests.factories import (
    NOW,
    Neighbourhood,
    make_category,
    make_event,
    make_place,
    occurrence_of,
    translate_event,
)

HOST = {"HTTP_HOST": "bolo.example"}


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True, **HOST)


@pytest.fixture
def dinner(neighbourhood: Neighbourhood) -> Occurrence:
    place = make_place(neighbourhood.site, name="Egidiusstraat", street_address="Egidiusstraat 1")
    page = make_event(neighbourhood, slug="straatdiner", place=place, capacity=4)
    return occurrence_of(page)


def token(occurrence: Occurrence, *, age: timedelta = timedelta(minutes=1)) -> str:
    return issue_form_token(purpose=f"register-{occurrence.pk}", now=timezone.now() - age)


def answers(occurrence: Occurrence, **changes: str) -> dict[str, str]:
    values = {
        "name": "Fatma",
        "email": "fatma@example.org",
        "party_size": "2",
        "website": "",
        "token": token(occurrence),
    }
    return {**values, **changes}


def url(occurrence: Occurrence) -> str:
    return f"/aanmelden/{occurrence.pk}/"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("query", ["", "?weergave=lijst", "?maand=2027-10", "?q=straat"])
def test_the_calendar_answers_in_both_languages(
    visitor: Client, dinner: Occurrence, prefix: str, query: str
) -> None:
    response = visitor.get(f"{prefix}/agenda/{query}")
    assert response.status_code == 200
    assert response["Content-Language"] == (prefix.strip("/") or "nl")
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("query", ["?maand=2027-13", "?maand=1900-01", "?soort=nope", "?plek=nope"])
def test_nonsense_in_the_address_is_a_404(visitor: Client, dinner: Occurrence, query: str) -> None:
    assert visitor.get(f"/agenda/{query}").status_code == 404


def test_month_and_list_show_the_event(visitor: Client, dinner: Occurrence) -> None:
    for query in ("", "?weergave=lijst"):
        html = visitor.get(f"/agenda/{query}").content.decode()
        assert "Straatdiner" in html
        assert "/agenda/straatdiner/" in html


def test_the_english_calendar_has_untranslated_events_too(
    visitor: Client, neighbourhood: Neighbourhood, dinner: Occurrence
) -> None:
    translate_event(make_event(neighbourhood, title="Soep"), title="Soup night")
    html = visitor.get("/en/agenda/?weergave=lijst").content.decode()
    assert "Soup night" in html
    assert "Straatdiner" in html


@pytest.mark.parametrize(
    "word", ['"', 'a"b', "'", "*", "(", "NEAR(", "a AND", "\\", "%", "", "🎉", "\0"]
)
def test_any_word_can_be_searched(visitor: Client, dinner: Occurrence, word: str) -> None:
    assert visitor.get("/agenda/", {"q": word}).status_code == 200


def test_what_is_past_does_not_hide_what_is_coming(
    visitor: Client, neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood, title="Buurtborrel", slug="komt-nog")
    for _ in range(41):
        make_event(neighbourhood, title="Buurtborrel", starts_at=NOW - timedelta(days=9))
    assert "/agenda/komt-nog/" in visitor.get("/agenda/?q=buurt").content.decode()


def test_the_list_of_one_month(visitor: Client, neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, title="Nu")
    make_event(neighbourhood, title="Later", starts_at=NOW + timedelta(days=60))
    html = visitor.get("/agenda/?maand=2027-11&weergave=lijst").content.decode()
    assert "Later" in html
    assert ">Nu<" not in html


def test_a_preview_shows_what_was_typed(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    page.starts_at = NOW + timedelta(days=20)
    page.ends_at = page.starts_at + timedelta(hours=1)
    html = page.make_preview_request().rendered_content
    assert "26 september 2027" in html


def test_kinds_filter(visitor: Client, neighbourhood: Neighbourhood) -> None:
    pub = make_category(neighbourhood.site, name="Kroeg", slug="kroeg", icon="pub")
    make_event(neighbourhood, title="Kroegentocht", category=pub)
    make_event(neighbourhood, title="Straatdiner")
    html = visitor.get("/agenda/?soort=kroeg&weergave=lijst").content.decode()
    assert "Kroegentocht" in html
    assert "Straatdiner" not in html


@pytest.mark.parametrize("query", ["", "?weergave=lijst"])
def test_queries_do_not_grow_with_events(
    visitor: Client,
    neighbourhood: Neighbourhood,
    django_assert_max_num_queries: object,
    query: str,
) -> None:
    category = make_category(neighbourhood.site)
    place = make_place(neighbourhood.site)

    def count(events: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for _ in range(events):
            make_event(neighbourhood, category=category, place=place)
        visitor.get(f"/agenda/{query}")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert visitor.get(f"/agenda/{query}").status_code == 200
        return len(captured)

    few, many = count(4), count(4)
    assert many == few
    assert many <= 17


def test_the_event_page_has_what_a_resident_needs(visitor: Client, dinner: Occurrence) -> None:
    html = visitor.get("/agenda/straatdiner/").content.decode()
    assert html.count("<h1") == 1
    assert url(dinner) in html
    assert "Egidiusstraat" in html
    assert 'lang="nl"' in html


def test_a_draft_is_no_page(visitor: Client, neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, slug="geheim", live=False)
    assert visitor.get("/agenda/geheim/").status_code == 404
    assert "Straatdiner" not in visitor.get("/agenda/").content.decode()


def test_yes_without_account_and_without_cookie(visitor: Client, dinner: Occurrence) -> None:
    page = visitor.get(url(dinner))
    assert page.status_code == 200
    assert not page.cookies
    response = visitor.post(url(dinner), answers(dinner))
    assert response.status_code == 200
    assert not response.cookies
    assert "fatma@example.org" in response.content.decode()
    row = Registration.objects.get()
    assert (row.name, row.party_size, row.status) == ("Fatma", 2, RegistrationStatus.GOING)


def test_the_answer_page_gives_no_link_away(visitor: Client, dinner: Occurrence) -> None:
    html = visitor.post(url(dinner), answers(dinner)).content.decode()
    assert "/aanmelding/" not in html


def test_double_click_and_back_button(visitor: Client, dinner: Occurrence) -> None:
    data = answers(dinner)
    bodies = {visitor.post(url(dinner), data).content for _ in range(3)}
    assert len(bodies) == 1
    assert Registration.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_back_button_to_mend_the_address_is_a_new_registration(
    visitor: Client, dinner: Occurrence
) -> None:
    data = answers(dinner, email="fatma@exmaple.org")
    visitor.post(url(dinner), data)
    visitor.post(url(dinner), {**data, "email": "fatma@example.org"})
    assert Registration.objects.count() == 2


def test_known_and_unknown_addresses_get_the_same_page(visitor: Client, dinner: Occurrence) -> None:
    visitor.post(url(dinner), answers(dinner))
    known = visitor.post(url(dinner), answers(dinner))
    unknown = visitor.post(url(dinner), answers(dinner, email="wout1@example.org"))
    assert known.status_code == unknown.status_code
    assert known.content.replace(b"fatma@", b"") == unknown.content.replace(b"wout1@", b"")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 81),
        ("name", "a\0b"),
        ("name", "evil\r\nBcc: x@example.org"),
        ("name", "\u202eamtaF"),
        ("name", "\ud800"),
        ("name", "x" * 1_000_000),
        ("name", "Win 500 euro: https://evil.example/x"),
        ("name", "Ga naar evil.example"),
        ("email", ""),
        ("email", "fatma"),
        ("email", "fatma@example.org\r\nBcc: x@example.org"),
        ("email", "fatma@" + "x" * 300 + ".org"),
        ("party_size", ""),
        ("party_size", "0"),
        ("party_size", "-1"),
        ("party_size", "5"),
        ("party_size", "7"),
        ("party_size", "999999999999999999999"),
        ("party_size", "twee"),
        ("token", ""),
        ("token", "nonsense"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_changes_nothing(
    visitor: Client, dinner: Occurrence, field: str, value: str
) -> None:
    data = urlencode(answers(dinner, **{field: value}), errors="surrogatepass")
    response = visitor.post(url(dinner), data, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert not Registration.objects.exists()
    html = response.content.decode()
    if field != "name":
        assert 'value="Fatma"' in html
    assert 'aria-invalid="true"' in html or "token" in field


@pytest.mark.parametrize(
    "value", ["Zoë 🎉", "مريم", "Şükrü", "d'Arc; DROP TABLE", "<svg onload=alert(1)>"]
)
def test_odd_names_are_kept_whole_and_escaped(
    visitor: Client, dinner: Occurrence, value: str
) -> None:
    response = visitor.post(url(dinner), answers(dinner, name=value))
    assert response.status_code == 200
    assert "<svg onload" not in response.content.decode()
    assert Registration.objects.get().name == value


def test_extra_fields_change_nothing(visitor: Client, dinner: Occurrence) -> None:
    extra = {"status": "waiting", "queue_number": "99", "occurrence": "1", "capacity": "9"}
    visitor.post(url(dinner), {**answers(dinner), **extra})
    row = Registration.objects.get()
    assert (row.status, row.queue_number) == (RegistrationStatus.GOING, 1)


def test_bots_fill_the_honeypot(visitor: Client, dinner: Occurrence) -> None:
    visitor.post(url(dinner), answers(dinner, website="https://spam.example"))
    assert not Registration.objects.exists()


@pytest.mark.parametrize("age", [timedelta(seconds=1), timedelta(hours=3)])
def test_a_form_that_is_too_fast_or_too_old_asks_again(
    visitor: Client, dinner: Occurrence, age: timedelta
) -> None:
    response = visitor.post(url(dinner), answers(dinner, token=token(dinner, age=age)))
    assert response.status_code == 422
    html = response.content.decode()
    fresh = re.search(r'name="token"[^>]*value="([^"]+)"', html)
    assert fresh is not None
    assert 'value="Fatma"' in html
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        again = visitor.post(url(dinner), answers(dinner, token=fresh[1]))
    assert again.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}],
)
def test_a_foreign_site_cannot_post(
    visitor: Client, dinner: Occurrence, headers: dict[str, str]
) -> None:
    assert visitor.post(url(dinner), answers(dinner), **headers).status_code == 403
    assert not Registration.objects.exists()


def test_the_token_of_another_event_is_refused(
    visitor: Client, neighbourhood: Neighbourhood, dinner: Occurrence
) -> None:
    other = occurrence_of(make_event(neighbourhood, title="Soep"))
    response = visitor.post(url(dinner), answers(dinner, token=token(other)))
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_five_registrations_an_hour_for_one_address(
    visitor: Client, neighbourhood: Neighbourhood
) -> None:
    codes = []
    for number in range(6):
        occurrence = occurrence_of(make_event(neighbourhood, title=f"Avond {number}"))
        codes.append(visitor.post(url(occurrence), answers(occurrence)).status_code)
    assert codes == [200] * 5 + [429]


def test_full_says_so_and_offers_the_waiting_list(visitor: Client, dinner: Occurrence) -> None:
    visitor.post(url(dinner), answers(dinner, party_size="4"))
    response = visitor.post(url(dinner), answers(dinner, email="wout@example.org"))
    assert response.status_code == 200
    assert Registration.objects.get(email="wout@example.org").status == "waiting"


@pytest.mark.parametrize("method", ["get", "post"])
def test_past_and_cancelled_events_say_what_to_do_instead(
    visitor: Client, dinner: Occurrence, method: str
) -> None:
    cancel_occurrence(occurrence_id=dinner.pk, reason="Storm", actor=None, now=NOW)
    data = answers(dinner) if method == "post" else {}
    response = getattr(visitor, method)(url(dinner), data)
    assert response.status_code == 410
    assert "/agenda/" in response.content.decode()


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999", "abc", "-1"])
def test_unknown_occurrences_are_a_404(visitor: Client, dinner: Occurrence, number: str) -> None:
    assert visitor.get(f"/aanmelden/{number}/").status_code == 404


def guest_page(visitor: Client, dinner: Occurrence) -> tuple[str, Registration]:
    visitor.post(url(dinner), answers(dinner))
    row = Registration.objects.get()
    return f"/aanmelding/{registration_token(row)}/", row


def test_the_guests_own_page(visitor: Client, dinner: Occurrence) -> None:
    address, row = guest_page(visitor, dinner)
    for _ in range(2):
        response = visitor.get(address)
        assert response.status_code == 200
        visitor.head(address)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    row.refresh_from_db()
    assert row.status == RegistrationStatus.GOING


def test_signing_off(visitor: Client, dinner: Occurrence) -> None:
    address, row = guest_page(visitor, dinner)
    form = re.search(r'name="token"[^>]*value="([^"]+)"', visitor.get(address).content.decode())
    assert form is not None
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        response = visitor.post(address, {"token": form[1], "website": ""})
    assert response.status_code == 200
    row.refresh_from_db()
    assert row.status == RegistrationStatus.CANCELLED
    assert Occurrence.objects.get(pk=dinner.pk).seats_taken == 0


def test_every_wrong_link_is_the_same_404(visitor: Client, dinner: Occurrence) -> None:
    address, row = guest_page(visitor, dinner)
    right = address.split("/")[2]
    wrong = [right[:-1] + ("A" if right[-1] != "A" else "B"), "1-1", right + "x", "x" * 3000]
    bodies = {visitor.get(f"/aanmelding/{value}/").status_code for value in wrong}
    assert bodies == {404}
    Registration.objects.filter(pk=row.pk).update(token_version=2)
    assert visitor.get(address).status_code == 404


def test_a_revoked_or_guessed_link_is_limited(visitor: Client, dinner: Occurrence) -> None:
    codes = [visitor.get(f"/aanmelding/{n}-1.xxxx/").status_code for n in range(21)]
    assert codes == [404] * 20 + [429]
