from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.mail.mime import Envelope, StoredMessage, build_mime
from boloboost.core.mail.registry import RenderedMail

CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-NAME:caf\xc3\xa9\r\nEND:VCALENDAR\r\n"
PLAIN = RenderedMail(
    subject="Je gaat mee: één café",
    text="Hoi Sam,\n\nTot dan op de Egidiusstraat – één uur.\n",
    html="<p>Hoi Sam – één uur</p>\n",
)
INVITATION = replace(PLAIN, calendar=CALENDAR, calendar_method="REQUEST")
ENVELOPE = Envelope(
    sender_name="Boloböost, de buurt",
    sender="hallo@bolo.example",
    recipient="buur@example.org",
    message_id="<0123456789abcdef0123456789abcdef@bolo.example>",
    date=datetime(2027, 9, 6, 12, 0, tzinfo=UTC),
)
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"]


def _parse(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def _lines(part: EmailMessage) -> str:
    return part.get_content().replace("\r\n", "\n")


def _top_headers(data: bytes) -> list[str]:
    return [
        name
        for name in _parse(data).keys()  # noqa: SIM118
        if name not in {"Content-Type", "MIME-Version"}
    ]


def test_a_mail_is_text_and_html() -> None:
    mail = _parse(build_mime(PLAIN, ENVELOPE))
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), _lines(text)) == ("text/plain", PLAIN.text)
    assert (html.get_content_type(), _lines(html)) == ("text/html", PLAIN.html)


def test_an_invitation_has_its_calendar_twice_with_the_same_bytes() -> None:
    data = build_mime(INVITATION, ENVELOPE)
    mail = _parse(data)
    assert mail.get_content_type() == "multipart/mixed"
    alternatives, attachment = mail.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    text, html, calendar = alternatives.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert html.get_content_type() == "text/html"
    assert b"\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n" in data
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() is None
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invite.ics"
    assert calendar.get_payload(decode=True) == CALENDAR
    assert attachment.get_payload(decode=True) == CALENDAR


def test_the_headers_say_who_when_and_that_no_person_wrote_it() -> None:
    mail = _parse(build_mime(replace(PLAIN, reply_to="trekker@bolo.example"), ENVELOPE))
    assert mail["From"].addresses[0].display_name == "Boloböost, de buurt"
    assert mail["From"].addresses[0].addr_spec == "hallo@bolo.example"
    assert mail["To"] == "buur@example.org"
    assert mail["Subject"] == "Je gaat mee: één café"
    assert mail["Reply-To"] == "trekker@bolo.example"
    assert mail["Date"].datetime == ENVELOPE.date
    assert mail["Message-ID"] == ENVELOPE.message_id
    assert mail["Auto-Submitted"] == "auto-generated"


def test_without_an_address_for_answers_they_go_to_the_sender() -> None:
    assert _top_headers(build_mime(PLAIN, ENVELOPE)) == HEADERS


def test_lines_end_in_crlf_and_keep_to_998_octets() -> None:
    long = replace(INVITATION, text="x" * 5000, html="é" * 5000, subject="s" * 5000)
    data = build_mime(long, ENVELOPE)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    data.decode("ascii")


def test_a_long_message_id_stays_on_the_line_of_its_name() -> None:
    message_id = f"<{'a' * 32}@{'b' * 120}>"
    data = build_mime(PLAIN, replace(ENVELOPE, message_id=message_id))
    assert f"\r\nMessage-ID: {message_id}\r\n".encode() in data


@given(
    subject=st.text(max_size=120),
    name=st.text(max_size=60),
    text=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_no_text_adds_a_header_a_recipient_or_a_part(subject: str, name: str, text: str) -> None:
    rendered = replace(INVITATION, subject=subject, text=text)
    data = build_mime(rendered, replace(ENVELOPE, sender_name=name))
    mail = _parse(data)
    assert _top_headers(data) == HEADERS
    assert [address.addr_spec for address in mail["To"].addresses] == ["buur@example.org"]
    assert [address.addr_spec for address in mail["From"].addresses] == ["hallo@bolo.example"]
    assert len(list(mail.walk())) == 6


@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1), min_size=1).map(
        lambda words: " ".join(words)[:200].strip()
    )
)
def test_every_subject_arrives_as_it_was_written(subject: str) -> None:
    data = build_mime(replace(PLAIN, subject=subject), ENVELOPE)
    assert _decoded_subject(data) == subject


def _decoded_subject(data: bytes) -> str:
    """Decode by the letter of RFC 2047; the parser of Python 3.11 loses spaces."""
    from email.header import decode_header, make_header

    return str(make_header(decode_header(message_from_bytes(data)["Subject"])))


@pytest.mark.parametrize("evil", ["a@b.nl\r\nBcc: c@d.nl", "a@b.nl\x00", "a@b.nl\nX: y"])
@pytest.mark.parametrize("field", ["sender", "recipient"])
def test_an_address_with_a_header_in_it_is_refused(field: str, evil: str) -> None:
    with pytest.raises(ValueError):
        build_mime(PLAIN, replace(ENVELOPE, **{field: evil}))
    with pytest.raises(ValueError):
        build_mime(replace(PLAIN, reply_to=evil), ENVELOPE)


def test_two_addresses_are_no_address() -> None:
    with pytest.raises(ValidationError):
        build_mime(PLAIN, replace(ENVELOPE, recipient="a@b.nl, c@d.nl"))


def test_stored_bytes_go_out_as_they_were_stored() -> None:
    data = build_mime(INVITATION, ENVELOPE)
    message = StoredMessage(stored=data, subject="Je gaat mee", recipient="buur@example.org")
    assert message.message().as_bytes() == data
    assert message.message().as_bytes(linesep="\r\n") == data
    assert message.recipients() == ["buur@example.org"]
    assert message.from_email == "hallo@bolo.example"
    assert message.body == PLAIN.text
    assert message.message()["Message-ID"] == ENVELOPE.message_id
