import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from boloboost.core.mail.text import header_address, one_line, texts_in


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert line.splitlines() in ([line], [])
    assert line == line.strip()


def test_the_domain_of_an_address_goes_out_in_ascii() -> None:
    assert header_address("buur@café.example") == "buur@xn--caf-dma.example"


@pytest.mark.parametrize("evil", ["a@b.nl\r\nBcc: c@d.nl", "a@b.nl\n", "a\x00@b.nl", '"\t"@b.nl'])
def test_control_characters_are_refused_in_addresses(evil: str) -> None:
    with pytest.raises(ValueError):
        header_address(evil)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        header_address("buur")


def test_every_text_of_a_context_is_found() -> None:
    context = {"a": ["b", {"c": "d"}], "e": 1, "f": None, "g": ("h",)}
    assert sorted(texts_in(context)) == ["a", "b", "c", "d", "e", "f", "g", "h"]
