"""What the tests of accounts share: people that allauth knows, and their mails."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from boloboost.accounts.models import User
from boloboost.accounts.services import create_account
from boloboost.core.mail.models import OutgoingMail
from tests.factories import Neighbourhood
from tests.logins import PASSWORD


@pytest.fixture
def client(neighbourhood: Neighbourhood) -> Client:
    return Client(headers={"host": "bolo.example"})


@pytest.fixture
def ans(neighbourhood: Neighbourhood) -> User:
    """Somebody with a password and an address that is known to be hers."""
    return create_account(
        email="ans@example.org", password=PASSWORD, is_verified=True, now=timezone.now()
    )


@pytest.fixture
def mails(neighbourhood: Neighbourhood) -> Callable[[], list[OutgoingMail]]:
    """Return the account mails so far, the newest first."""
    return lambda: list(OutgoingMail.objects.filter(kind="account").order_by("-pk"))


@pytest.fixture
def newest_code(mails: Callable[[], list[OutgoingMail]]) -> Callable[[], str]:
    def read() -> str:
        found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", mails()[0].context["text"])
        assert found
        return found.group()

    return read


@pytest.fixture
def newest_link(mails: Callable[[], list[OutgoingMail]]) -> Callable[[], str]:
    """Return the path of the link in the newest mail."""

    def read() -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", mails()[0].context["text"])
        assert found
        return found.group(1)

    return read
