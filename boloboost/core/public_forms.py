"""Forms for people without an account and without a cookie (decision 9).

A signed token in the form stands in for the CSRF cookie: it tells for which form it
was made, how long ago, and carries the key that makes sending the form twice one act.
"""

import re
import secrets
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

YOUNGEST = timedelta(seconds=3)
OLDEST = timedelta(hours=2)
KEY_BYTES = 16
MAIL_LENGTH = 254
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

#: Control characters but the tab, separators of lines and paragraphs, characters that turn the
#: direction of what follows (Unicode Bidirectional Algorithm, 2.1 and 2.2), lone surrogates.
NOT_IN_A_LINE = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd\ud800-\udfff]"
)

P = ParamSpec("P")


class FormTokenError(Exception):
    """The token of a form is not good; the subclass says why."""

    message = _("Something went wrong with this form. Check your answers and send it again.")


class TooFast(FormTokenError):
    """Sent sooner than a person can."""

    message = _("That was very quick. Wait three seconds and send the form again.")


class Expired(FormTokenError):
    """The page was open for too long."""

    message = _("This page was open for a long time. Check your answers and send the form again.")


class Invalid(FormTokenError):
    """Changed, made for another form, or never ours."""


@dataclass(frozen=True)
class FormToken:
    """``key`` is the same each time that one rendering of a form is sent."""

    key: str
    age: timedelta


def issue_form_token(*, purpose: str, now: datetime) -> str:
    """Return a token for a hidden field: 128 random bits and the time, signed.

    Args:
        purpose: what the form is for; a token of one purpose opens no other form.
        now: aware time of the rendering.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    return _signer(purpose).sign(f"{key}.{int(now.timestamp())}")


def read_form_token(token: str, *, purpose: str, now: datetime) -> FormToken:
    """Return what a token says.

    Raises:
        TooFast: it is younger than ``YOUNGEST``.
        Expired: it is older than ``OLDEST``.
        Invalid: it was changed, or made for another purpose.
    """
    try:
        key, made_at = _signer(purpose).unsign(token).rsplit(".", 1)
        age = now - datetime.fromtimestamp(int(made_at), UTC)
    except (BadSignature, ValueError, OverflowError) as error:
        raise Invalid from error
    if age < YOUNGEST:
        raise TooFast
    if age > OLDEST:
        raise Expired
    return FormToken(key=key, age=age)


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"boloboost.core.public_forms:{purpose}")


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether another site made the browser send this request.

    From pages with ``Referrer-Policy: no-referrer`` browsers send ``Origin: null``; there
    ``Sec-Fetch-Site`` (W3C Fetch Metadata) has to say that it is the same origin. A client
    that sends neither header is no browser, and has no rights to misuse.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if fetch_site not in {"", "same-origin", "none"}:
        return True
    if origin == "null":
        return fetch_site != "same-origin"
    return bool(origin) and origin.lower() != f"{request.scheme}://{request.get_host()}".lower()


def public_form(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorate a view of a ``PublicForm``: no CSRF cookie, 403 to forms on other sites."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in SAFE_METHODS and is_from_elsewhere(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def validate_line(value: str) -> None:
    """Refuse characters that have no place in a line of text."""
    if NOT_IN_A_LINE.search(value):
        raise ValidationError(
            _("This holds characters that cannot be used here. Type the text again."),
            code="characters",
        )


class CleanCharField(forms.CharField):
    """One line of text, with single spaces and nothing that cannot be seen."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        validate_line(text)
        return " ".join(text.split())


class CleanEmailField(forms.EmailField):
    """A mail address with its domain in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAIL_LENGTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        validate_line(text)
        name, at, domain = text.rpartition("@")
        return f"{name}{at}{domain.lower()}"


class PublicForm(forms.Form):
    """A form with a token and a field that only robots fill in.

    A problem with either is told above the form; what was typed stays, and sending it
    again works. After ``is_valid()``, ``idempotency_key`` names this one rendering.
    """

    website = forms.Field(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "honeypot",
                "aria-hidden": "true",
                "tabindex": "-1",
                "autocomplete": "off",
            }
        ),
    )
    token = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, purpose: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.now = now
        self.idempotency_key = ""
        if not self.is_bound:
            self.initial["token"] = issue_form_token(purpose=purpose, now=now)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("website"):
            self._replace("website", "")
            self.add_error(
                None,
                _("A hidden field was filled in. Check your answers and send the form again."),
            )
        try:
            token = read_form_token(cleaned.get("token") or "", purpose=self.purpose, now=self.now)
        except TooFast as error:
            # The same token stays: it grows old enough by itself.
            self.add_error(None, error.message)
        except FormTokenError as error:
            self._replace("token", issue_form_token(purpose=self.purpose, now=self.now))
            self.add_error(None, error.message)
        else:
            self.idempotency_key = token.key
        return cleaned

    def _replace(self, field: str, value: str) -> None:
        """Show another value than the one that was sent."""
        data: Any = copy(self.data)
        data[self.add_prefix(field)] = value
        self.data = data
