"""Compares gunicorn gthread and granian on this site's own pages.

Both have to be installed: ``.venv/bin/pip install gunicorn granian``. Then
``.venv/bin/python -m tests.benchmarks.servers``. The outcome is in
docs/decisions/0002-web-server.md.
"""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

from tests.benchmarks.wrk import measure
from tests.tools.running_site import RunningSite, prepare, serving, site_environment

PAGES = ("/healthz", "/", "/agenda/", "/feeds/agenda.ics")
SHAPES = ((1, 4), (1, 8), (2, 4))
SLOW_CLIENTS = 100
SLOW = {"headers": b"X-Slow: ", "bodies": b"Content-Length: 1000\r\n\r\n{"}
ROUNDS = 3


def gunicorn(port: int, processes: int, threads: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "boloboost.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", str(processes), "--threads", str(threads)),
        *("--graceful-timeout", "25", "--log-level", "error"),
    ]


def granian(port: int, processes: int, threads: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "boloboost.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(processes)),
        *("--blocking-threads", str(threads), "--workers-kill-timeout", "25"),
        *("--respawn-failed-workers", "--no-ws", "--log-level", "error"),
    ]


SERVERS = {"gunicorn": gunicorn, "granian": granian}


def slow_clients(site: RunningSite, beginning: bytes) -> str:
    """Load a page while many clients have sent only the beginning of a request."""
    ends: list[socket.socket] = []
    try:
        for _ in range(SLOW_CLIENTS):
            end = socket.create_connection(("127.0.0.1", site.port), timeout=5)
            end.sendall(b"POST /csp-report/ HTTP/1.1\r\nHost: localhost\r\n" + beginning)
            ends.append(end)
        load = measure(site, "/healthz", seconds=3)
        return f"{load.per_second:.0f}/s, p99 {load.p99:.1f} ms, {load.failed} failed"
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no answer ({error})"
    finally:
        for end in ends:
            end.close()


def _ask(port: int, outcomes: Counter[str], lock: threading.Lock, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.connect()
    except OSError:
        with lock:
            outcomes["refused"] += 1
        return False
    try:
        headers = {"Host": f"localhost:{port}", "Connection": "close"}
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        outcome = "answered"
    except (OSError, http.client.HTTPException):
        outcome = "cut"
    finally:
        connection.close()
    with lock:
        outcomes[outcome] += 1
    return True


def stop_under_load(site: RunningSite, path: str) -> str:
    """Stop the server while 8 clients ask for a page; say how many requests were cut."""
    outcomes: Counter[str] = Counter()
    lock = threading.Lock()

    def client() -> None:
        while _ask(site.port, outcomes, lock, path):
            pass

    clients = [threading.Thread(target=client) for _ in range(8)]
    for thread in clients:
        thread.start()
    time.sleep(2)
    seconds = site.stop()
    for thread in clients:
        thread.join()
    return f"{outcomes['cut']} cut of {outcomes['answered'] + outcomes['cut']}, {seconds:.1f} s"


def compare(env: dict[str, str], name: str, processes: int, threads: int) -> None:
    """Print one row for each page, then memory, slow clients and stopping."""
    command = SERVERS[name](int(env["PORT"]), processes, threads)
    with serving(env, command) as site:
        label = f"{name:9} {processes} x {threads}"
        print(f"{label}  memory before {site.memory_mb():.0f} MB")
        for path in PAGES:
            measure(site, path, seconds=1)
            load = measure(site, path)
            print(
                f"{label}  {path:20} {load.per_second:7.0f}/s  p50 {load.median:7.2f}"
                f"  p99 {load.p99:7.2f}  {load.cpu:6.2f} ms cpu  {load.failed} failed"
            )
        print(f"{label}  memory after {site.memory_mb():.0f} MB")
        for what, beginning in SLOW.items():
            print(f"{label}  {SLOW_CLIENTS} slow {what}: {slow_clients(site, beginning)}")
        print(f"{label}  stopped under load: {stop_under_load(site, '/agenda/')}", flush=True)


def main() -> None:
    with site_environment(SAMPLE="1") as env:
        prepare(env)
        for turn in range(1, ROUNDS + 1):
            print(f"Round {turn}")
            for processes, threads in SHAPES:
                for name in SERVERS:
                    compare(env, name, processes, threads)


if __name__ == "__main__":
    main()
