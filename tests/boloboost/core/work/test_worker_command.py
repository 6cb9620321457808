"""``manage.py worker`` as a process: stopped, killed, started again."""

import os
import random
import signal
import subprocess
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from boloboost.core.mail.enums import UNFINISHED, MailState
from boloboost.core.mail.kinds import ACCOUNT
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.work.models import SweepRun, WorkerHeartbeat
from tests.boloboost.core.mail.support import FakeSmtp, queue
from tests.boloboost.core.work.support import (
    PATIENCE_SECONDS,
    enqueue,
    read_pipe,
    wait_for_line,
    worker_process,
)

MAILS = 40
KILLS = 4
LONG_AGO = timedelta(minutes=6)


def _queue_account_mails(site: Site, count: int) -> dict[str, OutgoingMail]:
    context = {"subject": "Your code", "text": "ABCD-1234"}
    mails = [
        queue(site, timezone.now(), f"mail-{number}", kind=ACCOUNT, context=context)
        for number in range(count)
    ]
    return {mail.message_id: mail for mail in mails}


def _let_leases_run_out() -> None:
    past = timezone.now() - LONG_AGO
    OutgoingMail.objects.filter(state=MailState.SENDING).update(leased_until=past)
    WorkerHeartbeat.objects.update(beat_at=past)
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=past)


@pytest.mark.django_db(transaction=True)
def test_once_does_all_that_is_due_and_ends_well(site: Site, tmp_path: Path) -> None:
    mails = _queue_account_mails(site, 3)
    task = enqueue("succeed")
    with worker_process(tmp_path, "--once") as process:
        assert process.wait(PATIENCE_SECONDS) == 0
    files = [path.read_bytes() for path in (tmp_path / "mail").iterdir()]
    assert {message_from_bytes(file)["Message-ID"] for file in files} == set(mails)
    assert not OutgoingMail.objects.exclude(state=MailState.SENT).exists()
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"
    assert SweepRun.objects.filter(name="core.publish_scheduled_pages").exists()
    assert WorkerHeartbeat.objects.exists()


@pytest.mark.django_db
def test_once_also_works_inside_another_program(site: Site) -> None:
    (mail,) = _queue_account_mails(site, 1).values()
    before = signal.getsignal(signal.SIGTERM)
    call_command("worker", "--once")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_ends_well_when_told(
    site: Site, tmp_path: Path, number: signal.Signals
) -> None:
    _queue_account_mails(site, 1)
    with worker_process(tmp_path) as process:
        wait_for_line(process, "mail to")
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) == 0
    assert not WorkerHeartbeat.objects.exists()
    assert OutgoingMail.objects.get().state == MailState.SENT


@pytest.fixture
def pipes(tmp_path: Path) -> tuple[Path, Path]:
    started, go_on = tmp_path / "started", tmp_path / "go_on"
    os.mkfifo(started)
    os.mkfifo(go_on)
    return started, go_on


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_finishes_the_task_in_hand(
    site: Site, tmp_path: Path, pipes: tuple[Path, Path]
) -> None:
    started, go_on = pipes
    in_hand, next_one = enqueue("meet", str(started), str(go_on)), enqueue("succeed")
    with worker_process(tmp_path) as process:
        assert read_pipe(started) == "started"
        process.send_signal(signal.SIGTERM)
        go_on.write_text("finished")
        assert process.wait(PATIENCE_SECONDS) == 0
    in_hand.refresh_from_db()
    next_one.refresh_from_db()
    assert (in_hand.status, in_hand.return_value) == ("SUCCESSFUL", "finished")
    assert next_one.status == "READY"


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_killed_worker_is_done_by_the_next(
    site: Site, tmp_path: Path, pipes: tuple[Path, Path]
) -> None:
    started, go_on = pipes
    task = enqueue("meet", str(started), str(go_on))
    with worker_process(tmp_path) as process:
        assert read_pipe(started) == "started"
        process.kill()
        process.wait(PATIENCE_SECONDS)
    task.refresh_from_db()
    assert task.status == "RUNNING"
    _let_leases_run_out()
    with worker_process(tmp_path, "--once") as process:
        assert read_pipe(started) == "started"
        go_on.write_text("finished")
        assert process.wait(PATIENCE_SECONDS) == 0
    task.refresh_from_db()
    assert (task.status, task.return_value) == ("SUCCESSFUL", "finished")
    assert len(task.worker_ids) == 2


@pytest.mark.django_db(transaction=True)
def test_killed_senders_lose_no_mail_and_make_at_most_one_copy_each(
    site: Site, tmp_path: Path, smtp: FakeSmtp
) -> None:
    """SIGKILL at a random step of a random mail, one worker after the other."""
    choose = random.Random(20270906)
    mails = _queue_account_mails(site, MAILS)
    for _ in range(KILLS):
        _kill_while_sending(tmp_path, smtp, choose)
        _let_leases_run_out()
    with worker_process(tmp_path, "--once", smtp_port=smtp.port) as process:
        assert process.wait(PATIENCE_SECONDS) == 0
    copies = Counter(message_from_bytes(mail)["Message-ID"] for mail in smtp.received)
    assert set(copies) == set(mails)
    assert copies.total() - MAILS <= KILLS
    assert not OutgoingMail.objects.filter(state__in=UNFINISHED).exists()
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == MAILS


def _kill_while_sending(var_dir: Path, smtp: FakeSmtp, choose: random.Random) -> None:
    victim_step = choose.choice(["MAIL", "RCPT", "DATA", "END", "END"])
    mails_left = choose.randint(1, MAILS // KILLS - 2)

    with worker_process(var_dir, smtp_port=smtp.port) as process:

        def kill_at_the_step(step: str) -> None:
            nonlocal mails_left
            if step == victim_step:
                mails_left -= 1
                if mails_left == 0:
                    process.kill()
                    process.wait()

        smtp.on_step = kill_at_the_step
        try:
            assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL
        except subprocess.TimeoutExpired:
            pytest.fail("the worker never came to the step")
        finally:
            smtp.on_step = lambda step: None
