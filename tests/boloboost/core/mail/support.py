"""A neighbourhood, mails and a mail server for the tests of mail and worker."""

import socketserver
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.registry import RenderedMail
from boloboost.core.mail.services import queue_mail

KIND = "test_mail"


def make_site() -> Site:
    """Return the default site; make one where a test emptied the tables."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None:
        return site
    locale, _ = Locale.objects.get_or_create(language_code="nl")
    root = Page.objects.filter(depth=1).first()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=locale)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)


def render_test_mail(mail: OutgoingMail) -> RenderedMail:
    subject = mail.context.get("subject", "Straatdiner")
    return RenderedMail(subject=subject, text="Tot dan!", html="<p>Tot dan!</p>")


def queue(site: Site, now: datetime, key: str = "mail-1", **changes: Any) -> OutgoingMail:
    """Queue one mail of the kind that the tests register."""
    values: dict[str, Any] = {
        "kind": KIND,
        "recipient": "buur@example.org",
        "language": "nl",
        "context": {"subject": f"Straatdiner {key}"},
        **changes,
    }
    with transaction.atomic():
        return queue_mail(site=site, dedupe_key=key, now=now, **values)


class FakeSmtp:
    """A mail server on this machine that answers what a test tells it to.

    ``answers`` maps a step to the answers it gives first: GREETING, EHLO, MAIL, RCPT,
    DATA and END (the dot after the mail). An answer is a line such as "550 no", or
    DROP (close without a word) or HANG (never answer). ``on_step`` is called before
    each answer.
    """

    DROP = "drop"
    HANG = "hang"

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answers: dict[str, list[str]] = {}
        self.on_step: Callable[[str], None] = lambda step: None
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.smtp = self
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    smtp: FakeSmtp


class _Session(socketserver.StreamRequestHandler):
    """One connection (RFC 5321, as far as a client of ours goes)."""

    NORMAL = {
        "GREETING": "220 fake",
        "EHLO": "250 fake",
        "MAIL": "250 ok",
        "RCPT": "250 ok",
        "DATA": "354 go on",
        "END": "250 accepted",
        "QUIT": "221 bye",
    }

    def handle(self) -> None:
        self.smtp = cast(_Server, self.server).smtp
        self.smtp.connections += 1
        try:
            self._converse()
        except ConnectionError:
            return  # the client was killed

    def _converse(self) -> None:
        if not self._answer("GREETING"):
            return
        while line := self.rfile.readline().decode().strip():
            step = line[:4].upper()
            if step == "RCPT":
                self.smtp.recipients.append(line.partition("<")[2].rstrip(">"))
            if not self._answer(step) or step == "QUIT":
                return
            if step == "DATA" and self._accepted and not self._take_mail():
                return

    def _take_mail(self) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = b"".join(lines)
        answer = self.smtp.answers.get("END", [""])
        if not answer or answer[0][:1] not in {"4", "5"}:
            self.smtp.received.append(mail)
        return self._answer("END")

    def _answer(self, step: str) -> bool:
        """Answer; say whether the conversation goes on."""
        self.smtp.on_step(step)
        planned = self.smtp.answers.get(step)
        answer = planned.pop(0) if planned else self.NORMAL.get(step, "250 ok")
        if answer == FakeSmtp.HANG:
            self.smtp.closing.wait()
        if answer in {FakeSmtp.DROP, FakeSmtp.HANG}:
            return False
        self._accepted = answer[0] in "23"
        self.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("421")


class Clock:
    """Time that moves only when a test says so."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **units: float) -> None:
        self.now += timedelta(**units)
