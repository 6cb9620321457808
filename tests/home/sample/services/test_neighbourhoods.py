from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from wagtail.models import Page, Site

from boloboost.core.models import NeighbourhoodSettings
from brand.models import BrandSettings
from events.enums import OccurrenceStatus, RegistrationStatus
from events.models import EventPage, Occurrence, Registration
from events.selectors import visible_occurrences
from home.models import HomePage
from home.sample.noorderbuurt import NOORDERBUURT
from home.sample.services import events as event_services
from home.sample.services.people import read_logins
from tests.home.sample.helpers import bolo_with, row_counts, seed

pytestmark = pytest.mark.django_db

CLOTHES, BUNS, FILM, DRAFT = (
    "kledingruil",
    "bolo-bollen-bakken",
    "film-op-de-muur",
    "verhalenavond",
)


def _occurrence(slug: str) -> Occurrence:
    key = EventPage.objects.get(slug=slug, locale__language_code="nl").translation_key
    return Occurrence.objects.get(event__translation_key=key)


def test_a_neighbourhood_has_settings_and_its_main_pages_in_both_languages(now: datetime) -> None:
    seed(bolo_with(), now)
    site = Site.objects.get()
    assert NeighbourhoodSettings.for_site(site).neighbourhood == "Bos en Lommer"
    assert BrandSettings.for_site(site).tagline == "Niks mis met BoLo."
    home = HomePage.objects.get(pk=site.root_page_id)
    english = home.get_translations().get().specific
    assert english.introduction != home.introduction
    slugs = {
        page.locale.language_code: set(page.get_children().live().values_list("slug", flat=True))
        for page in (home, english)
    }
    assert slugs == {
        "nl": {"agenda", "meedoen", "over-ons", "privacy"},
        "en": {"agenda", "join-in", "about-us", "privacy"},
    }


def test_an_event_is_there_in_both_languages_with_one_schedule(now: datetime) -> None:
    seed(bolo_with(BUNS), now)
    dutch, english = EventPage.objects.live().order_by("-locale__language_code")
    assert dutch.translation_key == english.translation_key
    assert english.title == "Baking Bolo-bollen with the baker"
    assert visible_occurrences(site=Site.objects.get()).count() == 1


def test_a_full_event_has_a_waiting_list(now: datetime) -> None:
    seed(bolo_with(BUNS), now)
    occurrence = _occurrence(BUNS)
    assert occurrence.seats_left == 0
    assert occurrence.registrations.filter(status=RegistrationStatus.WAITING).count() == 3


def test_a_cancelled_event_says_why(now: datetime) -> None:
    seed(bolo_with(FILM), now)
    occurrence = _occurrence(FILM)
    assert occurrence.status == OccurrenceStatus.CANCELLED
    assert "scherm" in occurrence.cancel_reason


def test_a_draft_waits_for_the_editor(now: datetime) -> None:
    seed(bolo_with(DRAFT), now)
    page = EventPage.objects.get(slug=DRAFT)
    assert not page.live
    assert page.schedule is None
    assert page.workflow_in_progress
    assert page.owner is not None
    assert page.owner.email == "trekker@boloboost.example"


def test_a_second_run_changes_nothing(now: datetime) -> None:
    sample = bolo_with(BUNS, FILM, DRAFT)
    seed(sample, now)
    before, logins = row_counts(), read_logins()
    report = seed(sample, now + timedelta(days=40))
    assert str(report) == "everything was there already"
    assert row_counts() == before
    assert read_logins() == logins


def test_a_second_run_leaves_what_people_changed(now: datetime) -> None:
    sample = bolo_with(CLOTHES)
    seed(sample, now)
    page = EventPage.objects.get(slug=CLOTHES)
    page.title, page.slug = "Truienruil", "truienruil"
    page.save_revision().publish()
    settings = NeighbourhoodSettings.objects.get()
    settings.name = "BoLo"
    settings.save()
    seed(sample, now)
    assert EventPage.objects.get().title == "Truienruil"
    assert NeighbourhoodSettings.objects.get().name == "BoLo"


@pytest.fixture
def breaks_at_fifth_guest(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    real = event_services.register_guest
    calls: list[str] = []

    def register_guest(**arguments: Any) -> Any:
        calls.append(arguments["email"])
        if len(calls) == 5:
            raise RuntimeError("the plug was pulled")
        return real(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(event_services, "register_guest", register_guest)
        yield patch


def test_an_interrupted_run_is_finished_by_the_next(
    now: datetime, breaks_at_fifth_guest: pytest.MonkeyPatch
) -> None:
    sample = bolo_with(BUNS, FILM)
    with pytest.raises(RuntimeError):
        seed(sample, now)
    assert not EventPage.objects.exists()
    assert not Registration.objects.exists()
    breaks_at_fifth_guest.undo()
    seed(sample, now)
    assert visible_occurrences(site=Site.objects.get()).count() == 2
    assert Registration.objects.count() == 12
    assert not any(Page.find_problems())


def test_two_neighbourhoods_share_nothing(now: datetime) -> None:
    seed(bolo_with(CLOTHES), now)
    seed(NOORDERBUURT, now)
    bolo = Site.objects.get(is_default_site=True)
    north = Site.objects.get(hostname="noorderbuurt.localhost")
    assert north.port == bolo.port
    assert visible_occurrences(site=bolo).count() == 1
    assert visible_occurrences(site=north).count() == len(NOORDERBUURT.events)
    for site in (bolo, north):
        for row in visible_occurrences(site=site):
            assert row.event.category is not None
            assert row.event.place is not None
            assert row.event.category.site == row.event.place.site == site
    assert NeighbourhoodSettings.for_site(north).contact_email == NOORDERBUURT.contact_email
