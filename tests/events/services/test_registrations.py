"""Saying yes, waiting, signing off; the database's own constraints behind it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boloboost.core.models import OutgoingMail
from events.enums import RegistrationStatus
from events.models import Occurrence, Registration
from events.services.registrations import (
    PartyTooLarge,
    RegistrationClosed,
    RegistrationResult,
    cancel_registration,
    register_guest,
    waiting_position,
)
from events.services.schedule import cancel_occurrence
from events.services.seats import set_capacity
from tests.factories import (
    IN_A_WEEK,
    NOW,
    Neighbourhood,
    make_event,
    make_neighbourhood,
    occurrence_of,
)

GOING, WAITING = RegistrationStatus.GOING, RegistrationStatus.WAITING


@pytest.fixture
def dinner(neighbourhood: Neighbourhood) -> Occurrence:
    return occurrence_of(make_event(neighbourhood, capacity=4))


def register(
    occurrence: Occurrence, email: str, party_size: int = 1, **kw: object
) -> RegistrationResult:
    values = {"name": "Joke", "language": "nl", "idempotency_key": f"{email}-key", "now": NOW}
    return register_guest(
        occurrence_id=occurrence.pk,
        email=email,
        party_size=party_size,
        **{**values, **kw},  # type: ignore[arg-type]
    )


def seats(occurrence: Occurrence) -> int:
    return Occurrence.objects.get(pk=occurrence.pk).seats_taken


def test_a_yes_holds_a_seat_and_queues_one_mail(dinner: Occurrence) -> None:
    result = register(dinner, "joke@example.org", 3)
    assert (result.outcome, result.created) == (GOING, True)
    assert seats(dinner) == 3
    mail = OutgoingMail.objects.get()
    assert mail.kind == "registration_received"
    assert "METHOD:REQUEST" in mail.context["calendar"]
    assert "PARTSTAT=ACCEPTED" in mail.context["calendar"]


def test_the_same_form_ten_times_is_one_registration_and_one_mail(dinner: Occurrence) -> None:
    results = [register(dinner, "joke@example.org", 4) for _ in range(10)]
    assert {result.registration.pk for result in results} == {results[0].registration.pk}
    assert {result.outcome for result in results} == {GOING}
    assert OutgoingMail.objects.count() == 1


def test_a_known_address_keeps_what_it_has_and_gets_its_link_again(dinner: Occurrence) -> None:
    first = register(dinner, "joke@example.org", 2)
    again = register(dinner, "Joke@Example.org", 1, idempotency_key="another form")
    assert again.registration == first.registration
    assert again.registration.party_size == 2
    assert not again.created
    kinds = OutgoingMail.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["registration_received", "registration_repeated"]


def test_a_known_address_gets_at_most_one_repeat_in_ten_minutes(dinner: Occurrence) -> None:
    register(dinner, "joke@example.org")
    for number in range(5):
        register(dinner, "joke@example.org", idempotency_key=f"form {number}")
    assert OutgoingMail.objects.filter(kind="registration_repeated").count() == 1


def test_known_and_unknown_addresses_get_the_same_answer(dinner: Occurrence) -> None:
    register(dinner, "joke@example.org", 4)
    known = register(dinner, "joke@example.org", idempotency_key="second form")
    unknown = register(dinner, "wout@example.org")
    assert known.outcome == unknown.outcome == WAITING


def test_a_party_that_does_not_fit_waits(dinner: Occurrence) -> None:
    register(dinner, "een@example.org", 3)
    result = register(dinner, "twee@example.org", 2)
    assert result.outcome == WAITING
    assert seats(dinner) == 3
    assert "METHOD" not in OutgoingMail.objects.latest("pk").context["calendar"]


def test_nobody_pushes_in_before_those_who_wait(dinner: Occurrence) -> None:
    register(dinner, "een@example.org", 3)
    register(dinner, "twee@example.org", 2)
    assert register(dinner, "drie@example.org", 1).outcome == WAITING


def test_a_party_larger_than_all_seats_is_refused(dinner: Occurrence) -> None:
    with pytest.raises(PartyTooLarge) as refused:
        register(dinner, "een@example.org", 5)
    assert refused.value.limit == 4


def test_a_party_that_can_never_fit_holds_nobody_up(dinner: Occurrence) -> None:
    first = register(dinner, "een@example.org", 4).registration
    register(dinner, "twee@example.org", 3)
    set_capacity(occurrence=Occurrence.objects.get(pk=dinner.pk), capacity=2)
    cancel_registration(registration_id=first.pk, now=NOW)
    assert register(dinner, "drie@example.org", 2).outcome == GOING


def test_the_same_form_after_signing_off_is_a_new_yes(dinner: Occurrence) -> None:
    row = register(dinner, "een@example.org").registration
    cancel_registration(registration_id=row.pk, now=NOW)
    again = register(dinner, "een@example.org")
    assert (again.created, again.outcome) == (True, GOING)


def test_signing_off_from_the_waiting_list_cancels_no_calendar_entry(dinner: Occurrence) -> None:
    register(dinner, "een@example.org", 4)
    row = register(dinner, "twee@example.org").registration
    cancel_registration(registration_id=row.pk, now=NOW)
    assert OutgoingMail.objects.get(kind="waiting_cancelled").context["calendar"] == ""


def test_signing_off_lets_the_oldest_in(dinner: Occurrence) -> None:
    first = register(dinner, "een@example.org", 4).registration
    second = register(dinner, "twee@example.org", 2).registration
    third = register(dinner, "drie@example.org", 2).registration
    fourth = register(dinner, "vier@example.org", 1).registration
    cancel_registration(registration_id=first.pk, now=NOW)
    for row in (second, third, fourth):
        row.refresh_from_db()
    assert [row.status for row in (second, third, fourth)] == [GOING, GOING, WAITING]
    assert waiting_position(fourth) == 1
    assert OutgoingMail.objects.filter(kind="registration_promoted").count() == 2
    assert seats(dinner) == 4


def test_signing_off_twice_is_once(dinner: Occurrence) -> None:
    row = register(dinner, "een@example.org", 2).registration
    for _ in range(2):
        cancel_registration(registration_id=row.pk, now=NOW)
    assert seats(dinner) == 0
    assert OutgoingMail.objects.filter(kind="registration_cancelled").count() == 1


def test_signing_up_again_after_signing_off(dinner: Occurrence) -> None:
    row = register(dinner, "een@example.org").registration
    cancel_registration(registration_id=row.pk, now=NOW)
    again = register(dinner, "een@example.org", idempotency_key="new form")
    assert again.created
    sequences = [
        line
        for mail in OutgoingMail.objects.order_by("pk")
        for line in mail.context["calendar"].splitlines()
        if line.startswith("SEQUENCE")
    ]
    assert sequences == ["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2"]


@pytest.mark.parametrize(
    ("moment", "reason"),
    [(IN_A_WEEK, "past"), (IN_A_WEEK + timedelta(days=1), "past")],
)
def test_too_late(dinner: Occurrence, moment: object, reason: str) -> None:
    with pytest.raises(RegistrationClosed) as closed:
        register(dinner, "een@example.org", now=moment)
    assert closed.value.reason == reason


def test_cancelled_events_take_nobody(dinner: Occurrence) -> None:
    cancel_occurrence(occurrence_id=dinner.pk, reason="Regen", actor=None, now=NOW)
    with pytest.raises(RegistrationClosed) as closed:
        register(dinner, "een@example.org")
    assert closed.value.reason == "cancelled"
    assert not Registration.objects.exists()


def test_events_without_registration_take_nobody(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, takes_registrations=False))
    with pytest.raises(RegistrationClosed) as closed:
        register(occurrence, "een@example.org")
    assert closed.value.reason == "closed"


def test_a_party_above_the_limit_is_refused(dinner: Occurrence) -> None:
    with pytest.raises(PartyTooLarge):
        register(dinner, "een@example.org", 7)
    assert not OutgoingMail.objects.exists()


def test_room_for_everybody(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=None))
    assert {register(occurrence, f"{n}@example.org", 6).outcome for n in range(5)} == {GOING}
    assert seats(occurrence) == 30


def test_an_exception_after_the_insert_leaves_no_registration_and_no_mail(
    dinner: Occurrence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("events.services.registrations.queue_registration_mail", broken)
    with pytest.raises(RuntimeError):
        register(dinner, "een@example.org")
    assert not Registration.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert seats(dinner) == 0


def test_the_database_refuses_a_second_active_registration(dinner: Occurrence) -> None:
    row = register(dinner, "een@example.org").registration
    row.pk, row.idempotency_key, row.queue_number = None, "other", 99
    row.email = "EEN@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_more_seats_than_the_ceiling(dinner: Occurrence) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.filter(pk=dinner.pk).update(seats_taken=5)


@settings(
    max_examples=25,
    deadline=None,
    # Every example rolls its own transaction back.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("join"), st.integers(1, 4)),
            st.tuples(st.just("leave"), st.integers(0, 30)),
        ),
        max_size=14,
    )
)
def test_never_over_capacity_and_first_come_first_served(
    db: None, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        neighbourhood = make_neighbourhood(default=True)
        occurrence = occurrence_of(make_event(neighbourhood, capacity=5))
        for number, (act, value) in enumerate(steps):
            rows = list(occurrence.registrations.order_by("pk"))
            if act == "join":
                register(occurrence, f"gast{number}@example.org", value)
            elif rows:
                cancel_registration(registration_id=rows[value % len(rows)].pk, now=NOW)
            going = occurrence.registrations.filter(status=GOING)
            waiting = list(occurrence.registrations.filter(status=WAITING).order_by("queue_number"))
            taken = sum(row.party_size for row in going)
            assert taken == seats(occurrence) <= 5
            if waiting:
                assert taken + waiting[0].party_size > 5
            numbers = sorted(occurrence.registrations.values_list("queue_number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)
