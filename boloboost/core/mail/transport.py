"""Handing mails to Django's mail backend, and what its answers mean."""

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection

from .backoff import Refusal
from .text import one_line

SERVICE_NOT_AVAILABLE = 421


class NotAccepted(Exception):
    """The mail was not accepted; ``refusal`` says how to go on, ``reason`` why."""

    def __init__(self, refusal: Refusal, reason: str) -> None:
        super().__init__(reason)
        self.refusal = refusal
        self.reason = reason


class Transport:
    """One connection for a batch: opened for the first mail, dropped after an error."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, message: EmailMessage) -> None:
        """Send one message.

        Raises:
            NotAccepted: it was refused, or nobody knows whether it was accepted.
        """
        reused = self._connection is not None
        if not reused:
            self._open()
        try:
            self._connection.send_messages([message])
        except Exception as error:
            self.close()
            if reused and smtp_code(error) == SERVICE_NOT_AVAILABLE:
                # Many servers end a connection after so many mails.
                return self.send(message)
            raise NotAccepted(judge(error), describe(error)) from error

    def close(self) -> None:
        """End the connection; a server that is gone already does not matter."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()

    def _open(self) -> None:
        try:
            self._connection = get_connection()
            self._connection.open()
        except Exception as error:
            self.close()
            # Whatever the code (535: wrong password), it says nothing about this mail.
            raise NotAccepted(Refusal.AWAY, describe(error)) from error


def judge(error: Exception) -> Refusal:
    """Return what an error means that came up while a mail was being sent."""
    code = smtp_code(error)
    if code == SERVICE_NOT_AVAILABLE:
        return Refusal.AWAY
    if code is not None and 500 <= code <= 599:
        return Refusal.PERMANENT
    if isinstance(error, OSError):  # smtplib's errors, time-outs and lost connections
        return Refusal.TEMPORARY
    return Refusal.BROKEN


def smtp_code(error: Exception) -> int | None:
    """Return the mail server's answer code (RFC 5321, 4.2), if it gave one."""
    answer = _answer(error)
    return answer[0] if answer else None


def describe(error: Exception) -> str:
    """Return one line for people: the server's answer, or the kind of error."""
    answer = _answer(error)
    if answer:
        code, text = answer
        return one_line(f"{code} {text.decode(errors='replace')}")
    return one_line(f"{type(error).__name__}: {error}")


def _answer(error: Exception) -> tuple[int, bytes] | None:
    code: int
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return None
    return code, text if isinstance(text, bytes) else text.encode()
