"""The kinds of mail. An app registers its own in ``AppConfig.ready``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import OutgoingMail

KIND_LENGTH = 40
_METHOD = re.compile(r"[A-Z]+(-[A-Z]+)*")


@dataclass(frozen=True)
class RenderedMail:
    """What a mail says.

    ``calendar`` is a whole iCalendar object whose METHOD is ``calendar_method``
    (RFC 6047, 2.4); both are empty in a mail without one. ``reply_to`` is one
    mail address, for answers that should not reach the neighbourhood's own.
    """

    subject: str
    text: str
    html: str
    calendar: bytes = b""
    calendar_method: str = ""
    reply_to: str = ""

    def __post_init__(self) -> None:
        if bool(self.calendar) != bool(self.calendar_method):
            raise ValueError("A calendar part needs its method, and a method its calendar part.")
        if self.calendar_method and not _METHOD.fullmatch(self.calendar_method):
            raise ValueError(f"{self.calendar_method!r} is not an iTIP method.")


@dataclass(frozen=True)
class MailKind:
    """One kind: its word in the table, its name for people, its renderer."""

    kind: str
    label: str | Promise
    render: "Callable[[OutgoingMail], RenderedMail]"


class UnknownKindError(LookupError):
    """No app registered this kind of mail."""


_kinds: dict[str, MailKind] = {}


def register_kind(
    kind: str, *, label: str | Promise, render: "Callable[[OutgoingMail], RenderedMail]"
) -> None:
    """Make a kind of mail known.

    Args:
        kind: stable word of at most 40 characters, such as ``registration_going``.
        label: its name in the admin.
        render: called once per mail by the worker, outside any transaction and with
            the mail's language active. It reads ``mail.context`` and writes nothing.

    Raises:
        ImproperlyConfigured: the word is too long or taken by another renderer.
    """
    if not kind or len(kind) > KIND_LENGTH:
        raise ImproperlyConfigured(f"Mail kind {kind!r} must have 1 to {KIND_LENGTH} characters.")
    known = _kinds.get(kind)
    if known is not None and known.render is not render:
        raise ImproperlyConfigured(f"Mail kind {kind!r} is registered twice.")
    _kinds[kind] = MailKind(kind, label, render)


def get_kind(kind: str) -> MailKind:
    """Return a registered kind; raise ``UnknownKindError`` for any other word."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKindError(f"no app knows mails of kind {kind!r}") from None


def kind_label(kind: str) -> str:
    """Return a kind's name for people; an unknown kind is its own name."""
    known = _kinds.get(kind)
    return str(known.label) if known else kind
