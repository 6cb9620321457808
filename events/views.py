"""HTTP in, a service or selector call, HTTP out."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from boloboost.core.limits import check_limit, client_address, network_of, too_many_requests
from boloboost.core.map_drawings import MapDrawing, drawing_of_site
from boloboost.core.models import Place
from boloboost.core.public_forms import OLDEST, public_form

from .agenda import AgendaRequest, BadParameter, month_context
from .forms import GuestPageForm, RegistrationForm
from .models import CalendarPage, Event, EventPage, Occurrence, Registration
from .selectors import AgendaItem, agenda_items, visible_occurrences
from .services.registrations import (
    PartyTooLarge,
    RegistrationClosed,
    cancel_registration,
    closed_reason,
    register_guest,
    waiting_position,
)
from .services.seats import largest_party
from .tokens import read_registration_token


def site_of_request(request: HttpRequest) -> Site:
    """Return the neighbourhood of the request's host; 404 when there is none."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def feed_urls(site: Site) -> dict[str, str]:
    """Return the calendar's address to subscribe to, plain and as webcal.

    The host comes from the Site table, never from the request.
    """
    feed_url = f"{site.root_url}{reverse('events:feed_ics')}"
    return {"feed_url": feed_url, "webcal_url": f"webcal://{feed_url.split('://', 1)[1]}"}


def calendar_response(request: HttpRequest, *, page: CalendarPage) -> HttpResponse:
    """Show the month or the list; a bad value of a known parameter is a 404."""
    now = timezone.now()
    site = site_of_request(request)
    context = page.get_context(request)
    try:
        wanted = AgendaRequest.from_query(request.GET, today=timezone.localdate(now))
        context.update(month_context(wanted, site=site, page=page, now=now))
    except BadParameter as error:
        raise Http404 from error
    context.update(feed_urls(site))
    return render(request, "events/calendar_page.html", context)


def event_response(request: HttpRequest, *, page: EventPage) -> HttpResponse:
    """Show an event; also as a preview of a draft that has no schedule yet."""
    site = site_of_request(request)
    schedule = page.schedule
    occurrence = _planned(request, page, schedule)
    context = page.get_context(request)
    context.update(feed_urls(site))
    context.update({"schedule": schedule, "occurrence": occurrence, "state": "draft", "item": None})
    place = page.place
    if occurrence is not None:
        item = AgendaItem(occurrence, page, page.get_url(request) or "", timezone.now())
        place = item.place
        context.update({"item": item, "state": item.state})
        context["register_url"] = reverse("events:register", args=[occurrence.pk])
        context["event_ics_url"] = event_ics_url(occurrence.event)
        context.update(_calendar_links(item))
    context["map"] = _map_of(place, site)
    return render(request, "events/event_page.html", context)


def _planned(request: HttpRequest, page: EventPage, schedule: Event | None) -> Occurrence | None:
    """Return the occurrence to show; a preview shows what was typed, not what is planned."""
    is_preview = getattr(request, "is_preview", False)
    if schedule is None or (is_preview and page.owns_schedule):
        return None
    return (
        schedule.occurrences.select_related("event__place", "event__category", "event__site")
        .prefetch_related("event__category__names")
        .first()
    )


def event_ics_url(event: Event) -> str:
    """Return the address of one event as a calendar file."""
    path = reverse("events:event_ics", args=[event.uid.partition("@")[0]])
    return f"{event.site.root_url}{path}"


def _map_of(place: Place | None, site: Site) -> MapDrawing | None:
    if place is None or place.latitude is None:
        return None
    return drawing_of_site(site.pk, latitude=place.latitude, longitude=place.longitude)


def _calendar_links(item: AgendaItem) -> dict[str, str]:
    """Return plain links that fill in an event at Google and Outlook; nothing is loaded."""
    place = item.place
    where = place.where if place else ""
    stamp = "%Y%m%dT%H%M%SZ"
    starts, ends = item.occurrence.starts_at, item.occurrence.ends_at
    google = {
        "action": "TEMPLATE",
        "text": item.title,
        "dates": f"{starts:{stamp}}/{ends:{stamp}}",
        "location": where,
        "details": item.page.full_url,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": item.title,
        "startdt": starts.isoformat(),
        "enddt": ends.isoformat(),
        "location": where,
        "body": item.page.full_url,
    }
    return {
        "google_url": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        "outlook_url": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
    }


