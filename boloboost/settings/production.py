"""Settings for a site on the internet; they refuse to start on anything unsafe."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from boloboost.core.hosts import SiteHosts

from .base import *  # noqa: F403
from .base import ADMIN_HOST, SAMPLE, env

SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 10
YEAR_SECONDS = 365 * 24 * 3600

if env.flag("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG: must be off in production.")
if SAMPLE:
    raise ImproperlyConfigured("SAMPLE: the sample neighbourhood does not run in production.")

SECRET_KEY = env.text("SECRET_KEY", min_length=SECRET_KEY_LENGTH)
if "insecure" in SECRET_KEY.lower() or len(set(SECRET_KEY)) < SECRET_KEY_VARIETY:
    raise ImproperlyConfigured(
        "SECRET_KEY: must be random. This prints one:"
        " python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

SITE_URL = env.base_url("SITE_URL", https=True)
WAGTAILADMIN_BASE_URL = f"https://{ADMIN_HOST}" if ADMIN_HOST else SITE_URL
ALLOWED_HOSTS = SiteHosts(filter(None, [urlsplit(SITE_URL).hostname, ADMIN_HOST.split(":")[0]]))

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^statusz$"]
SECURE_HSTS_SECONDS = YEAR_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
