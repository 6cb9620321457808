from datetime import timedelta

import pytest
from wagtail.models import Site

from boloboost.core.mail.delivery import LEASE, deliver_due, lease_mail
from boloboost.core.mail.enums import MailState
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.retention import erase_old_bodies, release_expired_leases
from tests.boloboost.core.mail.support import Clock, FakeSmtp, queue

pytestmark = pytest.mark.django_db


def test_what_a_failed_mail_said_is_kept_for_14_days(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    smtp.answers["MAIL"] = ["550 no"]
    queue(site, clock.now)
    deliver_due(worker_id="worker-a", clock=clock)
    clock.advance(days=13)
    assert erase_old_bodies(clock.now) == 0
    clock.advance(days=1)
    assert erase_old_bodies(clock.now) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.rendered, mail.context) == (None, {})
    assert mail.last_error == "550 no"
    assert erase_old_bodies(clock.now) == 0


def test_what_an_accepted_mail_said_goes_at_once(site: Site, clock: Clock) -> None:
    queue(site, clock.now)
    OutgoingMail.objects.update(state=MailState.SENT, finished_at=clock.now, rendered=b"left")
    assert erase_old_bodies(clock.now) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.rendered, mail.context) == (None, {})


def test_a_mail_that_was_never_sent_is_given_up_after_14_days(site: Site, clock: Clock) -> None:
    queue(site, clock.now)
    clock.advance(days=14)
    assert erase_old_bodies(clock.now) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.finished_at) == (MailState.FAILED, clock.now)
    assert mail.context == {}
    assert "too old" in mail.last_error


def test_a_mail_for_later_and_a_mail_in_hand_are_left_alone(site: Site, clock: Clock) -> None:
    queue(site, clock.now, "for later", not_before=clock.now + timedelta(days=30))
    queue(site, clock.now, "in hand")
    clock.advance(days=20)
    assert lease_mail(worker_id="worker-a", now=clock.now) is not None
    assert erase_old_bodies(clock.now) == 0
    states = dict(OutgoingMail.objects.values_list("dedupe_key", "state"))
    assert states == {"for later": MailState.QUEUED, "in hand": MailState.SENDING}


def test_mails_of_dead_workers_go_back_in_the_queue(site: Site, clock: Clock) -> None:
    queue(site, clock.now)
    lease_mail(worker_id="worker-a", now=clock.now)
    assert release_expired_leases(clock.now) == 0
    clock.now += LEASE
    assert release_expired_leases(clock.now) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.leased_by, mail.leased_until) == (MailState.QUEUED, "", None)
    assert mail.attempts == 1
