"""The project's addresses, and some that go wrong in a known way."""

import errno
import sqlite3

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language

from boloboost.urls import handler400, handler403, handler404, handler500
from boloboost.urls import urlpatterns as project_urlpatterns


def sqlite_error(message: str, code: int) -> OperationalError:
    """Return Django's error as SQLite causes it."""
    cause = sqlite3.OperationalError(message)
    cause.sqlite_errorcode = code
    error = OperationalError(message)
    error.__cause__ = cause
    return error


ERRORS: dict[str, Exception] = {
    "mistake": ZeroDivisionError("division by zero"),
    "forbidden": PermissionDenied("not for you"),
    "locked": sqlite_error("database is locked", sqlite3.SQLITE_BUSY),
    "full": sqlite_error("database or disk is full", sqlite3.SQLITE_FULL),
    "refused": OperationalError("connection to server failed: Connection refused"),
    "closed": InterfaceError("connection already closed"),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "query": sqlite_error("no such table: nothing", sqlite3.SQLITE_ERROR),
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


def who(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            "address": request.client_address,  # type: ignore[attr-defined]
            "remote": request.META["REMOTE_ADDR"],
            "secure": request.is_secure(),
            "url": request.build_absolute_uri("/"),
            "language": get_language(),
            "forwarded": sorted(name for name in request.META if "FORWARDED" in name),
        }
    )


def cookies(request: HttpRequest) -> HttpResponse:
    request.session["probe"] = 1
    return HttpResponse(get_token(request))


urlpatterns = [
    path("probe/fail/<str:name>/", fail),
    path("probe/feed/<str:name>.ics", fail),
    path("aanmelding/probe/<str:name>/", fail),
    path("probe/who/", who),
    path("en/probe/who/", who),
    path("probe/cookies/", cookies),
    path("probe/redirect/", lambda request: HttpResponseRedirect("/")),
    path("probe/text/", lambda request: HttpResponse("text")),
    path("beheer/probe/", lambda request: HttpResponse("text")),
    path("account/probe/", lambda request: HttpResponse("text")),
    *project_urlpatterns,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
