"""What programs that are not ours understand of a calendar."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import vobject

HERE = Path(__file__).parent
Reading = dict[str, Any]


def _run(*command: str, content: bytes = b"") -> bytes:
    done = subprocess.run(command, input=content, capture_output=True, cwd=HERE)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _in_utc(reading: Reading) -> Reading:
    for event in reading["events"]:
        for name in ("start", "end"):
            event[name] = datetime.fromtimestamp(event[name], UTC)
    return reading


def read_with_icaljs(content: bytes) -> Reading:
    """Read with ical.js, the parser of Thunderbird and many web calendars."""
    return _in_utc(json.loads(_run("node", "read_with_icaljs.js", content=content)))


@cache
def _libical_reader() -> str:
    """Compile the C program once, outside the project."""
    program = Path(mkdtemp(prefix="boloboost-interop-")) / "read_with_libical"
    flags = _run("pkg-config", "--cflags", "--libs", "libical").decode().split()
    _run("cc", "-Wall", "-Werror", "-o", str(program), "read_with_libical.c", *flags)
    return str(program)


def read_with_libical(content: bytes) -> Reading:
    """Read with libical, the parser of GNOME, KDE and Cyrus."""
    return _in_utc(json.loads(_run(_libical_reader(), content=content)))


def read_with_vobject(content: bytes) -> Reading:
    """Read with vobject, the parser of Radicale and khal's older versions."""
    calendar = vobject.readOne(content.decode())

    def text(component: Any, name: str) -> str:
        return str(component.getChildValue(name, ""))

    def guest(attendee: Any) -> dict[str, str]:
        return {
            "address": attendee.value,
            "name": attendee.params["CN"][0],
            "answer": attendee.params["PARTSTAT"][0],
            "must_answer": attendee.params["RSVP"][0],
        }

    return {
        "method": text(calendar, "method"),
        "name": text(calendar, "x_wr_calname"),
        "events": [
            {
                "uid": text(event, "uid"),
                "start": event.dtstart.value.astimezone(UTC),
                "end": event.dtend.value.astimezone(UTC),
                "summary": text(event, "summary"),
                "description": text(event, "description"),
                "location": text(event, "location"),
                "status": text(event, "status"),
                "sequence": int(text(event, "sequence")),
                "attendees": [guest(found) for found in event.contents.get("attendee", [])],
            }
            for event in calendar.contents.get("vevent", [])
        ],
    }


READERS: dict[str, Callable[[bytes], Reading]] = {
    "ical.js": read_with_icaljs,
    "libical": read_with_libical,
    "vobject": read_with_vobject,
}
