"""The WSGI application that every production server loads."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.production")

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve one request.

    Django decodes the query string with the charset of Content-Type before any
    middleware runs; a charset that is none would be an error without a page.
    """
    kind, _semicolon, _parameters = environ.get("CONTENT_TYPE", "").partition(";")
    if kind and not kind.strip().lower().startswith("multipart/"):
        environ["CONTENT_TYPE"] = kind.strip()
    return _django(environ, start_response)
