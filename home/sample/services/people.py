"""Accounts of the sample, and the file with their passwords."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from boloboost.accounts.models import User
from boloboost.accounts.services import create_account
from boloboost.core.audit import record_audit
from boloboost.core.people.services import ensure_site_roles

from ..shapes import NeighbourhoodSample, PersonSample
from .report import Report

LOGINS_FILE = "sample-logins.txt"
# No letters or digits that look alike: people type these over.
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105
PASSWORD_GROUPS, PASSWORD_GROUP_LENGTH = 4, 4


def logins_path() -> Path:
    """Return the file that holds one ``address password`` a line."""
    return Path(settings.VAR_DIR) / LOGINS_FILE


def read_logins() -> dict[str, str]:
    """Return ``{mail address: password}``; empty when there is no file."""
    try:
        lines = logins_path().read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(pair for line in lines if len(pair := line.split()) == 2)


def _write_logins(logins: dict[str, str]) -> None:
    path = logins_path()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{email} {password}\n" for email, password in logins.items())
    draft.replace(path)


def new_password() -> str:
    """Return about 79 random bits that can be read out over the phone."""
    return "-".join(
        "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_GROUP_LENGTH))
        for _ in range(PASSWORD_GROUPS)
    )


def ensure_people(
    *, sample: NeighbourhoodSample, site: Site, now: datetime, report: Report
) -> dict[str, User]:
    """Return ``{mail address: user}`` with the roles and confirmed addresses of the sample.

    Passwords are kept while they stand in the file; where the file is lost, people get
    new ones. The file is written after the commit: a crash in between means another new
    password on the next run, never one that does not work.
    """
    known = read_logins()
    logins = dict(known)
    with transaction.atomic():
        groups = ensure_site_roles(site=site)
        people = {}
        for person in sample.people:
            user = User.objects.filter(email=person.email).first()
            if user is None:
                user = _make_person(
                    person=person, site=site, group=groups[person.role], logins=logins, now=now
                )
                report.add("people")
            elif person.has_password and person.email not in logins:
                user.set_password(_draw_password(person.email, logins))
                user.save(update_fields=["password"])
                report.add("new passwords")
            people[person.email] = user
    if logins != known:
        _write_logins(logins)
    return people


def _make_person(
    *,
    person: PersonSample,
    site: Site,
    group: Group,
    logins: dict[str, str],
    now: datetime,
) -> User:
    password = None
    if person.has_password:
        password = logins.get(person.email) or _draw_password(person.email, logins)
    user = create_account(
        email=person.email,
        password=password,
        first_name=person.first_name,
        is_verified=True,
        now=now,
    )
    user.last_name = person.last_name
    user.save(update_fields=["last_name"])
    # Not give_role(): nobody is here yet who could give the first roles.
    user.groups.add(group)
    record_audit(
        action="accounts.role_given",
        now=now,
        site=site,
        target=user,
        data={"role": person.role.value},
    )
    return user


def _draw_password(email: str, logins: dict[str, str]) -> str:
    logins[email] = new_password()
    return logins[email]
