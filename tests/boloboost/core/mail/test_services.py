from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from boloboost.core.mail.enums import MailState
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.services import message_id_for, queue_mail
from tests.boloboost.core.mail.support import KIND, queue


@pytest.mark.django_db
def test_a_queued_mail_waits_with_its_snapshot(site: Site, now: datetime) -> None:
    mail = queue(site, now, "registration-going:12")
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert mail.next_attempt_at == mail.created_at == now
    assert mail.context == {"subject": "Straatdiner registration-going:12"}
    assert mail.attempts == 0


@pytest.mark.django_db
def test_the_same_key_queues_one_mail_and_the_first_one_stays(site: Site, now: datetime) -> None:
    first = queue(site, now)
    second = queue(site, now + timedelta(hours=1), recipient="other@example.org")
    assert second.pk == first.pk
    assert OutgoingMail.objects.get().recipient == "buur@example.org"


@pytest.mark.django_db
def test_another_request_that_queued_first_does_not_break_the_transaction(
    site: Site, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked, neither saw the mail: the second insert meets the constraint."""
    first = queue(site, now)
    get = OutgoingMail.objects.all().__class__.get
    looks = []

    def blind_at_first(self: Any, *args: Any, **kwargs: Any) -> Any:
        looks.append(1)
        if len(looks) == 1:
            raise OutgoingMail.DoesNotExist
        return get(self, *args, **kwargs)

    monkeypatch.setattr("django.db.models.query.QuerySet.get", blind_at_first)
    with transaction.atomic():
        assert queue(site, now).pk == first.pk
        assert OutgoingMail.objects.count() == 1  # the transaction still answers


@pytest.mark.django_db(transaction=True)
def test_queueing_outside_a_transaction_is_refused(site: Site, now: datetime) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError):
        queue_mail(
            kind=KIND,
            site=site,
            recipient="buur@example.org",
            language="nl",
            context={},
            dedupe_key="mail-1",
            now=now,
        )


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_no_mail(site: Site, now: datetime) -> None:
    with transaction.atomic():
        queue(site, now)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": "a@b.nl\r\nBcc: c@d.nl"},
        {"recipient": "a@b.nl\n"},
        {"recipient": "a\x00@b.nl"},
        {"recipient": "nobody"},
        {"recipient": f"{'a' * 250}@b.nl"},
        {"kind": "k" * 41},
        {"language": "a-language-tag"},
        {"key": "k" * 121},
        {"context": {"name": "Sam\x00"}},
        {"context": {"names": ["half a \ud83d face"]}},
    ],
    ids=str,
)
def test_what_the_database_or_a_mail_cannot_carry_is_refused_first(
    site: Site, now: datetime, changes: dict[str, Any]
) -> None:
    with transaction.atomic():
        with pytest.raises(ValueError) as refusal:
            queue(site, now, **changes)
        assert "@" not in str(refusal.value)
        assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_for_later_waits_and_is_dated_when_it_is_due(site: Site, now: datetime) -> None:
    later = now + timedelta(days=3)
    mail = queue(site, now, not_before=later)
    assert mail.next_attempt_at == mail.created_at == later


@pytest.mark.django_db
def test_a_time_that_has_passed_already_means_at_once(site: Site, now: datetime) -> None:
    assert queue(site, now, not_before=now - timedelta(days=3)).next_attempt_at == now


def test_the_message_id_names_the_mail_and_the_host() -> None:
    message_id = message_id_for(dedupe_key="registration-going:12", hostname="bolo.example")
    assert message_id.endswith("@bolo.example>")
    assert message_id == message_id_for(dedupe_key="registration-going:12", hostname="bolo.example")
    assert message_id != message_id_for(dedupe_key="registration-going:13", hostname="bolo.example")


@given(key=st.text(), hostname=st.text(max_size=300))
def test_every_message_id_fits_its_column_and_its_header(key: str, hostname: str) -> None:
    message_id = message_id_for(dedupe_key=key.encode(errors="replace").decode(), hostname=hostname)
    assert len(message_id) <= 160
    assert message_id.isascii()
    assert message_id.isprintable()
    assert " " not in message_id
    assert message_id.count("<") == message_id.count(">") == message_id.count("@") == 1
