import smtplib
from typing import Any

import pytest

from boloboost.core.mail.backoff import Refusal
from boloboost.core.mail.mime import StoredMessage
from boloboost.core.mail.transport import NotAccepted, Transport, describe, judge, smtp_code
from tests.boloboost.core.mail.support import FakeSmtp

MAIL = b"From: hallo@bolo.example\r\nTo: buur@example.org\r\nSubject: x\r\n\r\nTot dan!\r\n"


def _message() -> StoredMessage:
    return StoredMessage(stored=MAIL, subject="x", recipient="buur@example.org")


def _refusal(transport: Transport) -> NotAccepted:
    with pytest.raises(NotAccepted) as refusal:
        transport.send(_message())
    return refusal.value


def test_the_stored_bytes_reach_the_server(smtp: FakeSmtp) -> None:
    transport = Transport()
    transport.send(_message())
    transport.close()
    assert smtp.received == [MAIL]
    assert smtp.recipients == ["buur@example.org"]


def test_a_batch_uses_one_connection(smtp: FakeSmtp) -> None:
    transport = Transport()
    for _ in range(5):
        transport.send(_message())
    transport.close()
    assert len(smtp.received) == 5
    assert smtp.connections == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ("450 later", Refusal.TEMPORARY),
        ("451 later", Refusal.TEMPORARY),
        ("550 unknown", Refusal.PERMANENT),
        ("552 too big", Refusal.PERMANENT),
        ("421 closing", Refusal.AWAY),
        (FakeSmtp.DROP, Refusal.TEMPORARY),
    ],
)
def test_every_answer_at_every_step_is_understood(
    smtp: FakeSmtp, step: str, answer: str, refusal: Refusal
) -> None:
    smtp.answers[step] = [answer]
    transport = Transport()
    assert _refusal(transport).refusal is refusal
    transport.send(_message())  # a new connection, and all is well
    transport.close()
    assert smtp.received[-1] == MAIL


@pytest.mark.parametrize("answer", ["421 busy", "554 no service", FakeSmtp.DROP])
def test_a_server_that_turns_everyone_away_says_nothing_about_the_mail(
    smtp: FakeSmtp, answer: str
) -> None:
    smtp.answers["GREETING"] = [answer]
    assert _refusal(Transport()).refusal is Refusal.AWAY


def test_a_server_that_refuses_our_password_says_nothing_about_the_mail(
    smtp: FakeSmtp, settings: Any
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "mail", "wrong"
    smtp.answers["EHLO"] = ["250-fake\r\n250 AUTH PLAIN"]
    smtp.answers["AUTH"] = ["535 wrong password"]
    refusal = _refusal(Transport())
    assert refusal.refusal is Refusal.AWAY
    assert "535" in refusal.reason


def test_a_server_that_is_not_there_is_away(smtp: FakeSmtp) -> None:
    smtp.close()
    assert _refusal(Transport()).refusal is Refusal.AWAY


@pytest.mark.parametrize(
    ("step", "refusal"), [("GREETING", Refusal.AWAY), ("END", Refusal.TEMPORARY)]
)
def test_a_server_that_hangs_is_left_after_the_time_out(
    smtp: FakeSmtp, settings: Any, step: str, refusal: Refusal
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    smtp.answers[step] = [FakeSmtp.HANG]
    assert _refusal(Transport()).refusal is refusal


def test_a_server_that_takes_a_few_mails_a_connection_gets_the_rest_on_a_new_one(
    smtp: FakeSmtp,
) -> None:
    transport = Transport()
    transport.send(_message())
    smtp.answers["MAIL"] = ["421 too many"]
    transport.send(_message())
    transport.close()
    assert len(smtp.received) == 2
    assert smtp.connections == 2


def test_a_mail_that_no_backend_can_send_is_our_fault() -> None:
    assert judge(TypeError("no bytes")) is Refusal.BROKEN
    assert judge(smtplib.SMTPServerDisconnected("gone")) is Refusal.TEMPORARY
    assert judge(OSError(28, "No space left on device")) is Refusal.TEMPORARY


def test_the_answer_of_the_server_is_told_on_one_line() -> None:
    refused = smtplib.SMTPRecipientsRefused({"a@b.nl": (550, b"5.1.1 no\r\nsuch user")})
    assert describe(refused) == "550 5.1.1 no such user"
    assert smtp_code(refused) == 550
    assert describe(ConnectionRefusedError("no")) == "ConnectionRefusedError: no"
    assert smtp_code(ConnectionRefusedError()) is None
