"""For `make run` and for building: plain http on this machine, a key of its own in var/."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import SAMPLE, SITE_URL, VAR_DIR, env

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "::1"}

DEBUG = env.flag("DEBUG", default=False)

_host = urlsplit(SITE_URL).hostname or ""
if SAMPLE and _host not in LOOPBACK_HOSTS and not _host.endswith(".localhost"):
    raise ImproperlyConfigured("SAMPLE: the sample neighbourhood only runs on this machine itself.")


def _local_secret_key(path: Path) -> str:
    """Return the key in ``path``; the first of several processes to come makes it."""
    if not path.exists():
        handle, unfinished = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(unfinished)
    return path.read_text()


SECRET_KEY = env.text("SECRET_KEY", "") or _local_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
# Passkeys on plain http: only ever this machine, see ALLOWED_HOSTS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
