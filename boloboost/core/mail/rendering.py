"""Mail templates: one name, a text and an HTML version in the house style."""

import re
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import get_language
from wagtail.models import Site

from ..models.settings import NeighbourhoodSettings

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


def render_templates(
    name: str, context: dict[str, Any], *, site: Site | None = None
) -> tuple[str, str]:
    """Return text and HTML of ``<name>.txt`` and ``<name>.html`` in the active language.

    The text version is rendered without HTML escaping. Both extend
    ``core/mail/base.txt`` and ``core/mail/base.html``, whose footer names the
    neighbourhood when ``site`` is given.

    Raises:
        TemplateDoesNotExist: one of the two is missing.
    """
    values = {**_footer(site), **context}
    engine = Engine.get_default()
    text = engine.get_template(f"{name}.txt").render(Context(values, autoescape=False))
    html = engine.get_template(f"{name}.html").render(Context(values))
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n", html.strip() + "\n"


def _footer(site: Site | None) -> dict[str, Any]:
    if site is None:
        return {}
    return {"neighbourhood": NeighbourhoodSettings.for_site(site), "home_url": home_url(site)}


def home_url(site: Site) -> str:
    """Return the address of a neighbourhood's home page in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    return f"{site.root_url}/{prefix}"
