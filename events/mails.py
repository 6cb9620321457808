"""Mails to guests: queued as snapshots, rendered once by the worker (decision 5).

Every kind is one template pair with the same shape: an opening sentence, the facts,
the guest's own page. The calendar part is serialised when the mail is queued, so that
it says what was true then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Site

from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.registry import RenderedMail, register_kind
from boloboost.core.mail.rendering import render_templates
from boloboost.core.mail.services import queue_mail
from boloboost.core.templatetags.dates import clock

from .calendar_entries import calendar_event_for
from .enums import ACTIVE, RegistrationStatus
from .ics import Method, serialise_invitation
from .models import EventPage, Occurrence, Registration
from .selectors import any_page_in
from .tokens import registration_token

REPEAT_MINUTES = 10
#: Kinds after which there is nothing left to sign off from.
ENDINGS = frozenset({"event_cancelled", "registration_cancelled", "waiting_cancelled"})


@dataclass(frozen=True)
class MailKind:
    """What differs between the kinds: the words, and whether a calendar follows.

    ``method`` is the iTIP method (RFC 5546) for those who have a seat.
    """

    label: str | Promise
    subject: Callable[[dict[str, Any]], str]
    opening: Callable[[dict[str, Any]], str]
    method: Method | None = None


def _received_subject(context: dict[str, Any]) -> str:
    if context["status"] == RegistrationStatus.WAITING:
        return _("You are on the waiting list: %(title)s") % context
    return _("You are coming: %(title)s") % context


def _received_opening(context: dict[str, Any]) -> str:
    if context["status"] == RegistrationStatus.WAITING:
        return _(
            "It is full now, so you are on the waiting list. When a place comes free, you get"
            " a mail and the place is yours."
        )
    return ngettext(
        "Nice that you are coming. We keep a place for you.",
        "Nice that you are coming. We keep %(party_size)d places for you.",
        context["party_size"],
    ) % {"party_size": context["party_size"]}


def _repeated_opening(context: dict[str, Any]) -> str:
    opening = _("You signed up before. That still counts; nothing has changed.")
    return f"{opening} {_received_opening(context)}"


KINDS: dict[str, MailKind] = {
    "registration_received": MailKind(
        gettext_lazy("Registration received"), _received_subject, _received_opening, "REQUEST"
    ),
    "registration_repeated": MailKind(
        gettext_lazy("Link sent again"), _received_subject, _repeated_opening, "REQUEST"
    ),
    "registration_promoted": MailKind(
        gettext_lazy("A place came free"),
        lambda context: _("There is a place for you: %(title)s") % context,
        lambda _context: _(
            "Somebody signed off, so you have a place now. Can't you come any more? Then please"
            " sign off, so that somebody else can come."
        ),
        "REQUEST",
    ),
    "registration_cancelled": MailKind(
        gettext_lazy("Signed off"),
        lambda context: _("You signed off: %(title)s") % context,
        lambda _context: _("You are off the list. Thank you for telling us."),
        "CANCEL",
    ),
    "waiting_cancelled": MailKind(
        gettext_lazy("Off the waiting list"),
        lambda context: _("You are off the waiting list: %(title)s") % context,
        lambda _context: _("You are off the list. Thank you for telling us."),
    ),
    "event_changed": MailKind(
        gettext_lazy("Time or place changed"),
        lambda context: _("Changed: %(title)s") % context,
        lambda _context: _("The time or the place has changed. Below is what counts now."),
        "REQUEST",
    ),
    "event_cancelled": MailKind(
        gettext_lazy("Event cancelled"),
        lambda context: _("Cancelled: %(title)s") % context,
        lambda _context: _("Sorry, this is not going on. You don't have to do anything."),
        "CANCEL",
    ),
    "event_restored": MailKind(
        gettext_lazy("Event goes on after all"),
        lambda context: _("Goes on after all: %(title)s") % context,
        lambda _context: _("Good news: this goes on after all. Your place is still yours."),
        "REQUEST",
    ),
}


def register() -> None:
    """Make the kinds known to the worker."""
    for kind, words in KINDS.items():
        register_kind(kind, label=words.label, render=partial(_render, words))


def _render(words: MailKind, mail: OutgoingMail) -> RenderedMail:
    context = {**mail.context, "opening": words.opening(mail.context)}
    text, html = render_templates("events/mail/registration", context, site=mail.site)
    return RenderedMail(
        subject=words.subject(mail.context),
        text=text,
        html=html,
        calendar=mail.context["calendar"].encode(),
        calendar_method=mail.context["calendar_method"],
    )


def queue_registration_mail(
    *, kind: str, registration: Registration, occurrence: Occurrence, now: datetime
) -> None:
    """Queue one mail to one guest, in the transaction that made it necessary.

    ``registration_repeated`` goes out at most once in ten minutes; every other kind
    once per state of the registration and the schedule.
    """
    page = any_page_in(occurrence.event, registration.language)
    if page is not None:
        _queue(kind, registration=registration, occurrence=occurrence, page=page, now=now)


def queue_occurrence_mails(*, kind: str, occurrence: Occurrence, now: datetime) -> None:
    """Queue the same news to everybody who comes or waits."""
    if occurrence.ends_at <= now:
        return
    pages: dict[str, EventPage | None] = {}
    for registration in occurrence.registrations.filter(status__in=ACTIVE):
        language = registration.language
        if language not in pages:
            pages[language] = any_page_in(occurrence.event, language)
        page = pages[language]
        if page is not None:
            _queue(kind, registration=registration, occurrence=occurrence, page=page, now=now)


def _queue(
    kind: str,
    *,
    registration: Registration,
    occurrence: Occurrence,
    page: EventPage,
    now: datetime,
) -> None:
    site = occurrence.event.site
    key = f"{kind}:{registration.pk}:{registration.token_version}:{occurrence.sequence}"
    if kind == "registration_repeated":
        key += f":{int(now.timestamp() // (REPEAT_MINUTES * 60))}"
    with translation.override(registration.language):
        context = _snapshot(
            kind, registration=registration, occurrence=occurrence, page=page, now=now
        )
    queue_mail(
        kind=kind,
        site=site,
        recipient=registration.email,
        language=registration.language,
        context=context,
        dedupe_key=key,
        now=now,
    )


def guest_url(registration: Registration, site: Site) -> str:
    """Return the absolute address of a guest's own page, in the language of the moment."""
    path = reverse("events:registration", args=[registration_token(registration)])
    return f"{site.root_url}{path}"


