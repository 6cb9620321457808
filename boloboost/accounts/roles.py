"""Who has which role in which neighbourhood (decision 6).

Wagtail's own rights on snippets and models are global. These functions are the
one place that knows which sites a person belongs to.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Union

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Site

from .enums import ADMIN_ROLES, Role

if TYPE_CHECKING:
    from .models import User

AnyUser = Union["User", AnonymousUser]


def roles_of(user: AnyUser) -> dict[int, frozenset[Role]]:
    """Return ``{site id: roles}`` for one person; asked of the database once a request."""
    if not user.is_authenticated or not user.is_active:
        return {}
    cached: dict[int, frozenset[Role]] | None = getattr(user, "_roles_by_site", None)
    if cached is None:
        found: dict[int, set[Role]] = {}
        pairs = user.groups.filter(site_role__isnull=False).values_list(
            "site_role__site_id", "site_role__role"
        )
        for site_id, role in pairs:
            found.setdefault(site_id, set()).add(Role(role))
        cached = {site_id: frozenset(roles) for site_id, roles in found.items()}
        user.__dict__["_roles_by_site"] = cached
    return cached


def forget_roles(user: AnyUser) -> None:
    """Make the next question about this person's roles ask the database again."""
    user.__dict__.pop("_roles_by_site", None)


def has_role(user: AnyUser, site_id: int, roles: Iterable[Role]) -> bool:
    """Tell whether this person has one of ``roles`` in this neighbourhood."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or not roles_of(user).get(site_id, frozenset()).isdisjoint(roles)


def sites_of(user: AnyUser, roles: Iterable[Role] = ADMIN_ROLES) -> QuerySet[Site]:
    """Return the neighbourhoods in which this person has one of ``roles``."""
    if not user.is_authenticated or not user.is_active:
        return Site.objects.none()
    if user.is_superuser:
        return Site.objects.all()
    wanted = frozenset(roles)
    ids = [site_id for site_id, held in roles_of(user).items() if not held.isdisjoint(wanted)]
    return Site.objects.filter(pk__in=ids)


def people_with_role(site_id: int, roles: Iterable[Role]) -> "QuerySet[User]":
    """Return the active people who have one of ``roles`` in this neighbourhood."""
    from .models import User

    return User.objects.filter(
        is_active=True,
        groups__site_role__site_id=site_id,
        groups__site_role__role__in=list(roles),
    ).distinct()
