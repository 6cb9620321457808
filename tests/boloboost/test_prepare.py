"""What happens before the site is served: only what is needed, and again when it was cut short."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from boloboost import prepare


@pytest.fixture
def sheet(settings, tmp_path: Path) -> Path:
    """A style sheet that is the only static file of the site."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.VAR_DIR = tmp_path
    sheet = source / "site.css"
    sheet.write_text("a {}")
    return sheet


def test_static_files_are_collected_once(settings, sheet: Path) -> None:
    assert prepare.collect_static()
    assert not prepare.collect_static()
    assert (settings.STATIC_ROOT / "site.css").read_text() == "a {}"


def test_a_changed_file_is_collected_again(settings, sheet: Path) -> None:
    prepare.collect_static()
    sheet.write_text("a { color: red }")
    assert prepare.collect_static()
    assert (settings.STATIC_ROOT / "site.css").read_text() == "a { color: red }"


def test_a_file_that_is_gone_is_no_longer_served(settings, sheet: Path) -> None:
    other = sheet.with_name("other.css")
    other.write_text("b {}")
    prepare.collect_static()
    other.unlink()
    prepare.collect_static()
    assert [path.name for path in settings.STATIC_ROOT.iterdir()] == ["site.css"]


def test_an_interrupted_collection_is_done_again(sheet: Path, monkeypatch) -> None:
    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(prepare, "call_command", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare.collect_static()
    monkeypatch.setattr(prepare, "call_command", call_command)
    assert prepare.collect_static()


def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        env = {**os.environ, "PORT": str(port), "VAR_DIR": str(tmp_path / "var")}
        command = [sys.executable, "-m", "boloboost.prepare"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, f"Port {port} is in use" in done.stdout) == (1, True)
    assert not (tmp_path / "var").exists()


def test_the_sample_is_loaded_once_for_each_address(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(prepare, "call_command", calls.append)
    settings.VAR_DIR = tmp_path
    assert prepare.load_sample()
    assert not prepare.load_sample()
    settings.SITE_URL = "http://localhost:8001"
    assert prepare.load_sample()
    assert calls == ["seed_demo", "seed_demo"]


def test_an_interrupted_sample_is_loaded_again(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(_name: str) -> None:
        raise KeyboardInterrupt

    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(prepare, "call_command", cut_short)
    with pytest.raises(KeyboardInterrupt):
        prepare.load_sample()
    monkeypatch.setattr(prepare, "call_command", lambda _name: None)
    assert prepare.load_sample()
