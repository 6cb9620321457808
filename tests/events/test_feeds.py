"""Feeds over HTTP, as calendar programs, browsers and proxies ask for them."""

import gzip
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.http import parse_http_date
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from events.models import StoredFeed
from events.services.feeds import bump_calendar_version
from tests.factories import Neighbourhood, make_event, translate_event

ICS = "/feeds/agenda.ics"
JSON = "/feeds/agenda.json"
HOST = "bolo.example"
NOTHING_LIKE_IT = '"nothing-like-it"'


@pytest.fixture
def browse(neighbourhood: Neighbourhood) -> Client:
    return Client(headers={"host": HOST})


def event_path(page: Any, *, whole: bool = False) -> str:
    uid = page.schedule.uid if whole else page.schedule.uid.partition("@")[0]
    return f"/feeds/event/{uid}.ics"


def summaries(response: HttpResponse) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


@pytest.mark.parametrize(
    ("address", "content_type", "file_name"),
    [
        (ICS, "text/calendar; charset=utf-8", "agenda.ics"),
        (JSON, "application/feed+json", "agenda.json"),
    ],
)
def test_anybody_gets_the_feed_without_cookie_or_redirect(
    browse: Client, neighbourhood: Neighbourhood, address: str, content_type: str, file_name: str
) -> None:
    make_event(neighbourhood)
    response = browse.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'inline; filename="{file_name}"'
    assert response["Cache-Control"] == "public, max-age=600"
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"].startswith('"')
    assert parse_http_date(response["Last-Modified"])
    assert not response.cookies
    assert b"Straatdiner" in response.content


