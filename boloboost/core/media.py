"""Serving uploaded files from this machine's disk."""

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views import static
from django.views.decorators.http import require_safe

YEAR_SECONDS = 365 * 24 * 3600
INLINE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
#: What people uploaded themselves, which may tell where a picture was taken, and documents, which
#: Wagtail serves after it looked at who may see them.
NEVER_SERVED = {"documents", "original_images"}


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a rendition: a picture in the page, anything else as a download.

    A name is never used again for other bytes, so that a browser may keep it for a year.
    """
    path = posixpath.normpath(path.replace("\\", "/")).lstrip("/")
    if "\0" in path or path.split("/", 1)[0].lower() in NEVER_SERVED:
        raise Http404
    try:
        response = static.serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (SuspiciousFileOperation, OSError) as error:
        raise Http404 from error
    content_type = INLINE_TYPES.get(posixpath.splitext(path)[1].lower())
    if response.status_code == 200:
        response["Content-Type"] = content_type or "application/octet-stream"
        # A compressed upload is a file like any other, not a way of sending one.
        del response["Content-Encoding"]
    if content_type is None:
        response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response
