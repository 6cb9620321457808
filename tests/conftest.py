"""Fixtures that the whole suite shares."""

from datetime import datetime

import pytest
from django.core.cache import cache
from hypothesis import settings
from wagtail.models import Site

from tests.factories import NOW, Neighbourhood, make_neighbourhood

# The same examples in every run, and no stopwatch: machines differ.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    cache.clear()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def neighbourhood(db: None) -> Neighbourhood:
    return make_neighbourhood(default=True)


@pytest.fixture
def other_neighbourhood(neighbourhood: Neighbourhood) -> Neighbourhood:
    return make_neighbourhood("noord.example", "Noord")
