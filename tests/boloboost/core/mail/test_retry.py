"""One more try for a mail, now."""

from datetime import timedelta

import pytest

from boloboost.core.mail.enums import MailState
from boloboost.core.mail.services import MailNotRetryableError, retry_mail
from boloboost.core.models import OutgoingMail
from tests.factories import NOW, Neighbourhood

LATER = NOW + timedelta(hours=2)


def make_mail(neighbourhood: Neighbourhood, state: MailState, **fields: object) -> OutgoingMail:
    is_done = state in {MailState.FAILED, MailState.SENT}
    values: dict[str, object] = {
        "context": {"name": "Fatma"},
        "attempts": 3,
        "next_attempt_at": NOW + timedelta(days=1),
        "finished_at": NOW if is_done else None,
        "leased_until": LATER if state == MailState.SENDING else None,
    }
    return OutgoingMail.objects.create(
        site=neighbourhood.site,
        kind="test_kind",
        recipient="fatma@example.org",
        language="nl",
        dedupe_key="one",
        message_id="<one@example.org>",
        state=state,
        created_at=NOW,
        **{**values, **fields},
    )


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.QUEUED])
def test_a_mail_that_did_not_leave_is_due_at_once(
    neighbourhood: Neighbourhood, state: MailState
) -> None:
    mail = make_mail(neighbourhood, state)
    retry_mail(mail_id=mail.pk, now=LATER)
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at, mail.finished_at) == (MailState.QUEUED, LATER, None)
    assert mail.attempts == 3


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (MailState.SENT, {}),
        (MailState.SENDING, {}),
        (MailState.QUEUED, {"attempts": 0}),
        (MailState.FAILED, {"context": {}}),
    ],
)
def test_the_rest_stays_as_it_is(
    neighbourhood: Neighbourhood, state: MailState, fields: dict[str, object]
) -> None:
    mail = make_mail(neighbourhood, state, **fields)
    with pytest.raises(MailNotRetryableError):
        retry_mail(mail_id=mail.pk, now=LATER)
    mail.refresh_from_db()
    assert mail.state == state
    assert mail.next_attempt_at == NOW + timedelta(days=1)


def test_a_mail_that_is_gone_is_refused(db: None) -> None:
    with pytest.raises(MailNotRetryableError):
        retry_mail(mail_id=404, now=NOW)
