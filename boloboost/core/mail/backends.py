"""A mail backend for a site without a mail server."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class FolderBackend(BaseEmailBackend):
    """Writes each mail as a file into the folder ``EMAIL_FILE_PATH``.

    The name comes from the mail's date and Message-ID: a mail that is sent twice
    is one file. A file is there whole or not at all.
    """

    def __init__(
        self, fail_silently: bool = False, file_path: str | None = None, **options: Any
    ) -> None:
        super().__init__(fail_silently=fail_silently, **options)
        self._folder = Path(file_path or settings.EMAIL_FILE_PATH)  # type: ignore[misc]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        written = 0
        for email_message in email_messages:
            try:
                path = self._write(email_message.message())
            except OSError:
                if not self.fail_silently:
                    raise
            else:
                written += 1
                logger.info("mail to %s", _short(path))
        return written

    def _write(self, message: Message) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / _file_name(message)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return path


def _file_name(message: Message) -> str:
    date = parsedate_to_datetime(message["Date"]) if message["Date"] else datetime.now(UTC)
    digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:16]
    return f"{date.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest}.eml"


def _short(path: Path) -> Path:
    base = Path(settings.BASE_DIR)
    return path.relative_to(base) if path.is_relative_to(base) else path