def test_one_event_to_add_to_ones_own_calendar(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    page = make_event(neighbourhood)
    make_event(neighbourhood, title="Ander")
    response = browse.get(event_path(page))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="event.ics"'
    assert summaries(response) == ["Straatdiner"]
    assert not response.cookies
    assert browse.get(event_path(page, whole=True)).content == response.content


def test_the_event_is_the_same_in_its_file_and_in_the_feed(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    page = make_event(neighbourhood)
    event = browse.get(event_path(page)).content
    start, end = event.index(b"BEGIN:VEVENT"), event.index(b"END:VEVENT")
    assert event[start:end] in browse.get(ICS).content


@pytest.mark.parametrize(
    "uid", ["onbekend", "00000000-0000-0000-0000-000000000000", "%00", "a%0d%0ab", "x" * 300, "%25"]
)
def test_an_unknown_event_is_not_found(browse: Client, uid: str) -> None:
    assert browse.get(f"/feeds/event/{uid}.ics").status_code == 404


def test_a_hidden_event_has_no_file(browse: Client, neighbourhood: Neighbourhood) -> None:
    private, gone = make_event(neighbourhood), make_event(neighbourhood)
    addresses = [event_path(private), event_path(gone)]
    assert [browse.get(address).status_code for address in addresses] == [200, 200]
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    gone.unpublish()
    assert [browse.get(address).status_code for address in addresses] == [404, 404]


def test_an_event_of_another_neighbourhood_is_not_found(
    browse: Client, other_neighbourhood: Neighbourhood
) -> None:
    address = event_path(make_event(other_neighbourhood))
    assert browse.get(address).status_code == 404
    assert browse.get(address, headers={"host": "noord.example"}).status_code == 200


def test_the_host_decides_which_neighbourhood(
    browse: Client, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood, title="Hier")
    make_event(other_neighbourhood, title="Daar")
    assert summaries(browse.get(ICS)) == ["Hier"]
    assert summaries(browse.get(ICS, headers={"host": "noord.example"})) == ["Daar"]


def test_the_path_decides_the_language_not_the_browser(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    page = translate_event(make_event(neighbourhood, title="Straatdiner"), title="Street dinner")
    wants = {"accept-language": "en"}
    assert summaries(browse.get(ICS, headers=wants)) == ["Straatdiner"]
    assert summaries(browse.get(event_path(page), headers=wants)) == ["Straatdiner"]
    assert summaries(browse.get(f"/en{ICS}")) == ["Street dinner"]
    assert summaries(browse.get(f"/en{event_path(page)}")) == ["Street dinner"]
    assert json.loads(browse.get(f"/en{JSON}").content)["language"] == "en"


def test_the_json_feed_names_its_version_and_addresses(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    feed = json.loads(browse.get(JSON).content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://bolo.example/"
    assert feed["feed_url"] == "http://bolo.example/feeds/agenda.json"
    assert feed["items"] == []


@pytest.mark.parametrize("address", [ICS, JSON, f"/en{ICS}"])
@pytest.mark.parametrize("template", ["{}", "W/{}", '"other", {}', '"other",W/{}', "*"])
def test_a_client_that_has_the_bytes_gets_no_body(
    browse: Client, neighbourhood: Neighbourhood, address: str, template: str
) -> None:
    make_event(neighbourhood)
    first = browse.get(address)
    again = browse.get(address, headers={"if-none-match": template.format(first["ETag"])})
    assert again.status_code == 304
    assert again.content == b""
    for header in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again[header] == first[header]


def test_a_client_that_has_the_file_of_one_event_gets_no_body(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    address = event_path(make_event(neighbourhood))
    first = browse.get(address)
    assert browse.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert (
        browse.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code
        == 304
    )


def test_the_date_counts_only_without_an_etag(browse: Client, neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    date = browse.get(ICS)["Last-Modified"]
    only_date = browse.get(ICS, headers={"if-modified-since": date})
    both = browse.get(ICS, headers={"if-modified-since": date, "if-none-match": NOTHING_LIKE_IT})
    assert (only_date.status_code, both.status_code) == (304, 200)


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": NOTHING_LIKE_IT},
        {"if-none-match": "not quoted, \x00"},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": "Mon, 06 Sep 2021 12:00:00 GMT"},
    ],
)
def test_a_client_with_something_else_gets_the_feed(
    browse: Client, neighbourhood: Neighbourhood, headers: dict[str, str]
) -> None:
    make_event(neighbourhood)
    browse.get(ICS)
    response = browse.get(ICS, headers=headers)
    assert response.status_code == 200
    assert b"Straatdiner" in response.content


def test_a_change_makes_the_old_etag_useless(browse: Client, neighbourhood: Neighbourhood) -> None:
    first = browse.get(ICS)
    make_event(neighbourhood)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        response = browse.get(ICS, headers=headers)
        assert response.status_code == 200
        assert summaries(response) == ["Straatdiner"]


def test_a_new_version_with_the_same_bytes_is_not_modified(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood)
    etag = browse.get(ICS)["ETag"]
    bump_calendar_version(site=neighbourhood.site)
    assert browse.get(ICS, headers={"if-none-match": etag}).status_code == 304


def test_head_tells_the_same_without_the_bytes(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    page = make_event(neighbourhood)
    for address in (ICS, JSON, event_path(page)):
        full, head = browse.get(address), browse.head(address)
        assert head.status_code == 200
        assert head.content == b""
        for header in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
            assert head[header] == full[header]


@pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "GZIP"])
def test_compressed_bytes_for_who_asks(
    browse: Client, neighbourhood: Neighbourhood, encoding: str
) -> None:
    make_event(neighbourhood)
    plain = browse.get(ICS)
    packed = browse.get(ICS, headers={"accept-encoding": encoding})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert packed["Content-Length"] == str(len(packed.content))
    again = browse.get(ICS, headers={"accept-encoding": encoding, "if-none-match": packed["ETag"]})
    assert again.status_code == 304
    assert "Content-Encoding" not in again


@pytest.mark.parametrize("encoding", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0"])
def test_plain_bytes_for_who_does_not(
    browse: Client, neighbourhood: Neighbourhood, encoding: str
) -> None:
    response = browse.get(ICS, headers={"accept-encoding": encoding})
    assert "Content-Encoding" not in response
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "POST", "PUT", "DELETE", "TRACE"])
def test_other_methods_are_refused_plainly(browse: Client, method: str) -> None:
    for address in (ICS, JSON, "/feeds/event/x.ics"):
        response = browse.generic(method, address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_options_tells_what_is_possible(browse: Client) -> None:
    response = browse.options(ICS)
    assert response.status_code == 200
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["text/html", "text/calendar", "image/png"])
def test_the_accept_header_does_not_matter(browse: Client, accept: str) -> None:
    response = browse.get(ICS, headers={"accept": accept})
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_unknown_parameters_change_nothing(browse: Client, neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    assert browse.get(f"{ICS}?x=%00&soort=y").content == browse.get(ICS).content


def test_a_visit_with_a_session_gets_the_same_public_feed(
    browse: Client, neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood)
    anonymous = browse.get(ICS)
    browse.cookies["sessionid"] = "something"
    response = browse.get(ICS)
    assert response.content == anonymous.content
    assert response["Cache-Control"] == anonymous["Cache-Control"]
    assert not response.has_header("Set-Cookie")


def test_a_kept_feed_costs_one_read_besides_the_site(
    browse: Client, neighbourhood: Neighbourhood, django_assert_num_queries: Any
) -> None:
    make_event(neighbourhood)
    etag = browse.get(ICS)["ETag"]
    with django_assert_num_queries(2):
        assert browse.get(ICS, headers={"if-none-match": etag}).status_code == 304
    with django_assert_num_queries(2):
        assert browse.get(ICS).status_code == 200


def test_reading_a_kept_feed_writes_nothing(browse: Client, neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    browse.get(ICS)
    before = list(StoredFeed.objects.values())
    browse.get(ICS)
    browse.head(ICS)
    assert list(StoredFeed.objects.values()) == before


def test_addresses_of_feeds_are_short(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood, slug="x" * 200)
    assert len(f"https://{HOST}/en{event_path(page, whole=True)}") <= 250
