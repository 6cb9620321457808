"""A volunteer makes and edits an event in the admin."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from boloboost.accounts.enums import Role
from boloboost.core.models import AuditEntry
from events.models import EventPage
from events.services.schedule import cancel_occurrence
from tests.events.services.test_schedule import change_of
from tests.factories import (
    IN_A_WEEK,
    NOW,
    Neighbourhood,
    make_category,
    make_event,
    make_user,
    occurrence_of,
    translate_event,
)


@pytest.fixture(autouse=True)
def _frozen(settings: object) -> Iterator[None]:
    settings.SAMPLE = True  # type: ignore[attr-defined]
    with time_machine.travel(NOW, tick=False):
        yield


def client_for(neighbourhood: Neighbourhood, role: Role, email: str = "") -> Client:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(
        make_user(email or f"{role}@example.org", site=neighbourhood.site, role=role)
    )
    return client


def typed(neighbourhood: Neighbourhood, **changes: str) -> dict[str, str]:
    category = make_category(neighbourhood.site)
    values = {
        "title": "Straatdiner",
        "slug": "straatdiner",
        "introduction": "Eén lange tafel.",
        "category": str(category.pk),
        "starts_at": "13-09-2027 17:00",
        "ends_at": "13-09-2027 21:00",
        "place": "",
        "opened_version": "0",
        "takes_registrations": "on",
        "capacity": "80",
        "party_limit": "6",
        "body": rich_text("<p>Neem een stoel mee.</p>"),
        "bring": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    return nested_form_data({**values, **changes})


def add_url(neighbourhood: Neighbourhood) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=["events", "eventpage", neighbourhood.calendar.pk]
    )


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_only_editor_publishes_alone_and_it_is_logged(neighbourhood: Neighbourhood) -> None:
    editor = client_for(neighbourhood, Role.EDITOR)
    data = {**typed(neighbourhood), "action-publish": "1"}
    assert editor.post(add_url(neighbourhood), data).status_code == 302
    page = EventPage.objects.get()
    assert page.live
    assert occurrence_of(page).capacity == 80
    assert AuditEntry.objects.filter(action="core.published_alone").count() == 1


def test_a_first_publication_needs_a_second_person(neighbourhood: Neighbourhood) -> None:
    first = client_for(neighbourhood, Role.EDITOR)
    second = client_for(neighbourhood, Role.EDITOR, "tweede@example.org")
    first.post(add_url(neighbourhood), {**typed(neighbourhood), "action-publish": "1"})
    page = EventPage.objects.get()
    assert not page.live
    data = {**typed(neighbourhood, slug=page.slug), "action-publish": "1"}
    first.post(edit_url(page), data)
    page.refresh_from_db()
    assert not page.live
    second.post(edit_url(page), data)
    page.refresh_from_db()
    assert page.live
    assert not AuditEntry.objects.filter(action="core.published_alone").exists()


def test_a_lead_submits_and_an_editor_approves(neighbourhood: Neighbourhood) -> None:
    lead = client_for(neighbourhood, Role.LEAD)
    editor = client_for(neighbourhood, Role.EDITOR)
    lead.post(add_url(neighbourhood), {**typed(neighbourhood), "action-submit": "1"})
    page = EventPage.objects.get()
    assert not page.live
    state = page.current_workflow_state
    assert state is not None
    action = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    assert lead.post(action).status_code in {302, 403}
    page.refresh_from_db()
    assert not page.live
    editor.post(action)
    page.refresh_from_db()
    assert page.live
    assert occurrence_of(page).event.organisers.filter(email="lead@example.org").exists()


def test_nobody_approves_their_own_event(neighbourhood: Neighbourhood) -> None:
    first = client_for(neighbourhood, Role.EDITOR)
    client_for(neighbourhood, Role.EDITOR, "tweede@example.org")
    first.post(add_url(neighbourhood), {**typed(neighbourhood), "action-submit": "1"})
    page = EventPage.objects.get()
    state = page.current_workflow_state
    assert state is not None
    first.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state.current_task_state.pk],
        )
    )
    page.refresh_from_db()
    assert not page.live


def test_later_edits_by_the_maker_are_not_held_up(neighbourhood: Neighbourhood) -> None:
    editor = make_user("maker@example.org", site=neighbourhood.site, role=Role.EDITOR)
    make_user("tweede@example.org", site=neighbourhood.site, role=Role.EDITOR)
    page = make_event(neighbourhood, owner=editor)
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(editor)
    data = typed(neighbourhood, slug=page.slug, title="Straatdiner XL", opened_version="1")
    client.post(edit_url(page), {**data, "action-publish": "1"})
    page.refresh_from_db()
    assert page.title == "Straatdiner XL"


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", ""),
        ("ends_at", ""),
        ("ends_at", "13-09-2027 16:00"),
        ("starts_at", "32-13-2027 25:00"),
        ("category", ""),
        ("category", "999999"),
        ("place", "999999"),
        ("capacity", "0"),
        ("capacity", "-1"),
        ("party_limit", "0"),
        ("party_limit", "21"),
        ("title", ""),
    ],
)
def test_bad_input_is_not_published(
    neighbourhood: Neighbourhood, field: str, value: str, action: str
) -> None:
    editor = client_for(neighbourhood, Role.EDITOR)
    data = {**typed(neighbourhood, **{field: value}), action: "1"}
    response = editor.post(add_url(neighbourhood), data)
    assert response.status_code == 200
    assert not EventPage.objects.exists()
    if field != "title":
        assert "Straatdiner" in response.content.decode()


def test_a_half_finished_draft_can_be_kept(neighbourhood: Neighbourhood) -> None:
    lead = client_for(neighbourhood, Role.LEAD)
    data = typed(neighbourhood, starts_at="", ends_at="", category="", capacity="")
    assert lead.post(add_url(neighbourhood), data).status_code == 302
    page = EventPage.objects.get()
    assert (page.live, page.starts_at) == (False, None)


def test_the_form_shows_the_schedule_as_it_is_now(neighbourhood: Neighbourhood) -> None:
    from events.services.schedule import change_schedule

    editor = client_for(neighbourhood, Role.EDITOR)
    page = make_event(neighbourhood, category=make_category(neighbourhood.site))
    occurrence = occurrence_of(page)
    moved = IN_A_WEEK + timedelta(hours=2)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, starts_at=moved, capacity=7),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    html = editor.get(edit_url(page)).content.decode()
    assert f"{timezone.localtime(moved):%d-%m-%Y %H:%M}" in html
    assert 'name="opened_version" value="2"' in html


def test_a_form_from_before_the_change_leaves_the_schedule_alone_and_says_so(
    neighbourhood: Neighbourhood,
) -> None:
    from events.services.schedule import change_schedule

    editor = client_for(neighbourhood, Role.EDITOR)
    page = make_event(neighbourhood, capacity=5)
    occurrence = occurrence_of(page)
    change_schedule(
        occurrence_id=occurrence.pk,
        change=change_of(occurrence, capacity=7),
        expected_version=occurrence.event.version,
        actor=None,
        now=NOW,
    )
    data = typed(neighbourhood, slug=page.slug, opened_version="1", capacity="99")
    response = editor.post(
        edit_url(page), {**data, "action-publish": "1"}, follow=True, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert occurrence_of(page).capacity == 7
    levels = [message.level_tag for message in response.context["messages"]]
    assert "warning" in levels


def test_a_translation_shows_the_schedule_but_does_not_edit_it(
    neighbourhood: Neighbourhood,
) -> None:
    editor = client_for(neighbourhood, Role.EDITOR)
    translation = translate_event(
        make_event(neighbourhood, category=make_category(neighbourhood.site))
    )
    html = editor.get(edit_url(translation)).content.decode()
    assert 'name="starts_at"' not in html
    assert 'name="capacity"' not in html
    assert 'name="title"' in html


def test_an_event_with_guests_is_not_deleted(neighbourhood: Neighbourhood) -> None:
    from tests.events.services.test_schedule import register

    editor = client_for(neighbourhood, Role.EDITOR)
    page = make_event(neighbourhood)
    occurrence = occurrence_of(page)
    register(occurrence, "een@example.org")
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    editor.post(delete)
    assert EventPage.objects.filter(pk=page.pk).exists()
    cancel_occurrence(occurrence_id=occurrence.pk, reason="Regen", actor=None, now=NOW)
    editor.post(delete)
    assert not EventPage.objects.filter(pk=page.pk).exists()


def test_many_pages_at_once_do_no_more_than_one(neighbourhood: Neighbourhood) -> None:
    from tests.events.services.test_schedule import register

    editor = client_for(neighbourhood, Role.EDITOR)
    page = make_event(neighbourhood)
    register(occurrence_of(page), "een@example.org")
    draft = make_event(neighbourhood, title="Half", live=False, category=None)
    for action, target in (("delete", page), ("publish", draft)):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        editor.post(f"{bulk}?id={target.pk}&next=/beheer/")
    assert EventPage.objects.filter(pk=page.pk).exists()
    draft.refresh_from_db()
    assert not draft.live


def test_one_translation_of_an_event_with_guests_can_go(neighbourhood: Neighbourhood) -> None:
    from tests.events.services.test_schedule import register

    editor = client_for(neighbourhood, Role.EDITOR)
    page = make_event(neighbourhood)
    translation = translate_event(page)
    register(occurrence_of(page), "een@example.org")
    editor.post(reverse("wagtailadmin_pages:delete", args=[translation.pk]))
    assert not EventPage.objects.filter(pk=translation.pk).exists()
    assert EventPage.objects.filter(pk=page.pk).exists()


def test_a_translation_by_one_person_needs_a_second_one_too(
    neighbourhood: Neighbourhood,
) -> None:
    maker = make_user("maker@example.org", site=neighbourhood.site, role=Role.LEAD)
    translator = make_user("vertaler@example.org", site=neighbourhood.site, role=Role.EDITOR)
    make_user("tweede@example.org", site=neighbourhood.site, role=Role.EDITOR)
    page = make_event(neighbourhood, owner=maker)
    translation = page.copy_for_translation(neighbourhood.home_en.locale)
    translation.save_revision(user=translator)
    assert not translation.permissions_for_user(translator).can_publish()
    other = type(translator).objects.get(email="tweede@example.org")
    assert translation.permissions_for_user(other).can_publish()
