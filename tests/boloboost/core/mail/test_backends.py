import logging
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from wagtail.models import Site

from boloboost.core.mail.backends import FolderBackend
from boloboost.core.mail.delivery import deliver_due
from tests.boloboost.core.mail.support import queue


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EMAIL_BACKEND = "boloboost.core.mail.backends.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "var" / "mail")
    settings.BASE_DIR = tmp_path
    return tmp_path / "var" / "mail"


def _message(message_id: str = "<1@bolo.example>", body: str = "Tot dan!") -> EmailMessage:
    headers = {"Message-ID": message_id, "Date": "Mon, 06 Sep 2027 14:00:00 +0200"}
    return EmailMessage("x", body, "hallo@bolo.example", ["buur@example.org"], headers=headers)


def test_a_mail_becomes_a_file_named_after_its_time_and_id(folder: Path) -> None:
    assert FolderBackend().send_messages([_message()]) == 1
    (path,) = folder.iterdir()
    assert path.name.startswith("20270906T120000Z-")
    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes())["To"] == "buur@example.org"


def test_the_same_mail_twice_is_one_file(folder: Path) -> None:
    FolderBackend().send_messages([_message(body="first"), _message(body="second")])
    (path,) = folder.iterdir()
    assert b"second" in path.read_bytes()


def test_two_mails_are_two_files(folder: Path) -> None:
    FolderBackend().send_messages([_message("<1@bolo.example>"), _message("<2@bolo.example>")])
    assert len(list(folder.iterdir())) == 2


def test_the_console_says_where_the_mail_is_and_not_to_whom(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="boloboost"):
        FolderBackend().send_messages([_message()])
    (record,) = caplog.records
    assert record.getMessage().startswith("mail to var/mail/20270906T120000Z-")
    assert "example.org" not in caplog.text


def test_a_mail_that_cannot_be_written_leaves_no_half_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        FolderBackend().send_messages([_message()])
    assert FolderBackend(fail_silently=True).send_messages([_message()]) == 0
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
def test_the_outbox_is_delivered_into_the_folder(folder: Path, site: Site, now: datetime) -> None:
    mail = queue(site, now)
    assert deliver_due(worker_id="worker-a", clock=lambda: now).sent == 1
    (path,) = folder.iterdir()
    assert message_from_bytes(path.read_bytes())["Message-ID"] == mail.message_id
