"""Publishing, moving and calling off: what the schedule does and whom it tells."""

from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from boloboost.accounts.enums import Role
from boloboost.core.models import AuditEntry, OutgoingMail
from events.enums import OccurrenceStatus, RegistrationStatus
from events.models import Event, EventPage, Occurrence
from events.selectors import visible_occurrences
from events.services.registrations import register_guest
from events.services.schedule import (
    ScheduleChange,
    ScheduleConflict,
    cancel_occurrence,
    change_schedule,
    publish_schedule,
    restore_occurrence,
)
from tests.factories import (
    IN_A_WEEK,
    NOW,
    Neighbourhood,
    make_event,
    make_place,
    make_user,
    occurrence_of,
    translate_event,
)


def change_of(occurrence: Occurrence, **changes: object) -> ScheduleChange:
    values = {
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "place": occurrence.event.place,
        "capacity": occurrence.capacity,
        "takes_registrations": True,
        "party_limit": 6,
        "notice": "",
    }
    return ScheduleChange(**{**values, **changes})  # type: ignore[arg-type]


def register(occurrence: Occurrence, email: str, party_size: int = 1) -> None:
    register_guest(
        occurrence_id=occurrence.pk,
        name="Fatma",
        email=email,
        party_size=party_size,
        language="nl",
        idempotency_key=email,
        now=NOW,
    )


def test_a_draft_has_no_schedule(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood, live=False)
    assert page.schedule is None
    assert not Event.objects.exists()


def test_publishing_makes_one_event_with_one_occurrence(neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site)
    page = make_event(neighbourhood, place=place, capacity=40)
    occurrence = occurrence_of(page)
    assert occurrence.starts_at == occurrence.original_start == IN_A_WEEK
    assert (occurrence.capacity, occurrence.seat_ceiling, occurrence.seats_taken) == (40, 40, 0)
    assert occurrence.event.place == place
    assert occurrence.event.uid.endswith("@bolo.example")


def test_all_translations_share_the_schedule(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    translation = translate_event(page, title="Street dinner")
    assert translation.schedule == page.schedule
    assert not translation.owns_schedule
    assert Event.objects.count() == 1


def test_publishing_a_translation_leaves_the_schedule_alone(
    neighbourhood: Neighbourhood,
) -> None:
    page = make_event(neighbourhood)
    translation = translate_event(page)
    translation.starts_at = IN_A_WEEK + timedelta(days=3)
    translation.save_revision().publish()
    assert occurrence_of(page).starts_at == IN_A_WEEK


def test_republishing_with_the_current_version_moves_the_occurrence(
    neighbourhood: Neighbourhood,
) -> None:
    page = make_event(neighbourhood)
    page.starts_at = IN_A_WEEK + timedelta(hours=1)
    page.save_revision().publish()
    occurrence = occurrence_of(page)
    assert occurrence.starts_at == IN_A_WEEK + timedelta(hours=1)
    assert occurrence.original_start == IN_A_WEEK
    assert occurrence.sequence == 1


def test_an_older_version_leaves_the_schedule_alone(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    stale = page.schedule_version
    occurrence = occurrence_of(page)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, starts_at=IN_A_WEEK + timedelta(hours=2)),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    page = EventPage.objects.get(pk=page.pk)
    page.schedule_version = stale
    page.starts_at = IN_A_WEEK - timedelta(days=1)
    result = publish_schedule(page=page, actor=None, now=NOW)
    assert not result.schedule_applied
    assert occurrence_of(page).starts_at == IN_A_WEEK + timedelta(hours=2)


def test_republishing_unchanged_words_keeps_the_version(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    before = occurrence_of(page).event.version
    page.introduction = "Neem een stoel mee."
    page.save_revision().publish()
    assert occurrence_of(page).event.version == before


def test_two_people_in_the_same_screen(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood))
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, notice="Binnen"),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    with pytest.raises(ScheduleConflict):
        change_schedule(
            occurrence_id=occurrence.pk,
            change=change_of(occurrence, notice="Buiten"),
            expected_version=occurrence.event.version,
            actor=None,
            now=NOW,
        )
    assert occurrence_of_pk(occurrence.pk).event.notice == "Binnen"


def occurrence_of_pk(pk: int) -> Occurrence:
    return Occurrence.objects.select_related("event").get(pk=pk)


def test_moving_tells_those_who_come_and_those_who_wait(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=1))
    register(occurrence, "een@example.org")
    register(occurrence, "twee@example.org")
    OutgoingMail.objects.all().delete()
    occurrence = occurrence_of_pk(occurrence.pk)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, ends_at=occurrence.ends_at + timedelta(hours=1)),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    mails = OutgoingMail.objects.filter(kind="event_changed")
    assert {mail.recipient for mail in mails} == {"een@example.org", "twee@example.org"}


