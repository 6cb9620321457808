"""What allauth shows when somebody asks too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: allauth counts most acts by the minute and does not say how much of it is left.
RETRY_AFTER_SECONDS = 60


def limit_reached(request: HttpRequest) -> HttpResponse:
    """Answer 429 with ``Retry-After`` (RFC 6585, section 4); the URL conf's ``handler429``."""
    response = render(request, "429.html", {"retry_after": RETRY_AFTER_SECONDS}, status=429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
