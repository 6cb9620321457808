"""Forms without a cookie: tokens, forms on other sites, robots, and text that cannot be seen."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.public_forms import (
    CleanCharField,
    CleanEmailField,
    Expired,
    Invalid,
    PublicForm,
    TooFast,
    is_from_elsewhere,
    issue_form_token,
    public_form,
    read_form_token,
)

PURPOSE = "rsvp:12"
MINUTE = timedelta(minutes=1)


class SampleForm(PublicForm):
    name = CleanCharField(label="Name", max_length=80)
    email = CleanEmailField(label="Mail", help_text="For the confirmation.")


def sent(now: datetime, *, made: datetime | None = None, **changes: str) -> SampleForm:
    """A form as a browser sends it a minute after it was shown."""
    token = issue_form_token(purpose=PURPOSE, now=made or now - MINUTE)
    data = QueryDict(mutable=True)
    data.update({"name": "Noor", "email": "noor@bolo.example", "website": "", "token": token})
    data.update(changes)
    return SampleForm(data, purpose=PURPOSE, now=now)


def test_a_token_tells_its_key_and_age(now: datetime) -> None:
    token = issue_form_token(purpose=PURPOSE, now=now)
    first = read_form_token(token, purpose=PURPOSE, now=now + MINUTE)
    second = read_form_token(token, purpose=PURPOSE, now=now + 2 * MINUTE)
    assert first.age == MINUTE
    assert first.key == second.key
    assert len(first.key) >= 128 / 6


def test_each_token_has_another_key(now: datetime) -> None:
    tokens = {issue_form_token(purpose=PURPOSE, now=now) for _ in range(100)}
    keys = {read_form_token(token, purpose=PURPOSE, now=now + MINUTE).key for token in tokens}
    assert len(keys) == 100


@pytest.mark.parametrize(
    ("age", "error"),
    [
        (timedelta(seconds=2), TooFast),
        (-MINUTE, TooFast),
        (timedelta(hours=2, seconds=1), Expired),
        (timedelta(days=400), Expired),
    ],
)
def test_a_token_may_be_too_young_or_too_old(
    age: timedelta, error: type[Exception], now: datetime
) -> None:
    token = issue_form_token(purpose=PURPOSE, now=now)
    with pytest.raises(error):
        read_form_token(token, purpose=PURPOSE, now=now + age)


@pytest.mark.parametrize("age", [timedelta(seconds=3), timedelta(hours=2)])
def test_the_bounds_themselves_are_good(age: timedelta, now: datetime) -> None:
    token = issue_form_token(purpose=PURPOSE, now=now)
    assert read_form_token(token, purpose=PURPOSE, now=now + age).age == age


def test_a_token_of_one_form_opens_no_other(now: datetime) -> None:
    token = issue_form_token(purpose=PURPOSE, now=now - MINUTE)
    with pytest.raises(Invalid):
        read_form_token(token, purpose="rsvp:13", now=now)


def test_any_changed_character_is_noticed(now: datetime) -> None:
    token = issue_form_token(purpose=PURPOSE, now=now - MINUTE)
    for place, character in enumerate(token):
        other = "A" if character != "A" else "B"
        with pytest.raises(Invalid):
            read_form_token(token[:place] + other + token[place + 1 :], purpose=PURPOSE, now=now)


@given(token=st.text())
def test_no_text_is_a_token(token: str) -> None:
    with pytest.raises(Invalid):
        read_form_token(token, purpose=PURPOSE, now=datetime.fromisoformat("2027-09-06T12:00Z"))


@pytest.mark.parametrize("value", ["", "key", "key.x", "key.99999999999999999999"])
def test_a_signed_text_of_another_form_is_no_token(value: str, now: datetime) -> None:
    token = Signer(salt=f"boloboost.core.public_forms:{PURPOSE}").sign(value)
    with pytest.raises(Invalid):
        read_form_token(token, purpose=PURPOSE, now=now)


def test_a_fresh_form_carries_a_token(now: datetime) -> None:
    form = SampleForm(purpose=PURPOSE, now=now)
    token = form["token"].value()
    assert read_form_token(token, purpose=PURPOSE, now=now + MINUTE)
    assert f'value="{token}"' in str(form["token"])


def test_a_good_form_has_the_key_of_its_token(now: datetime) -> None:
    form = sent(now)
    assert form.is_valid(), form.errors
    token = read_form_token(form.data["token"], purpose=PURPOSE, now=now)
    assert form.idempotency_key == token.key


def test_sending_the_same_form_twice_has_the_same_key(now: datetime) -> None:
    first = sent(now)
    again = SampleForm(first.data, purpose=PURPOSE, now=now + MINUTE)
    assert first.is_valid()
    assert again.is_valid()
    assert first.idempotency_key == again.idempotency_key


@pytest.mark.parametrize("changes", [{"token": ""}, {"token": "x"}, {"token": "\0\ud800"}])
def test_a_wrong_token_keeps_what_was_typed_and_then_works(
    changes: dict[str, str], now: datetime
) -> None:
    check_second_try(sent(now, **changes), now)


def test_an_old_form_keeps_what_was_typed_and_then_works(now: datetime) -> None:
    check_second_try(sent(now, made=now - timedelta(hours=3)), now)


def test_a_form_sent_too_fast_keeps_what_was_typed_and_then_works(now: datetime) -> None:
    check_second_try(sent(now, made=now), now)


def test_a_filled_hidden_field_keeps_what_was_typed_and_then_works(now: datetime) -> None:
    check_second_try(sent(now, website="https://spam.example"), now)


def check_second_try(form: SampleForm, now: datetime) -> None:
    """What was sent is refused with one message; sending what is then shown is accepted."""
    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]
    assert len(form.non_field_errors()) == 1
    assert form["name"].value() == "Noor"
    assert form.idempotency_key == "" or form["website"].value() == ""
    shown = {name: form[name].value() for name in form.fields}
    second = SampleForm(shown, purpose=PURPOSE, now=now + timedelta(seconds=3))
    assert second.is_valid(), second.errors


def test_another_error_leaves_the_token_as_it_is(now: datetime) -> None:
    form = sent(now, name="")
    before = form.data["token"]
    assert not form.is_valid()
    assert list(form.errors) == ["name"]
    assert form["token"].value() == before


def test_a_form_that_misses_everything_is_an_error_and_no_crash(now: datetime) -> None:
    form = SampleForm({}, purpose=PURPOSE, now=now)
    assert not form.is_valid()
    assert set(form.errors) == {"__all__", "name", "email"}


def test_the_hidden_field_is_out_of_everybodys_way(now: datetime) -> None:
    html = str(SampleForm(purpose=PURPOSE, now=now)["website"])
    for attribute in ('class="honeypot"', 'aria-hidden="true"', 'tabindex="-1"'):
        assert attribute in html
    assert 'autocomplete="off"' in html
    assert "required" not in html


def test_a_field_points_to_its_help_and_its_error(now: datetime) -> None:
    form = sent(now, email="noor")
    html = str(form["email"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in str(form["email"].errors)


def test_spaces_are_tidied() -> None:
    assert CleanCharField().clean("  Noor \t van  der\u00a0Meer ") == "Noor van der Meer"


@pytest.mark.parametrize(
    "value",
    ["a\0b", "a\nb", "a\r\nBcc: x@y.example", "a\x1bb", "a\x7fb", "a\x85b", "a\u2028b"]
    + [f"a{chr(code)}b" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    + ["a\ud800b"],
)
@pytest.mark.parametrize("field", [CleanCharField(), CleanEmailField()])
def test_what_cannot_be_seen_is_refused(field: forms.CharField, value: str) -> None:
    with pytest.raises(ValidationError):
        field.clean(value if isinstance(field, CleanCharField) else f"{value}@bolo.example")


@pytest.mark.parametrize("value", ["Zoë", "李", "نور", "👩‍🍳 kok", "O’Brien-Jansen", "<b>&\"'"])
def test_names_of_all_kinds_are_kept_whole(value: str) -> None:
    assert CleanCharField().clean(value) == value


@given(text=st.text())
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        value = CleanCharField(required=False, max_length=80).clean(text)
    except ValidationError:
        return
    assert value.isprintable() or not any(character in value for character in "\r\n\0\t")
    assert "  " not in value


def test_only_the_domain_of_a_mail_address_loses_its_capitals() -> None:
    assert CleanEmailField().clean(" Noor@Bolo.Example ") == "Noor@bolo.example"


@pytest.mark.parametrize("value", ["noor", "@bolo.example", "a" * 250 + "@bolo.example", "a b@c.d"])
def test_a_mail_address_is_checked(value: str) -> None:
    with pytest.raises(ValidationError):
        CleanEmailField().clean(value)


OWN = {"Origin": "http://bolo.example"}
ORIGIN_CASES: list[tuple[dict[str, str], bool]] = [
    ({}, False),
    (OWN, False),
    ({"Origin": "http://BOLO.example"}, False),
    ({**OWN, "Sec-Fetch-Site": "same-origin"}, False),
    ({"Sec-Fetch-Site": "none"}, False),
    ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, False),
    ({"Origin": "null"}, True),
    ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, True),
    ({"Origin": "https://bolo.example"}, True),
    ({"Origin": "http://bolo.example:8000"}, True),
    ({"Origin": "http://evil.example"}, True),
    ({"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"}, True),
    ({**OWN, "Sec-Fetch-Site": "same-site"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, True),
    ({"Sec-Fetch-Site": "nonsense"}, True),
]


@pytest.mark.parametrize(("headers", "elsewhere"), ORIGIN_CASES)
def test_a_form_on_another_site_is_recognised(
    headers: dict[str, str], elsewhere: bool, rf: RequestFactory
) -> None:
    request = rf.post("/", headers={"Host": "bolo.example", **headers})
    assert is_from_elsewhere(request) is elsewhere


@public_form
def sample_view(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"{request.method} {number}")


def test_a_view_of_a_public_form_needs_no_cookie(rf: RequestFactory) -> None:
    view: Any = sample_view
    assert view.csrf_exempt
    assert sample_view(rf.post("/"), number=3).content == b"POST 3"


def test_a_view_of_a_public_form_refuses_forms_on_other_sites(rf: RequestFactory) -> None:
    headers = {"Origin": "https://evil.example"}
    with pytest.raises(PermissionDenied):
        sample_view(rf.post("/", headers=headers), number=3)
    assert sample_view(rf.get("/", headers=headers), number=3).status_code == 200
