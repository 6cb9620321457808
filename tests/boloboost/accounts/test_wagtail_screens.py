"""Addresses and passwords are changed in allauth's pages, not in Wagtail's."""

import re

from django.test import Client

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from tests.factories import Neighbourhood, make_user
from tests.logins import log_in_with_factor


def test_the_account_screen_changes_the_name_and_language_only(
    neighbourhood: Neighbourhood,
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.EDITOR)
    body = log_in_with_factor(user).get("/beheer/account/").content.decode()
    assert 'type="password"' not in body
    assert 'type="email"' not in body
    assert 'name="name_email-first_name"' in body
    languages = re.search(r'name="locale-preferred_language".*?</select>', body, re.DOTALL)
    assert languages
    assert set(re.findall(r'value="(\w+)"', languages[0])) == {"nl", "en"}


def superuser(neighbourhood: Neighbourhood) -> Client:
    return log_in_with_factor(User.objects.create_superuser("root@example.org", "een lange zin"))


def test_a_superuser_makes_people_without_a_password(neighbourhood: Neighbourhood) -> None:
    client = superuser(neighbourhood)
    body = client.get("/beheer/users/new/").content.decode()
    assert 'type="password"' not in body
    form = {"email": "Bo@example.org", "first_name": "Bo", "last_name": "Baker"}
    assert client.post("/beheer/users/new/", form).status_code == 302
    bo = User.objects.get(email="bo@example.org")
    assert not bo.has_usable_password()
    assert client.get(f"/beheer/users/edit/{bo.pk}/").status_code == 200
    assert "bo@example.org" in client.get("/beheer/users/").content.decode()
