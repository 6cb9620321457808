"""The screens about people, for key holders of one neighbourhood and nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.accounts.roles import roles_of
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.models import AuditEntry
from tests.factories import Neighbourhood, make_user
from tests.logins import add_second_factor, log_in_with_factor


@pytest.fixture
def holder(neighbourhood: Neighbourhood) -> Client:
    user = make_user("sleutel@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    return log_in_with_factor(user)


@pytest.fixture
def helper(neighbourhood: Neighbourhood) -> User:
    return make_user(
        "hulp@example.org", site=neighbourhood.site, role=Role.LEAD, first_name="Hilde"
    )


@pytest.fixture
def stranger(other_neighbourhood: Neighbourhood) -> User:
    return make_user(
        "noord@example.org", site=other_neighbourhood.site, role=Role.EDITOR, first_name="Nora"
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_list_shows_ones_own_people_only(
    holder: Client, helper: User, stranger: User, neighbourhood: Neighbourhood
) -> None:
    make_user("buur@example.org", first_name="Buur")
    body = holder.get("/beheer/people/").content.decode()
    assert "hulp@example.org" in body
    assert "sleutel@example.org" in body
    for nobody in ("noord@example.org", "Nora", "buur@example.org", "Noord"):
        assert nobody not in body


@pytest.mark.parametrize("path", ["/beheer/people/", "/beheer/people/results/"])
def test_the_list_is_searched(path: str, holder: Client, helper: User, stranger: User) -> None:
    for words, found in (("Hild", True), ("hulp@", True), ("sleutel", False)):
        assert (b"hulp@example.org" in holder.get(path, {"q": words}).content) is found
    assert b"noord@example.org" not in holder.get(path, {"q": "Nora"}).content


def test_the_roles_of_another_neighbourhood_stay_there(
    holder: Client, helper: User, other_neighbourhood: Neighbourhood
) -> None:
    make_user("x@example.org", site=other_neighbourhood.site, role=Role.CURATOR)
    curators = other_neighbourhood.site.roles.get(role=Role.CURATOR).group
    helper.groups.add(curators)
    page = holder.get(f"/beheer/people/{helper.pk}/")
    assert [str(held) for held in page.context["roles"]] == [str(Role.LEAD.label)]


def test_the_list_asks_as_much_for_many_as_for_few(
    holder: Client, neighbourhood: Neighbourhood
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert holder.get("/beheer/people/").status_code == 200
        return len(found)

    def add(start: int) -> None:
        for number in range(start, start + 5):
            make_user(f"p{number}@example.org", site=neighbourhood.site, role=Role.LEAD)

    add(0)
    queries()
    few = queries()
    add(5)
    assert queries() == few


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/beheer/people/{pk}/"),
        ("post", "/beheer/people/{pk}/"),
        ("post", "/beheer/people/{pk}/remove-role/"),
        ("get", "/beheer/people/{pk}/reset-factor/"),
        ("post", "/beheer/people/{pk}/reset-factor/"),
    ],
)
def test_a_person_of_another_neighbourhood_is_a_404(
    method: str,
    path: str,
    holder: Client,
    stranger: User,
    neighbourhood: Neighbourhood,
    other_neighbourhood: Neighbourhood,
) -> None:
    add_second_factor(stranger)
    for site in (neighbourhood.site, other_neighbourhood.site):
        form = {"site": site.pk, "role": "editor"}
        response = getattr(holder, method)(path.format(pk=stranger.pk), form)
        assert response.status_code == 404
    assert roles_of(fresh(stranger)) == {other_neighbourhood.site.pk: {Role.EDITOR}}
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR, Role.CURATOR])
def test_other_roles_see_no_screen_and_no_menu_item(
    role: Role, helper: User, neighbourhood: Neighbourhood
) -> None:
    client = log_in_with_factor(make_user("ander@example.org", site=neighbourhood.site, role=role))
    for path in ("", "results/", "invite/", f"{helper.pk}/", f"{helper.pk}/reset-factor/"):
        response = client.get(f"/beheer/people/{path}")
        assert response.status_code == 302, path
        assert response["Location"] == "/beheer/"
    assert b"/beheer/people/" not in client.get("/beheer/").content


def test_key_holders_see_the_menu_item_but_none_of_wagtails_own(holder: Client) -> None:
    body = holder.get("/beheer/").content.decode()
    assert "/beheer/people/" in body
    for path in ("users", "groups", "sites", "locales", "workflows", "collections", "redirects"):
        assert f"/beheer/{path}/" not in body, path


@pytest.mark.parametrize(
    "path",
    ["users/", "groups/", "sites/", "locales/", "workflows/list/", "collections/", "redirects/"],
)
def test_wagtails_own_screens_are_closed_to_key_holders(path: str, holder: Client) -> None:
    response = holder.get(f"/beheer/{path}")
    assert (response.status_code, response["Location"]) == (302, "/beheer/")


def test_a_role_is_given_and_taken(
    holder: Client, helper: User, neighbourhood: Neighbourhood
) -> None:
    site = neighbourhood.site
    page = f"/beheer/people/{helper.pk}/"
    given = holder.post(page, {"site": site.pk, "role": "editor"})
    assert given["Location"] == page
    assert roles_of(fresh(helper)) == {site.pk: {Role.LEAD, Role.EDITOR}}
    holder.post(f"{page}remove-role/", {"site": site.pk, "role": "editor"})
    assert roles_of(fresh(helper)) == {site.pk: {Role.LEAD}}
    left = holder.post(f"{page}remove-role/", {"site": site.pk, "role": "lead"})
    assert left["Location"] == "/beheer/people/"


@pytest.mark.parametrize("form", [{}, {"site": "1"}, {"site": "x", "role": "king"}])
def test_nonsense_gives_no_role(form: dict[str, str], holder: Client, helper: User) -> None:
    assert holder.post(f"/beheer/people/{helper.pk}/", form).status_code == 200
    assert holder.post(f"/beheer/people/{helper.pk}/remove-role/", form).status_code == 404
    assert not AuditEntry.objects.exists()


def test_a_key_holder_cannot_name_another_neighbourhood(
    holder: Client, helper: User, other_neighbourhood: Neighbourhood
) -> None:
    there = {"site": other_neighbourhood.site.pk, "role": "editor", "email": "x@example.org"}
    assert holder.post(f"/beheer/people/{helper.pk}/", there).status_code == 200
    assert holder.post("/beheer/people/invite/", there).status_code == 200
    assert not User.objects.filter(email="x@example.org").exists()
    assert not AuditEntry.objects.exists()


def test_the_last_key_holder_is_told_why_not(holder: Client, neighbourhood: Neighbourhood) -> None:
    me = User.objects.get(email="sleutel@example.org")
    form = {"site": neighbourhood.site.pk, "role": "key_holder"}
    page = holder.post(f"/beheer/people/{me.pk}/remove-role/", form, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert Role.KEY_HOLDER in roles_of(fresh(me))[neighbourhood.site.pk]


def test_somebody_is_invited(holder: Client, neighbourhood: Neighbourhood) -> None:
    form = {"email": "nieuw@example.org", "site": neighbourhood.site.pk, "role": "editor"}
    response = holder.post("/beheer/people/invite/", form)
    user = User.objects.get(email="nieuw@example.org")
    assert response["Location"] == f"/beheer/people/{user.pk}/"
    assert roles_of(user) == {neighbourhood.site.pk: {Role.EDITOR}}
    assert OutgoingMail.objects.get().recipient == user.email


def test_inviting_oneself_is_an_error_at_the_field(
    holder: Client, neighbourhood: Neighbourhood
) -> None:
    form = {"email": "sleutel@example.org", "site": neighbourhood.site.pk, "role": "editor"}
    page = holder.post("/beheer/people/invite/", form)
    assert page.status_code == 200
    assert page.context["form"].errors["email"]


def test_the_neighbourhood_is_asked_only_when_there_is_a_choice(
    holder: Client, other_neighbourhood: Neighbourhood
) -> None:
    field = holder.get("/beheer/people/invite/").context["form"]["site"]
    assert field.is_hidden
    me = User.objects.get(email="sleutel@example.org")
    make_user("x@example.org", site=other_neighbourhood.site, role=Role.KEY_HOLDER)
    me.groups.add(other_neighbourhood.site.roles.get(role=Role.KEY_HOLDER).group)
    field = holder.get("/beheer/people/invite/").context["form"]["site"]
    assert not field.is_hidden
    assert field.field.queryset.count() == 2


def test_a_lost_factor_is_taken_off_after_an_explanation(
    holder: Client, helper: User, neighbourhood: Neighbourhood
) -> None:
    add_second_factor(helper)
    path = f"/beheer/people/{helper.pk}/reset-factor/"
    assert path in holder.get(f"/beheer/people/{helper.pk}/").content.decode()
    assert holder.get(path).status_code == 200
    assert helper.authenticator_set.exists()
    holder.post(path, {"site": neighbourhood.site.pk})
    assert not helper.authenticator_set.exists()
    assert AuditEntry.objects.get().action == "accounts.factor_reset"


def test_ones_own_factor_and_that_of_a_superuser_cannot_be_taken_off(
    holder: Client, helper: User, neighbourhood: Neighbourhood
) -> None:
    helper.is_superuser = True
    helper.save()
    add_second_factor(helper)
    for user in (helper, User.objects.get(email="sleutel@example.org")):
        path = f"/beheer/people/{user.pk}/reset-factor/"
        assert path not in holder.get(f"/beheer/people/{user.pk}/").content.decode()
        for response in (holder.get(path), holder.post(path, {"site": neighbourhood.site.pk})):
            assert (response.status_code, response["Location"]) == (302, "/beheer/")
        assert user.authenticator_set.exists()


def test_a_superuser_sees_every_neighbourhood(
    helper: User, stranger: User, neighbourhood: Neighbourhood
) -> None:
    root = User.objects.create_superuser("root@example.org", "wachtwoord van root")
    body = log_in_with_factor(root).get("/beheer/people/").content.decode()
    assert "hulp@example.org" in body
    assert "noord@example.org" in body


def test_every_screen_has_a_crumb_and_escapes_names(
    holder: Client, neighbourhood: Neighbourhood
) -> None:
    name = '"><svg onload=alert(1)>'
    user = make_user("marker@example.org", site=neighbourhood.site, role=Role.LEAD, first_name=name)
    add_second_factor(user)
    for path in ("", f"{user.pk}/", f"{user.pk}/reset-factor/"):
        body = holder.get(f"/beheer/people/{path}").content.decode()
        assert "<svg onload" not in body


def test_a_get_gives_nothing_away(holder: Client, helper: User) -> None:
    assert holder.get(f"/beheer/people/{helper.pk}/remove-role/").status_code == 405
    assert not AuditEntry.objects.exists()
