"""Every reader of the environment names its variable when it refuses a value."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from boloboost.settings.env import Env


def env(**values: str) -> Env:
    return Env(values)


def test_a_text_without_a_default_must_be_set() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: is not set"):
        env(NAME="  ").text("NAME")


def test_a_text_may_be_too_short() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: is 3 characters long"):
        env(NAME="abc").text("NAME", min_length=50)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("Yes", True), ("on", True), ("0", False), ("OFF", False), ("", True)],
)
def test_a_flag_knows_the_usual_words(value: str, expected: bool) -> None:
    assert env(DEBUG=value).flag("DEBUG", default=True) is expected


def test_a_flag_refuses_anything_else() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG: 'maybe'"):
        env(DEBUG="maybe").flag("DEBUG", default=False)


@pytest.mark.parametrize("value", ["0", "11", "1.5", "ten", "٣", "9" * 40])
def test_a_number_outside_its_range_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^N: .* from 1 to 10"):
        env(N=value).integer("N", 5, low=1, high=10)


def test_a_number_in_its_range_is_read() -> None:
    assert env(N="7").integer("N", 5, low=1, high=10) == 7
    assert env().integer("N", 5, low=1, high=10) == 5


def test_a_base_url_loses_its_slash_and_its_capitals() -> None:
    assert env(U="HTTPS://Bolo.Example/").base_url("U") == "https://bolo.example"
    assert env().base_url("U", "http://localhost:8000") == "http://localhost:8000"
    assert env(U="http://[::1]:8000").base_url("U") == "http://[::1]:8000"


@pytest.mark.parametrize(
    "value",
    [
        "bolo.example",
        "ftp://bolo.example",
        "https://",
        "https://bolo.example/path",
        "https://bolo.example?x=1",
        "https://user@bolo.example",
        "https://*.bolo.example",
        "https://.bolo.example",
        "https://bolo.example:port",
        "https://bolo.example:99999",
        "https://bolo example",
    ],
)
def test_a_base_url_is_a_scheme_and_one_host(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^U: "):
        env(U=value).base_url("U")


def test_a_base_url_may_have_to_be_https() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^U: must .* starts with https"):
        env(U="http://bolo.example").base_url("U", https=True)


def test_a_host_may_be_left_out_or_have_a_port() -> None:
    assert env().host("H") == ""
    assert env(H="Beheer.Bolo.example:8443").host("H") == "beheer.bolo.example:8443"


@pytest.mark.parametrize("value", ["https://bolo.example", "*", "*.example", ".example", "a b"])
def test_a_host_is_no_address_and_no_wildcard(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^H: "):
        env(H=value).host("H")


def test_networks_are_a_list_with_commas() -> None:
    assert env(T="10.0.0.0/8, ::1").networks("T") == [ip_network("10.0.0.0/8"), ip_network("::1")]
    assert env().networks("T") == []


@pytest.mark.parametrize("value", ["localhost", "10.0.0.0/33", "0.0.0.0/0", "::/0", "*"])
def test_networks_are_addresses_and_never_all_of_them(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^T: "):
        env(T=value).networks("T")


def test_a_mail_address_may_have_a_name() -> None:
    value = "BoLo <hallo@bolo.example>"
    assert env(M=value).mail_address("M", "x@y.example") == value
    assert env().mail_address("M", "x@y.example") == "x@y.example"


@pytest.mark.parametrize("value", ["hallo", "hallo@", "a@b.example, c@d.example", "<>"])
def test_a_mail_address_is_one_address(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^M: "):
        env(M=value).mail_address("M", "x@y.example")


def test_a_folder_is_made(tmp_path: Path) -> None:
    wanted = tmp_path / "a" / "b"
    assert env(V=str(wanted)).folder("V", tmp_path) == wanted
    assert wanted.is_dir()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ImproperlyConfigured, match=r"^V: "):
        env(V=str(file)).folder("V", tmp_path)


def test_sqlite_is_set_up_for_many_writers(tmp_path: Path) -> None:
    for database in (
        env().database("D", tmp_path / "x.sqlite3"),
        env(D=f"sqlite://{tmp_path}/x.sqlite3").database("D", Path("other")),
        env(D=f"sqlite:///{tmp_path}/x.sqlite3").database("D", Path("other")),
    ):
        assert database["ENGINE"] == "django.db.backends.sqlite3"
        assert database["NAME"] == str(tmp_path / "x.sqlite3")
        assert database["OPTIONS"] == {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }


def test_postgresql_is_read_from_its_address() -> None:
    found = env(D="postgresql://me:p%40ss@db:5433/bolo?sslmode=require").database("D", Path("x"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("bolo", "me", "p@ss")
    assert (found["HOST"], found["PORT"]) == ("db", "5433")
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


def test_postgresql_may_listen_on_a_socket() -> None:
    found = env(D="postgres:///bolo?host=/run/pg&port=5433").database("D", Path("x"))
    assert (found["HOST"], found["PORT"]) == ("/run/pg", "5433")


@pytest.mark.parametrize(
    "value",
    [
        "mysql://db/bolo",
        "bolo",
        "postgresql://db",
        "postgresql://db:port/bolo",
        "postgresql://db/bolo?sslmod=require",
        "postgresql:///bolo?port=x",
        "sqlite://",
        "sqlite:///",
        "sqlite:///no/such/folder/x.sqlite3",
    ],
)
def test_a_database_is_one_of_two_kinds(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^D: "):
        env(D=value).database("D", Path("x"))


def test_an_error_never_shows_a_part_of_a_password() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        env(D="postgresql://me:sesame/open@db/bolo").database("D", Path("x"))
    assert "sesame" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_cache_is_redis_or_this_process() -> None:
    assert env().cache("C")["BACKEND"].endswith("LocMemCache")
    assert env(C="redis://redis:6379/1").cache("C") == {
        "BACKEND": "boloboost.core.cache.FallbackRedisCache",
        "LOCATION": "redis://redis:6379/1",
    }


@pytest.mark.parametrize("value", ["memcached://x", "redis", "redis://", "redis://host:port"])
def test_another_cache_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^C: "):
        env(C=value).cache("C")


@pytest.mark.parametrize(
    ("value", "port", "tls", "ssl"),
    [
        ("smtp://mail", 25, False, False),
        ("smtp+tls://mail", 587, True, False),
        ("smtps://mail", 465, False, True),
        ("smtp+tls://mail:2525", 2525, True, False),
    ],
)
def test_mail_goes_out_over_smtp(value: str, port: int, tls: bool, ssl: bool) -> None:
    found = env(E=value).email("E", Path("mail"))
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["EMAIL_TIMEOUT"] == 20


def test_mail_login_is_unquoted() -> None:
    found = env(E="smtps://me%40x:p%2Fw@mail").email("E", Path("mail"))
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w")


def test_without_an_address_mails_become_files() -> None:
    assert env().email("E", Path("/x/mail"))["EMAIL_FILE_PATH"] == "/x/mail"


@pytest.mark.parametrize("value", ["mail", "imap://mail", "smtp://", "smtp://mail:port"])
def test_mail_needs_a_server(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^E: "):
        env(E=value).email("E", Path("mail"))
