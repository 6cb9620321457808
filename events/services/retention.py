"""Forgetting guests when an event is long past (rules of the house: everything has a period)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from boloboost.core.models import NeighbourhoodSettings

from ..models import Registration

#: Reserved by RFC 2606, section 2: no mail ever goes there.
FORGOTTEN_DOMAIN = "forgotten.invalid"


@transaction.atomic
def forget_guests(*, now: datetime) -> int:
    """Erase names and addresses of guests after each neighbourhood's period.

    Party sizes and statuses stay, so that sums stay right; private links end.

    Returns:
        How many registrations were erased.
    """
    erased = 0
    for settings in NeighbourhoodSettings.objects.all():
        oldest = now - timedelta(days=settings.guest_retention_days)
        due = Registration.objects.filter(
            occurrence__site=settings.site_id, occurrence__ends_at__lt=oldest
        ).exclude(email__endswith=f"@{FORGOTTEN_DOMAIN}")
        erased += due.update(
            name="",
            email=Concat(
                Cast("pk", CharField()), Value(f"@{FORGOTTEN_DOMAIN}"), output_field=CharField()
            ),
            token_version=F("token_version") + 1,
            changed_at=now,
        )
    return erased
