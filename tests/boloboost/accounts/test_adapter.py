"""Where mails, links and redirects of the accounts go."""

from collections.abc import Callable

import pytest
from allauth.core import context as allauth_context
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory, override_settings

from boloboost.accounts import hooks
from boloboost.accounts.adapter import AccountAdapter, MFAAdapter
from boloboost.accounts.models import User
from boloboost.core.mail.models import OutgoingMail
from tests.factories import Neighbourhood
from tests.logins import PASSWORD

NEXT_ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "https://bolo.example@evil.example/",
    "https://bolo.example.evil.example/",
    "https://noord.example/",
    "\thttps://evil.example/",
]


@pytest.mark.parametrize("target", NEXT_ELSEWHERE)
def test_next_never_leaves_our_host(target: str, client: Client, ans: User) -> None:
    form = {"login": ans.email, "password": PASSWORD, "next": target}
    assert client.post("/account/login/", form)["Location"] == "/"
    assert client.get("/account/login/", {"next": target})["Location"] == "/"
    assert client.post("/account/logout/", {"next": target})["Location"] == "/"


def test_next_on_our_host_is_followed(client: Client, ans: User) -> None:
    form = {"login": ans.email, "password": PASSWORD, "next": "/agenda/?maand=2027-09"}
    assert client.post("/account/login/", form)["Location"] == "/agenda/?maand=2027-09"


def test_a_secure_page_does_not_lead_back_to_plain_http() -> None:
    request = RequestFactory().get("/account/login/", secure=True, headers={"host": "bolo.example"})
    with allauth_context.request_context(request):
        assert not AccountAdapter().is_safe_url("http://bolo.example/agenda/")
        assert AccountAdapter().is_safe_url("https://bolo.example/agenda/")


@override_settings(WAGTAILADMIN_BASE_URL="https://beheer.example")
def test_links_come_from_the_settings_not_from_the_request(
    ans: User, mails: Callable[[], list[OutgoingMail]], other_neighbourhood: Neighbourhood
) -> None:
    elsewhere = Client(headers={"host": "noord.example"})
    elsewhere.post("/account/password/reset/", {"email": ans.email})
    elsewhere.post("/account/signup/", {"email": ans.email, "password1": PASSWORD})
    exists, reset = mails()
    assert "https://beheer.example/account/password/reset/key/" in reset.context["text"]
    assert "https://beheer.example/account/password/reset/" in exists.context["text"]
    assert "noord.example/" not in reset.context["text"] + exists.context["text"]


def test_mails_are_rows_of_the_neighbourhood_that_was_visited(
    ans: User, mails: Callable[[], list[OutgoingMail]], other_neighbourhood: Neighbourhood
) -> None:
    Client(headers={"host": "noord.example"}).post("/account/login/code/", {"email": ans.email})
    (mail,) = mails()
    assert (mail.site, mail.recipient, mail.language) == (
        other_neighbourhood.site,
        ans.email,
        "nl",
    )
    assert "[" not in mail.context["subject"]


def test_a_mail_in_english_comes_from_the_english_page(
    client: Client, ans: User, mails: Callable[[], list[OutgoingMail]]
) -> None:
    client.post("/en/account/password/reset/", {"email": ans.email})
    (mail,) = mails()
    assert mail.language == "en"
    assert "/en/account/password/reset/key/" in mail.context["text"]


def test_the_subject_of_a_mail_holds_no_code(
    client: Client,
    ans: User,
    mails: Callable[[], list[OutgoingMail]],
    newest_code: Callable[[], str],
) -> None:
    client.post("/account/login/code/", {"email": ans.email})
    assert newest_code() not in mails()[0].context["subject"]


def test_without_an_outbox_the_mistake_is_named(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(hooks, "_mail_delivery", None)
    with pytest.raises(ImproperlyConfigured, match="set_mail_delivery"):
        hooks.deliver_mail(request=rf.get("/"), recipient="a@b.example", subject="", text="")


def test_the_square_for_the_app_is_drawn_on_white() -> None:
    drawing = MFAAdapter().build_totp_svg("otpauth://totp/ans?secret=ABC")
    assert 'fill="white"' in drawing


def test_unknown_addresses_are_never_mailed() -> None:
    assert settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS is False
