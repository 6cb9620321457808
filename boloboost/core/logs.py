"""What may not reach the logs."""

import logging

from .paths import hide_tokens


class HideTokens(logging.Filter):
    """Takes the tokens of private addresses out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = hide_tokens(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True


class RefusalsOnOneLine(logging.Filter):
    """Takes the traceback off what Django refused: a stranger could fill the disk with them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True
