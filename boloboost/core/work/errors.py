"""What background work does about errors, and what it says about them."""

import traceback

from django.db import InterfaceError, OperationalError, close_old_connections, connection

#: The database is locked, full or gone: not the fault of the work in hand.
DATABASE_AWAY = (OperationalError, InterfaceError)


def trace_of(error: BaseException) -> str:
    """Return the kind of error and where it came up, for a log.

    Without its message and without values: they may quote a name or an address.
    """
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{type(error).__name__}\n{frames}"


def place_of(error: BaseException) -> str:
    """Return the file and line where an error came up."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"


def drop_dead_connection() -> None:
    """Drop a connection that failed or grew old; the next query opens a new one."""
    if not connection.in_atomic_block:
        close_old_connections()
