from datetime import datetime

import pytest
from django.core import mail as django_mail
from wagtail.models import Site

from boloboost.core.mail.delivery import deliver_due
from boloboost.core.mail.kinds import ACCOUNT
from tests.boloboost.core.mail.support import queue

TEXT = "Your code is ABCD-1234.\n\nOr open https://bolo.example/account/login/code/ <now>."


@pytest.mark.django_db
def test_an_account_mail_says_its_text_in_both_versions(site: Site, now: datetime) -> None:
    context = {"subject": "Your code", "text": TEXT}
    queue(site, now, kind=ACCOUNT, context=context)
    assert deliver_due(worker_id="worker-a", clock=lambda: now).sent == 1
    (sent,) = django_mail.outbox
    assert sent.subject == "Your code"
    text, html = (part.get_payload(decode=True).decode() for part in sent.message().get_payload())
    assert TEXT in text.replace("\r\n", "\n")
    assert 'href="https://bolo.example/account/login/code/"' in html
    assert "&lt;now&gt;" in html
