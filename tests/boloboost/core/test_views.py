"""Error pages, and what browsers report."""

import json
import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory

from boloboost.core.views import csrf_failure, is_out_of_order, server_error
from tests.boloboost.core.probe_urls import ERRORS
from tests.factories import Neighbourhood

pytestmark = pytest.mark.django_db

REPORT = {
    "document-uri": "https://bolo.example/agenda/?q=secret",
    "effective-directive": "script-src",
    "blocked-uri": "https://evil.example/x.js?who=secret",
}


@pytest.fixture
def site(neighbourhood: Neighbourhood) -> Client:
    return Client(headers={"Host": "bolo.example"})


def send(client: Client, report: Any, **kwargs: Any) -> Any:
    body = report if isinstance(report, bytes) else json.dumps({"csp-report": report})
    return client.post("/csp-report/", body, content_type="application/csp-report", **kwargs)


def test_which_errors_mean_out_of_order() -> None:
    found = {name for name, error in ERRORS.items() if is_out_of_order(error)}
    assert found == {"locked", "full", "refused", "closed", "disk"}
    assert not is_out_of_order(FileNotFoundError(2, "No such file"))
    assert not is_out_of_order(None)


@pytest.mark.parametrize(("name", "status"), [("mistake", 500), ("refused", 503)])
def test_the_last_resort_looks_at_the_error(name: str, status: int, rf: RequestFactory) -> None:
    try:
        raise ERRORS[name]
    except Exception:
        response = server_error(rf.get("/"))
    assert response.status_code == status


def test_the_error_pages_need_no_database(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert server_error(rf.get("/")).status_code == 500


def test_a_refused_form_gets_the_house_page(rf: RequestFactory) -> None:
    response = csrf_failure(rf.post("/"), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert b"<h1>" in response.content
    assert b"CSRF" not in response.content


def test_a_page_that_is_not_there_gets_the_house_page(site: Client) -> None:
    response = site.get("/<script>/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "<h1>" in page
    assert "<script>/" not in page


def test_a_report_is_one_line_without_queries(
    site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "boloboost"):
        response = send(site, REPORT)
    assert response.status_code == 204
    assert response.content == b""
    [record] = [one for one in caplog.records if one.name == "boloboost.core.views"]
    line = record.getMessage()
    assert "effective-directive='script-src'" in line
    assert "blocked-uri='https://evil.example/x.js'" in line
    assert "document-uri='https://bolo.example/agenda/'" in line
    assert "secret" not in line


@pytest.mark.parametrize(
    "value",
    [
        "https://bolo.example/aanmelding/s3cret/",
        "https://me:s3cret@bolo.example/",
        "/nothing?s3cret",
        "x" * 5000 + "s3cret",
        "line\nFORGED",
        ["a"],
        {"a": 1},
        None,
        "https://[",
        "\ud800",
    ],
)
def test_a_report_of_a_stranger_cannot_spoil_the_log(
    value: Any, site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "boloboost"):
        assert send(site, {**REPORT, "document-uri": value}).status_code in {204, 400}
    for record in caplog.records:
        line = record.getMessage()
        assert "s3cret" not in line
        assert "\n" not in line
        assert len(line) < 1000


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"{}", b'{"csp-report": 3}', b"\xff", b"[" * 9000]
)
def test_what_is_no_report_is_refused(body: bytes, site: Client) -> None:
    assert send(site, body).status_code == 400


def test_a_long_report_is_refused(site: Client) -> None:
    assert send(site, b" " * (16 * 1024 + 1)).status_code == 413


def test_reports_are_only_sent(site: Client) -> None:
    assert site.get("/csp-report/").status_code == 405


def test_reports_come_from_our_own_pages(site: Client) -> None:
    assert send(site, REPORT, headers={"Origin": "https://evil.example"}).status_code == 403


def test_reports_have_a_limit(site: Client) -> None:
    for _ in range(60):
        assert send(site, REPORT).status_code == 204
    refused = send(site, REPORT)
    assert refused.status_code == 429
    assert refused["Retry-After"]
