"""Runs the whole site: the web server and the background worker, watched by one small process.

``python -m boloboost.serve`` starts both, brings back the one that dies, and stops both when it
gets SIGTERM, SIGINT or SIGHUP. Each runs in a process group of its own, so that Ctrl-C reaches
only this process, which then lets the others finish what they have in hand.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

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


@dataclass(frozen=True)
class Options:
    """Where and how wide to serve: WEB_HOST, PORT, WEB_PROCESSES and WEB_THREADS."""

    host: str
    port: int
    processes: int
    threads: int

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Options":
        """Read the environment; raises CannotServe on a number that is none."""

        def number(name: str, default: int, high: int) -> int:
            value = env.get(name, "").strip() or str(default)
            if not (value.isascii() and value.isdigit() and 1 <= int(value) <= high):
                raise CannotServe(f"{name}: {value!r} is not a whole number from 1 to {high}.")
            return int(value)

        return cls(
            host=env.get("WEB_HOST", "").strip() or "127.0.0.1",
            port=number("PORT", 8000, 65535),
            processes=number("WEB_PROCESSES", 1, 64),
            threads=number("WEB_THREADS", 4, 128),
        )


def check_port(host: str, port: int) -> None:
    """Raise CannotServe when another program listens on this address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotServe(f"Port {port} is not allowed. Use one above 1024.") from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise CannotServe(
                f"Port {port} is in use. Use another one: make run PORT={other}"
            ) from error


def _end_with_parent() -> None:
    """Ask Linux to send SIGTERM to this child when the supervisor is gone."""
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
        self.process = subprocess.Popen(  # noqa: S603
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
    """Starts the services, keeps them up and stops them together."""

    children: list[Child]
    answers: Callable[[], bool]
    welcome: Callable[[], str]
    stopping: bool = False

    def run(self) -> int:
        """Serve until a signal says stop; return the exit code."""
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
        # No lock here: a signal handler may run while the loop itself holds it.
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


def web_command(options: Options) -> list[str]:
    """Return the command of the web server. See docs/decisions/0002-web-server.md."""
    return [
        *(sys.executable, "-m", "gunicorn", "boloboost.wsgi:application"),
        *("--bind", f"{options.host}:{options.port}", "--worker-class", "gthread"),
        # Only TRUSTED_PROXIES are believed; gunicorn by itself believes everything on loopback.
        *("--forwarded-allow-ips", ""),
        *("--workers", str(options.processes), "--threads", str(options.threads)),
        *("--graceful-timeout", str(STOP_SECONDS - 5), "--log-level", "warning"),
    ]


def site_answers(options: Options) -> bool:
    """Return whether /healthz gives an answer that is no server error."""
    connection = http.client.HTTPConnection(options.host, options.port, timeout=5)
    host = urlsplit(os.environ.get("SITE_URL", "")).netloc or f"{options.host}:{options.port}"
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(options: Options) -> str:
    """Return what to tell whoever started the site."""
    site = os.environ.get("SITE_URL") or f"http://{options.host}:{options.port}"
    lines = [f"Boloboost runs at {site}/ (Ctrl-C stops it)"]
    var = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
    logins = var / "sample-logins.txt"
    if os.environ.get("SAMPLE") and logins.exists():
        lines += [f"Open first: {site}/agenda/ and {site}/beheer/", f"Mails: {var / 'mail'}"]
        lines += ["Sample logins:", logins.read_text().rstrip()]
    return "\n".join(lines)


def main() -> int:
    """Check the address, then serve; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.production")
    worker = Child("worker", [sys.executable, str(BASE_DIR / "manage.py"), "worker"])
    try:
        options = Options.read(os.environ)
        check_port(options.host, options.port)
        web = Child("web server", web_command(options))
        return Supervisor(
            [web, worker], lambda: site_answers(options), lambda: welcome(options)
        ).run()
    except CannotServe as error:
        print(error, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
