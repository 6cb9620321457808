"""What the tags of the public pages promise."""

from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from boloboost.core.models import NeighbourhoodSettings, Place
from boloboost.core.templatetags.dates import (
    at_time,
    clock,
    day_number,
    month_short,
    speak_date,
    time_range,
    whole_minutes,
)
from boloboost.core.templatetags.icons import (
    EYES,
    INKS,
    KIND_BANDS,
    KIND_GLYPHS,
    STROKES,
    band_of,
    bol,
    icon,
    kind_disc,
    kind_symbols,
)
from boloboost.core.templatetags.layout import MenuItem, map_links, webcal
from events.enums import CategoryIcon
from tests.factories import Neighbourhood, make_event

SUMMER_EVENING = datetime(2027, 9, 10, 18, 0, tzinfo=UTC)
WINTER_EVENING = datetime(2027, 12, 10, 19, 5, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2027, 9, 10, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("nl", "vrijdag 10 september 2027"), ("en", "Friday 10 September 2027")],
)
def test_a_date_is_spoken_in_full_in_both_languages(language: str, spoken: str) -> None:
    with translation.override(language):
        assert speak_date(date(2027, 9, 10)) == spoken
        assert speak_date(SUMMER_EVENING) == spoken


@pytest.mark.parametrize(("language", "shown"), [("nl", "20.00"), ("en", "20:00"), ("de", "20:00")])
def test_the_clock_is_local_and_follows_the_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert clock(SUMMER_EVENING) == shown


def test_the_clock_knows_winter_time() -> None:
    with translation.override("nl"):
        assert clock(WINTER_EVENING) == "20.05"


def test_the_day_of_a_late_event_is_the_local_one() -> None:
    with translation.override("nl"):
        assert speak_date(AFTER_MIDNIGHT) == "zaterdag 11 september 2027"
        assert day_number(AFTER_MIDNIGHT) == "11"


def test_a_day_bol_shows_a_bare_number_and_a_short_month() -> None:
    with translation.override("nl"):
        assert (day_number(date(2027, 9, 5)), month_short(date(2027, 9, 5))) == ("5", "sep")
    with translation.override("en"):
        assert month_short(date(2027, 9, 5)) == "sep"


def test_one_evening_is_told_in_two_times_even_past_midnight() -> None:
    with translation.override("en"):
        assert time_range(SUMMER_EVENING, AFTER_MIDNIGHT) == "20:00 to 00:30"


def test_several_days_are_told_with_their_days() -> None:
    with translation.override("en"):
        shown = time_range(SUMMER_EVENING, datetime(2027, 9, 12, 15, 0, tzinfo=UTC))
    assert shown == "from Friday 10 September 20:00 until Sunday 12 September 17:00"


def test_a_draft_without_times_shows_nothing() -> None:
    assert [speak_date(None), clock(None), at_time(None), time_range(None, None)] == [""] * 4


