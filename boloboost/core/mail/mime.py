"""The bytes of a mail (RFC 5322, RFC 2046, RFC 6047). Pure."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.policy import Policy
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from django.core.mail import EmailMessage

from .registry import RenderedMail
from .text import header_address, one_line

SUBJECT_LENGTH = 200
CALENDAR_FILE_NAME = "invite.ics"

# Every header is folded before it is set; the default policy would fold a long
# Message-ID away from its name, which some servers answer with a new one.
_WIRE = policy.compat32.clone(linesep="\r\n", max_line_length=None)

_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


@dataclass(frozen=True)
class Envelope:
    """Who sends to whom. ``date`` and ``message_id`` stay the same on every attempt."""

    sender_name: str
    sender: str
    recipient: str
    message_id: str
    date: datetime


def build_mime(rendered: RenderedMail, envelope: Envelope) -> bytes:
    """Return the whole mail as it goes over the wire, with CRLF.

    With a calendar part: ``multipart/mixed{ alternative{ plain, html, text/calendar },
    application/ics }``, both calendar parts with the same bytes, because some clients
    read only the one and some only the other. Without: ``multipart/alternative``.

    Raises:
        ValueError: an address holds control characters.
        ValidationError: an address is none.
    """
    message = MIMEMultipart("alternative")
    message.attach(MIMEText(rendered.text, "plain", _UTF8))  # type: ignore[arg-type]
    message.attach(MIMEText(rendered.html, "html", _UTF8))  # type: ignore[arg-type]
    if rendered.calendar:
        message.attach(_calendar_alternative(rendered))
        alternatives, message = message, MIMEMultipart("mixed")
        message.attach(alternatives)
        message.attach(_calendar_attachment(rendered))
    headers = {
        "From": _mailbox(envelope.sender_name, envelope.sender),
        "To": header_address(envelope.recipient),
        "Subject": _folded("Subject", one_line(rendered.subject)[:SUBJECT_LENGTH]),
        "Date": format_datetime(envelope.date),
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers, please
    }
    if rendered.reply_to:
        headers["Reply-To"] = header_address(rendered.reply_to)
    for name, value in headers.items():
        message[name] = value
    return message.as_bytes(policy=_WIRE)


def _calendar_alternative(rendered: RenderedMail) -> Message:
    part = MIMENonMultipart("text", "calendar")
    part.replace_header(
        "Content-Type", f"text/calendar; method={rendered.calendar_method}; charset=utf-8"
    )
    return _with_calendar(part, rendered)


def _calendar_attachment(rendered: RenderedMail) -> Message:
    part = MIMEBase("application", "ics", name=CALENDAR_FILE_NAME)
    part.add_header("Content-Disposition", "attachment", filename=CALENDAR_FILE_NAME)
    return _with_calendar(part, rendered)


def _with_calendar(part: Message, rendered: RenderedMail) -> Message:
    part.set_payload(rendered.calendar)
    encode_base64(part)
    return part


def _mailbox(name: str, address: str) -> str:
    name, address = one_line(name), header_address(address)
    if not name or (name.isascii() and "=?" not in name):
        return formataddr((name, address))
    header = Header(name, "utf-8", header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header.encode()


def _folded(name: str, value: str) -> str:
    # "=?" in plain text would be read as an encoded word (RFC 2047).
    charset = "us-ascii" if value.isascii() and "=?" not in value else "utf-8"
    return Header(value, charset, header_name=name).encode()


class StoredMime(Message):
    """A parsed mail that is sent as the very bytes that were stored."""

    stored = b""

    def as_bytes(
        self, unixfrom: bool = False, policy: "Policy[Any] | None" = None, linesep: str = "\r\n"
    ) -> bytes:
        return self.stored


class StoredMessage(EmailMessage):
    """Stored bytes as a message that any of Django's mail backends can send."""

    def __init__(self, *, stored: bytes, subject: str, recipient: str) -> None:
        self._mime = message_from_bytes(stored, _class=StoredMime)
        self._mime.stored = stored
        super().__init__(
            subject=subject,
            body=self._plain_text(),
            from_email=parseaddr(self._mime["From"])[1],
            to=[recipient],
        )

    def message(self, **_options: Any) -> StoredMime:  # type: ignore[override]
        return self._mime

    def _plain_text(self) -> str:
        for part in self._mime.walk():
            if part.get_content_type() == "text/plain":
                payload = part.get_payload(decode=True)
                return payload.decode().replace("\r\n", "\n") if isinstance(payload, bytes) else ""
        return ""
