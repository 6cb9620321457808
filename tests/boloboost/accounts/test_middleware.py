"""Who gets into the admin: person × second factor × address × sample."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Permission
from django.test import Client, override_settings

from boloboost.accounts.enums import ADMIN_ROLES, Role
from boloboost.accounts.models import User
from boloboost.core.people.services import ensure_site_roles
from tests.factories import Neighbourhood, make_user
from tests.logins import add_second_factor, log_in_with_factor

ADMIN_PATHS = ("/beheer/", "/beheer/pages/", "/beheer/account/", "/beheer/no-such-page/")
SET_UP = "/account/2fa/?next="
USE = "/account/2fa/reauthenticate/?next="


def person(kind: str, neighbourhood: Neighbourhood) -> User:
    """Make somebody of each kind that has, or has not, rights in the admin."""
    if kind in Role.values:
        return make_user(f"{kind}@example.org", site=neighbourhood.site, role=Role(kind))
    user = make_user(f"{kind}@example.org")
    if kind == "superuser":
        user.is_superuser = user.is_staff = True
    elif kind == "permission":
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    user.save()
    return user


WITH_RIGHTS = [*sorted(ADMIN_ROLES), "superuser", "permission"]
WITHOUT_RIGHTS = [Role.RESIDENT.value, "nobody"]


@pytest.mark.parametrize("path", ADMIN_PATHS)
@pytest.mark.parametrize("kind", WITH_RIGHTS)
def test_admin_is_closed_until_a_factor_is_set_up(
    kind: str, path: str, neighbourhood: Neighbourhood
) -> None:
    client = Client(headers={"host": "bolo.example"})
    client.force_login(person(kind, neighbourhood))
    for method in ("get", "post", "put", "delete", "head", "options"):
        response = getattr(client, method)(path)
        assert response.status_code == 302, method
        assert response["Location"].startswith(SET_UP)


@pytest.mark.parametrize("kind", WITH_RIGHTS)
def test_admin_opens_with_a_factor(kind: str, neighbourhood: Neighbourhood) -> None:
    client = log_in_with_factor(person(kind, neighbourhood))
    assert client.get("/beheer/").status_code == 200


@pytest.mark.parametrize("kind", WITHOUT_RIGHTS)
@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_people_without_rights_get_a_403_with_or_without_a_factor(
    kind: str, path: str, neighbourhood: Neighbourhood
) -> None:
    user = person(kind, neighbourhood)
    client = Client(headers={"host": "bolo.example"})
    client.force_login(user)
    assert client.get(path).status_code == 403
    assert log_in_with_factor(user).get(path).status_code == 403


def test_staff_without_the_right_are_refused_not_sent_in_circles(
    neighbourhood: Neighbourhood,
) -> None:
    user = make_user("staff@example.org")
    user.is_staff = True
    user.save()
    assert log_in_with_factor(user).get("/beheer/").status_code == 403


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_visitors_are_sent_to_the_one_log_in_page(path: str, neighbourhood: Neighbourhood) -> None:
    response = Client(headers={"host": "bolo.example"}).get(f"{path}?p=2")
    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={path}%3Fp%3D2"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-requested-with": "XMLHttpRequest"},
        {"sec-fetch-mode": "cors"},
        {"accept": "application/json"},
    ],
)
def test_scripts_get_a_403_instead_of_a_detour(
    headers: dict[str, str], neighbourhood: Neighbourhood
) -> None:
    visitor = Client(headers={"host": "bolo.example"})
    assert visitor.get("/beheer/", headers=headers).status_code == 403
    without_factor = Client(headers={"host": "bolo.example"})
    without_factor.force_login(person("editor", neighbourhood))
    assert without_factor.get("/beheer/", headers=headers).status_code == 403
    posted = without_factor.post("/beheer/", "{}", content_type="application/json")
    assert posted.status_code == 403


def test_recovery_codes_alone_are_no_factor(neighbourhood: Neighbourhood) -> None:
    user = person("editor", neighbourhood)
    RecoveryCodes.activate(user)
    client = log_in_with_factor(user)
    assert client.get("/beheer/")["Location"].startswith(SET_UP)


def test_a_passkey_is_a_factor(neighbourhood: Neighbourhood) -> None:
    user = person("editor", neighbourhood)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    assert log_in_with_factor(user).get("/beheer/").status_code == 200


def test_a_session_from_before_the_factor_stays_outside(neighbourhood: Neighbourhood) -> None:
    user = person("key_holder", neighbourhood)
    old_session = Client(headers={"host": "bolo.example"})
    old_session.force_login(user)
    add_second_factor(user)
    assert old_session.get("/beheer/pages/")["Location"] == f"{USE}%2Fbeheer%2Fpages%2F"


def test_the_detour_says_why(neighbourhood: Neighbourhood) -> None:
    client = Client(headers={"host": "bolo.example"})
    client.force_login(person("editor", neighbourhood))
    page = client.get("/beheer/", follow=True)
    assert page.redirect_chain[-1][0].startswith(SET_UP)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


@pytest.mark.parametrize(
    ("sample", "host", "address", "opens"),
    [
        (True, "localhost:8000", "127.0.0.1", True),
        (True, "127.0.0.1:8000", "127.0.0.1", True),
        (True, "[::1]:8000", "::1", True),
        (True, "noord.localhost:8000", "127.0.0.1", True),
        (True, "localhost:8000", "192.0.2.7", False),
        (True, "bolo.example", "127.0.0.1", False),
        (False, "localhost:8000", "127.0.0.1", False),
    ],
)
def test_only_the_sample_on_this_machine_asks_no_factor(
    sample: bool, host: str, address: str, opens: bool, neighbourhood: Neighbourhood
) -> None:
    client = Client(headers={"host": host}, REMOTE_ADDR=address)
    client.force_login(person("editor", neighbourhood))
    with override_settings(SAMPLE=sample, ALLOWED_HOSTS=["*"]):
        response = client.get("/beheer/")
    assert response.status_code == (200 if opens else 302)


def test_a_right_taken_away_is_gone_on_the_next_request(neighbourhood: Neighbourhood) -> None:
    user = person("editor", neighbourhood)
    client = log_in_with_factor(user)
    assert client.get("/beheer/").status_code == 200
    user.groups.remove(ensure_site_roles(site=neighbourhood.site)[Role.EDITOR])
    assert client.get("/beheer/").status_code == 403


def test_a_disabled_account_is_outside_on_the_next_request(neighbourhood: Neighbourhood) -> None:
    user = person("editor", neighbourhood)
    client = log_in_with_factor(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/beheer/")["Location"].startswith("/account/login/")
