"""Pages of a sample neighbourhood, made the way an editor makes them."""

from typing import Any, TypeVar

from django.conf import settings
from wagtail.models import Locale, Page

from boloboost.core.models import BasePage
from events.models import CalendarPage
from home.models import HomePage, StandardPage

from ..shapes import NeighbourhoodSample, PageSample, PageWords, sample_key
from .report import Report

AnyPage = TypeVar("AnyPage", bound=BasePage)
Locales = dict[str, Locale]


def ensure_page(
    *, page: AnyPage, parent: Page, report: Report, author: Any = None, publisher: Any = None
) -> AnyPage:
    """Return the page with this translation key and locale, and make it when it is not there.

    It is published through its first revision. A page that exists stays as it is, so
    that a second run never undoes what somebody changed. ``publisher`` may have lost
    their role since; the sample does not mind.
    """
    existing = find_page(page)
    if existing is not None:
        return existing
    page.live = False
    page.owner = author
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision(user=author).publish(user=publisher, skip_permission_checks=True)
    page.refresh_from_db()
    report.add("pages")
    return page


def find_page(page: AnyPage) -> AnyPage | None:
    """Return the stored page with the same translation key and locale."""
    found: AnyPage | None = (
        type(page).objects.filter(translation_key=page.translation_key, locale=page.locale).first()
    )
    return found


def ensure_homes(
    *, sample: NeighbourhoodSample, locales: Locales, report: Report
) -> dict[str, HomePage]:
    """Return ``{language: home page}``, siblings at the top of the tree."""
    root = Page.get_first_root_node()
    return {
        language: ensure_page(
            page=HomePage(
                translation_key=sample.home_key,
                locale=locales[language],
                story=words.body,
                **_shared(words),
            ),
            parent=root,
            report=report,
        )
        for language, words in _languages(sample.home)
    }


def ensure_calendars(
    *, sample: NeighbourhoodSample, homes: dict[str, HomePage], report: Report
) -> dict[str, CalendarPage]:
    """Return ``{language: calendar page}``."""
    return {
        language: ensure_page(
            page=CalendarPage(
                translation_key=sample_key(sample.key, sample.calendar.key),
                locale=homes[language].locale,
                show_in_menus=sample.calendar.in_menu,
                **_shared(words),
            ),
            parent=homes[language],
            report=report,
        )
        for language, words in _languages(sample.calendar)
    }


def ensure_text_pages(
    *, sample: NeighbourhoodSample, homes: dict[str, HomePage], report: Report
) -> None:
    """Make the pages of text below the home page of their language."""
    for page in sample.pages:
        for language, words in _languages(page):
            ensure_page(
                page=StandardPage(
                    translation_key=sample_key(sample.key, "page", page.key),
                    locale=homes[language].locale,
                    show_in_menus=page.in_menu,
                    body=words.body,
                    **_shared(words),
                ),
                parent=homes[language],
                report=report,
            )


def _languages(page: PageSample) -> list[tuple[str, PageWords]]:
    found = [(settings.LANGUAGE_CODE, page.nl)]
    return [*found, ("en", page.en)] if page.en else found


def _shared(words: PageWords) -> dict[str, str]:
    return {
        "title": words.title,
        "slug": words.slug,
        "introduction": words.introduction,
        "search_description": words.introduction,
    }
