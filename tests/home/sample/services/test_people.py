import stat
from datetime import datetime

from allauth.account.models import EmailAddress
from wagtail.models import Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.accounts.roles import roles_of
from home.sample.bolo import BOLO
from home.sample.services.people import ensure_people, logins_path, read_logins
from home.sample.services.report import Report
from tests.factories import Neighbourhood

EDITOR = "redacteur@boloboost.example"


def _seed(site: Site, now: datetime) -> dict[str, User]:
    return ensure_people(sample=BOLO, site=site, now=now, report=Report())


def test_everybody_has_one_role_and_a_confirmed_address(
    neighbourhood: Neighbourhood, now: datetime
) -> None:
    people = _seed(neighbourhood.site, now)
    roles = {email.split("@")[0]: roles_of(user) for email, user in people.items()}
    assert roles == {
        name: {neighbourhood.site.pk: frozenset({role})}
        for name, role in {
            "redacteur": Role.EDITOR,
            "trekker": Role.LEAD,
            "curator": Role.CURATOR,
            "curator2": Role.CURATOR,
            "sleuteldrager": Role.KEY_HOLDER,
            "buur": Role.RESIDENT,
        }.items()
    }
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(people)


def test_the_passwords_in_the_file_work_and_only_the_owner_reads_it(
    neighbourhood: Neighbourhood, now: datetime
) -> None:
    people = _seed(neighbourhood.site, now)
    logins = read_logins()
    assert logins.keys() == people.keys()
    assert all(user.check_password(logins[email]) for email, user in people.items())
    assert len(set(logins.values())) == len(logins)
    assert stat.S_IMODE(logins_path().stat().st_mode) == 0o600


def test_passwords_are_kept_on_the_next_run(neighbourhood: Neighbourhood, now: datetime) -> None:
    _seed(neighbourhood.site, now)
    first = User.objects.get(email=EDITOR).password
    _seed(neighbourhood.site, now)
    assert User.objects.get(email=EDITOR).password == first


def test_a_lost_file_means_new_passwords(neighbourhood: Neighbourhood, now: datetime) -> None:
    _seed(neighbourhood.site, now)
    lost = read_logins()
    logins_path().unlink()
    _seed(neighbourhood.site, now)
    found = read_logins()
    editor = User.objects.get(email=EDITOR)
    assert editor.check_password(found[EDITOR])
    assert not editor.check_password(lost[EDITOR])


def test_a_new_database_takes_the_passwords_from_the_file(
    neighbourhood: Neighbourhood, now: datetime
) -> None:
    logins_path().write_text(f"{EDITOR} een-oud-wachtwoord\n")
    people = _seed(neighbourhood.site, now)
    assert people[EDITOR].check_password("een-oud-wachtwoord")


def test_a_role_that_was_taken_away_stays_away(neighbourhood: Neighbourhood, now: datetime) -> None:
    _seed(neighbourhood.site, now)
    User.objects.get(email=EDITOR).groups.clear()
    _seed(neighbourhood.site, now)
    assert roles_of(User.objects.get(email=EDITOR)) == {}
