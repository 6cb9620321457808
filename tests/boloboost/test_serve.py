"""Starting the site: the address, the settings and what is told to whoever starts it."""

import os
import socket
import subprocess
import sys

import pytest

from boloboost.serve import Options, check_port, check_settings, web_command, welcome
from boloboost.supervisor import CannotServe


def test_a_port_in_use_is_refused_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe, match=rf"Port {port} is in use.*make run PORT="):
            check_port("127.0.0.1", port)


def test_a_free_port_is_accepted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_port("127.0.0.1", port)


@pytest.mark.parametrize("value", ["0", "-1", "65536", "acht", "٨", "80.0"])
def test_a_wrong_port_is_named(value: str) -> None:
    with pytest.raises(CannotServe, match=r"^PORT: "):
        Options.read({"PORT": value})


def test_the_environment_says_how_wide_to_serve() -> None:
    options = Options.read({"WEB_PROCESSES": "3", "WEB_THREADS": "5", "PORT": "8123"})
    assert options == Options(host="127.0.0.1", port=8123, processes=3, threads=5)
    assert {"3", "5"} < set(web_command(options))


def test_the_welcome_shows_the_sample_logins(tmp_path, monkeypatch) -> None:
    (tmp_path / "sample-logins.txt").write_text("sleutel@bolo.example / geheim\n")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SITE_URL", "http://localhost:8123")
    monkeypatch.setenv("SAMPLE", "1")
    text = welcome(Options.read({}))
    assert "http://localhost:8123/" in text
    assert "sleutel@bolo.example / geheim" in text


def test_without_the_sample_no_login_is_shown(tmp_path, monkeypatch) -> None:
    (tmp_path / "sample-logins.txt").write_text("sleutel@bolo.example / geheim\n")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("SAMPLE", raising=False)
    assert "geheim" not in welcome(Options.read({}))


def test_a_wrong_setting_stops_the_boot_and_is_named(monkeypatch, capfd) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "boloboost.settings.development")
    monkeypatch.setenv("TRUSTED_PROXIES", "0.0.0.0/0")
    with pytest.raises(CannotServe):
        check_settings()
    assert "Settings: TRUSTED_PROXIES: " in capfd.readouterr().err


def test_starting_on_a_port_in_use_ends_with_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        env = {**os.environ, "PORT": str(other.getsockname()[1])}
        command = [sys.executable, "-m", "boloboost.serve"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"Port {env['PORT']} is in use. Use another one: make run PORT={int(env['PORT']) + 1}"
    ]
