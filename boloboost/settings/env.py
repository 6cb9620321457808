"""Typed readers of the environment that fail closed.

Every reader names the variable in its error, so that a wrong setting stops the
boot with one clear line instead of reaching a visitor.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
HOST_NAME = r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?"
SQLITE_TIMEOUT_SECONDS = 20
SMTP_TIMEOUT_SECONDS = 20
POSTGRESQL_CONNECT_SECONDS = 5
#: Words that may follow the ? of DATABASE_URL; the server's own names for them.
POSTGRESQL_OPTIONS = {
    "application_name",
    "connect_timeout",
    "options",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
}
#: The in-process cache also counts for the limits on forms, so it may not be tiny.
LOCAL_CACHE_ENTRIES = 5_000

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Env:
    """Reads settings from a mapping such as ``os.environ``.

    Every method raises ``ImproperlyConfigured``, starting with the variable's
    name, when the variable is missing without a default or cannot be understood.
    """

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source

    def text(self, name: str, default: str | None = None, *, min_length: int = 0) -> str:
        """Return a text; without a default it must be set and not empty."""
        value = self._source.get(name, "").strip()
        if not value:
            if default is None:
                raise ImproperlyConfigured(f"{name}: is not set. See README, 'Settings'.")
            return default
        if len(value) < min_length:
            raise ImproperlyConfigured(
                f"{name}: is {len(value)} characters long; at least {min_length} are needed."
            )
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Return a switch: 1/true/yes/on or 0/false/no/off."""
        value = self._source.get(name, "").strip().lower()
        if not value:
            return default
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise ImproperlyConfigured(f"{name}: {value!r} is neither on (1) nor off (0).")

    def integer(self, name: str, default: int, *, low: int, high: int) -> int:
        """Return a whole number between ``low`` and ``high``, both included."""
        value = self._source.get(name, "").strip()
        if not value:
            return default
        if not re.fullmatch(r"-?[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ImproperlyConfigured(
                f"{name}: {value!r} is not a whole number from {low} to {high}."
            )
        return int(value)

    def base_url(self, name: str, default: str | None = None, *, https: bool = False) -> str:
        """Return ``scheme://host[:port]`` without a path; ``https`` demands TLS."""
        value = self.text(name, default).rstrip("/")
        parts = self._split(name, value)
        schemes = {"https"} if https else {"http", "https"}
        if parts.scheme not in schemes or not parts.hostname:
            wanted = " or ".join(sorted(f"{scheme}://" for scheme in schemes))
            raise ImproperlyConfigured(f"{name}: must be an address that starts with {wanted}.")
        if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
            raise ImproperlyConfigured(f"{name}: must be only a scheme, a host and maybe a port.")
        if not re.fullmatch(rf"{HOST_NAME}|[0-9a-f:]+", parts.hostname):
            raise ImproperlyConfigured(f"{name}: must name one host, not a wildcard or a pattern.")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def host(self, name: str) -> str:
        """Return a host name (no scheme, no wildcard) or the empty string."""
        value = self._source.get(name, "").strip().lower()
        if value and not re.fullmatch(rf"{HOST_NAME}(:[0-9]{{1,5}})?", value):
            raise ImproperlyConfigured(f"{name}: {value!r} is not a host name.")
        return value

    def mail_address(self, name: str, default: str) -> str:
        """Return a mail address, with or without a name: ``Name <somebody@example.org>``."""
        value = self.text(name, default)
        try:
            [(_name, address)] = getaddresses([value])
            validate_email(address)
        except (ValueError, ValidationError):
            raise ImproperlyConfigured(f"{name}: {value!r} is not a mail address.") from None
        return value

    def folder(self, name: str, default: Path) -> Path:
        """Return a folder that this process can write in; it is made when it is missing."""
        path = Path(self.text(name, str(default))).absolute()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"{name}: {path}: {error.strerror}.") from None
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            raise ImproperlyConfigured(f"{name}: {path} is not writable.")
        return path

    def networks(self, name: str) -> list[Network]:
        """Return networks from a comma-separated list such as ``10.0.0.0/8,::1``."""
        found = []
        for item in filter(None, (part.strip() for part in self._source.get(name, "").split(","))):
            try:
                network = ipaddress.ip_network(item, strict=False)
            except ValueError as error:
                raise ImproperlyConfigured(f"{name}: {error}.") from None
            if network.prefixlen == 0:
                raise ImproperlyConfigured(f"{name}: {item!r} would trust every address.")
            found.append(network)
        return found

    def database(self, name: str, sqlite_path: Path) -> dict[str, Any]:
        """Return Django's settings for ``postgresql://`` or ``sqlite:///``; default SQLite.

        SQLite runs with WAL, IMMEDIATE transactions and ``synchronous=FULL``: with
        Django's own defaults concurrent writes are lost with "database is locked".
        """
        value = self._source.get(name, "").strip()
        if not value:
            return self._sqlite(sqlite_path)
        parts = self._split(name, value)
        if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
            path = Path("/", unquote(parts.path).lstrip("/"))
            if path.is_dir() or not path.parent.is_dir():
                raise ImproperlyConfigured(f"{name}: {path} is not a file in an existing folder.")
            return self._sqlite(path)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name}: must look like postgresql://user:password@host:5432/name"
                " or sqlite:///path/to/file."
            )
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        socket_folder, port = query.pop("host", ""), query.pop("port", "")
        if unknown := sorted(query.keys() - POSTGRESQL_OPTIONS):
            raise ImproperlyConfigured(f"{name}: does not know {', '.join(unknown)!r} after the ?.")
        if not re.fullmatch(r"[0-9]*", port):
            raise ImproperlyConfigured(f"{name}: {port!r} is not a port.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": socket_folder or parts.hostname or "",
            "PORT": port or str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": POSTGRESQL_CONNECT_SECONDS, **query},
        }

    def cache(self, name: str) -> dict[str, Any]:
        """Return Django's cache settings for ``redis://``; default in-process."""
        value = self._source.get(name, "").strip()
        if not value:
            return {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": LOCAL_CACHE_ENTRIES},
            }
        parts = self._split(name, value)
        if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
            raise ImproperlyConfigured(f"{name}: must look like redis://host:6379/0.")
        return {"BACKEND": "boloboost.core.cache.FallbackRedisCache", "LOCATION": value}

    def email(self, name: str, mail_folder: Path) -> dict[str, Any]:
        """Return Django's ``EMAIL_*`` settings for ``smtp://``, ``smtps://``.

        ``smtp+tls://`` demands STARTTLS. Without the variable, mails become files
        in ``mail_folder``.
        """
        value = self._source.get(name, "").strip()
        if not value:
            return {
                "EMAIL_BACKEND": "boloboost.core.mail.backends.FolderBackend",
                "EMAIL_FILE_PATH": str(mail_folder),
            }
        parts = self._split(name, value)
        if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
            raise ImproperlyConfigured(f"{name}: must look like smtp+tls://user:password@host:587.")
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_TIMEOUT": SMTP_TIMEOUT_SECONDS,
        }

    @staticmethod
    def _split(name: str, value: str) -> SplitResult:
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError:
            # Its text may quote a part of a password.
            raise ImproperlyConfigured(f"{name}: is not an address.") from None
        return parts

    @staticmethod
    def _sqlite(path: Path) -> dict[str, Any]:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": SQLITE_TIMEOUT_SECONDS,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
