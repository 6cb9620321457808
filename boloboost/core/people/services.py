"""Writing who does what in a neighbourhood. Each act is in the audit trail."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from boloboost.accounts.enums import ADMIN_ROLES, Role
from boloboost.accounts.models import SiteRole, User
from boloboost.accounts.roles import forget_roles
from boloboost.accounts.services import create_account, remove_second_factor

from ..audit import record_audit
from .account_mail import language_of, queue_account_mail
from .errors import LastKeyHolderError
from .policies import (
    is_last_key_holder,
    may_give_role,
    may_manage_people,
    may_remove_role,
    may_reset_second_factor,
)
from .rights import apply_rights, site_name

GROUP_NAME_LENGTH = 150


def ensure_site_roles(*, site: Site) -> dict[Role, Group]:
    """Make the five groups of a neighbourhood and give them their rights.

    Running it again repairs what is missing and takes away what does not belong.
    """
    with transaction.atomic():
        _lock(site)
        present = {
            Role(row.role): row.group
            for row in SiteRole.objects.filter(site=site).select_related("group")
        }
        groups = {role: _ensure_group(site, role, present.get(role)) for role in Role}
        apply_rights(site=site, groups=groups)
    return groups


def give_role(*, user: User, site: Site, role: Role, actor: User, now: datetime) -> bool:
    """Give somebody a role and tell them by mail; return False if they had it already.

    Raises:
        PermissionDenied: ``actor`` is no key holder here, or gives to themselves.
    """
    if not may_give_role(actor=actor, user=user, site=site):
        raise PermissionDenied(_("Only a key holder gives roles, and never to themselves."))
    with transaction.atomic():
        group = _group_of(site, role)
        if user.groups.filter(pk=group.pk).exists():
            return False
        user.groups.add(group)
        forget_roles(user)
        record_audit(
            action="accounts.role_given",
            now=now,
            site=site,
            actor=actor,
            target=user,
            data={"role": role.value},
        )
        _tell_about_role(user=user, site=site, role=role, now=now)
    return True


def remove_role(*, user: User, site: Site, role: Role, actor: User, now: datetime) -> bool:
    """Take a role away; it is gone on the next request. Return False if they had it not.

    Raises:
        PermissionDenied: ``actor`` is no key holder here.
        LastKeyHolderError: nobody else is key holder.
    """
    if not may_remove_role(actor=actor, site=site):
        raise PermissionDenied(_("Only a key holder takes roles away."))
    with transaction.atomic():
        _lock(site)
        group = _group_of(site, role)
        if not user.groups.filter(pk=group.pk).exists():
            return False
        if role == Role.KEY_HOLDER and is_last_key_holder(user=user, site=site):
            raise LastKeyHolderError
        user.groups.remove(group)
        forget_roles(user)
        record_audit(
            action="accounts.role_removed",
            now=now,
            site=site,
            actor=actor,
            target=user,
            data={"role": role.value},
        )
    return True


def invite_person(*, email: str, site: Site, role: Role, actor: User, now: datetime) -> User:
    """Give a role to whoever has this address, making an account if there is none.

    The new account has no password: its owner signs in with a mailed code.

    Raises:
        PermissionDenied: ``actor`` is no key holder here, or invites themselves.
    """
    if not may_manage_people(actor=actor, site=site):
        raise PermissionDenied(_("Only a key holder invites people."))
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = create_account(email=email, now=now)
            record_audit(
                action="accounts.person_invited", now=now, site=site, actor=actor, target=user
            )
        give_role(user=user, site=site, role=role, actor=actor, now=now)
    return user


def reset_second_factor(*, user: User, site: Site, actor: User, now: datetime) -> None:
    """Take away somebody's lost second factor, sign them out everywhere and tell them.

    Raises:
        PermissionDenied: see ``policies.may_reset_second_factor``.
    """
    if not may_reset_second_factor(actor=actor, user=user, site=site):
        raise PermissionDenied(_("Ask another key holder."))
    with transaction.atomic():
        removed = remove_second_factor(user=user)
        record_audit(
            action="accounts.factor_reset",
            now=now,
            site=site,
            actor=actor,
            target=user,
            data={"factors": removed},
        )
        _tell_about_reset(user=user, site=site, now=now)


def _lock(site: Site) -> None:
    """Let changes to the roles of one neighbourhood come one after another."""
    Site.objects.select_for_update().get(pk=site.pk)


def _group_of(site: Site, role: Role) -> Group:
    found = SiteRole.objects.filter(site=site, role=role).select_related("group").first()
    return found.group if found is not None else ensure_site_roles(site=site)[role]


def _ensure_group(site: Site, role: Role, group: Group | None) -> Group:
    name = _group_name(site, role, taken_unless=group)
    if group is None:
        group = Group.objects.create(name=name)
        SiteRole.objects.create(site=site, role=role, group=group)
    elif group.name != name:
        group.name = name
        group.save(update_fields=["name"])
    return group


def _group_name(site: Site, role: Role, *, taken_unless: Group | None) -> str:
    with override(settings.LANGUAGE_CODE):
        ending = f": {role.label}"
    name = site_name(site)[: GROUP_NAME_LENGTH - len(ending)] + ending
    others = Group.objects.filter(name=name)
    if taken_unless is not None:
        others = others.exclude(pk=taken_unless.pk)
    if others.exists():
        ending = f" ({site.pk}){ending}"
        name = site_name(site)[: GROUP_NAME_LENGTH - len(ending)] + ending
    return name


def _tell_about_role(*, user: User, site: Site, role: Role, now: datetime) -> None:
    with override(language_of(user)):
        names = {"site": site_name(site), "role": role.label}
        lines = [
            _("Hello! You have a new role at %(site)s: %(role)s.") % names,
            _("Sign in with this mail address. You do not need a password: we mail you a code.")
            + "\n"
            + _address("account_request_login_code"),
        ]
        if role in ADMIN_ROLES:
            lines.append(
                _(
                    "The first time we ask you to set up a second lock: an app on your phone or a"
                    " passkey."
                )
            )
        subject = _("Your role at %(site)s: %(role)s") % names
        _queue(user, site, subject, lines, now)


def _tell_about_reset(*, user: User, site: Site, now: datetime) -> None:
    with override(language_of(user)):
        names = {"site": site_name(site)}
        lines = [
            _("Hello! A key holder of %(site)s took the second lock off your account.") % names,
            _("You are signed out everywhere. Sign in again and set up a new lock:")
            + "\n"
            + _address("account_login"),
            _("Did you not ask for this? Call a key holder you know, today."),
        ]
        _queue(user, site, _("Your second lock at %(site)s is off") % names, lines, now)


def _queue(user: User, site: Site, subject: str, lines: list[str], now: datetime) -> None:
    queue_account_mail(
        site=site,
        recipient=user.email,
        language=language_of(user),
        subject=subject,
        text="\n\n".join(lines) + "\n",
        now=now,
    )


def _address(view_name: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL, reverse(view_name))
