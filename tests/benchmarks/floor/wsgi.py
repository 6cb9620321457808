"""The floor: what Django itself costs. One view that renders a page of 30 lines, nothing else.

Served by the same server, with as many processes and threads as the site that is measured.
"""

from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

LINES = [f"Line {number} of a page that holds no more than this." for number in range(30)]


def bare(request: HttpRequest) -> HttpResponse:
    """Render the page."""
    return render(request, "bare.html", {"lines": LINES})


urlpatterns = [path("", bare)]

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-measuring",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent],
        }
    ],
)
django.setup(set_prefix=False)
application = WSGIHandler()