def _item_or_404(request: HttpRequest, occurrence_id: int) -> AgendaItem:
    site = site_of_request(request)
    occurrence = get_object_or_404(visible_occurrences(site=site), pk=occurrence_id)
    items = agenda_items([occurrence], site=site, language=get_language() or "")
    if not items:
        raise Http404
    return items[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def register(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Show the form on GET; register on POST. No account, no cookie (decision 9)."""
    item = _item_or_404(request, occurrence_id)
    now = timezone.now()
    reason = closed_reason(item.occurrence, now)
    if reason is not None:
        return _unavailable(request, item, reason)
    form = RegistrationForm(
        request.POST or None,
        purpose=f"register-{occurrence_id}",
        now=now,
        party_limit=largest_party(item.occurrence),
    )
    if request.method == "POST" and form.is_valid():
        response = _register(request, item, form)
        if response is not None:
            return response
    context = {"page": item.page, "item": item, "occurrence": item.occurrence, "form": form}
    return render(
        request,
        "events/registration_form.html",
        {**context, "state": item.state},
        status=422 if form.is_bound else 200,
    )


def _register(
    request: HttpRequest, item: AgendaItem, form: RegistrationForm
) -> HttpResponse | None:
    """Register with valid data; return None when the form has to be shown again."""
    now = timezone.now()
    email = form.cleaned_data["email"]
    key = hashlib.sha256(f"{form.idempotency_key}:{email.lower()}".encode()).hexdigest()
    refusal = _over_limit(request, email=email, key=key)
    if refusal is not None:
        return refusal
    try:
        result = register_guest(
            occurrence_id=item.occurrence.pk,
            name=form.cleaned_data["name"],
            email=email,
            party_size=form.cleaned_data["party_size"],
            language=get_language() or "",
            idempotency_key=key,
            now=now,
        )
    except RegistrationClosed as closed:
        return _unavailable(request, item, closed.reason)
    except PartyTooLarge:
        form.add_error("party_size", form.fields["party_size"].error_messages["invalid_choice"])
        return None
    context = {"page": item.page, "item": item, "outcome": result.outcome.value, "email": email}
    return render(request, "events/registration_done.html", context)


def _over_limit(request: HttpRequest, *, email: str, key: str) -> HttpResponse | None:
    """Return a 429 above the limits; the same form sent again does not count again."""
    if not cache.add(f"rsvp-form:{key}", True, timeout=OLDEST.total_seconds()):
        return None
    network = network_of(client_address(request))
    for limit, who in (("rsvp-mail", email.lower()), ("rsvp-network", network)):
        outcome = check_limit(limit, who, now=timezone.now())
        if not outcome.allowed:
            cache.delete(f"rsvp-form:{key}")
            return too_many_requests(request, outcome)
    return None


def _unavailable(request: HttpRequest, item: AgendaItem, reason: str) -> HttpResponse:
    context = {"page": item.page, "item": item, "reason": reason}
    return render(request, "events/registration_unavailable.html", context, status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """A guest's own page: see and sign off. GET never changes anything."""
    found = read_registration_token(token)
    if found is None or found.occurrence.site != site_of_request(request):
        outcome = check_limit("registration-guess", client_address(request), now=timezone.now())
        if not outcome.allowed:
            return too_many_requests(request, outcome)
        raise Http404
    now = timezone.now()
    form = GuestPageForm(request.POST or None, purpose=f"guest-{found.pk}", now=now)
    just_cancelled = False
    if request.method == "POST" and form.is_valid() and found.occurrence.starts_at > now:
        found = cancel_registration(registration_id=found.pk, now=now)
        just_cancelled = True
    context = _guest_context(request, found, just_cancelled=just_cancelled)
    response = render(request, "events/registration_detail.html", {**context, "form": form})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _guest_context(
    request: HttpRequest, found: Registration, *, just_cancelled: bool
) -> dict[str, Any]:
    now = timezone.now()
    occurrence: Occurrence = found.occurrence
    items = agenda_items(
        [occurrence], site=site_of_request(request), language=get_language() or "", now=now
    )
    return {
        "page": items[0].page if items else None,
        "item": items[0] if items else None,
        "occurrence": occurrence,
        "registration": found,
        "position": waiting_position(found),
        "state": found.status,
        "can_cancel": found.status != "cancelled"
        and occurrence.starts_at > now
        and not occurrence.is_cancelled,
        "just_cancelled": just_cancelled,
        "event_ics_url": event_ics_url(occurrence.event),
    }
