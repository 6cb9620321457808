"""Workers as processes of their own, and tasks for them."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Timer
from urllib.parse import quote, urlencode

from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

PROJECT = Path(__file__).resolve().parents[4]

#: A worker needs a few seconds to start; on a busy machine many more.
PATIENCE_SECONDS = 120


def enqueue(name: str, *args: str) -> DBTaskResult:
    """Queue a task of this module in the table, whatever backend the suite uses."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": list(args), "kwargs": {}},
        task_path=f"{__name__}.{name}",
        queue_name="default",
        backend_name="default",
        run_after=None,
    )


def running_task(worker_ids: list[str], started_at: datetime) -> DBTaskResult:
    """Make a task that a worker took and never finished."""
    result = enqueue("succeed")
    result.status = "RUNNING"
    result.worker_ids = worker_ids
    result.started_at = started_at
    result.save()
    return result


@task()
def succeed() -> str:
    return "done"


@task()
def fail() -> None:
    raise RuntimeError("as planned")


@task()
def meet(started: str, go_on: str) -> str:
    """Tell through one pipe that the task runs, then wait for a word from the other."""
    Path(started).write_text("started")
    return Path(go_on).read_text()


def database_url() -> str:
    """Return the address of the database that this test uses."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(values['NAME']))}"
    user = f"{quote(values['USER'], safe='')}:{quote(values['PASSWORD'], safe='')}"
    query = urlencode({"host": values["HOST"], "port": values["PORT"]})
    return f"postgresql://{user}@/{quote(values['NAME'])}?{query}"


@contextmanager
def worker_process(
    var_dir: Path, *options: str, smtp_port: int | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """Run ``manage.py worker`` on the database of this test; it is killed at the end.

    Without ``smtp_port`` its mails become files in ``var_dir``.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "boloboost.settings.development",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(var_dir),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}" if smtp_port else "",
    }
    with subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        cwd=PROJECT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_pipe(path: Path) -> str:
    """Wait for a word from another process; fail when none comes."""
    pipe = os.open(path, os.O_RDWR)
    try:
        ready, _, _ = select.select([pipe], [], [], PATIENCE_SECONDS)
        assert ready, "the worker never ran the task"
        return os.read(pipe, 100).decode()
    finally:
        os.close(pipe)


def wait_for_line(process: "subprocess.Popen[str]", words: str) -> str:
    """Read what the worker says until a line holds the words."""
    assert process.stderr is not None
    said = []
    watchdog = Timer(PATIENCE_SECONDS, process.kill)
    watchdog.start()
    try:
        for line in process.stderr:
            said.append(line)
            if words in line:
                return line
    finally:
        watchdog.cancel()
    raise AssertionError(f"the worker never said {words!r}, but: {''.join(said)}")
