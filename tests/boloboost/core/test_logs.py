"""Private links stay out of the logs."""

import logging

from boloboost.core.logs import HideTokens, RefusalsOnOneLine


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, None)


def test_a_token_is_taken_out_of_a_line() -> None:
    line = record("%s: %s", "Internal Server Error", "/aanmelding/s3cret/")
    assert HideTokens().filter(line)
    assert line.getMessage() == "Internal Server Error: /aanmelding/…/"


def test_other_lines_are_left_alone() -> None:
    line = record("%d mails", 3)
    assert HideTokens().filter(line)
    assert (line.msg, line.args) == ("%d mails", (3,))


def test_a_refusal_has_no_traceback() -> None:
    error = ValueError("no")
    for name, kept in (("django.security.DisallowedHost", False), ("django.request", True)):
        line = logging.makeLogRecord({"name": name, "exc_info": (ValueError, error, None)})
        assert RefusalsOnOneLine().filter(line)
        assert bool(line.exc_info) is kept


def test_the_handler_of_every_line_has_the_filters() -> None:
    ours = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    assert ours
    for handler in ours:
        assert {type(one) for one in handler.filters} == {HideTokens, RefusalsOnOneLine}
