"""Guests are forgotten after the neighbourhood's period; sums stay."""

from datetime import timedelta

from events.models import Registration
from events.selectors import people_counts
from events.services.registrations import register_guest
from events.services.retention import forget_guests
from events.tokens import read_registration_token, registration_token
from tests.factories import IN_A_WEEK, NOW, Neighbourhood, make_event, occurrence_of


def test_names_go_and_sums_stay(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood, capacity=3))
    for number in range(2):
        register_guest(
            occurrence_id=occurrence.pk,
            name="Fatma",
            email=f"gast{number}@example.org",
            party_size=3,
            language="nl",
            idempotency_key=str(number),
            now=NOW,
        )
    token = registration_token(Registration.objects.earliest("pk"))
    before = people_counts(occurrence)
    day_before = IN_A_WEEK + timedelta(hours=4, days=30) - timedelta(seconds=1)
    assert forget_guests(now=day_before) == 0
    assert forget_guests(now=day_before + timedelta(days=1)) == 2
    assert forget_guests(now=day_before + timedelta(days=2)) == 0
    rows = Registration.objects.values_list("name", "email")
    assert not any(name or "example.org" in email for name, email in rows)
    assert people_counts(occurrence) == before
    assert read_registration_token(token) is None
