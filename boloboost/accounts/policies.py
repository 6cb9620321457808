"""Wagtail permission policy that keeps every model view inside one's own neighbourhoods."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Site
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from .enums import Role
from .roles import AnyUser, has_role, people_with_role, sites_of


class SiteRolePolicy(BaseDjangoAuthPermissionPolicy):
    """Rights on a model with a ``site`` foreign key, as ``{action: roles}``.

    Actions are Wagtail's words: add, change, delete, view. An action that is not
    in the table is nobody's.
    """

    def __init__(
        self,
        model: type[Model],
        roles: Mapping[str, frozenset[Role]],
        *,
        site_lookup: str = "site",
    ) -> None:
        super().__init__(model)
        self.roles = roles
        self.site_lookup = site_lookup

    def _roles_for(self, actions: Iterable[str]) -> frozenset[Role]:
        return frozenset().union(*(self.roles.get(action, frozenset()) for action in actions))

    def _site_id(self, instance: Model) -> int:
        found: Any = instance
        *relations, last = self.site_lookup.split("__")
        for relation in relations:
            found = getattr(found, relation)
        return int(getattr(found, f"{last}_id"))

    def sites_user_has_any_permission_for(
        self, user: AnyUser, actions: Iterable[str]
    ) -> QuerySet[Site]:
        """Return the neighbourhoods in which this person may do one of ``actions``."""
        roles = self._roles_for(actions)
        return sites_of(user, roles) if roles else Site.objects.none()

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: AnyUser, actions: Iterable[str]) -> bool:
        roles = self._roles_for(actions)
        return bool(roles) and sites_of(user, roles).exists()

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: AnyUser, actions: Iterable[str], instance: Model
    ) -> bool:
        roles = self._roles_for(actions)
        return bool(roles) and has_role(user, self._site_id(instance), roles)

    def instances_user_has_any_permission_for(
        self, user: AnyUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        sites = self.sites_user_has_any_permission_for(user, actions)
        return self.model._default_manager.filter(**{f"{self.site_lookup}__in": sites})

    def instances_user_has_permission_for(self, user: AnyUser, action: str) -> QuerySet[Any]:
        return self.instances_user_has_any_permission_for(user, [action])

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        raise NotImplementedError("Ask people_with_role() for one neighbourhood.")

    def users_with_permission(self, action: str) -> QuerySet[Any]:
        return self.users_with_any_permission([action])

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet[Any]:
        return people_with_role(self._site_id(instance), self._roles_for(actions))

    def users_with_permission_for_instance(self, action: str, instance: Model) -> QuerySet[Any]:
        return self.users_with_any_permission_for_instance([action], instance)
