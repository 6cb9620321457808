"""Addresses for machines; they have no language."""

from django.conf import settings
from django.urls import path, re_path

from . import health, media, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("statusz", health.statusz, name="statusz"),
    path("csp-report/", views.csp_report, name="csp_report"),
    re_path(
        rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", media.serve_media, name="serve_media"
    ),
]
