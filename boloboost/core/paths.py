"""What the middleware and the logs know of the address plan."""

import re

ADMIN_PREFIX = "/beheer/"
ACCOUNT_PREFIX = "/account/"

_LANGUAGE = r"^(?:/[a-z]{2})?"
_ADMIN = re.compile(r"^/beheer(?:/|$)")
_PRIVATE = re.compile(_LANGUAGE + r"/(?:beheer|account)(?:/|$)")
_TOKEN_PATHS = r"/(?:aanmelding|badge|feeds/ik|account/password/reset/key)/"  # noqa: S105
_TOKEN_PAGE = re.compile(_LANGUAGE + _TOKEN_PATHS)
_TOKEN = re.compile(rf"({_TOKEN_PATHS})[^/?\s\"']+")


def is_admin_path(path: str) -> bool:
    """Tell whether this address is of the Wagtail admin."""
    return bool(_ADMIN.match(path))


def is_private_path(path: str) -> bool:
    """Tell whether this address is of the admin or the accounts."""
    return bool(_PRIVATE.match(path))


def is_token_path(path: str) -> bool:
    """Tell whether this address holds a token that opens something for whoever has it."""
    return bool(_TOKEN_PAGE.match(path))


def hide_tokens(text: str) -> str:
    """Return a text in which the tokens of addresses are replaced by an ellipsis."""
    return _TOKEN.sub(r"\1…", text)


def wants_html(path: str) -> bool:
    """Tell whether people read this address: it is no feed or file."""
    return "." not in path.rsplit("/", 1)[-1]
