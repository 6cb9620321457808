"""Writing the audit trail."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from wagtail.models import Site

from .models.audit import AuditEntry

LABEL_LENGTH = 255


def record_audit(
    *,
    action: str,
    now: datetime,
    site: Site | None,
    actor: Any = None,
    target: Model | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry inside the caller's transaction.

    Args:
        action: stable dotted word, ``<app>.<what happened>``.
        now: aware time of the act.
        site: the neighbourhood it happened in, or None for the whole installation.
        actor: the user who did it; None or an anonymous user means a visitor or the worker.
        target: the object it was done to.
        data: JSON details without names, mail addresses or tokens.
    """
    return AuditEntry.objects.create(
        action=action,
        at=now,
        site=site,
        actor=actor if actor is not None and actor.is_authenticated else None,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=str(target)[:LABEL_LENGTH] if target is not None else "",
        data=data or {},
    )
