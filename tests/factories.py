"""Small neighbourhoods for tests, made through the real services where there is one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page, Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.core.models import NeighbourhoodSettings, Place
from events.models import CalendarPage, Category, EventPage, Occurrence
from home.models import HomePage

NOW = datetime(2027, 9, 6, 12, 0, tzinfo=UTC)
IN_A_WEEK = datetime(2027, 9, 13, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Neighbourhood:
    site: Site
    home: HomePage
    home_en: HomePage
    calendar: CalendarPage
    calendar_en: CalendarPage


def make_neighbourhood(
    hostname: str = "bolo.example", name: str = "BoLo", *, default: bool = False
) -> Neighbourhood:
    """Make a site with a home page and a calendar in Dutch and English."""
    dutch, _ = Locale.objects.get_or_create(language_code="nl")
    english, _ = Locale.objects.get_or_create(language_code="en")
    root = _tree_root(dutch)
    slug = slugify(hostname)
    home = root.add_child(instance=HomePage(title=name, slug=slug, locale=dutch))
    calendar = home.add_child(
        instance=CalendarPage(title="Agenda", slug="agenda", locale=dutch, show_in_menus=True)
    )
    home_en = root.add_child(
        instance=HomePage(
            title=name, slug=f"{slug}-en", locale=english, translation_key=home.translation_key
        )
    )
    calendar_en = home_en.add_child(
        instance=CalendarPage(
            title="Calendar",
            slug="agenda",
            locale=english,
            translation_key=calendar.translation_key,
            show_in_menus=True,
        )
    )
    if default:
        Site.objects.filter(is_default_site=True).delete()
    site = Site.objects.create(
        hostname=hostname, port=80, site_name=name, root_page=home, is_default_site=default
    )
    NeighbourhoodSettings.objects.update_or_create(
        site=site, defaults={"name": name, "contact_email": f"hallo@{hostname}"}
    )
    return Neighbourhood(site, home, home_en, calendar, calendar_en)


def _tree_root(locale: Locale) -> Page:
    """Return the root of the page tree; a test on a live server starts from an empty database."""
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first()
    return root or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def make_user(
    email: str, *, site: Site | None = None, role: Role | None = None, first_name: str = ""
) -> User:
    """Make an active person, with a role in a neighbourhood if one is given."""
    user = User.objects.create_user(email, "correct horse battery", first_name=first_name)
    if site is not None and role is not None:
        from boloboost.core.people.services import ensure_site_roles

        user.groups.add(ensure_site_roles(site=site)[role])
    return user


def make_place(site: Site, **fields: Any) -> Place:
    name = fields.pop("name", "Egidiusstraat")
    return Place.objects.create(
        site=site,
        name=name,
        slug=fields.pop("slug", f"{slugify(name)}-{uuid4().hex[:6]}"),
        **fields,
    )


def make_category(site: Site, **fields: Any) -> Category:
    name = fields.pop("name", "Eten")
    fields.setdefault("slug", f"{slugify(name)}-{uuid4().hex[:6]}")
    return Category.objects.create(site=site, name=name, icon=fields.pop("icon", "food"), **fields)


def make_event(
    neighbourhood: Neighbourhood,
    *,
    title: str = "Straatdiner",
    starts_at: datetime = IN_A_WEEK,
    hours: float = 4,
    live: bool = True,
    **fields: Any,
) -> EventPage:
    """Make an event page and, when ``live``, publish it the way the admin does."""
    fields.setdefault("slug", f"{slugify(title)}-{uuid4().hex[:6]}")
    page: EventPage = neighbourhood.calendar.add_child(
        instance=EventPage(
            title=title,
            locale=neighbourhood.calendar.locale,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours),
            live=False,
            **fields,
        )
    )
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def translate_event(page: EventPage, *, language: str = "en", title: str = "") -> EventPage:
    """Make and publish the translation of an event page."""
    translated: EventPage = page.copy_for_translation(Locale.objects.get(language_code=language))
    translated.title = title or f"{page.title} ({language})"
    translated.save_revision().publish()
    translated.refresh_from_db()
    return translated


def occurrence_of(page: EventPage) -> Occurrence:
    return Occurrence.objects.select_related("event").get(
        event__translation_key=page.translation_key
    )