def test_a_draft_without_an_end_shows_its_start() -> None:
    with translation.override("en"):
        assert time_range(SUMMER_EVENING, None) == "20:00"


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(None, 1), (0, 1), (1, 1), (60, 1), (61, 2), (3600, 60)]
)
def test_waiting_time_is_rounded_up(seconds: int | None, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes


@pytest.mark.parametrize("name", [*KIND_GLYPHS, *STROKES])
def test_every_icon_is_sound_svg_that_screen_readers_skip(name: str) -> None:
    drawn = ElementTree.fromstring(icon(name))
    assert drawn.get("aria-hidden") == "true"
    assert drawn.get("viewBox")


def test_every_kind_of_event_has_an_icon_and_a_colour_field() -> None:
    assert set(CategoryIcon.values) == set(KIND_GLYPHS) == set(KIND_BANDS)


def test_an_event_without_a_kind_is_yellow() -> None:
    assert band_of(None) == band_of("") == "yellow"


def test_a_short_disc_points_to_a_symbol_that_is_on_the_page() -> None:
    symbols = {node.get("id") for node in ElementTree.fromstring(kind_symbols())}
    for name in KIND_GLYPHS:
        use = ElementTree.fromstring(kind_disc(name))[0]
        assert use.get("href", "").removeprefix("#") in symbols


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("ink", INKS)
def test_a_bol_is_a_circle_with_two_cuts(ink: str, eyes: str) -> None:
    group = ElementTree.fromstring(bol(10, 20, 30, ink, 5, eyes))
    assert [node.tag for node in group] == ["circle", "path"]
    assert group[1].get("d", "").count("M") == 2


def test_webcal_keeps_host_and_path() -> None:
    assert (
        webcal("https://bolo.example/feeds/agenda.ics") == "webcal://bolo.example/feeds/agenda.ics"
    )


def test_a_place_with_a_position_is_found_on_four_maps() -> None:
    place = Place(name="Plein & Co", latitude=Decimal("52.378000"), longitude=Decimal("4.85"))
    with translation.override("nl"):
        links = dict(map_links(place)).values()
    assert [link.split(":")[0] for link in links] == ["https", "https", "https", "geo"]
    assert all("52.378" in link and "4.85" in link for link in links)
    assert not any(" " in link for link in links)


def test_a_place_with_only_an_address_is_searched_for() -> None:
    place = Place(name="De Bolster", street_address="Bos en Lommerweg 1", city="Amsterdam")
    assert all("Bos" in link for _name, link in map_links(place))


def test_a_place_with_only_a_name_is_on_no_map() -> None:
    assert map_links(Place(name="Ergens")) == []


def page_context(path: str, page: Page | None = None, host: str = "bolo.example") -> RequestContext:
    request = RequestFactory().get(path, HTTP_HOST=host)
    return RequestContext(request, {"page": page} if page else {})


def menu_of(context: Context) -> list[MenuItem]:
    Template("{% load layout %}{% main_menu as menu %}").render(context)
    menu: list[MenuItem] = context["menu"]
    return menu


def test_the_menu_has_the_live_pages_that_are_in_menus(
    neighbourhood: Neighbourhood, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hidden = neighbourhood.home.add_child(instance=Page(title="Hidden", slug="hidden"))
    draft = Page(title="Draft", slug="draft", live=False, show_in_menus=True)
    neighbourhood.home.add_child(instance=draft)
    context = page_context("/", neighbourhood.home)
    assert [item.title for item in menu_of(context)] == ["Agenda"]
    assert hidden.live
    with django_assert_num_queries(1):
        menu_of(context)


def test_the_menu_marks_the_page_and_the_section(neighbourhood: Neighbourhood) -> None:
    event = make_event(neighbourhood)
    here = menu_of(page_context("/agenda/", neighbourhood.calendar))
    below = menu_of(page_context(event.url, event))
    home = menu_of(page_context("/", neighbourhood.home))
    assert [menu[0].current for menu in (here, below, home)] == ["page", "true", ""]
    assert here[0].kind == "calendarpage"


def test_the_menu_follows_the_language_with_and_without_a_page(
    neighbourhood: Neighbourhood,
) -> None:
    with translation.override("en"):
        of_page = menu_of(page_context("/en/", neighbourhood.home_en))
        of_view = menu_of(page_context("/en/aanmelden/1/"))
    assert [item.title for item in of_page] == [item.title for item in of_view] == ["Calendar"]
    assert of_view[0].url == "/en/agenda/"


def test_the_menu_of_another_neighbourhood_is_its_own(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    other_neighbourhood.calendar.title = "Noordagenda"
    other_neighbourhood.calendar.save_revision().publish()
    assert [item.title for item in menu_of(page_context("/x/", host="noord.example"))] == [
        "Noordagenda"
    ]
    assert [item.title for item in menu_of(page_context("/x/"))] == ["Agenda"]


def test_full_addresses_use_the_site_and_not_the_host_header(neighbourhood: Neighbourhood) -> None:
    template = Template('{% load layout %}{% site_url "/agenda/" %}')
    assert template.render(page_context("/", host="evil.example")) == "http://bolo.example/agenda/"


def test_a_full_address_stays_as_it_is(neighbourhood: Neighbourhood) -> None:
    template = Template('{% load layout %}{% site_url "https://noord.example/x/" %}')
    assert template.render(page_context("/")) == "https://noord.example/x/"


def test_showing_settings_makes_no_row(neighbourhood: Neighbourhood) -> None:
    NeighbourhoodSettings.objects.all().delete()
    template = Template(
        '{% load layout %}{% site_setting "core.NeighbourhoodSettings" as found %}{{ found.name }}'
    )
    assert template.render(page_context("/")) == "Boloboost"
    assert not NeighbourhoodSettings.objects.exists()


def test_only_a_cookie_of_ours_makes_a_page_personal() -> None:
    template = Template("{% load layout %}{% has_session as found %}{{ found }}")
    request = RequestFactory().get("/")
    assert template.render(RequestContext(request)) == "False"
    request.COOKIES["other"] = "1"
    assert template.render(RequestContext(request)) == "False"
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert template.render(RequestContext(request)) == "True"
