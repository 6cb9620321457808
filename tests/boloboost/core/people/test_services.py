"""Giving and taking roles, inviting, taking a lost factor away: inside one neighbourhood."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.accounts.roles import has_role, roles_of
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.models import AuditEntry
from boloboost.core.people.errors import LastKeyHolderError
from boloboost.core.people.services import (
    give_role,
    invite_person,
    remove_role,
    reset_second_factor,
)
from tests.factories import Neighbourhood, make_user
from tests.logins import add_second_factor, log_in_with_factor


@pytest.fixture
def holder(neighbourhood: Neighbourhood) -> User:
    return make_user("sleutel@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)


@pytest.fixture
def helper(neighbourhood: Neighbourhood) -> User:
    return make_user("hulp@example.org", site=neighbourhood.site, role=Role.LEAD)


def logged_actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_a_key_holder_gives_and_takes_every_role(
    role: Role, holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    user = make_user("ans@example.org")
    site = neighbourhood.site
    assert give_role(user=user, site=site, role=role, actor=holder, now=now)
    assert roles_of(user) == {site.pk: {role}}
    assert not give_role(user=user, site=site, role=role, actor=holder, now=now)
    assert remove_role(user=user, site=site, role=role, actor=holder, now=now)
    assert roles_of(user) == {}
    assert not remove_role(user=user, site=site, role=role, actor=holder, now=now)
    assert logged_actions() == ["accounts.role_given", "accounts.role_removed"]


def test_the_log_names_actor_neighbourhood_and_role(
    holder: User, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    give_role(user=helper, site=neighbourhood.site, role=Role.EDITOR, actor=holder, now=now)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.site, entry.at) == (holder, neighbourhood.site, now)
    assert (entry.target_type, entry.target_id) == ("accounts.user", str(helper.pk))
    assert entry.data == {"role": "editor"}


def test_a_new_role_is_told_by_mail_once(
    holder: User, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    for _ in range(2):
        give_role(user=helper, site=neighbourhood.site, role=Role.EDITOR, actor=holder, now=now)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.recipient, mail.site) == (
        "account",
        helper.email,
        neighbourhood.site,
    )
    assert "/account/login/code/" in mail.context["text"]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.LEAD, Role.EDITOR, Role.CURATOR])
def test_only_key_holders_decide_about_people(
    role: Role, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    actor = make_user("actor@example.org", site=neighbourhood.site, role=role)
    site = neighbourhood.site
    with pytest.raises(PermissionDenied):
        give_role(user=helper, site=site, role=Role.EDITOR, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        remove_role(user=helper, site=site, role=Role.LEAD, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        invite_person(email="x@example.org", site=site, role=Role.LEAD, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        reset_second_factor(user=helper, site=site, actor=actor, now=now)
    assert logged_actions() == []


def test_a_key_holder_decides_nothing_elsewhere(
    holder: User,
    neighbourhood: Neighbourhood,
    other_neighbourhood: Neighbourhood,
    now: datetime,
) -> None:
    there = other_neighbourhood.site
    user = make_user("noord@example.org", site=there, role=Role.EDITOR)
    add_second_factor(user)
    with pytest.raises(PermissionDenied):
        give_role(user=user, site=there, role=Role.LEAD, actor=holder, now=now)
    with pytest.raises(PermissionDenied):
        remove_role(user=user, site=there, role=Role.EDITOR, actor=holder, now=now)
    with pytest.raises(PermissionDenied):
        invite_person(email="x@example.org", site=there, role=Role.LEAD, actor=holder, now=now)
    for site in (there, neighbourhood.site):
        with pytest.raises(PermissionDenied):
            reset_second_factor(user=user, site=site, actor=holder, now=now)


def test_a_role_here_is_no_role_there(
    holder: User,
    helper: User,
    neighbourhood: Neighbourhood,
    other_neighbourhood: Neighbourhood,
    now: datetime,
) -> None:
    give_role(user=helper, site=neighbourhood.site, role=Role.KEY_HOLDER, actor=holder, now=now)
    assert has_role(helper, neighbourhood.site.pk, {Role.KEY_HOLDER})
    assert not has_role(helper, other_neighbourhood.site.pk, set(Role))


@pytest.mark.parametrize("is_superuser", [True, False])
def test_nobody_gives_themselves_a_role(
    is_superuser: bool, holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    holder.is_superuser = is_superuser
    holder.save()
    site = neighbourhood.site
    with pytest.raises(PermissionDenied):
        give_role(user=holder, site=site, role=Role.EDITOR, actor=holder, now=now)
    with pytest.raises(PermissionDenied):
        invite_person(email=holder.email, site=site, role=Role.EDITOR, actor=holder, now=now)


def test_the_last_key_holder_stays(
    holder: User, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    site = neighbourhood.site
    with pytest.raises(LastKeyHolderError):
        remove_role(user=holder, site=site, role=Role.KEY_HOLDER, actor=holder, now=now)
    give_role(user=helper, site=site, role=Role.KEY_HOLDER, actor=holder, now=now)
    assert remove_role(user=holder, site=site, role=Role.KEY_HOLDER, actor=holder, now=now)


def test_a_key_holder_who_may_not_log_in_does_not_count(
    holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    gone = make_user("weg@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    gone.is_active = False
    gone.save()
    with pytest.raises(LastKeyHolderError):
        remove_role(
            user=holder, site=neighbourhood.site, role=Role.KEY_HOLDER, actor=holder, now=now
        )
    assert remove_role(
        user=gone, site=neighbourhood.site, role=Role.KEY_HOLDER, actor=holder, now=now
    )


def test_an_invited_person_gets_an_account_without_password_and_a_mail(
    holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    site = neighbourhood.site
    user = invite_person(
        email="Nieuw@Example.org", site=site, role=Role.EDITOR, actor=holder, now=now
    )
    assert user.email == "nieuw@example.org"
    assert not user.has_usable_password()
    assert not EmailAddress.objects.get(user=user).verified
    assert roles_of(user) == {site.pk: {Role.EDITOR}}
    assert OutgoingMail.objects.get().recipient == user.email
    assert logged_actions() == ["accounts.person_invited", "accounts.role_given"]


def test_inviting_somebody_with_an_account_only_gives_the_role(
    holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    known = make_user("bekend@example.org")
    found = invite_person(
        email="BEKEND@example.org",
        site=neighbourhood.site,
        role=Role.LEAD,
        actor=holder,
        now=now,
    )
    assert found == known
    assert found.has_usable_password()
    assert logged_actions() == ["accounts.role_given"]


def test_a_reset_takes_every_factor_ends_sessions_tells_and_is_logged(
    holder: User, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    add_second_factor(helper)
    client = log_in_with_factor(helper)
    assert client.get("/beheer/").status_code == 200
    reset_second_factor(user=helper, site=neighbourhood.site, actor=holder, now=now)
    assert not Authenticator.objects.filter(user=helper).exists()
    assert client.get("/beheer/")["Location"].startswith("/account/login/")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.target_id) == (
        "accounts.factor_reset",
        holder,
        str(helper.pk),
    )
    assert OutgoingMail.objects.get().recipient == helper.email


def test_nobody_takes_their_own_factor_away_here(
    holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    add_second_factor(holder)
    with pytest.raises(PermissionDenied):
        reset_second_factor(user=holder, site=neighbourhood.site, actor=holder, now=now)
    assert Authenticator.objects.filter(user=holder).exists()


def test_only_a_superuser_takes_the_factor_of_a_superuser_away(
    holder: User, helper: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    helper.is_superuser = True
    helper.save()
    add_second_factor(helper)
    with pytest.raises(PermissionDenied):
        reset_second_factor(user=helper, site=neighbourhood.site, actor=holder, now=now)
    root = User.objects.create_superuser("root@example.org", "wachtwoord van root")
    reset_second_factor(user=helper, site=neighbourhood.site, actor=root, now=now)
    assert not Authenticator.objects.filter(user=helper).exists()


def test_a_role_taken_away_is_gone_on_the_next_request(
    holder: User, neighbourhood: Neighbourhood, now: datetime
) -> None:
    other = make_user("twee@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    client: Client = log_in_with_factor(other)
    assert client.get("/beheer/people/").status_code == 200
    remove_role(user=other, site=neighbourhood.site, role=Role.KEY_HOLDER, actor=holder, now=now)
    assert client.get("/beheer/people/").status_code == 403
