"""Places, the audit trail and the outgoing mail in the admin."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from boloboost.accounts.enums import ADMIN_ROLES, EVENT_ROLES, PUBLISHING_ROLES, Role
from boloboost.accounts.models import User
from boloboost.core.audit import record_audit
from boloboost.core.mail.enums import MailState
from boloboost.core.models import OutgoingMail, Place
from tests.factories import NOW, Neighbourhood, make_event, make_place, make_user

ADMINS = sorted(ADMIN_ROLES)
PLACE = {"name": "Bos en Lommerplein", "slug": "plein", "position": "52.3787, 4.8512"}
REFUSED = {302, 403, 404}


@pytest.fixture(autouse=True)
def _no_second_factor(settings: object) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]


def client_of(site: Site, role: Role) -> Client:
    user = make_user(f"{role}-{site.pk}@example.org", site=site, role=role, first_name="Ans")
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(user)
    return client


def superuser_client() -> Client:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(User.objects.create_superuser("team@example.org"))
    return client


def make_mail(
    site: Site,
    number: int = 1,
    *,
    state: MailState = MailState.FAILED,
    attempts: int = 3,
    context: dict[str, str] | None = None,
) -> OutgoingMail:
    return OutgoingMail.objects.create(
        site=site,
        kind="test_kind",
        recipient=f"gast{number}@example.org",
        language="nl",
        context={"name": "Geheime inhoud"} if context is None else context,
        dedupe_key=f"{site.pk}-{number}",
        message_id=f"<{site.pk}-{number}@example.org>",
        state=state,
        attempts=attempts,
        next_attempt_at=NOW,
        created_at=NOW,
        finished_at=NOW if state in {MailState.FAILED, MailState.SENT} else None,
        leased_until=NOW + timedelta(minutes=5) if state == MailState.SENDING else None,
        last_error="550 no such mailbox",
    )


# Places


@pytest.mark.parametrize("role", ADMINS)
def test_who_may_add_change_and_delete_places(neighbourhood: Neighbourhood, role: Role) -> None:
    client = client_of(neighbourhood.site, role)
    place = make_place(neighbourhood.site)
    assert client.get(reverse("place:index")).status_code == 200
    writes, deletes = role in EVENT_ROLES, role in PUBLISHING_ROLES
    client.post(reverse("place:add"), PLACE)
    assert Place.objects.filter(slug="plein").exists() == writes
    client.post(reverse("place:edit", args=[place.pk]), {**PLACE, "slug": "ander"})
    place.refresh_from_db()
    assert (place.name == PLACE["name"]) == writes
    client.post(reverse("place:delete", args=[place.pk]))
    assert Place.objects.filter(pk=place.pk).exists() != deletes


@pytest.mark.parametrize("role", [None, Role.RESIDENT])
def test_residents_and_strangers_see_no_places(
    neighbourhood: Neighbourhood, role: Role | None
) -> None:
    place = make_place(neighbourhood.site, name="Geheim plein")
    client = Client(HTTP_HOST="localhost:8000")
    if role:
        client = client_of(neighbourhood.site, role)
    for address in (reverse("place:index"), reverse("place:edit", args=[place.pk])):
        response = client.get(address)
        assert response.status_code in REFUSED
        assert b"Geheim plein" not in response.content


def test_a_wrong_position_comes_back_as_it_was_typed(neighbourhood: Neighbourhood) -> None:
    client = client_of(neighbourhood.site, Role.LEAD)
    response = client.post(reverse("place:add"), {**PLACE, "position": "om de hoek"})
    assert response.status_code == 200
    assert 'value="om de hoek"' in response.content.decode()
    assert not Place.objects.exists()


def test_a_place_that_events_use_stays(neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site)
    make_event(neighbourhood, place=place)
    client = client_of(neighbourhood.site, Role.EDITOR)
    address = reverse("place:delete", args=[place.pk])
    shown = client.get(address).content.decode()
    assert "Yes, delete" not in shown
    assert "Ja, verwijderen" not in shown
    response = client.post(address, follow=True)
    assert response.redirect_chain[0][0] == address
    assert response.content.decode().count(str(response.context["view"].protected_message)) >= 1
    assert Place.objects.filter(pk=place.pk).exists()


def test_a_place_in_a_draft_stays_too(neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site)
    make_event(neighbourhood, place=place, live=False)
    client_of(neighbourhood.site, Role.EDITOR).post(reverse("place:delete", args=[place.pk]))
    assert Place.objects.filter(pk=place.pk).exists()


def test_places_are_found_by_name_and_street(neighbourhood: Neighbourhood) -> None:
    make_place(neighbourhood.site, name="De Vrijheid", street_address="Jan van Galenstraat 1")
    make_place(neighbourhood.site, name="Erasmuspark", step_free=True)
    client = client_of(neighbourhood.site, Role.LEAD)
    found = client.get(reverse("place:index"), {"q": "galen"}).content.decode()
    assert "De Vrijheid" in found
    assert "Erasmuspark" not in found
    level = client.get(reverse("place:index"), {"step_free": "true"}).content.decode()
    assert "Erasmuspark" in level
    assert "De Vrijheid" not in level


# Audit trail


@pytest.mark.parametrize("role", ADMINS)
def test_who_sees_the_audit_trail(neighbourhood: Neighbourhood, role: Role) -> None:
    client = client_of(neighbourhood.site, role)
    response = client.get(reverse("audit-trail:index"))
    assert (response.status_code == 200) == (role in PUBLISHING_ROLES)


def test_the_audit_trail_holds_own_acts(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    client = client_of(neighbourhood.site, Role.KEY_HOLDER)
    actor = User.objects.get()
    record_audit(
        action="accounts.factor_reset",
        now=NOW,
        site=neighbourhood.site,
        actor=actor,
        data={"method": "totp"},
    )
    record_audit(action="events.foreign", now=NOW, site=other_neighbourhood.site)
    record_audit(action="core.upgraded", now=NOW, site=None)
    shown = client.get(reverse("audit-trail:index")).content.decode()
    for words in ("accounts.factor_reset", "Ans", "method: totp"):
        assert words in shown
    assert "events.foreign" not in shown
    assert "core.upgraded" not in shown
    everything = superuser_client().get(reverse("audit-trail:index")).content.decode()
    assert "core.upgraded" in everything
    assert "events.foreign" in everything


# Outgoing mail


@pytest.mark.parametrize("role", ADMINS)
def test_only_who_may_act_on_mail_sees_the_address(
    neighbourhood: Neighbourhood, role: Role
) -> None:
    make_mail(neighbourhood.site)
    shown = client_of(neighbourhood.site, role).get(reverse("outgoing-mail:index"))
    html = shown.content.decode()
    assert "550 no such mailbox" in html
    assert ("gast1@example.org" in html) == (role in PUBLISHING_ROLES)
    assert "Geheime inhoud" not in html


def test_a_failed_mail_is_tried_again(neighbourhood: Neighbourhood) -> None:
    mail = make_mail(neighbourhood.site)
    client = client_of(neighbourhood.site, Role.EDITOR)
    address = reverse("outgoing-mail:retry", args=[mail.pk])
    assert address in client.get(reverse("outgoing-mail:index")).content.decode()
    client.post(address)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert mail.finished_at is None


def test_looking_at_the_address_tries_nothing(neighbourhood: Neighbourhood) -> None:
    mail = make_mail(neighbourhood.site)
    client = client_of(neighbourhood.site, Role.EDITOR)
    assert client.get(reverse("outgoing-mail:retry", args=[mail.pk])).status_code == 405
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


@pytest.mark.parametrize(
    ("state", "attempts"),
    [(MailState.SENT, 1), (MailState.SENDING, 1), (MailState.QUEUED, 0)],
)
def test_other_mails_have_no_button(
    neighbourhood: Neighbourhood, state: MailState, attempts: int
) -> None:
    mail = make_mail(neighbourhood.site, state=state, attempts=attempts)
    client = client_of(neighbourhood.site, Role.EDITOR)
    address = reverse("outgoing-mail:retry", args=[mail.pk])
    assert address not in client.get(reverse("outgoing-mail:index")).content.decode()
    client.post(address)
    mail.refresh_from_db()
    assert mail.state == state


@pytest.mark.parametrize("role", [Role.LEAD, Role.CURATOR])
def test_others_may_not_try_again(neighbourhood: Neighbourhood, role: Role) -> None:
    mail = make_mail(neighbourhood.site)
    client = client_of(neighbourhood.site, role)
    assert client.post(reverse("outgoing-mail:retry", args=[mail.pk])).status_code in REFUSED
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_mail_of_the_other_neighbourhood_does_not_exist(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    mail = make_mail(other_neighbourhood.site)
    client = client_of(neighbourhood.site, Role.KEY_HOLDER)
    assert "550" not in client.get(reverse("outgoing-mail:index")).content.decode()
    assert client.post(reverse("outgoing-mail:retry", args=[mail.pk])).status_code == 404
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_the_button_needs_the_forms_token(neighbourhood: Neighbourhood) -> None:
    mail = make_mail(neighbourhood.site)
    user = make_user("bea@example.org", site=neighbourhood.site, role=Role.EDITOR)
    client = Client(HTTP_HOST="localhost:8000", enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(reverse("outgoing-mail:retry", args=[mail.pk])).status_code == 403


# Lists


@pytest.mark.parametrize("name", ["place:index", "audit-trail:index", "outgoing-mail:index"])
def test_twice_the_rows_ask_the_same_number_of_questions(
    neighbourhood: Neighbourhood, django_assert_num_queries: Callable[..., object], name: str
) -> None:
    site = neighbourhood.site
    client = client_of(site, Role.KEY_HOLDER)
    actor = User.objects.get()

    def fill(numbers: range) -> None:
        for number in numbers:
            make_place(site, name=f"Plein {number}")
            make_mail(site, number)
            record_audit(action="core.test", now=NOW, site=site, actor=actor)

    fill(range(5))
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as questions:
        client.get(reverse(name))
    fill(range(5, 10))
    with django_assert_num_queries(len(questions)):
        client.get(reverse(name))


def test_the_menu_shows_what_volunteers_use(neighbourhood: Neighbourhood) -> None:
    shown = client_of(neighbourhood.site, Role.EDITOR).get(reverse("wagtailadmin_home"))
    html = shown.content.decode()
    for name in ("place:index", "audit-trail:index", "outgoing-mail:index"):
        assert reverse(name) in html
    assert "css/admin.css" in html
    for hidden in ('"name": "help"', '"name": "documents"', '"name": "snippets"'):
        assert hidden not in html
