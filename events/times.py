"""Which times an event can have; the two forms that set them ask here."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

YEARS = timedelta(days=5 * 366)
LONGEST = timedelta(days=31)


def times_problem(starts: datetime, ends: datetime, *, now: datetime) -> tuple[str, str] | None:
    """Return the field and the message of what is wrong; None when the times are fine.

    Args:
        starts: aware start; at most five years from ``now``.
        ends: aware end; after the start and at most a month later.
    """
    if not now - YEARS <= starts <= now + YEARS:
        return "starts_at", _("Choose a day within five years from now.")
    if ends <= starts:
        return "ends_at", _("The end must be after the start.")
    if ends - starts > LONGEST:
        return "ends_at", _("This takes more than a month. Is the end right?")
    return None
