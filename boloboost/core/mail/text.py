"""Text that ends up in mail headers and in one-line columns."""

from collections.abc import Iterator
from typing import Any

from django.core.validators import validate_email
from django.utils.encoding import punycode


def one_line(text: str) -> str:
    """Return the text on one line: no control characters, single spaces."""
    return " ".join(
        "".join(character if character.isprintable() else " " for character in text).split()
    )


def has_control_characters(text: str) -> bool:
    """Say whether the text holds CR, LF, NUL or another control character."""
    return any(character < " " or character == "\x7f" for character in text)


def header_address(address: str) -> str:
    """Return a mail address as it goes into a header, its domain in ASCII.

    Raises:
        ValueError: it holds control characters.
        ValidationError: it is no mail address.
    """
    if has_control_characters(address):
        raise ValueError("a mail address holds control characters")
    validate_email(address)
    local, _, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)
