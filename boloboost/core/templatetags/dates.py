"""Dates and times as people say them.

Names of days and months come from Django's own catalogues; the order (day, month,
year) is the same in every language we ship, so that a date is never a riddle.
"""

from datetime import date, datetime, timedelta

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

CLOCK_FORMAT = "H:i"
#: Languages that write a point in a time of day.
CLOCK_FORMATS = {"nl": "H.i"}
#: An event that ends within this time belongs to the day it started on.
ONE_NIGHT = timedelta(hours=18)


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def speak_date(value: date | None) -> str:
    """Return a day in full words: "vrijdag 10 september 2027", "Friday 10 September 2027"."""
    return format_date(_local(value), "l j F Y") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Return the local time of day: "20.00" in Dutch, "20:00" elsewhere."""
    language = (get_language() or "").partition("-")[0]
    return format_date(_local(value), CLOCK_FORMATS.get(language, CLOCK_FORMAT)) if value else ""


@register.filter
def day_number(value: date | None) -> str:
    """Return the day of the month without a zero: "5"."""
    return str(_local(value).day) if value else ""


@register.filter
def month_short(value: date | None) -> str:
    """Return the month in three or four letters: "sep"."""
    return format_date(_local(value), "M").lower().rstrip(".") if value else ""


@register.filter
def at_time(value: datetime | None) -> str:
    """Return a time as part of a sentence: "20.00 uur", "20:00"."""
    if not value:
        return ""
    # Translators: a time of day in a sentence. nl '%(time)s uur'
    return _("%(time)s") % {"time": clock(value)}


@register.filter
def time_range(starts: datetime | None, ends: datetime | None) -> str:
    """Return from when to when: the times of one evening, or both days in full.

    Args:
        starts: aware or local start.
        ends: aware or local end; without it only the start is told.
    """
    if not starts:
        return ""
    if not ends:
        return at_time(starts)
    same_day = _local(starts).strftime("%Y%m%d") == _local(ends).strftime("%Y%m%d")
    if same_day or ends - starts < ONE_NIGHT:
        # Translators: nl '%(start)s tot %(end)s uur'
        return _("%(start)s to %(end)s") % {"start": clock(starts), "end": clock(ends)}
    # Translators: an event of more than one day. nl 'van %(start)s tot %(end)s'
    return _("from %(start)s until %(end)s") % {
        "start": _day_and_time(starts),
        "end": _day_and_time(ends),
    }


def _day_and_time(value: datetime) -> str:
    return f"{format_date(_local(value), 'l j F')} {at_time(value)}"


@register.filter
def whole_minutes(seconds: float | None) -> int:
    """Return seconds as minutes, rounded up, at least one."""
    return max(1, -(-int(seconds or 0) // 60))
