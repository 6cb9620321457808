"""Settings for the suite: no network, no worker, quick password hashing."""

import os
import re
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, DATABASES

SECRET_KEY = "only-for-the-suite-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
SAMPLE = False
SITE_URL = WAGTAILADMIN_BASE_URL = "http://localhost:8000"
ADMIN_HOST = ""
TRUSTED_PROXIES = []
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", ".example"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Removed when the interpreter ends.
_folder = tempfile.TemporaryDirectory(prefix="boloboost-test-")
STATIC_ROOT = Path(_folder.name) / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(_folder.name) / "media"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # In a file, because threads of a test share it.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder.name) / "test.sqlite3")}
if "LOCATION" in CACHES["default"]:
    # Tests empty the cache; those that run beside each other must not empty each other's.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = re.sub(r"/\d+$", f"/{worker}", CACHES["default"]["LOCATION"])
