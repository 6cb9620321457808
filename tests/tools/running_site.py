"""The site on a free port of this machine with data of its own, for measuring and load."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 40
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass
class RunningSite:
    """A server that answers; ``env`` is the environment it runs in."""

    port: int
    env: dict[str, str]
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        """Return the full address of a path."""
        return f"http://localhost:{self.port}{path}"

    def processes(self) -> list[int]:
        """Return the numbers of the server's process and all that it started."""
        return process_tree(self.process.pid)

    def memory_mb(self) -> float:
        """Return the proportional set size of all processes, in MB (10^6 bytes)."""
        return sum(proportional_kib(pid) for pid in self.processes()) * 1024 / 1e6

    def cpu_seconds(self) -> float:
        """Return the processor time that all processes have used, in seconds."""
        return sum(cpu_seconds(pid) for pid in self.processes())

    def stop(self) -> float:
        """Send SIGTERM; return how many seconds the server took to end."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_SECONDS)
        return time.monotonic() - begin


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def process_tree(root: int) -> list[int]:
    """Return a process and its descendants, parents first."""
    tree, todo = [], [root]
    while todo:
        pid = todo.pop()
        tree.append(pid)
        try:
            tasks = Path(f"/proc/{pid}/task").iterdir()
            todo += [int(p) for task in tasks for p in (task / "children").read_text().split()]
        except OSError:
            continue
    return tree


def proportional_kib(pid: int) -> int:
    """Return the proportional set size of one process, in KiB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def cpu_seconds(pid: int) -> float:
    """Return the processor time of one process, in seconds; 0 when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def prepare(env: Mapping[str, str]) -> None:
    """Make the tables and static files of an environment; with SAMPLE also the sample."""
    subprocess.run([sys.executable, "-m", "boloboost.prepare"], cwd=ROOT, env=env, check=True)


def status_of(port: int, path: str) -> int | None:
    """Return the status of a GET, or None when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@contextmanager
def site_environment(**extra: str) -> Iterator[dict[str, str]]:
    """Give an environment with a free port and a data folder that is removed afterwards."""
    folder = tempfile.mkdtemp(prefix="boloboost-")
    port = free_port()
    try:
        yield {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "boloboost.settings.development",
            "PYTHONPATH": str(ROOT),
            "PORT": str(port),
            "SITE_URL": f"http://localhost:{port}",
            "VAR_DIR": folder,
            **extra,
        }
    finally:
        shutil.rmtree(folder)


@contextmanager
def serving(
    env: dict[str, str], command: Sequence[str] = (), *, ready: str = "/healthz"
) -> Iterator[RunningSite]:
    """Run a server, ``boloboost.serve`` unless a command is given, until the block ends."""
    command = command or [sys.executable, "-m", "boloboost.serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    site = RunningSite(int(env["PORT"]), env, process)
    try:
        deadline = time.monotonic() + START_SECONDS
        while status_of(site.port, ready) is None:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start: {' '.join(command)}")
            time.sleep(0.1)
        yield site
    finally:
        if process.poll() is None:
            site.stop()
