from datetime import timedelta

import pytest
import time_machine
from wagtail.models import Page, Site

from boloboost.core.work import builtin, sweeps
from boloboost.core.work.sweeps import run_due_sweeps
from tests.boloboost.core.mail.support import Clock


def test_core_brings_its_sweeps() -> None:
    builtin.register()
    assert set(sweeps._sweeps) == {
        "core.publish_scheduled_pages",
        "core.release_expired_mail_leases",
        "core.erase_old_mail_bodies",
        "core.forget_old_heartbeats",
        "core.prune_task_results",
    }


@pytest.mark.django_db
def test_all_of_them_run_on_an_empty_site(site: Site, clock: Clock) -> None:
    builtin.register()
    assert run_due_sweeps(now=clock.now) == len(sweeps._sweeps)
    assert run_due_sweeps(now=clock.now) == 0


@pytest.mark.django_db
def test_a_page_comes_out_at_the_time_its_editor_chose(site: Site, clock: Clock) -> None:
    with time_machine.travel(clock.now, tick=False):
        page = Page(title="Later", slug="later", live=False)
        site.root_page.add_child(instance=page)
        page.go_live_at = clock.now + timedelta(hours=1)
        page.save_revision().publish()
        assert builtin.publish_scheduled_pages(clock.now) == 0
        page.refresh_from_db()
        assert not page.live
    clock.advance(hours=1, seconds=1)
    with time_machine.travel(clock.now, tick=False):
        assert builtin.publish_scheduled_pages(clock.now) == 1
    page.refresh_from_db()
    assert page.live
