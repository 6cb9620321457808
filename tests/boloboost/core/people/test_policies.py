"""Role × whom × where, for every decision about people."""

import pytest
from django.contrib.auth.models import AnonymousUser

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.core.people.policies import (
    is_last_key_holder,
    may_give_role,
    may_manage_people,
    may_remove_role,
    may_reset_second_factor,
    sites_to_manage,
)
from tests.factories import Neighbourhood, make_user

ACTORS = [*Role.values, "superuser", "nobody", "inactive"]


def actor_of(kind: str, neighbourhood: Neighbourhood) -> User:
    if kind in Role.values:
        return make_user("actor@example.org", site=neighbourhood.site, role=Role(kind))
    if kind == "inactive":
        user = make_user("actor@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
        user.is_active = False
    else:
        user = make_user("actor@example.org")
        user.is_superuser = kind == "superuser"
    user.save()
    return user


@pytest.mark.parametrize("kind", ACTORS)
def test_who_decides_here(
    kind: str, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    actor = actor_of(kind, neighbourhood)
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.LEAD)
    here = neighbourhood.site
    allowed = kind in {"key_holder", "superuser"}
    assert may_manage_people(actor=actor, site=here) is allowed
    assert may_give_role(actor=actor, user=user, site=here) is allowed
    assert may_remove_role(actor=actor, site=here) is allowed
    assert may_reset_second_factor(actor=actor, user=user, site=here) is allowed
    assert not may_give_role(actor=actor, user=actor, site=here)
    assert not may_reset_second_factor(actor=actor, user=actor, site=here)


@pytest.mark.parametrize("kind", ACTORS)
def test_who_decides_elsewhere(
    kind: str, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    actor = actor_of(kind, neighbourhood)
    there = other_neighbourhood.site
    user = make_user("noord@example.org", site=there, role=Role.LEAD)
    allowed = kind == "superuser"
    assert may_manage_people(actor=actor, site=there) is allowed
    assert may_give_role(actor=actor, user=user, site=there) is allowed
    assert may_remove_role(actor=actor, site=there) is allowed
    assert may_reset_second_factor(actor=actor, user=user, site=there) is allowed
    assert not may_reset_second_factor(actor=actor, user=user, site=neighbourhood.site)
    assert (there in sites_to_manage(actor)) is allowed


def test_visitors_decide_nothing(neighbourhood: Neighbourhood) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.LEAD)
    visitor = AnonymousUser()
    assert not may_manage_people(actor=visitor, site=neighbourhood.site)
    assert not may_reset_second_factor(actor=visitor, user=user, site=neighbourhood.site)
    assert not sites_to_manage(visitor).exists()


def test_the_last_key_holder_is_counted_per_neighbourhood(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    here = make_user("hier@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    make_user("daar@example.org", site=other_neighbourhood.site, role=Role.KEY_HOLDER)
    editor = make_user("red@example.org", site=neighbourhood.site, role=Role.EDITOR)
    assert is_last_key_holder(user=here, site=neighbourhood.site)
    assert not is_last_key_holder(user=editor, site=neighbourhood.site)
    make_user("nog@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    assert not is_last_key_holder(user=here, site=neighbourhood.site)
