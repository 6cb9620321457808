"""The sweeps that core itself brings."""

from datetime import datetime, timedelta

from django.core.management import call_command
from wagtail.models import Revision

from ..mail.retention import erase_old_bodies, release_expired_leases
from .heartbeats import forget_old_heartbeats
from .sweeps import register_sweep
from .tasks import prune_task_results


def publish_scheduled_pages(now: datetime) -> int:
    """Publish and expire what an editor gave a time; return how many pages came out."""
    due = Revision.objects.filter(approved_go_live_at__lt=now).count()
    call_command("publish_scheduled")
    return due


def register() -> None:
    minute, hour, day = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
    register_sweep("core.publish_scheduled_pages", every=minute, run=publish_scheduled_pages)
    register_sweep("core.release_expired_mail_leases", every=minute, run=release_expired_leases)
    register_sweep("core.erase_old_mail_bodies", every=hour, run=erase_old_bodies)
    register_sweep("core.forget_old_heartbeats", every=hour, run=forget_old_heartbeats)
    register_sweep("core.prune_task_results", every=day, run=prune_task_results)
