"""Status words of the calendar and the groups of them that queries use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CategoryIcon(TextChoices):
    PUB = "pub", _("Glass (pub)")
    FOOD = "food", _("Bun (eating)")
    GREEN = "green", _("Sprout (green)")
    MAKING = "making", _("Parcel (making)")
    MOVING = "moving", _("Football (moving)")
    THINKING = "thinking", _("Speech bubble (thinking along)")


class OccurrenceStatus(TextChoices):
    SCHEDULED = "scheduled", _("Goes on")
    CANCELLED = "cancelled", pgettext_lazy("occurrence", "Cancelled")


class RegistrationStatus(TextChoices):
    GOING = "going", _("Coming")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Signed off")


#: Registrations that hold a seat or wait for one; one per mail address and occurrence.
ACTIVE = frozenset({RegistrationStatus.GOING, RegistrationStatus.WAITING})