def test_an_urgent_message_or_more_seats_mails_nobody_about_time(
    neighbourhood: Neighbourhood,
) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=5))
    register(occurrence, "een@example.org")
    occurrence = occurrence_of_pk(occurrence.pk)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, notice="Neem een paraplu mee", capacity=9),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    assert not OutgoingMail.objects.filter(kind="event_changed").exists()
    assert occurrence_of_pk(occurrence.pk).sequence == 0


def test_fewer_seats_than_people_throws_nobody_out(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=4))
    register(occurrence, "een@example.org", 3)
    occurrence = occurrence_of_pk(occurrence.pk)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, capacity=2),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    occurrence = occurrence_of_pk(occurrence.pk)
    assert (occurrence.capacity, occurrence.seat_ceiling, occurrence.seats_taken) == (2, 3, 3)
    assert occurrence.seats_left == 0


def test_more_seats_let_those_who_wait_in(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=1))
    register(occurrence, "een@example.org")
    register(occurrence, "twee@example.org")
    occurrence = occurrence_of_pk(occurrence.pk)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, capacity=2),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    assert not occurrence.registrations.filter(status=RegistrationStatus.WAITING).exists()
    assert OutgoingMail.objects.filter(kind="registration_promoted").count() == 1


def test_calling_off_is_told_once_and_stays_visible(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood))
    register(occurrence, "een@example.org")
    for _ in range(2):
        cancel_occurrence(occurrence_id=occurrence.pk, reason="Storm", actor=None, now=NOW)
    occurrence = occurrence_of_pk(occurrence.pk)
    assert occurrence.status == OccurrenceStatus.CANCELLED
    assert occurrence.sequence == 1
    mail = OutgoingMail.objects.get(kind="event_cancelled")
    assert mail.context["reason"] == "Storm"
    assert occurrence in visible_occurrences(site=neighbourhood.site)


def test_guests_of_a_hidden_page_are_told_too(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    occurrence = occurrence_of(page)
    register(occurrence, "een@example.org")
    page.unpublish()
    cancel_occurrence(occurrence_id=occurrence.pk, reason="Storm", actor=None, now=NOW)
    assert OutgoingMail.objects.filter(kind="event_cancelled").count() == 1


def test_publishing_the_translation_first_takes_the_times_of_the_first_page(
    neighbourhood: Neighbourhood,
) -> None:
    page = make_event(neighbourhood, live=False)
    translation = page.copy_for_translation(neighbourhood.home_en.locale)
    page.starts_at = IN_A_WEEK + timedelta(days=1)
    page.ends_at = page.starts_at + timedelta(hours=2)
    page.save_revision()
    translation.save_revision().publish()
    assert occurrence_of(page).starts_at == IN_A_WEEK + timedelta(days=1)


def test_a_place_of_another_neighbourhood_does_not_come_along(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    page = make_event(neighbourhood, place=make_place(other_neighbourhood.site))
    assert occurrence_of(page).event.place is None


def test_a_kept_schedule_is_in_the_audit_trail(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    page.schedule_version = 0
    page.starts_at = IN_A_WEEK + timedelta(hours=1)
    publish_schedule(page=page, actor=None, now=NOW)
    assert AuditEntry.objects.filter(action="events.schedule_kept").count() == 1


def test_going_on_after_all_tells_everybody(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood))
    register(occurrence, "een@example.org")
    cancel_occurrence(occurrence_id=occurrence.pk, reason="Storm", actor=None, now=NOW)
    restore_occurrence(occurrence_id=occurrence.pk, actor=None, now=NOW)
    assert occurrence_of_pk(occurrence.pk).status == OccurrenceStatus.SCHEDULED
    assert OutgoingMail.objects.filter(kind="event_restored").count() == 1


def test_every_act_is_in_the_audit_trail(neighbourhood: Neighbourhood) -> None:
    actor = make_user("trekker@example.org", site=neighbourhood.site, role=Role.LEAD)
    occurrence = occurrence_of(make_event(neighbourhood))
    cancel_occurrence(occurrence_id=occurrence.pk, reason="Storm", actor=actor, now=NOW)
    entry = AuditEntry.objects.get(action="events.cancelled")
    assert (entry.actor, entry.site) == (actor, neighbourhood.site)


def test_hidden_pages_hide_their_occurrences(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    restricted = make_event(neighbourhood, title="Alleen voor ons")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    shown = visible_occurrences(site=neighbourhood.site)
    assert [row.event.translation_key for row in shown] == [page.translation_key]
    page.unpublish()
    assert not visible_occurrences(site=neighbourhood.site).exists()


def test_deleting_the_last_page_takes_an_event_without_guests_along(
    neighbourhood: Neighbourhood,
) -> None:
    make_event(neighbourhood).delete()
    assert not Event.objects.exists()


def test_deleting_the_page_keeps_the_registrations(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    register(occurrence_of(page), "een@example.org")
    page.delete()
    assert Event.objects.get().occurrences.get().registrations.count() == 1
    assert not visible_occurrences(site=neighbourhood.site).exists()
