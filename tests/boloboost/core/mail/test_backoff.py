from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.mail.backoff import (
    ATTEMPTS_MAX,
    AWAY_DELAY_MAX,
    BROKEN_ATTEMPTS,
    DELAYS,
    GIVE_UP_AFTER,
    Refusal,
    retry_delay,
)

FRESH = timedelta(minutes=1)
AGES = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=30))
ATTEMPTS = st.integers(min_value=1, max_value=ATTEMPTS_MAX)


def test_a_temporary_no_is_tried_again_after_1_5_15_and_then_every_60_minutes() -> None:
    delays = [
        retry_delay(refusal=Refusal.TEMPORARY, attempts=attempts, age=FRESH)
        for attempts in range(1, 7)
    ]
    assert delays == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 60, 60)]


def test_a_permanent_no_is_never_tried_again() -> None:
    assert retry_delay(refusal=Refusal.PERMANENT, attempts=1, age=FRESH) is None


def test_a_mail_that_we_cannot_make_is_tried_three_times() -> None:
    delays = [
        retry_delay(refusal=Refusal.BROKEN, attempts=attempts, age=FRESH)
        for attempts in range(1, BROKEN_ATTEMPTS + 1)
    ]
    assert delays == [timedelta(minutes=1), timedelta(minutes=5), None]


@given(attempts=ATTEMPTS, age=st.timedeltas(timedelta(), GIVE_UP_AFTER - timedelta(seconds=1)))
def test_an_absent_server_is_asked_every_quarter_of_an_hour(attempts: int, age: timedelta) -> None:
    delay = retry_delay(refusal=Refusal.AWAY, attempts=attempts, age=age)
    assert delay is not None
    assert delay <= AWAY_DELAY_MAX


@given(attempts=ATTEMPTS, age=AGES, refusal=st.sampled_from(Refusal))
def test_delays_never_shrink_and_nothing_is_tried_for_ever(
    attempts: int, age: timedelta, refusal: Refusal
) -> None:
    now = retry_delay(refusal=refusal, attempts=attempts, age=age)
    later = retry_delay(refusal=refusal, attempts=attempts + 1, age=age)
    assert now is None or now > timedelta()
    assert now is None or later is None or later >= now
    at_last = retry_delay(refusal=refusal, attempts=len(DELAYS) + 1, age=GIVE_UP_AFTER)
    assert at_last is None


@pytest.mark.parametrize("attempts", range(1, len(DELAYS) + 1))
def test_a_mail_that_grew_old_while_no_worker_ran_still_gets_its_first_attempts(
    attempts: int,
) -> None:
    age = timedelta(days=10)
    assert retry_delay(refusal=Refusal.TEMPORARY, attempts=attempts, age=age) is not None


def test_no_schedule_reaches_the_limit_for_mails_that_take_their_worker_down() -> None:
    age, attempts = timedelta(), 1
    while (delay := retry_delay(refusal=Refusal.AWAY, attempts=attempts, age=age)) is not None:
        age, attempts = age + delay, attempts + 1
    assert attempts < ATTEMPTS_MAX
