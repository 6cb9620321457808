"""What every public template knows: the neighbourhood, and this page in other languages.

Both are lazy: a template that does not use them costs no query.
"""

from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from .models import NeighbourhoodSettings
from .paths import is_admin_path

LanguageLink = dict[str, Any]


def neighbourhood(request: HttpRequest) -> dict[str, Any]:
    """Add ``neighbourhood`` and ``languages`` (see ``languages_of``) outside the admin."""
    if is_admin_path(request.path_info):
        return {}
    return {
        "neighbourhood": SimpleLazyObject(lambda: neighbourhood_of(request)),
        "languages": SimpleLazyObject(lambda: languages_of(request)),
    }


def neighbourhood_of(request: HttpRequest) -> NeighbourhoodSettings:
    """Return the settings of the request's site, or the defaults when there is none.

    Unlike Wagtail's ``for_request`` it writes nothing, and an error page may use it
    while the database is away.
    """
    known: NeighbourhoodSettings | None = getattr(request, "_neighbourhood", None)
    if known is not None:
        return known
    site, found = None, None
    try:
        site = Site.find_for_request(request)
        found = NeighbourhoodSettings.objects.filter(site=site).first()
    except Error:
        pass
    found = found or NeighbourhoodSettings()
    found.site = site
    request._neighbourhood = found  # type: ignore[attr-defined]
    return found


def languages_of(request: HttpRequest) -> list[LanguageLink]:
    """Return the languages in which this page exists, as ``{code, label, url, current}``.

    ``label`` is the name of the language in that language. The order is that of
    ``settings.LANGUAGES``; the current language is always there.
    """
    current = get_language() or settings.LANGUAGE_CODE
    try:
        urls = _translations(request)
    except Error:
        urls = {}
    urls[current] = request.path
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"],
            "url": urls[code],
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
        if code in urls
    ]


def _translations(request: HttpRequest) -> dict[str, str]:
    match = request.resolver_match
    if match is None:
        return {}
    if match.url_name != "wagtail_serve":
        urls = {code: translate_url(request.path, code) for code, _name in settings.LANGUAGES}
        return {code: url for code, url in urls.items() if url != request.path}
    page = Page.find_for_request(request, "".join(match.args))
    if page is None:
        return {}
    others = page.get_translations().live().public().select_related("locale")
    return {other.locale.language_code: other.get_url(request) for other in others}