def _snapshot(
    kind: str,
    *,
    registration: Registration,
    occurrence: Occurrence,
    page: EventPage,
    now: datetime,
) -> dict[str, Any]:
    place = occurrence.event.place
    starts, ends = timezone.localtime(occurrence.starts_at), timezone.localtime(occurrence.ends_at)
    method, calendar = _invitation(
        kind, registration=registration, occurrence=occurrence, page=page, now=now
    )
    return {
        "title": page.title,
        "name": registration.name,
        "party_size": registration.party_size,
        "status": registration.status,
        "is_cancelled": kind in ENDINGS,
        "reason": occurrence.cancel_reason,
        "day": format_date(starts, _("l j F Y")),
        "starts": clock(starts),
        "ends": clock(ends),
        "place": place.where if place else "",
        "directions": place.directions if place else "",
        "event_url": page.full_url,
        "guest_url": guest_url(registration, occurrence.event.site),
        "calendar": calendar.decode(),
        "calendar_method": method,
    }


def _invitation(
    kind: str,
    *,
    registration: Registration,
    occurrence: Occurrence,
    page: EventPage,
    now: datetime,
) -> tuple[str, bytes]:
    """Return the iTIP method and the calendar of one mail; none for those without a seat.

    SEQUENCE must rise within one guest's calendar (RFC 5546, 3.2): signing off is one
    higher than the invitation, and signing up again is one higher than that.
    """
    signed_off = kind == "registration_cancelled"
    if registration.status != RegistrationStatus.GOING and not signed_off:
        return "", b""
    method = KINDS[kind].method
    entry = calendar_event_for(occurrence, page, changed_at=now)
    earlier = occurrence.registrations.filter(
        email__iexact=registration.email, queue_number__lt=registration.queue_number
    ).count()
    entry = replace(entry, sequence=entry.sequence + 2 * earlier + signed_off)
    assert method is not None
    return method, serialise_invitation(
        entry,
        method=method,
        attendee_name=registration.name,
        attendee_email=registration.email,
    )
