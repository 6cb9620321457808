import logging

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from boloboost.accounts.models import SiteRole, User
from tests.factories import Neighbourhood
from tests.logins import PASSWORD


def test_signs_of_logging_in_are_logged_without_addresses(
    client: Client, ans: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="boloboost.accounts"):
        form = {"login": ans.email, "password": "een heel ander wachtwoord"}
        client.post("/account/login/", form)
        client.post("/account/login/", {**form, "password": PASSWORD})
        client.post("/account/logout/")
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "sign-in refused: wrong address or password",
        f"signed in: user {ans.pk}",
        f"signed out: user {ans.pk}",
    ]


def test_a_neighbourhood_that_is_gone_leaves_no_groups(
    other_neighbourhood: Neighbourhood,
) -> None:
    site = other_neighbourhood.site
    groups = set(SiteRole.objects.filter(site=site).values_list("group_id", flat=True))
    assert len(groups) == 5
    site.delete()
    assert not Group.objects.filter(pk__in=groups).exists()
