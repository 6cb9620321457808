"""Who may do what with an event's schedule and its guests."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from boloboost.accounts.enums import EVENT_ROLES, PUBLISHING_ROLES, Role
from boloboost.accounts.policies import SiteRolePolicy
from boloboost.accounts.roles import AnyUser, has_role, sites_of

from .models import Event, Occurrence


def may_run_event(user: AnyUser, event: Event) -> bool:
    """Tell whether a person may move, cancel and see the guests of an event.

    Editors and key holders of the neighbourhood may; a project lead only for events
    that they organise. None of it waits for moderation.
    """
    if has_role(user, event.site_id, PUBLISHING_ROLES):
        return True
    return (
        has_role(user, event.site_id, {Role.LEAD}) and event.organisers.filter(pk=user.pk).exists()
    )


class OccurrencePolicy(SiteRolePolicy):
    """Wagtail's view of ``may_run_event``, for lists of occurrences."""

    def __init__(self) -> None:
        super().__init__(Occurrence, {"change": EVENT_ROLES})

    @staticmethod
    def shares_site(user: AnyUser, occurrence: Occurrence) -> bool:
        """Tell whether a person writes events in this neighbourhood at all."""
        return has_role(user, occurrence.site_id, EVENT_ROLES)

    def user_has_any_permission_for_instance(
        self, user: AnyUser, actions: Iterable[str], instance: Model
    ) -> bool:
        assert isinstance(instance, Occurrence)
        return bool(self._roles_for(actions)) and may_run_event(user, instance.event)

    def instances_user_has_any_permission_for(
        self, user: AnyUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        if not self._roles_for(actions):
            return Occurrence.objects.none()
        own = Q(site__in=sites_of(user, {Role.LEAD}), event__organisers=user.pk)
        return Occurrence.objects.filter(
            Q(site__in=sites_of(user, PUBLISHING_ROLES)) | own
        ).distinct()
