"""Role x state: who may run an event. Time plays no part: none of it waits."""

import pytest

from boloboost.accounts.enums import Role
from events.policies import OccurrencePolicy, may_run_event
from events.services.schedule import cancel_occurrence
from tests.factories import NOW, Neighbourhood, make_event, make_user, occurrence_of

ROLES = [
    (Role.RESIDENT, False, False),
    (Role.LEAD, False, True),
    (Role.EDITOR, True, True),
    (Role.CURATOR, False, False),
    (Role.KEY_HOLDER, True, True),
]


@pytest.mark.parametrize("state", ["scheduled", "cancelled", "unpublished"])
@pytest.mark.parametrize(("role", "others", "own"), ROLES)
def test_who_runs_an_event(
    neighbourhood: Neighbourhood, role: Role, others: bool, own: bool, state: str
) -> None:
    user = make_user("iemand@example.org", site=neighbourhood.site, role=role)
    page = make_event(neighbourhood)
    occurrence = occurrence_of(page)
    if state == "cancelled":
        cancel_occurrence(occurrence_id=occurrence.pk, reason="Regen", actor=None, now=NOW)
    elif state == "unpublished":
        page.unpublish()
    assert may_run_event(user, occurrence.event) is others
    occurrence.event.organisers.add(user)
    assert may_run_event(user, occurrence.event) is own
    listed = OccurrencePolicy().instances_user_has_any_permission_for(user, ["change"])
    assert listed.filter(pk=occurrence.pk).exists() is own


@pytest.mark.parametrize("role", list(Role))
def test_nobody_runs_another_neighbourhoods_event(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood, role: Role
) -> None:
    user = make_user("iemand@example.org", site=neighbourhood.site, role=role)
    occurrence = occurrence_of(make_event(other_neighbourhood))
    occurrence.event.organisers.add(user)
    assert not may_run_event(user, occurrence.event)
    listed = OccurrencePolicy().instances_user_has_any_permission_for(user, ["change"])
    assert not listed.exists()


def test_a_right_taken_away_is_gone(neighbourhood: Neighbourhood) -> None:
    user = make_user("iemand@example.org", site=neighbourhood.site, role=Role.EDITOR)
    event = occurrence_of(make_event(neighbourhood)).event
    assert may_run_event(user, event)
    user.groups.clear()
    fresh = type(user).objects.get(pk=user.pk)
    assert not may_run_event(fresh, event)


def test_somebody_inactive_runs_nothing(neighbourhood: Neighbourhood) -> None:
    user = make_user("iemand@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    user.is_active = False
    assert not may_run_event(user, occurrence_of(make_event(neighbourhood)).event)
