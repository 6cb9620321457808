"""Reads for the screens about people."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from wagtail.models import Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import SiteRole, User
from boloboost.accounts.second_factor import FACTOR_TYPES

from .rights import site_name


@dataclass(frozen=True)
class HeldRole:
    """One role of one person in one neighbourhood."""

    site: Site
    role: Role
    shows_site: bool

    def __str__(self) -> str:
        label = str(self.role.label)
        return f"{label} ({site_name(self.site)})" if self.shows_site else label


def people_in(sites: QuerySet[Site]) -> "QuerySet[User]":
    """Return everybody with a role in these neighbourhoods.

    ``has_factor`` tells of the second factor; ``groups_here`` is for ``roles_here``.
    """
    here = SiteRole.objects.filter(site__in=sites)
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTOR_TYPES)
    memberships = User.groups.through.objects.filter(user=OuterRef("pk"), group__site_role__in=here)
    groups = (
        Group.objects.filter(site_role__in=here)
        .select_related("site_role__site")
        .order_by("site_role__site_id", "pk")
    )
    people = User.objects.filter(Exists(memberships)).annotate(has_factor=Exists(factors))
    return people.prefetch_related(Prefetch("groups", queryset=groups, to_attr="groups_here"))


def roles_here(person: User, *, shows_site: bool) -> list[HeldRole]:
    """Return the roles that ``people_in`` fetched, in the order of the neighbourhoods."""
    return [
        HeldRole(group.site_role.site, Role(group.site_role.role), shows_site)
        for group in person.groups_here  # type: ignore[attr-defined]
    ]
