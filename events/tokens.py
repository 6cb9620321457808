"""Private links of guests (decision 9): signed, so they can be sent again and revoked."""

from django.core import signing

from .models import Registration

_SIGNER = signing.Signer(salt="events.registration", sep=".")


def registration_token(registration: Registration) -> str:
    """Return the token of a guest's own page; raising ``token_version`` ends it."""
    return _SIGNER.sign(f"{registration.pk}-{registration.token_version}")


def read_registration_token(token: str) -> Registration | None:
    """Return the registration behind a token, or None for every kind of wrong token."""
    try:
        number, _, version = _SIGNER.unsign(token).partition("-")
        return (
            Registration.objects.select_related(
                "occurrence__event__place", "occurrence__event__site", "occurrence__event__category"
            )
            .filter(pk=int(number), token_version=int(version))
            .first()
        )
    except (signing.BadSignature, ValueError):
        return None
