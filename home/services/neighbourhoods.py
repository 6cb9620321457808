"""Starting a neighbourhood: its site, its first pages and its groups."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from boloboost.core.models import NeighbourhoodSettings
from events.models import CalendarPage

from ..models import HomePage

DEFAULT_PORTS = {"http": 80, "https": 443}


class NeighbourhoodExists(Exception):
    """There is a site at this address already."""


@transaction.atomic
def make_neighbourhood(*, name: str, url: str) -> Site:
    """Make a site with a home page and a calendar in every language.

    The first one takes the place of Wagtail's own welcome page and site.

    Args:
        name: how people call it.
        url: scheme, host and maybe a port, such as ``https://bolo.example``.

    Raises:
        NeighbourhoodExists: the address is taken.
    """
    parts = urlsplit(url)
    hostname, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    welcome = _welcome_page()
    site = Site.objects.filter(root_page=welcome).first() if welcome else None
    taken = Site.objects.filter(hostname=hostname, port=port)
    if taken.exclude(pk=site.pk if site else None).exists():
        raise NeighbourhoodExists(url)
    site = site or Site(is_default_site=not Site.objects.exists())
    site.root_page = _make_pages(name=name, slug=slugify(hostname.replace(".", "-")))
    site.hostname, site.port, site.site_name = hostname, port, name
    site.save()
    if welcome is not None:
        welcome.delete()
    NeighbourhoodSettings.objects.update_or_create(site=site, defaults={"name": name})
    return site


def _welcome_page() -> Page | None:
    """Return the page that Wagtail's own migration makes."""
    pages = Page.objects.filter(depth=2, numchild=0).select_related("content_type")
    return next((page for page in pages if page.specific_class is Page), None)


def _make_pages(*, name: str, slug: str) -> HomePage:
    """Return the home page in the default language; the others are its translations."""
    root = Page.objects.get(depth=1)
    first: HomePage | None = None
    calendar_key = None
    for code, _label in settings.LANGUAGES:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = HomePage(title=name, slug=slug if first is None else f"{slug}-{code}", locale=locale)
        if first is not None:
            home.translation_key = first.translation_key
        root.add_child(instance=home)
        with override(code):
            calendar = CalendarPage(
                title=_("Calendar"), slug="agenda", locale=locale, show_in_menus=True
            )
        calendar_key = calendar.translation_key = calendar_key or calendar.translation_key
        home.add_child(instance=calendar)
        first = first or home
    assert first is not None
    return first
