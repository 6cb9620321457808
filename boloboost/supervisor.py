"""Keeps a few services running side by side: brings back the one that dies, stops all together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[1]
FIRST_ANSWER_SECONDS = 60
STOP_SECONDS = 30
POLL_SECONDS = 0.1
HEALTHY_SECONDS = 60
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
PR_SET_PDEATHSIG = 1


class CannotServe(Exception):
    """The site cannot start; the text says what to do."""


def _end_with_parent() -> None:
    """Ask Linux to send SIGTERM to this child when the supervisor is gone (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One service, brought back when it dies: later each time that it dies young."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.start_at = 0.0
        self.pause = FIRST_PAUSE_SECONDS

    def start(self) -> None:
        """Start the service in a process group of its own."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - commands of our own
            self.command,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_parent,
        )

    def is_running(self) -> bool:
        """Return whether the service's first process lives."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the service and all that it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def tend(self, now: float) -> None:
        """Look after the service at ``now`` (monotonic seconds)."""
        if self.process is None and now >= self.start_at:
            self.start()
        elif self.process is not None and self.process.poll() is not None:
            self.signal(signal.SIGKILL)
            if now - self.started > HEALTHY_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            print(f"The {self.name} stopped; it starts again in {self.pause:.0f} s.", flush=True)
            self.process, self.start_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)


@dataclass
class Supervisor:
    """Runs services; ``welcome`` is printed once ``answers`` says that the site is up."""

    children: list[Child]
    answers: Callable[[], bool]
    welcome: Callable[[], str]
    stopping: bool = False

    def run(self) -> int:
        """Serve until SIGTERM, SIGINT or SIGHUP; return the exit code.

        Raises:
            CannotServe: a service died or stayed silent before the first answer.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._note_stop)
        try:
            for child in self.children:
                child.start()
            self.wait_for_first_answer()
            while not self.stopping:
                time.sleep(POLL_SECONDS)
                for child in self.children:
                    child.tend(time.monotonic())
        finally:
            self._stop()
        return 0

    def _note_stop(self, *_: object) -> None:
        # Not an Event: its lock may be held by the very loop that this handler interrupts.
        self.stopping = True

    def wait_for_first_answer(self) -> None:
        """Return when the site answers or must stop; raise CannotServe when it will not."""
        deadline = time.monotonic() + FIRST_ANSWER_SECONDS
        while not self.stopping:
            time.sleep(POLL_SECONDS)
            for child in self.children:
                if not child.is_running():
                    raise CannotServe(f"The {child.name} did not start; see above.")
            if self.answers():
                print(self.welcome(), flush=True)
                return
            if time.monotonic() > deadline:
                raise CannotServe(f"The site gave no answer within {FIRST_ANSWER_SECONDS} s.")

    def _stop(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.is_running() for child in self.children) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
