"""Runs the whole site: ``python -m boloboost.serve`` starts the web server and the worker.

It brings back the one that dies, and stops both when it gets SIGTERM, SIGINT or SIGHUP. Each
runs in a process group of its own, so that Ctrl-C reaches only this process, which then lets the
others finish what they have in hand.
"""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .supervisor import BASE_DIR, STOP_SECONDS, CannotServe, Child, Supervisor

READ_SETTINGS = """
import sys
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
try:
    settings.DEBUG
except ImproperlyConfigured as error:
    sys.exit(f"Settings: {error}")
"""


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
            threads=number("WEB_THREADS", 8, 128),
        )


def check_port(host: str, port: int) -> None:
    """Raise CannotServe when nobody may or can listen on this address."""
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


def check_settings() -> None:
    """Raise CannotServe when a setting is wrong; the output names it."""
    if subprocess.run([sys.executable, "-c", READ_SETTINGS], cwd=BASE_DIR).returncode:  # noqa: S603
        raise CannotServe("The site did not start.")


def web_command(options: Options) -> list[str]:
    """Return the command of the web server. See docs/decisions/0002-web-server.md."""
    return [
        *(sys.executable, "-m", "granian", "boloboost.wsgi:application", "--interface", "wsgi"),
        *("--host", options.host, "--port", str(options.port), "--http", "1", "--no-ws"),
        *("--workers", str(options.processes), "--blocking-threads", str(options.threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(STOP_SECONDS - 5)),
        *("--log-level", "error"),
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
        lines += [
            f"  Open first  {site}/agenda/",
            f"  Log in      {site}/beheer/ with one of:",
            *(f"              {line}" for line in logins.read_text().splitlines()),
            f"  Mails       {var / 'mail'}",
        ]
    return "\n".join(lines)


def main() -> int:
    """Check the address and the settings, then serve; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.production")
    worker = Child("worker", [sys.executable, str(BASE_DIR / "manage.py"), "worker"])
    try:
        options = Options.read(os.environ)
        check_port(options.host, options.port)
        check_settings()
        services = [Child("web server", web_command(options)), worker]
        return Supervisor(services, lambda: site_answers(options), lambda: welcome(options)).run()
    except CannotServe as error:
        print(error, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
