from datetime import datetime

from allauth.account.models import EmailAddress
from django.test import Client

from boloboost.accounts.models import User
from boloboost.accounts.services import create_account, end_sessions
from tests.factories import Neighbourhood, make_user


def test_an_account_without_password_logs_in_by_code_only(
    neighbourhood: Neighbourhood, now: datetime
) -> None:
    user = create_account(email="Ans@Example.org", now=now, first_name="Ans")
    address = EmailAddress.objects.get(user=user)
    assert (user.email, user.first_name, user.date_joined) == ("ans@example.org", "Ans", now)
    assert not user.has_usable_password()
    assert (address.email, address.primary, address.verified) == (user.email, True, False)


def test_the_address_of_an_account_can_be_known_to_be_right(
    neighbourhood: Neighbourhood, now: datetime
) -> None:
    user = create_account(
        email="a@example.org", now=now, password="lang genoeg", is_verified=True, is_superuser=True
    )
    assert EmailAddress.objects.get(user=user).verified
    assert user.is_superuser
    assert user.check_password("lang genoeg")


def test_ending_sessions_touches_nobody_else(neighbourhood: Neighbourhood) -> None:
    ans, bo = make_user("ans@example.org"), make_user("bo@example.org")
    clients: list[tuple[Client, User]] = []
    for user in (ans, ans, bo):
        client = Client(headers={"host": "bolo.example"})
        client.force_login(user)
        clients.append((client, user))
    assert end_sessions(user=ans) == 2
    for client, user in clients:
        expected = 302 if user == ans else 200
        assert client.get("/account/email/").status_code == expected
