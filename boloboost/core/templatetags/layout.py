"""What the frame of every public page needs: menu, addresses, maps elsewhere."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from boloboost.core.models import Place

register = template.Library()

HOME_DEPTH = 2
MESSAGES_COOKIE = "messages"


@dataclass(frozen=True)
class MenuItem:
    """A page in the menu; ``current`` is what ``aria-current`` says."""

    title: str
    url: str
    current: str
    kind: str


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[MenuItem]:
    """Return the live pages below the home page, in this language, that are in menus.

    One query on a page; one more on a view without a page in another language than
    the first.
    """
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request)
    if site is None:
        return []
    page = context.get("page")
    here = page if isinstance(page, Page) and page.depth >= HOME_DEPTH else None
    root = here.path[: Page.steplen * HOME_DEPTH] if here else _home_path(site)
    # A range, because SQLite finds no index for LIKE.
    below = (root + "0" * Page.steplen, root + "Z" * Page.steplen)
    children = Page.objects.live().in_menu().filter(path__range=below, depth=HOME_DEPTH + 1)
    return [
        MenuItem(
            title=child.title,
            url=child.get_url(request=request) or "",
            current=_current(child, here),
            kind=child.cached_content_type.model,
        )
        for child in children.order_by("path")
    ]


def _home_path(site: Site) -> str:
    """Return the tree path of the home page in the language of the moment."""
    language = get_language() or settings.LANGUAGE_CODE
    home: Page = site.root_page
    if language != settings.LANGUAGE_CODE:
        same = Page.objects.filter(translation_key=home.translation_key)
        path = same.filter(locale__language_code=language).values_list("path", flat=True).first()
        return str(path or home.path)
    return str(home.path)


def _current(child: Page, here: Page | None) -> str:
    if here is None or not here.path.startswith(child.path):
        return ""
    return "page" if here.path == child.path else "true"


@register.simple_tag(takes_context=True)
def site_url(context: Context, path: str = "") -> str:
    """Return a path as a full address on this neighbourhood's own host.

    The host comes from the Site table, never from the request, so that a forged
    Host header ends up in no link.
    """
    if "://" in path:
        return path
    site = Site.find_for_request(context.get("request"))
    return f"{site.root_url if site else ''}{path}"


@register.simple_tag(takes_context=True)
def site_setting(context: Context, name: str) -> Any:
    """Return the settings of this neighbourhood, or the defaults when it has none yet.

    Unlike Wagtail's own tag it never makes the row: showing a page writes nothing.

    Args:
        name: the settings model as ``app_label.ModelName``; a name, because a layer
            above core may own it.
    """
    request: HttpRequest | None = context.get("request")
    known: dict[str, Any] = getattr(request, "_site_settings", {})
    if name not in known:
        model: Any = apps.get_model(name)
        site = Site.find_for_request(request)
        known[name] = (site and model.objects.filter(site=site).first()) or model()
        if request is not None:
            request._site_settings = known  # type: ignore[attr-defined]
    return known[name]


@register.filter
def webcal(address: str) -> str:
    """Return an http(s) address as webcal, which phones open as a subscription."""
    return f"webcal://{address.partition('://')[2]}"


@register.simple_tag(takes_context=True)
def has_session(context: Context) -> bool:
    """Tell whether the visitor sent a cookie of ours; only then is a page personal.

    Looking at the cookies instead of the session keeps ``Vary: Cookie`` off the
    pages of everybody else (decision 7).
    """
    request: HttpRequest | None = context.get("request")
    cookies: dict[str, Any] = request.COOKIES if request else {}
    return settings.SESSION_COOKIE_NAME in cookies or MESSAGES_COOKIE in cookies


@register.simple_tag
def map_links(place: Place) -> list[tuple[str, str]]:
    """Return (name, address) of a place on maps elsewhere; plain links, nothing is loaded.

    ``geo:`` (RFC 5870) opens the visitor's own map program.
    """
    if place.latitude is not None and place.longitude is not None:
        latitude, longitude = _degrees(place.latitude), _degrees(place.longitude)
        spot = f"{latitude},{longitude}"
        marker = urlencode({"mlat": latitude, "mlon": longitude})
        open_map = f"?{marker}#map=18/{latitude}/{longitude}"
        own = f"geo:{spot}?q={spot}({quote(place.name)})"
    elif place.address:
        spot = f"{place.name}, {place.address}"
        open_map = f"search?{urlencode({'query': spot})}"
        own = f"geo:0,0?q={quote(spot)}"
    else:
        return []
    google = urlencode({"api": 1, "query": spot})
    return [
        ("OpenStreetMap", f"https://www.openstreetmap.org/{open_map}"),
        ("Google Maps", f"https://www.google.com/maps/search/?{google}"),
        ("Apple Maps", f"https://maps.apple.com/?{urlencode({'q': spot})}"),
        (_("Your own map app"), own),
    ]


def _degrees(value: Decimal) -> str:
    """Return degrees with a point, whatever the language writes."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
