"""Mail on its way out (decision 5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import UNFINISHED, MailState


class OutgoingMail(models.Model):
    """One mail, written in the transaction that made it necessary.

    ``context`` is a snapshot: the mail says what was true then. ``dedupe_key``
    makes queueing idempotent. ``message_id`` is fixed at queueing, so that a
    second copy after a crash is recognised as the same mail. ``rendered`` holds
    the whole MIME message from the first attempt until it was accepted.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.EmailField(_("to"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    context = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=160, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED
    )
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    rendered = models.BinaryField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(_("last answer"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"))
    finished_at = models.DateTimeField(_("sent or given up"), null=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, leased_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(leased_until__isnull=True)),
                name="outgoing_mail_lease_iff_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False)),
                name="outgoing_mail_finished_iff_done",
            ),
        ]
        indexes = [
            # Equal to state__in=UNFINISHED, but SQLite only uses a partial index whose
            # condition stands in the query as it is, without parameters.
            models.Index(
                fields=["next_attempt_at"],
                name="outgoing_mail_unfinished",
                condition=Q(finished_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
