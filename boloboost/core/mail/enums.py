"""States of a mail on its way out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


#: States in which a mail still has to leave.
UNFINISHED = frozenset({MailState.QUEUED, MailState.SENDING})
