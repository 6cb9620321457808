"""Migrations: complete, named, small and reversible."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

OUR_APPS = {"home", "brand", "events", "core", "accounts"}


def our_migrations() -> dict[tuple[str, str], object]:
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return {key: found for key, found in loader.disk_migrations.items() if key[0] in OUR_APPS}


def test_our_apps_are_all_there() -> None:
    assert {config.label for config in apps.get_app_configs()} >= OUR_APPS


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_have_a_name_that_says_what_they_do() -> None:
    named_by_a_clock = [key for key in our_migrations() if re.search(r"_auto_\d{8}", key[1])]
    assert named_by_a_clock == []


@pytest.mark.django_db
def test_migrations_can_be_undone() -> None:
    one_way = [
        (key, operation)
        for key, migration in our_migrations().items()
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert one_way == []


@pytest.mark.django_db
def test_each_app_has_one_latest_migration() -> None:
    assert MigrationLoader(connection).detect_conflicts() == {}
