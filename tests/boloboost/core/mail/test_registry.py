import pytest
from django.core.exceptions import ImproperlyConfigured

from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.registry import (
    RenderedMail,
    UnknownKindError,
    get_kind,
    kind_label,
    register_kind,
)
from tests.boloboost.core.mail.support import KIND, render_test_mail


def _another_renderer(mail: OutgoingMail) -> RenderedMail:
    return RenderedMail("", "", "")


def test_a_kind_is_found_by_its_word_and_has_a_name() -> None:
    assert get_kind(KIND).render is render_test_mail
    assert kind_label(KIND) == "Test mail"


def test_an_unknown_kind_says_so() -> None:
    with pytest.raises(UnknownKindError, match="no app knows mails of kind 'nonsense'"):
        get_kind("nonsense")
    assert kind_label("nonsense") == "nonsense"


def test_registering_a_kind_again_changes_nothing() -> None:
    register_kind(KIND, label="Test mail", render=render_test_mail)
    assert get_kind(KIND).render is render_test_mail


def test_two_renderers_for_one_kind_stop_the_boot() -> None:
    with pytest.raises(ImproperlyConfigured, match="twice"):
        register_kind(KIND, label="Other", render=_another_renderer)


@pytest.mark.parametrize("kind", ["", "x" * 41])
def test_a_kind_that_does_not_fit_its_column_stops_the_boot(kind: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        register_kind(kind, label="Other", render=_another_renderer)


def test_a_calendar_part_needs_its_method_and_the_other_way_round() -> None:
    with pytest.raises(ValueError, match="method"):
        RenderedMail("", "", "", calendar=b"BEGIN:VCALENDAR")
    with pytest.raises(ValueError, match="method"):
        RenderedMail("", "", "", calendar_method="REQUEST")


def test_a_method_cannot_carry_another_header() -> None:
    with pytest.raises(ValueError, match="iTIP"):
        RenderedMail("", "", "", calendar=b"x", calendar_method="REQUEST\r\nBcc: a@b.nl")
