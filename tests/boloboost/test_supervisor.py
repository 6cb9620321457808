"""The supervisor: what it does when a service dies, fails or will not stop."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from boloboost.supervisor import CannotServe, Child, Supervisor

SERVICE = "import os, signal; os.write(1, b'up %d\\n' % os.getpid()); signal.pause()"
DEAF_SERVICE = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SERVICE}"
SUPERVISE = """
import sys
from boloboost import supervisor as under_test
under_test.STOP_SECONDS = 0.5
children = [under_test.Child(name, [sys.executable, "-c", code])
            for name, code in zip(("web server", "worker"), sys.argv[1:])]
for child in children:
    child.pause = 0.01
supervisor = under_test.Supervisor(children, lambda: True, lambda: "welcome")
supervisor.wait_for_first_answer = lambda: None
sys.exit(supervisor.run())
"""


@contextmanager
def supervisor(*services: str) -> Iterator[subprocess.Popen[str]]:
    """Run a supervisor over services given as Python code."""
    command = [sys.executable, "-c", SUPERVISE, *services]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def next_service(process: subprocess.Popen[str]) -> int:
    """Return the process number of the next service that says it is up."""
    assert process.stdout
    for line in process.stdout:
        if match := re.fullmatch(r"up (\d+)\n", line):
            return int(match[1])
    raise AssertionError("No service came up.")


def test_a_killed_service_comes_back() -> None:
    with supervisor(SERVICE) as process:
        first = next_service(process)
        os.kill(first, signal.SIGKILL)
        assert next_service(process) != first


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_everything_with_code_0(number: signal.Signals) -> None:
    with supervisor(SERVICE, SERVICE) as process:
        next_service(process)
        next_service(process)
        process.send_signal(number)
        # The pipe ends when the last process that can write to it is gone.
        assert "up" not in process.communicate(timeout=30)[0]
        assert process.returncode == 0


def test_a_service_that_does_not_stop_is_killed() -> None:
    with supervisor(DEAF_SERVICE) as process:
        next_service(process)
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0


def test_services_end_when_the_supervisor_is_killed() -> None:
    with supervisor(SERVICE, SERVICE) as process:
        next_service(process)
        next_service(process)
        process.kill()
        process.communicate(timeout=30)
        assert process.returncode == -signal.SIGKILL


def test_a_service_that_fails_at_the_start_stops_the_boot_and_is_named() -> None:
    children = [Child("worker", [sys.executable, "-c", "raise SystemExit(3)"])]
    children[0].start()
    assert children[0].process
    children[0].process.wait()
    boot = Supervisor(children, answers=lambda: True, welcome=lambda: "")
    with pytest.raises(CannotServe, match="The worker did not start"):
        boot.wait_for_first_answer()


def test_a_service_that_dies_young_again_and_again_waits_longer_each_time() -> None:
    child = Child("worker", [sys.executable, "-c", ""])
    pauses = []
    now = 0.0
    for _ in range(7):
        child.start()
        assert child.process
        child.process.wait()
        now = child.started + 1
        child.tend(now)
        pauses.append(child.start_at - now)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
