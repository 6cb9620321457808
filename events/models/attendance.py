"""Who said yes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..enums import ACTIVE, RegistrationStatus
from .schedule import MAX_PARTY_SIZE, Occurrence


class Registration(models.Model):
    """One party that comes, waits or signed off.

    ``token_version`` is part of the guest's private link: raising it revokes every
    link sent before. ``idempotency_key`` comes from the form: the same form posted
    twice is one registration. ``queue_number`` is the place in order of arrival.
    """

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.PROTECT, related_name="registrations"
    )
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), max_length=254)
    party_size = models.PositiveSmallIntegerField(
        _("people"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PARTY_SIZE)],
    )
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus.choices)
    language = models.CharField(_("language"), max_length=10)
    queue_number = models.PositiveIntegerField(editable=False)
    token_version = models.PositiveSmallIntegerField(default=1, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("signed up"))
    changed_at = models.DateTimeField(_("last change"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["queue_number"]
        constraints = [
            models.UniqueConstraint(
                "occurrence",
                Lower("email"),
                condition=Q(status__in=ACTIVE),
                name="registration_one_active_per_email",
            ),
            models.UniqueConstraint(
                fields=["occurrence", "queue_number"], name="registration_queue_number_once"
            ),
            models.CheckConstraint(
                condition=Q(party_size__range=(1, MAX_PARTY_SIZE)),
                name="registration_party_size_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
