"""The settings modules as a process sees them: a wrong variable stops the boot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KEY = "kP3-vX9wq_Zr7LmT2bYcD5sGhJ8nQ4uEaW6iOx1fRtKyVpBzMgN"
SAFE = {"SECRET_KEY": KEY, "SITE_URL": "https://bolo.example"}


def run(
    arguments: list[str], var: Path, module: str, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": f"boloboost.settings.{module}"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, **settings, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def read(var: Path, module: str, variables: dict[str, str], *names: str) -> list[object]:
    """Return settings as a fresh process has them."""
    code = f"""
import json
from boloboost.settings import {module} as found
print(json.dumps([getattr(found, name) for name in {names!r}], default=str))
"""
    result = run(["-c", code], var, module, variables)
    assert result.returncode == 0, result.stderr
    values: list[object] = json.loads(result.stdout)
    return values


WRONG = {
    "development": [
        {"VAR_DIR": "/dev/null/var"},
        {"DEBUG": "maybe"},
        {"SAMPLE": "maybe"},
        {"SAMPLE": "1", "SITE_URL": "https://bolo.example"},
        {"SAMPLE": "1", "SITE_URL": "http://localhost.bolo.example"},
        {"SITE_URL": "bolo.example"},
        {"ADMIN_HOST": "https://beheer.bolo.example"},
        {"TRUSTED_PROXIES": "proxy"},
        {"DATABASE_URL": "mysql://db/bolo"},
        {"CACHE_URL": "memcached://cache"},
        {"EMAIL_URL": "mail"},
        {"DEFAULT_FROM_EMAIL": "hallo"},
    ],
    "production": [
        {"DEBUG": "1"},
        {"SAMPLE": "1"},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": "django-insecure-" + KEY},
        {"SECRET_KEY": "x" * 60},
        {"SITE_URL": ""},
        {"SITE_URL": "http://bolo.example"},
        {"SITE_URL": "https://*.bolo.example"},
        {"ADMIN_HOST": "*"},
        {"TRUSTED_PROXIES": "0.0.0.0/0"},
    ],
}


@pytest.mark.parametrize(
    ("module", "wrong"), [(module, wrong) for module, cases in WRONG.items() for wrong in cases]
)
def test_a_wrong_variable_stops_the_boot_and_is_named(
    module: str, wrong: dict[str, str], tmp_path: Path
) -> None:
    variables = {**(SAFE if module == "production" else {}), **wrong}
    result = run(["-c", f"import boloboost.settings.{module}"], tmp_path, module, variables)
    assert result.returncode == 1
    named = result.stderr.strip().splitlines()[-1]
    assert named.startswith(f"django.core.exceptions.ImproperlyConfigured: {next(iter(wrong))}: ")


@pytest.mark.parametrize("command", ["check", "migrate", "worker"])
def test_manage_tells_it_in_one_line(command: str, tmp_path: Path) -> None:
    result = run(["manage.py", command], tmp_path, "production", {**SAFE, "DEBUG": "1"})
    assert result.returncode == 1
    assert result.stderr == "Settings: DEBUG: must be off in production.\n"
    assert result.stdout == ""


@pytest.mark.parametrize("admin_host", ["", "beheer.bolo.example"])
def test_the_deploy_check_finds_nothing(admin_host: str, tmp_path: Path) -> None:
    result = run(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        tmp_path,
        "production",
        {**SAFE, "ADMIN_HOST": admin_host},
    )
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


def test_production_needs_no_more_than_a_key_and_an_address(tmp_path: Path) -> None:
    assert read(tmp_path, "production", SAFE, "DEBUG", "SITE_URL", "WAGTAILADMIN_BASE_URL") == [
        False,
        "https://bolo.example",
        "https://bolo.example",
    ]


def test_links_to_the_admin_name_the_admin_host(tmp_path: Path) -> None:
    variables = {**SAFE, "ADMIN_HOST": "beheer.bolo.example"}
    assert read(tmp_path, "production", variables, "WAGTAILADMIN_BASE_URL") == [
        "https://beheer.bolo.example"
    ]


def test_production_cookies_are_host_cookies(tmp_path: Path) -> None:
    for cookie in ("SESSION", "CSRF"):
        names = ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
        name, *rest = read(
            tmp_path, "production", SAFE, *(f"{cookie}_COOKIE_{name}" for name in names)
        )
        assert str(name).startswith("__Host-")
        assert rest == [True, True, "Lax"]


def test_development_keeps_a_secret_key_of_its_own(tmp_path: Path) -> None:
    first = read(tmp_path, "development", {}, "SECRET_KEY")
    assert first == read(tmp_path, "development", {}, "SECRET_KEY")
    key_file = tmp_path / "secret_key"
    assert first == [key_file.read_text()]
    assert len(key_file.read_text()) >= 50
    assert key_file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_sample_runs_on_this_machine(tmp_path: Path) -> None:
    for address in ("http://localhost:8000", "http://noord.localhost:8000", "http://[::1]:8000"):
        variables = {"SAMPLE": "1", "SITE_URL": address}
        assert read(tmp_path, "development", variables, "SAMPLE", "SITE_URL") == [True, address]
