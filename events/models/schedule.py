"""The schedule: what is really going to happen (decision 1).

Pages are editorial and have drafts and revisions. These rows are the truth about
time, place, seats and status, one set for all translations of a page.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import OccurrenceStatus

MAX_PARTY_SIZE = 20
DEFAULT_PARTY_LIMIT = 6


class Event(models.Model):
    """The schedule behind an event page and its translations.

    ``version`` rises with every change; a page revision that was opened with an
    older version leaves the schedule alone when it is published.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.PROTECT, related_name="events")
    translation_key = models.UUIDField(unique=True, editable=False)
    uid = models.CharField(max_length=255, unique=True, editable=False)
    category = models.ForeignKey(
        "events.Category",
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("kind"),
        null=True,
    )
    place = models.ForeignKey(
        "core.Place",
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("place"),
        null=True,
    )
    takes_registrations = models.BooleanField(_("people can say they are coming"), default=True)
    party_limit = models.PositiveSmallIntegerField(
        _("people per registration"),
        default=DEFAULT_PARTY_LIMIT,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PARTY_SIZE)],
    )
    notice = models.CharField(
        _("urgent message"),
        max_length=200,
        blank=True,
        help_text=_("Shown at once on the event's page, in every language. Never waits."),
    )
    organisers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="organised_events", verbose_name=_("organisers")
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.uid


class Occurrence(models.Model):
    """One time that an event happens.

    ``original_start`` is the RECURRENCE-ID (RFC 5545, 3.8.4.4): it stays when the
    occurrence moves. ``seat_ceiling`` follows ``capacity`` but never drops below
    the seats that are taken (decision 3).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="occurrences")
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.PROTECT, related_name="+")
    original_start = models.DateTimeField()
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=OccurrenceStatus.choices,
        default=OccurrenceStatus.SCHEDULED,
    )
    cancel_reason = models.CharField(_("why it is off"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("Leave empty when there is room for everybody."),
    )
    seat_ceiling = models.PositiveIntegerField(null=True, editable=False)
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    last_queue_number = models.PositiveIntegerField(default=0, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "original_start"], name="occurrence_once_per_original_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="occurrence_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(seat_ceiling__isnull=True) | Q(seats_taken__lte=F("seat_ceiling")),
                name="occurrence_seats_within_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True, seat_ceiling__isnull=True)
                | Q(capacity__gte=1, seat_ceiling__gte=F("capacity")),
                name="occurrence_ceiling_follows_capacity",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "starts_at", "id"], name="occurrence_by_site_start"),
            models.Index(fields=["site", "ends_at"], name="occurrence_by_site_end"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.original_start:%Y-%m-%d %H:%M}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == OccurrenceStatus.CANCELLED

    @property
    def seats_left(self) -> int | None:
        """Free seats; None when there is room for everybody."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.seats_taken)
