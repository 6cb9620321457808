"""Error pages, and the address that browsers report breaches of the content policy to."""

import errno
import json
import logging
import sqlite3
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .limits import check_limit, client_address, network_of, too_many_requests
from .paths import hide_tokens, wants_html
from .public_forms import is_from_elsewhere

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 30
REPORT_BYTES = 16 * 1024
REPORT_WORD_LENGTH = 200

bad_request = defaults.bad_request
page_not_found = defaults.page_not_found
permission_denied = defaults.permission_denied


def is_out_of_order(error: BaseException | None) -> bool:
    """Tell whether an error means that the database or the disk is away, locked or full.

    SQLite raises the same class for a mistake in a query; its code tells them apart.
    """
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code != sqlite3.SQLITE_ERROR


def out_of_order(request: HttpRequest) -> HttpResponse:
    """Answer 503; the page needs no database. Feeds and files get one line of text."""
    if wants_html(request.path_info):
        response = HttpResponse(loader.get_template("503.html").render(), status=503)
    else:
        text = _("This does not work just now. Try again in a minute.")
        response = HttpResponse(f"{text}\n", status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the error that is being handled says so."""
    if is_out_of_order(sys.exc_info()[1]):
        return out_of_order(request)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403; Django logs the reason, the page does not tell it."""
    return defaults.permission_denied(request, PermissionDenied())


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log one line for a browser's report of a breach; 204 without a body.

    Takes ``report-uri`` bodies (Content Security Policy Level 3, section 5.2) of at most
    16 KiB. Query strings and tokens of addresses are left out.
    """
    if is_from_elsewhere(request):
        raise PermissionDenied
    address = network_of(client_address(request))
    outcome = check_limit("csp-report", address, timezone.now())
    if not outcome.allowed:
        return too_many_requests(request, outcome)
    if len(request.body) > REPORT_BYTES:
        return HttpResponse(status=413)
    try:
        report = json.loads(request.body)["csp-report"]
        line = " ".join(
            f"{name}={_report_word(report.get(name, ''))}"
            for name in ("effective-directive", "violated-directive", "blocked-uri", "document-uri")
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponseBadRequest(content_type="text/plain; charset=utf-8")
    logger.warning("Content policy breached: %s", line)
    return HttpResponse(status=204)


def _report_word(value: Any) -> str:
    """Make a value of a stranger fit for one line of the log: printable, short, no query."""
    text = str(value)[: REPORT_WORD_LENGTH * 2]
    if "://" in text:
        parts = urlsplit(text)
        text = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return ascii(hide_tokens(text.partition("?")[0]))[: REPORT_WORD_LENGTH + 2]
