"""When a mail that was not accepted is tried again. Pure."""

from datetime import timedelta
from enum import Enum


class Refusal(Enum):
    """Why a mail was not accepted."""

    PERMANENT = "permanent"  # the mail server said no to this mail (SMTP 5xx)
    TEMPORARY = "temporary"  # not now (SMTP 4xx), or the connection broke while sending
    AWAY = "away"  # the mail server takes nothing from anyone (not reached, SMTP 421)
    BROKEN = "broken"  # we could not make or hand over this mail


#: Delays after the first, second, third attempt; the last one goes on.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))

#: An absent server is asked at least this often, so that mail moves soon after its return.
AWAY_DELAY_MAX = timedelta(minutes=15)

#: RFC 5321, 4.5.4.1: give up after 4 to 5 days.
GIVE_UP_AFTER = timedelta(days=4)

#: A mail that we cannot make is not tried for days: the fault is ours.
BROKEN_ATTEMPTS = 3

#: More than any schedule leads to: each attempt took its worker down.
ATTEMPTS_MAX = 400


def retry_delay(*, refusal: Refusal, attempts: int, age: timedelta) -> timedelta | None:
    """Return how long to wait before the next attempt, or None to give up.

    Args:
        refusal: why the last attempt failed.
        attempts: attempts made so far, at least 1.
        age: time since the mail was first due. A mail that grew old while no worker
            ran still gets an attempt for each step of the schedule.
    """
    if refusal is Refusal.PERMANENT:
        return None
    if refusal is Refusal.BROKEN and attempts >= BROKEN_ATTEMPTS:
        return None
    if age >= GIVE_UP_AFTER and attempts > len(DELAYS):
        return None
    delay = DELAYS[min(attempts, len(DELAYS)) - 1]
    return min(delay, AWAY_DELAY_MAX) if refusal is Refusal.AWAY else delay
