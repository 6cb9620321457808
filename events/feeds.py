"""Calendar feeds over HTTP: public, without cookies, cheap when nothing changed.

Conditional requests as in RFC 9110. A calendar program may try PROPFIND or OPTIONS
first; it gets a plain answer.
"""

import hashlib
import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language_from_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from wagtail.models import Site

from .feed_bodies import event_file
from .services.feeds import (
    AGENDA_ICS,
    AGENDA_JSON,
    GZIPPED,
    Validators,
    feed_validators,
    stored_feed,
)

CALENDAR_TYPE = "text/calendar; charset=utf-8"
JSON_FEED_TYPE = "application/feed+json"
MAX_AGE_SECONDS = 600
UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{0,254}")
NO_WEIGHT = re.compile(r"0(?:\.0*)?")


class CalendarView(View):
    """What all feeds share: the site by host, the language by path, the headers."""

    http_method_names = ["get", "head", "options"]
    content_type = CALENDAR_TYPE
    file_name = "agenda.ics"

    @property
    def site(self) -> Site:
        """The neighbourhood of the request's host; 404 when there is none."""
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        return site

    @property
    def language(self) -> str:
        return get_language_from_path(self.request.path_info) or settings.LANGUAGE_CODE

    def respond(self, validators: Validators, content: bytes) -> HttpResponse:
        """Return the bytes, or 304 or 412 as the request's conditions ask."""
        response = HttpResponse(content, content_type=self.content_type)
        response["Content-Disposition"] = f'inline; filename="{self.file_name}"'
        response["ETag"] = quote_etag(validators.etag)
        response["Last-Modified"] = http_date(validators.last_modified.timestamp())
        response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
        conditional = get_conditional_response(
            self.request,
            etag=response["ETag"],
            last_modified=int(validators.last_modified.timestamp()),
            response=response,
        )
        return conditional or response


class FeedView(CalendarView):
    """A kept feed. Its compressed bytes are kept too, with an ETag of their own."""

    feed_name = AGENDA_ICS

    def get(self, request: HttpRequest) -> HttpResponse:
        is_gzipped = _accepts_gzip(request)
        response = self._response(self.feed_name + GZIPPED if is_gzipped else self.feed_name)
        response["Vary"] = "Accept-Encoding"
        if is_gzipped and response.status_code == 200:
            response["Content-Encoding"] = "gzip"
        return response

    def _response(self, name: str) -> HttpResponse:
        """Answer a conditional request without reading the bytes where that is possible."""
        site, language, now = self.site, self.language, timezone.now()
        headers = self.request.headers
        if "If-None-Match" in headers or "If-Modified-Since" in headers:
            validators = feed_validators(site=site, name=name, language=language, now=now)
            if validators is not None:
                response = self.respond(validators, b"")
                if response.status_code != 200:
                    return response
        feed = stored_feed(site=site, name=name, language=language, now=now)
        return self.respond(Validators(feed.etag, feed.last_modified), bytes(feed.body))


class EventFileView(CalendarView):
    """One event, for "add to my calendar"; the address has its UID, or the part before @."""

    file_name = "event.ics"

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        if not UID.fullmatch(uid):
            raise Http404
        found = event_file(site=self.site, uid=uid, language=self.language)
        if found is None:
            raise Http404
        etag = hashlib.sha256(found.content).hexdigest()
        return self.respond(Validators(etag, found.changed_at), found.content)


def _accepts_gzip(request: HttpRequest) -> bool:
    for choice in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, weight = choice.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return not NO_WEIGHT.fullmatch(weight)
    return False


# A feed takes no POST: Django's CSRF check would only turn a 405 into a 403.
agenda_ics = csrf_exempt(FeedView.as_view())
agenda_json = csrf_exempt(
    FeedView.as_view(feed_name=AGENDA_JSON, content_type=JSON_FEED_TYPE, file_name="agenda.json")
)
event_ics = csrf_exempt(EventFileView.as_view())
