"""The application before any middleware."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from boloboost.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["hex", "rot13", "utf-7", "nonsense", "\xff"])
def test_a_charset_that_is_none_is_no_error(charset: str) -> None:
    answers: list[str] = []
    environ = RequestFactory(HTTP_HOST="localhost").get("/healthz?q=%41").environ
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"
    environ["wsgi.input"] = BytesIO()
    body = application(environ, lambda status, _headers, *_rest: answers.append(status))
    assert b"".join(body)
    assert answers == ["200 OK"]
