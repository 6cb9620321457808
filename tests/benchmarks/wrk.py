"""One run of wrk against one address, with the processor time that the server spent on it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.tools.running_site import RunningSite

SECONDS = 4
CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """What came out: times are in milliseconds."""

    per_second: float
    median: float
    p99: float
    cpu: float
    failed: int


def measure(
    site: RunningSite,
    path: str,
    *,
    headers: tuple[str, ...] = (),
    script: Path | None = None,
    seconds: int = SECONDS,
    connections: int = CONNECTIONS,
) -> Load:
    """Load one path, or what a Lua script asks for, and return the figures."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    before = site.cpu_seconds()
    done = subprocess.run([*command, site.url(path)], capture_output=True, text=True, check=True)
    spent = site.cpu_seconds() - before
    return parse(done.stdout, spent)


def parse(report: str, cpu_seconds: float) -> Load:
    """Read wrk's report."""
    requests = int(_find(r"(\d+) requests in", report, "0"))
    errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", report)
    refused = int(_find(r"Non-2xx or 3xx responses: (\d+)", report, "0"))
    return Load(
        per_second=float(_find(r"Requests/sec:\s+([\d.]+)", report, "0")),
        median=_latency(report, "50%"),
        p99=_latency(report, "99%"),
        cpu=cpu_seconds * 1000 / requests if requests else 0,
        failed=refused + (sum(map(int, errors.groups())) if errors else 0),
    )


def _find(pattern: str, text: str, default: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else default


def _latency(report: str, share: str) -> float:
    match = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", report)
    return float(match[1]) * UNITS[match[2]] if match else 0.0
