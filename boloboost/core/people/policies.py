"""Who may decide about the people of a neighbourhood."""

from django.db.models import QuerySet
from wagtail.models import Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.accounts.roles import AnyUser, has_role, people_with_role, roles_of, sites_of

KEY_HOLDERS = frozenset({Role.KEY_HOLDER})


def sites_to_manage(actor: AnyUser) -> QuerySet[Site]:
    """Return the neighbourhoods whose people ``actor`` decides about."""
    return sites_of(actor, KEY_HOLDERS)


def may_manage_people(*, actor: AnyUser, site: Site) -> bool:
    """Key holders of the neighbourhood, and the installation's superusers."""
    return has_role(actor, site.pk, KEY_HOLDERS)


def may_give_role(*, actor: AnyUser, user: User, site: Site) -> bool:
    """Nobody gives themselves a role."""
    return may_manage_people(actor=actor, site=site) and actor.pk != user.pk


def may_remove_role(*, actor: AnyUser, site: Site) -> bool:
    """Also from oneself: a key holder who hands over may leave."""
    return may_manage_people(actor=actor, site=site)


def is_last_key_holder(*, user: User, site: Site) -> bool:
    """Tell whether nobody else could keep this neighbourhood's site alive."""
    holders = people_with_role(site.pk, KEY_HOLDERS)
    return holders.filter(pk=user.pk).exists() and not holders.exclude(pk=user.pk).exists()


def may_reset_second_factor(*, actor: AnyUser, user: User, site: Site) -> bool:
    """A key holder, for somebody with a role here; never for oneself or above oneself."""
    return (
        may_manage_people(actor=actor, site=site)
        and actor.pk != user.pk
        and site.pk in roles_of(user)
        and (actor.is_superuser or not user.is_superuser)
    )
