"""The place form: one field for the position, a word made from the name."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.forms import Form
from django.utils import translation

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.core.forms import PlaceForm, PositionField
from boloboost.core.model_viewsets import PlaceViewSet
from boloboost.core.models import NeighbourhoodSettings, Place
from tests.factories import Neighbourhood, make_event, make_place, make_user


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


EDGES = {"map_south": 52.36, "map_west": 4.83, "map_north": 52.39, "map_east": 4.87}
SPOT = {"latitude": Decimal("52.375000"), "longitude": Decimal("4.850000")}


class Positioned(Form):
    position = PositionField(required=False)


@pytest.fixture
def editor(neighbourhood: Neighbourhood) -> User:
    return make_user("ans@example.org", site=neighbourhood.site, role=Role.EDITOR)


def place_form(user: User, data: dict[str, str] | None = None, **kwargs: object) -> PlaceForm:
    form_class = PlaceViewSet().get_form_class()
    values = None if data is None else {"name": "Café Bos", "slug": "", **data}
    form: PlaceForm = form_class(values, for_user=user, **kwargs)
    return form


def saved(form: PlaceForm) -> Place:
    assert form.is_valid(), form.errors
    place: Place = form.save()
    place.refresh_from_db()
    return place


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("bij de bakker", "cannot read"),
        ("https://maps.app.goo.gl/AbC", "short link"),
        ("123, 4.8", "not on earth"),
        ("geo:1,2;crs=rd", "another system"),
        ("1" * 3000, "2000"),
    ],
)
def test_a_position_that_cannot_be_read_says_what_to_do(typed: str, words: str) -> None:
    form = Positioned({"position": typed})
    assert words in str(form.errors["position"])
    assert form["position"].value() == typed


def test_the_position_becomes_two_numbers(editor: User) -> None:
    place = saved(place_form(editor, {"position": "52°22′30″N 4°51′00″E"}))
    assert (place.latitude, place.longitude) == (Decimal("52.375000"), Decimal("4.850000"))


def test_the_position_is_shown_as_text_and_can_be_emptied(
    editor: User, neighbourhood: Neighbourhood
) -> None:
    place = make_place(neighbourhood.site, **SPOT)
    assert place_form(editor, instance=place)["position"].value() == "52.375000, 4.850000"
    place = saved(place_form(editor, {"position": ""}, instance=place))
    assert place.latitude is None
    assert place.longitude is None


def test_a_wrong_position_keeps_what_was_typed_and_saves_nothing(
    editor: User, neighbourhood: Neighbourhood
) -> None:
    place = make_place(neighbourhood.site, **SPOT)
    form = place_form(editor, {"position": "om de hoek"}, instance=place)
    assert not form.is_valid()
    assert 'value="om de hoek"' in str(form["position"])
    place.refresh_from_db()
    assert place.latitude == Decimal("52.375")


def test_the_map_of_the_neighbourhood_can_be_clicked(
    editor: User, neighbourhood: Neighbourhood
) -> None:
    NeighbourhoodSettings.objects.filter(site=neighbourhood.site).update(**EDGES)
    place = make_place(neighbourhood.site, **SPOT)
    html = str(place_form(editor, instance=place)["position"])
    assert 'data-south="52.36"' in html
    assert 'data-east="4.87"' in html
    assert 'cx="400.0"' in html
    assert 'role="application"' in html
    assert "hidden" in html
    assert "map-picker.js" in str(place_form(editor).media)


def test_without_a_map_the_text_suffices(editor: User) -> None:
    html = str(place_form(editor)["position"])
    assert "<svg" not in html
    assert 'name="position"' in html


def test_another_neighbourhoods_map_is_not_shown(
    editor: User, other_neighbourhood: Neighbourhood
) -> None:
    NeighbourhoodSettings.objects.filter(site=other_neighbourhood.site).update(**EDGES)
    form = place_form(editor, {"site": str(other_neighbourhood.site.pk)})
    assert "<svg" not in str(form["position"])


def test_with_two_neighbourhoods_the_map_follows_the_choice(
    editor: User, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    site = other_neighbourhood.site
    NeighbourhoodSettings.objects.filter(site=site).update(**EDGES)
    helper = make_user("bea@example.org", site=site, role=Role.EDITOR)
    editor.groups.add(*helper.groups.all())
    person = User.objects.get(pk=editor.pk)
    assert "<svg" not in str(place_form(person)["position"])
    assert "<svg" in str(place_form(person, {"site": str(site.pk)})["position"])
    assert "<svg" not in str(place_form(person, {"site": "nonsense"})["position"])


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Café Bos", "cafe-bos"), ("Çay Evi", "cay-evi"), ("قهوة", "qhwh"), ("A" * 120, "a" * 76)],
)
def test_the_word_is_made_from_the_name(editor: User, name: str, slug: str) -> None:
    assert saved(place_form(editor, {"name": name})).slug == slug


def test_a_name_without_letters_asks_for_a_word(editor: User) -> None:
    form = place_form(editor, {"name": "!!!"})
    assert "letters and figures" in str(form.errors["slug"])


def test_two_places_of_one_name_get_two_words(editor: User, neighbourhood: Neighbourhood) -> None:
    make_place(neighbourhood.site, slug="cafe-bos")
    assert saved(place_form(editor, {})).slug == "cafe-bos-2"


def test_a_word_that_is_taken_is_an_error(editor: User, neighbourhood: Neighbourhood) -> None:
    make_place(neighbourhood.site, slug="plein")
    form = place_form(editor, {"slug": "plein"})
    assert "already" in str(form.errors)


def test_the_other_neighbourhood_may_use_the_same_word(
    editor: User, other_neighbourhood: Neighbourhood
) -> None:
    make_place(other_neighbourhood.site, slug="plein")
    assert saved(place_form(editor, {"slug": "plein"})).slug == "plein"


def test_the_word_can_change_until_an_event_uses_the_place(
    editor: User, neighbourhood: Neighbourhood
) -> None:
    place = make_place(neighbourhood.site, slug="plein")
    place = saved(place_form(editor, {"slug": "pleintje"}, instance=place))
    make_event(neighbourhood, place=place, live=False)
    form = place_form(editor, {"slug": "plein"}, instance=place)
    assert "An event uses this place" in str(form.errors["slug"])
    assert form["slug"].value() == "plein"


def test_leaving_the_word_empty_keeps_it(editor: User, neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site, slug="plein")
    make_event(neighbourhood, place=place)
    place = saved(place_form(editor, {"name": "Bos en Lommerplein"}, instance=place))
    assert (place.name, place.slug) == ("Bos en Lommerplein", "plein")


def test_fields_that_are_not_in_the_form_change_nothing(
    editor: User, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    posted = {"site": str(other_neighbourhood.site.pk), "latitude": "1", "longitude": "2"}
    place = saved(place_form(editor, posted))
    assert place.site == neighbourhood.site
    assert place.latitude is None
