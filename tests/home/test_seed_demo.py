from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, Site

from boloboost.core.models import OutgoingMail
from events.enums import RegistrationStatus
from events.models import EventPage, Occurrence, Registration
from events.selectors import visible_occurrences
from tests.factories import make_neighbourhood
from tests.home.sample.helpers import row_counts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_var_dir(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def _seed_demo(*arguments: str) -> str:
    output = StringIO()
    call_command("seed_demo", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_makes_the_whole_sample_once(tmp_path: Path) -> None:
    output = _seed_demo()
    assert "Bos en Lommer (http://localhost:8000)" in output
    assert "Noorderbuurt (http://noorderbuurt.localhost:8000)" in output
    assert str(tmp_path / "sample-logins.txt") in output

    site = Site.objects.get(is_default_site=True)
    now = timezone.now()
    agenda = visible_occurrences(site=site)
    assert agenda.filter(starts_at__gt=now).count() >= 25
    assert agenda.filter(ends_at__lt=now).count() == 1
    assert agenda.filter(starts_at__gt=now, starts_at__lt=now + timedelta(days=8)).exists()
    assert agenda.filter(status="cancelled").count() == 1
    assert Registration.objects.filter(status=RegistrationStatus.WAITING).exists()
    assert EventPage.objects.live().filter(locale__language_code="en").count() >= 8
    assert OutgoingMail.objects.count() < 60
    assert not any(Page.find_problems())

    before = row_counts()
    assert _seed_demo().count("everything was there already") == 2
    assert row_counts() == before


def test_it_refuses_beside_a_real_site() -> None:
    make_neighbourhood("echt.example", "Echt")
    with pytest.raises(CommandError, match="Echt"):
        _seed_demo()
    assert not Occurrence.objects.exists()


@pytest.mark.parametrize("arguments", [("--events=-1",), ("--events=5", "--neighbourhoods=0")])
def test_nonsense_numbers_are_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="or more"):
        _seed_demo(*arguments)
    assert not Occurrence.objects.exists()
